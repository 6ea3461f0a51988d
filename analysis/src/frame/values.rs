//! What stands in a column of a columnar file, whatever type it was written in.

use arrow_array::Array;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_schema::DataType;

use super::ResponsesError;

/// One per row, `None` for null.
pub(super) enum Values<'a> {
    Integers(Vec<Option<i128>>),
    Numbers(Vec<Option<f64>>),
    Texts(Vec<Option<&'a str>>),
}

impl<'a> Values<'a> {
    pub(super) fn of(name: &str, array: &'a dyn Array) -> Result<Self, ResponsesError> {
        macro_rules! integers {
            ($type:ty) => {
                Self::Integers(array.as_primitive::<$type>().iter().map(|value| value.map(i128::from)).collect())
            };
        }
        Ok(match array.data_type() {
            DataType::Null => Self::Integers(vec![None; array.len()]),
            DataType::Boolean => Self::Integers(array.as_boolean().iter().map(|it| it.map(i128::from)).collect()),
            DataType::Int8 => integers!(Int8Type),
            DataType::Int16 => integers!(Int16Type),
            DataType::Int32 => integers!(Int32Type),
            DataType::Int64 => integers!(Int64Type),
            DataType::UInt8 => integers!(UInt8Type),
            DataType::UInt16 => integers!(UInt16Type),
            DataType::UInt32 => integers!(UInt32Type),
            DataType::UInt64 => integers!(UInt64Type),
            DataType::Decimal128(_, 0) => integers!(Decimal128Type),
            DataType::Decimal128(_, scale) => {
                let unit = 10_f64.powi((*scale).into());
                let values = array.as_primitive::<Decimal128Type>().iter();
                Self::Numbers(values.map(|value| value.map(|value| real(value) / unit)).collect())
            }
            DataType::Float32 => {
                Self::Numbers(array.as_primitive::<Float32Type>().iter().map(|it| it.map(f64::from)).collect())
            }
            DataType::Float64 => Self::Numbers(array.as_primitive::<Float64Type>().iter().collect()),
            DataType::Utf8 => Self::Texts(array.as_string::<i32>().iter().collect()),
            DataType::LargeUtf8 => Self::Texts(array.as_string::<i64>().iter().collect()),
            DataType::Utf8View => Self::Texts(array.as_string_view().iter().collect()),
            DataType::Dictionary(..) => Self::of_dictionary(name, array)?,
            other => {
                return Err(ResponsesError::Unreadable(format!(
                    "column {name} has the type {other}: no number, no text"
                )));
            }
        })
    }

    /// Factors of R, categories of Python.
    fn of_dictionary(name: &str, array: &'a dyn Array) -> Result<Self, ResponsesError> {
        let dictionary = array.as_any_dictionary();
        if dictionary.values().is_empty() {
            return Ok(Self::Integers(vec![None; array.len()]));
        }
        let keys = dictionary.normalized_keys();
        let rows = || keys.iter().enumerate().map(|(row, key)| Some(*key).filter(|_| array.is_valid(row)));
        Ok(match Self::of(name, dictionary.values().as_ref())? {
            Self::Integers(values) => Self::Integers(picked(rows(), &values)),
            Self::Numbers(values) => Self::Numbers(picked(rows(), &values)),
            Self::Texts(values) => Self::Texts(picked(rows(), &values)),
        })
    }
}

fn picked<T: Copy>(keys: impl Iterator<Item = Option<usize>>, values: &[Option<T>]) -> Vec<Option<T>> {
    keys.map(|key| values.get(key?).copied().flatten()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "what a double cannot hold no estimate tells apart")]
pub(super) fn real(value: i128) -> f64 {
    value as f64
}
