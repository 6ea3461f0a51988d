//! The readers and writers of files: the same figures from every format, and no panic whatever the bytes.

use std::sync::{Arc, LazyLock};

use analysis::frame::TableFile;
use analysis::recompute::{DesignFile, OutputFormat, write};
use arrow_array::types::Int8Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, Float64Array, Int16Array, RecordBatch, StringArray, UInt32Array};
use arrow_ipc::writer::{FileWriter, StreamWriter};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use proptest::prelude::*;

use crate::data::rows_of;
use crate::recompute::{EXAMPLE, WITH_REPLACEMENT, recompute};

/// The example with every column in another type that other programs write.
fn batch() -> RecordBatch {
    let text = std::str::from_utf8(EXAMPLE).unwrap();
    let rows = rows_of(text);
    let columns = text.lines().next().unwrap().split(',').map(|name| {
        let fields = rows.iter().map(|row| row[name].as_str());
        let array: ArrayRef = match name {
            "province" => Arc::new(fields.map(Some).collect::<DictionaryArray<Int8Type>>()),
            "person" => Arc::new(fields.map(|field| field.parse::<u32>().ok()).collect::<UInt32Array>()),
            "sex" | "age" | "q01" | "q02" => {
                Arc::new(fields.map(|field| field.parse::<i16>().ok()).collect::<Int16Array>())
            }
            "q03" => Arc::new(fields.map(|field| field.parse::<f64>().ok()).collect::<Float64Array>()),
            "q04" => Arc::new(fields.map(|field| Some(field).filter(|it| !it.is_empty())).collect::<StringArray>()),
            _ if name.starts_with("weight") || name.ends_with("there") => {
                Arc::new(fields.map(|field| field.parse::<f64>().ok()).collect::<Float64Array>())
            }
            _ => Arc::new(fields.map(Some).collect::<StringArray>()),
        };
        (name, array, true)
    });
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

fn parquet(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let mut file = Vec::new();
    let properties = WriterProperties::builder().set_compression(compression).set_max_row_group_row_count(Some(500));
    let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), Some(properties.build())).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    file
}

fn arrow(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = FileWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn arrow_stream(batch: &RecordBatch) -> Vec<u8> {
    let mut writer = StreamWriter::try_new(Vec::new(), &batch.schema()).unwrap();
    let half = batch.num_rows() / 2;
    writer.write(&batch.slice(0, half)).unwrap();
    writer.write(&batch.slice(half, batch.num_rows() - half)).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn csv_parquet_and_arrow_give_the_same_figures() {
    let figures = recompute(WITH_REPLACEMENT, EXAMPLE).unwrap();
    let batch = batch();
    for (name, file) in [
        ("parquet", parquet(&batch, Compression::UNCOMPRESSED)),
        ("parquet, snappy", parquet(&batch, Compression::SNAPPY)),
        ("parquet, zstd", parquet(&batch, Compression::ZSTD(ZstdLevel::default()))),
        ("parquet, lz4", parquet(&batch, Compression::LZ4_RAW)),
        ("arrow", arrow(&batch)),
        ("arrow, a stream", arrow_stream(&batch)),
    ] {
        assert_eq!(recompute(WITH_REPLACEMENT, &file).unwrap(), figures, "{name}");
    }
}

#[test]
fn csv_json_and_parquet_hold_the_same_table() {
    let figures = recompute(WITH_REPLACEMENT, EXAMPLE).unwrap().figures;
    let written = |format| write(&figures, format).unwrap();
    let csv = rows_of(&String::from_utf8(written(OutputFormat::Csv)).unwrap());
    let json: serde_json::Value = serde_json::from_slice(&written(OutputFormat::Json)).unwrap();
    let parquet = Bytes::from(written(OutputFormat::Parquet));
    let mut reader = ParquetRecordBatchReaderBuilder::try_new(parquet).unwrap().build().unwrap();
    let batch = reader.next().unwrap().unwrap();
    assert_eq!(
        (csv.len(), json.as_array().unwrap().len(), batch.num_rows()),
        (figures.len(), figures.len(), figures.len())
    );
    for (place, (row, figure)) in csv.iter().zip(&figures).enumerate() {
        let estimate = row["estimate"].parse::<f64>().ok();
        assert_eq!(estimate, figure.estimate);
        assert_eq!(json[place]["estimate"].as_f64(), estimate);
        assert_eq!(json[place]["flags"].as_str(), Some(row["flags"].as_str()));
        let column = batch.column_by_name("estimate").unwrap();
        let column = column.as_any().downcast_ref::<Float64Array>().unwrap();
        assert_eq!(column.is_valid(place).then(|| column.value(place)), estimate);
    }
    assert_eq!(OutputFormat::of_ending("PARQUET"), Some(OutputFormat::Parquet));
    assert_eq!(OutputFormat::of_ending("xlsx"), None);
}

/// A few of the rows, so that a mutated file is read often.
static SMALL: LazyLock<[Vec<u8>; 5]> = LazyLock::new(|| {
    let batch = batch().slice(0, 60);
    let text = std::str::from_utf8(EXAMPLE).unwrap();
    let csv = text.lines().take(61).collect::<Vec<_>>().join("\n").into_bytes();
    let zstd = parquet(&batch, Compression::ZSTD(ZstdLevel::default()));
    [csv, parquet(&batch, Compression::SNAPPY), zstd, arrow(&batch), arrow_stream(&batch)]
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_are_refused_or_read(start in 0_usize..5, bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let starts: [&[u8]; 5] = [b"", b"PAR1", b"ARROW1\0\0", &[0xff; 4], b"person,province,commune,weight\n"];
        let file = [starts[start], &bytes].concat();
        drop(recompute(WITH_REPLACEMENT, &file));
        let ended = [starts[start], &bytes, starts[start]].concat();
        drop(recompute(WITH_REPLACEMENT, &ended));
    }

    #[test]
    fn mutated_files_are_refused_or_read(
        which in 0_usize..5,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut file = SMALL[which].clone();
        for (place, byte) in changes {
            let place = place.index(file.len());
            file[place] = byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        if let Ok(table) = TableFile::new(file.clone()) {
            drop(table.heading());
        }
        drop(recompute(WITH_REPLACEMENT, &file));
    }

    #[test]
    fn mutated_design_files_are_refused_or_read(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<char>()), 1..4),
        text in any::<String>(),
    ) {
        drop(DesignFile::parse(&text));
        let mut letters: Vec<char> = WITH_REPLACEMENT.chars().collect();
        for (place, letter) in changes {
            let place = place.index(letters.len());
            letters[place] = letter;
        }
        drop(recompute(&letters.into_iter().collect::<String>(), &SMALL[0]));
    }
}

/// What `scripts/fuzz` has found worth keeping.
#[test]
#[expect(clippy::disallowed_methods, reason = "the fuzzer keeps its corpus on the disk")]
fn what_the_fuzzer_kept_is_refused_or_read() {
    const TABLE: &str = include_str!("../../fuzz/survey.csv");
    const DESIGN: &str = include_str!("../../fuzz/survey.toml");
    const PAIRS: &str = include_str!("../../fuzz/pairs.csv");
    let kept = |target: &str| {
        let folder = format!("{}/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
        files.collect::<Vec<_>>()
    };
    let tables = kept("table");
    let read = tables.iter().filter(|table| recompute(DESIGN, table).is_ok()).count();
    assert!(read >= 6, "the six formats that it began with");
    let designs = kept("design");
    let figures = |design: &Vec<u8>| {
        let file = DesignFile::parse(&String::from_utf8_lossy(design)).ok()?;
        let table = |content: &str| TableFile::new(content.into()).unwrap();
        let file = if file.joint_file().is_some() { file.with_joint(table(PAIRS)).ok()? } else { file };
        file.recompute(file.read(table(TABLE)).ok()?).ok()
    };
    assert!(designs.iter().filter_map(figures).count() >= 6, "the designs that it began with");
}
