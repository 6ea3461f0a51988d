//! Tables as Parquet, for `DuckDB`, pandas, R's arrow and whatever else reads columns.

use std::io::Write;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, DictionaryArray, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray, UInt8Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::table::{Column, Dataset, NONE, Values};
use crate::error::{Error, Result};

/// Rows put together at a time, which bounds the memory.
const BATCH: usize = 1 << 16;

/// The file's own key of what its columns mean: `survey_forms::Codebook` as JSON, every label in every language.
const CODEBOOK: &str = "codebook";

/// Numbers without decimals are whole numbers, others doubles; null for none. Equal tables give equal bytes.
pub(super) fn write(data: &Dataset, out: impl Write + Send) -> Result<()> {
    let table = &data.table;
    let fields: Vec<Field> = table.columns.iter().map(|column| Field::new(column.name(), kind(column), true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let book = KeyValue::new(CODEBOOK.to_owned(), serde_json::to_string(&data.book)?);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(vec![book]))
        .build();
    let mut writer = ArrowWriter::try_new(out, schema.clone(), Some(properties))?;
    for first in (0..table.rows).step_by(BATCH) {
        let rows = BATCH.min(table.rows - first);
        let arrays = table.columns.iter().map(|column| array(column, first, rows)).collect::<Result<_>>()?;
        writer.write(&RecordBatch::try_new(schema.clone(), arrays)?)?;
        // One group of rows is kept in memory at a time.
        writer.flush()?;
    }
    writer.close()?;
    Ok(())
}

fn kind(column: &Column) -> DataType {
    match &column.values {
        Values::Text(_) => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
        Values::Number { decimals: 0, .. } => DataType::Int64,
        Values::Number { .. } => DataType::Float64,
        Values::Codes(_) => DataType::UInt8,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "numbers without decimals are counts")]
fn array(column: &Column, first: usize, rows: usize) -> Result<ArrayRef> {
    Ok(match &column.values {
        Values::Text(texts) => {
            let codes = texts.codes().iter().skip(first).take(rows);
            let keys: Int32Array = codes.map(|code| i32::try_from(code.checked_sub(1)?).ok()).collect();
            Arc::new(DictionaryArray::try_new(keys, Arc::new(StringArray::from_iter_values(texts.different())))?)
        }
        Values::Codes(codes) => {
            let codes = codes.iter().skip(first).take(rows).map(|code| Some(*code).filter(|code| *code != NONE));
            Arc::new(codes.collect::<UInt8Array>())
        }
        Values::Number { values, decimals } => {
            let values = values.iter().skip(first).take(rows).map(|value| Some(*value).filter(|it| it.is_finite()));
            if *decimals == 0 {
                Arc::new(values.map(|value| value.map(|value| value as i64)).collect::<Int64Array>())
            } else {
                Arc::new(values.collect::<Float64Array>())
            }
        }
    })
}

impl From<ParquetError> for Error {
    fn from(cause: ParquetError) -> Self {
        Self::internal("export").caused_by(cause)
    }
}

impl From<ArrowError> for Error {
    fn from(cause: ArrowError) -> Self {
        Self::internal("export").caused_by(cause)
    }
}
