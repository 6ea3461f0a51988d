//! Responses from Parquet and Arrow files, batch by batch: of the file's columns only those that are asked for are unpacked.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, Schema};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::errors::ParquetError;

use super::csv::{level, number};
use super::values::{Values, real};
use super::{Columns, Layout, ResponsesError};

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>>>;

/// Rows unpacked at a time.
const BATCH: usize = 1 << 16;

impl Columns {
    /// Numbers may be of any width, codes and labels texts, numbers or dictionaries; a null is an empty field.
    pub(super) fn from_parquet(file: Bytes, layout: &Layout) -> Result<Self, ResponsesError> {
        contained(|| {
            let builder = ParquetRecordBatchReaderBuilder::try_new(file)?;
            let wanted = wanted(builder.schema(), layout)?;
            let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
            collect(Box::new(builder.with_projection(mask).with_batch_size(BATCH).build()?), layout)
        })
    }

    /// The same from the Arrow IPC file format (Feather 2).
    pub(super) fn from_arrow(file: Bytes, layout: &Layout) -> Result<Self, ResponsesError> {
        contained(|| {
            let wanted = wanted(&FileReader::try_new(Cursor::new(file.clone()), None)?.schema(), layout)?;
            collect(Box::new(FileReader::try_new(Cursor::new(file), Some(wanted))?), layout)
        })
    }

    /// The same from the Arrow IPC stream format.
    pub(super) fn from_arrow_stream(file: Bytes, layout: &Layout) -> Result<Self, ResponsesError> {
        contained(|| {
            let wanted = wanted(&StreamReader::try_new(Cursor::new(file.clone()), None)?.schema(), layout)?;
            collect(Box::new(StreamReader::try_new(Cursor::new(file), Some(wanted))?), layout)
        })
    }
}

pub(super) fn parquet_heading(file: Bytes) -> Result<Vec<String>, ResponsesError> {
    contained(|| Ok(names(ParquetRecordBatchReaderBuilder::try_new(file)?.schema())))
}

pub(super) fn arrow_heading(file: Bytes) -> Result<Vec<String>, ResponsesError> {
    contained(|| Ok(names(&FileReader::try_new(Cursor::new(file), None)?.schema())))
}

pub(super) fn arrow_stream_heading(file: Bytes) -> Result<Vec<String>, ResponsesError> {
    contained(|| Ok(names(&StreamReader::try_new(Cursor::new(file), None)?.schema())))
}

/// The readers of these formats check most of what they read, but not all: on some damaged files they stop the thread.
fn contained<T>(read: impl FnOnce() -> Result<T, ResponsesError>) -> Result<T, ResponsesError> {
    let damaged = |_| Err(ResponsesError::Unreadable("the file is damaged".to_owned()));
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(damaged)
}

fn names(schema: &Schema) -> Vec<String> {
    schema.fields().iter().map(|field| field.name().clone()).collect()
}

/// The places of the layout's columns, each once.
fn wanted(schema: &Schema, layout: &Layout) -> Result<Vec<usize>, ResponsesError> {
    let places = layout.places(&names(schema))?;
    let one = [places.stratum, places.psu, places.weight].into_iter().chain(places.person);
    let several = [places.groups, places.items, places.below, places.numbers].concat();
    let places: BTreeSet<usize> = one.chain(several).collect();
    Ok(places.into_iter().collect())
}

fn collect(batches: Batches, layout: &Layout) -> Result<Columns, ResponsesError> {
    let mut columns = layout.columns();
    for batch in batches {
        let batch = Batch { rows: batch?, before: columns.weight.len(), layout };
        batch.texts(&layout.stratum, |text| columns.stratum.push(text))?;
        batch.texts(&layout.psu, |text| columns.psu.push(text))?;
        if let Some(person) = &layout.person {
            batch.texts(person, |text| columns.person.push(text.to_owned()))?;
        }
        for (name, values) in columns.groups.iter_mut().chain(&mut columns.below) {
            batch.texts(name, |text| values.push(text))?;
        }
        for (name, values) in &mut columns.numbers {
            batch.numbers(name, values)?;
        }
        for (item, answers) in &mut columns.items {
            batch.levels(&item.code, answers)?;
        }
        batch.weights(&layout.weight, &mut columns.weight)?;
    }
    Ok(columns)
}

struct Batch<'a> {
    rows: RecordBatch,
    /// Rows of the batches before.
    before: usize,
    layout: &'a Layout,
}

impl Batch<'_> {
    fn values(&self, name: &str) -> Result<Values<'_>, ResponsesError> {
        let missing = || ResponsesError::MissingColumn { column: name.to_owned() };
        Values::of(name, self.rows.column_by_name(name).ok_or_else(missing)?)
    }

    fn known<'b>(&'b self, text: Option<&'b str>) -> &'b str {
        self.layout.known(text.unwrap_or_default().trim())
    }

    /// Numbers are written as shortly as they can be read back.
    fn texts(&self, name: &str, mut each: impl FnMut(&str)) -> Result<(), ResponsesError> {
        match self.values(name)? {
            Values::Integers(values) => values.into_iter().for_each(|value| each(&shown(value))),
            Values::Numbers(values) => values.into_iter().for_each(|value| each(&shown(value))),
            Values::Texts(values) => values.into_iter().for_each(|text| each(self.known(text))),
        }
        Ok(())
    }

    fn numbers(&self, name: &str, numbers: &mut Vec<Option<f64>>) -> Result<(), ResponsesError> {
        match self.values(name)? {
            Values::Integers(values) => numbers.extend(values.into_iter().map(|value| value.map(real))),
            Values::Numbers(values) => numbers.extend(values),
            Values::Texts(values) => {
                for (text, row) in values.into_iter().zip(self.before + 1..) {
                    numbers.push(number(self.known(text), row, name)?);
                }
            }
        }
        Ok(())
    }

    fn weights(&self, name: &str, weights: &mut Vec<f64>) -> Result<(), ResponsesError> {
        let mut numbers = Vec::new();
        self.numbers(name, &mut numbers)?;
        for (value, row) in numbers.into_iter().zip(self.before + 1..) {
            weights.push(value.ok_or(ResponsesError::Weight { row, value: String::new() })?);
        }
        Ok(())
    }

    fn levels(&self, name: &str, answers: &mut Vec<Option<u8>>) -> Result<(), ResponsesError> {
        let places = self.before + 1..;
        let unknown = |row, value: String| ResponsesError::UnknownCode { row, column: name.to_owned(), value };
        match self.values(name)? {
            Values::Integers(values) => {
                for (value, row) in values.into_iter().zip(places) {
                    let code = value.map(|value| u8::try_from(value).map_err(|_| unknown(row, value.to_string())));
                    answers.push(code.transpose()?);
                }
            }
            Values::Numbers(values) => {
                for (value, row) in values.into_iter().zip(places) {
                    let code = value.map(|value| code(value).ok_or_else(|| unknown(row, value.to_string())));
                    answers.push(code.transpose()?);
                }
            }
            Values::Texts(values) => {
                for (text, row) in values.into_iter().zip(places) {
                    answers.push(level(self.known(text), row, name)?);
                }
            }
        }
        Ok(())
    }
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn code(value: f64) -> Option<u8> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what does not fit is another number")]
    let code = value as u8;
    Some(code).filter(|code| f64::from(*code).to_bits() == value.to_bits())
}

impl From<ArrowError> for ResponsesError {
    fn from(error: ArrowError) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl From<ParquetError> for ResponsesError {
    fn from(error: ParquetError) -> Self {
        Self::Unreadable(error.to_string())
    }
}
