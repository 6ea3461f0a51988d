//! Coded answers as a Parquet file, and back. Other engines read the same file, so each row carries what the design says of its PSU.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Int32Type, UInt8Type};
use arrow_array::{ArrayRef, DictionaryArray, Float64Array, Int32Array, RecordBatch, StringArray, UInt8Array};
use arrow_schema::{ArrowError, DataType};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::Texts;
use super::coded::{Answers, CodedAnswers, CodedError, Coding};

/// What the design says of a PSU.
#[derive(Clone, Debug, PartialEq)]
pub struct DesignUnit {
    pub psu: String,
    pub stratum: String,
    pub province: String,
    pub area: String,
    pub weight: f64,
}

/// A unit's code begins with a small letter: columns of the design begin with what no unit can.
const PSU: &str = "_psu";
const STRATUM: &str = "_stratum";
const PROVINCE: &str = "_province";
const AREA: &str = "_area";
const WEIGHT: &str = "_weight";
const MODE: &str = "_mode";

/// Rows unpacked at a time.
const BATCH: usize = 1 << 16;

impl CodedAnswers {
    /// One row per response: `_psu`, `_stratum`, `_province`, `_area`, `_weight`, `_mode`, then the units by their codes. A choice is a small
    /// number, any other answer the text of its JSON; null where nothing was asked. Equal columns give equal bytes.
    pub fn to_parquet(&self, design: &[DesignUnit]) -> Result<Vec<u8>, CodedError> {
        let known: HashMap<&str, &DesignUnit> = design.iter().map(|unit| (unit.psu.as_str(), unit)).collect();
        let unit = |psu: &String| known.get(psu.as_str()).ok_or_else(|| CodedError::Design { psu: psu.clone() });
        let units = self.psu.different().iter().map(unit).collect::<Result<Vec<_>, _>>()?;
        let of_design = |text: fn(&DesignUnit) -> &str| dictionary(&self.psu, units.iter().map(|unit| text(unit)));
        let weight = |code: &u32| units.get((*code as usize).checked_sub(1)?).map(|unit| unit.weight);
        let weights: Float64Array = self.psu.codes().iter().map(weight).collect();
        let mut columns: Vec<(&str, ArrayRef)> = vec![
            (PSU, of_design(|unit| &unit.psu)?),
            (STRATUM, of_design(|unit| &unit.stratum)?),
            (PROVINCE, of_design(|unit| &unit.province)?),
            (AREA, of_design(|unit| &unit.area)?),
            (WEIGHT, Arc::new(weights)),
            (MODE, texts(&self.mode)?),
        ];
        for (unit, answers) in &self.units {
            let array: ArrayRef = match answers {
                Answers::Codes(codes) => {
                    let codes = codes.iter().map(|code| Some(*code).filter(|code| *code > 0));
                    Arc::new(codes.collect::<UInt8Array>())
                }
                Answers::Values(values) => texts(values)?,
            };
            columns.push((unit, array));
        }
        let rows =
            RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))?;
        let mut file = Vec::new();
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let mut writer = ArrowWriter::try_new(&mut file, rows.schema(), Some(properties))?;
        writer.write(&rows)?;
        writer.close()?;
        Ok(file)
    }

    /// Reads PSU, mode and these units back; the design is not read, its source is elsewhere.
    pub fn from_parquet(file: Vec<u8>, units: &[&str]) -> Result<Self, CodedError> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(file))?;
        let wanted = [PSU, MODE].iter().chain(units).copied();
        let mut read = Self::default();
        for unit in units {
            let coding = match builder.schema().field_with_name(unit)?.data_type() {
                DataType::UInt8 => Coding::Code,
                _ => Coding::Value,
            };
            read.units.push(((*unit).to_owned(), Answers::new(coding)));
        }
        let mask = ProjectionMask::columns(builder.parquet_schema(), wanted);
        for batch in builder.with_projection(mask).with_batch_size(BATCH).build()? {
            let batch = batch?;
            read_texts(column(&batch, PSU)?, &mut read.psu)?;
            read_texts(column(&batch, MODE)?, &mut read.mode)?;
            for (unit, answers) in &mut read.units {
                let array = column(&batch, unit)?;
                match answers {
                    Answers::Codes(codes) => {
                        let array = array.as_primitive_opt::<UInt8Type>().ok_or_else(|| wrong(unit))?;
                        codes.extend(array.iter().map(Option::unwrap_or_default));
                    }
                    Answers::Values(values) => read_texts(array, values)?,
                }
            }
        }
        Ok(read)
    }
}

fn texts(texts: &Texts) -> Result<ArrayRef, CodedError> {
    dictionary(texts, texts.different().iter().map(String::as_str))
}

/// The rows of `keys`, with another text for each different one.
fn dictionary<'a>(keys: &Texts, values: impl Iterator<Item = &'a str>) -> Result<ArrayRef, CodedError> {
    let key = |code: &u32| i32::try_from(code.checked_sub(1)?).ok();
    let keys: Int32Array = keys.codes().iter().map(key).collect();
    Ok(Arc::new(DictionaryArray::try_new(keys, Arc::new(StringArray::from_iter_values(values)))?))
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, CodedError> {
    batch.column_by_name(name).ok_or_else(|| wrong(name))
}

fn wrong(column: &str) -> CodedError {
    CodedError::File(format!("column {column} is missing or has another type"))
}

/// Each batch numbers its texts anew.
fn read_texts(array: &ArrayRef, into: &mut Texts) -> Result<(), CodedError> {
    let array = array.as_dictionary_opt::<Int32Type>().ok_or_else(|| wrong("of texts"))?;
    let values = array.values().as_string_opt::<i32>().ok_or_else(|| wrong("of texts"))?;
    let codes: Vec<u32> = values.iter().map(|text| text.map_or(0, |text| into.code(text))).collect();
    let code = |key: Option<i32>| key.and_then(|key| codes.get(usize::try_from(key).ok()?).copied()).unwrap_or(0);
    into.push_codes(array.keys().iter().map(code));
    Ok(())
}

impl From<ArrowError> for CodedError {
    fn from(cause: ArrowError) -> Self {
        Self::File(cause.to_string())
    }
}

impl From<ParquetError> for CodedError {
    fn from(cause: ParquetError) -> Self {
        Self::File(cause.to_string())
    }
}
