//! The tidy table in the usual formats: one row per figure, the same columns everywhere.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt32Array};
use csv::WriterBuilder;
use parquet::arrow::ArrowWriter;
use serde_json::{Map, Value};

use super::{Figure, RecomputeError};
use crate::estimate::IntervalMethod;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    Csv,
    Json,
    Parquet,
}

impl OutputFormat {
    /// By the ending of a file's name, without its dot.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "parquet" => Some(Self::Parquet),
            _ => None,
        }
    }
}

/// The bytes of the file. Numbers keep all their digits; what is not there is an empty field or a null.
pub fn write(figures: &[Figure], format: OutputFormat) -> Result<Vec<u8>, RecomputeError> {
    let columns = columns(figures);
    let written = match format {
        OutputFormat::Csv => csv(figures.len(), &columns),
        OutputFormat::Json => json(figures.len(), &columns),
        OutputFormat::Parquet => parquet(&columns),
    };
    written.map_err(RecomputeError::Output)
}

enum Column {
    Texts(Vec<String>),
    Counts(Vec<Option<u32>>),
    Numbers(Vec<Option<f64>>),
}

fn columns(figures: &[Figure]) -> Vec<(&'static str, Column)> {
    let texts = |of: fn(&Figure) -> String| Column::Texts(figures.iter().map(of).collect());
    let counts = |of: fn(&Figure) -> Option<u32>| Column::Counts(figures.iter().map(of).collect());
    let numbers = |of: fn(&Figure) -> Option<f64>| Column::Numbers(figures.iter().map(of).collect());
    vec![
        ("level", texts(|it| it.level.clone())),
        ("domain", texts(|it| it.domain.clone())),
        ("indicator", texts(|it| it.indicator.clone())),
        ("statistic", texts(|it| it.statistic.clone())),
        ("n", counts(|it| it.n)),
        ("n_eff", numbers(|it| it.n_eff)),
        ("estimate", numbers(|it| it.estimate)),
        ("se", numbers(|it| it.se)),
        ("df", numbers(|it| it.df)),
        ("deff", numbers(|it| it.deff)),
        ("ci_low", numbers(|it| Some(it.interval?.low))),
        ("ci_high", numbers(|it| Some(it.interval?.high))),
        ("ci_method", texts(|it| it.interval.map_or("", |interval| name(interval.method)).to_owned())),
        ("flags", texts(|it| it.remarks.iter().map(|remark| remark.name()).collect::<Vec<_>>().join(" "))),
        ("rank_low", counts(|it| Some(it.ranks?.first))),
        ("rank_high", counts(|it| Some(it.ranks?.last))),
    ]
}

fn name(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Wald => "wald",
        IntervalMethod::Logit => "logit",
        IntervalMethod::Arcsine => "arcsine",
        IntervalMethod::Wilson => "wilson",
        IntervalMethod::KornGraubard => "korn-graubard",
        IntervalMethod::Nchs => "nchs",
    }
}

impl Column {
    fn text(&self, row: usize) -> String {
        match self {
            Self::Texts(texts) => texts.get(row).cloned().unwrap_or_default(),
            Self::Counts(counts) => counts.get(row).copied().flatten().map(|it| it.to_string()).unwrap_or_default(),
            Self::Numbers(numbers) => numbers.get(row).copied().flatten().map(|it| it.to_string()).unwrap_or_default(),
        }
    }

    fn value(&self, row: usize) -> Value {
        match self {
            Self::Texts(texts) => texts.get(row).cloned().into(),
            Self::Counts(counts) => counts.get(row).copied().flatten().into(),
            Self::Numbers(numbers) => numbers.get(row).copied().flatten().into(),
        }
    }

    fn array(&self) -> ArrayRef {
        match self {
            Self::Texts(texts) => Arc::new(StringArray::from_iter_values(texts)),
            Self::Counts(counts) => Arc::new(UInt32Array::from(counts.clone())),
            Self::Numbers(numbers) => Arc::new(Float64Array::from(numbers.clone())),
        }
    }
}

type Columns = [(&'static str, Column)];

fn csv(rows: usize, columns: &Columns) -> Result<Vec<u8>, String> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let heading = writer.write_record(columns.iter().map(|(name, _)| *name));
    heading.map_err(|cause| cause.to_string())?;
    for row in 0..rows {
        let written = writer.write_record(columns.iter().map(|(_, column)| column.text(row)));
        written.map_err(|cause| cause.to_string())?;
    }
    writer.into_inner().map_err(|cause| cause.to_string())
}

/// An array of objects, one to a line.
fn json(rows: usize, columns: &Columns) -> Result<Vec<u8>, String> {
    let mut text = String::from("[\n");
    for row in 0..rows {
        let object: Map<String, Value> =
            columns.iter().map(|(name, column)| ((*name).to_owned(), column.value(row))).collect();
        text.push_str(&serde_json::to_string(&object).map_err(|cause| cause.to_string())?);
        text.push_str(if row + 1 < rows { ",\n" } else { "\n" });
    }
    text.push_str("]\n");
    Ok(text.into_bytes())
}

fn parquet(columns: &Columns) -> Result<Vec<u8>, String> {
    let arrays = columns.iter().map(|(name, column)| (*name, column.array(), true));
    let batch = RecordBatch::try_from_iter_with_nullable(arrays).map_err(|cause| cause.to_string())?;
    let mut file = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), None).map_err(|cause| cause.to_string())?;
    writer.write(&batch).map_err(|cause| cause.to_string())?;
    writer.close().map_err(|cause| cause.to_string())?;
    Ok(file)
}
