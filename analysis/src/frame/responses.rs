//! What was answered.

use thiserror::Error;

/// A question whose answers are the levels 1..=`levels` (at most 7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub code: String,
    pub levels: u8,
}

/// Input as column vectors, all of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    pub stratum: Vec<String>,
    /// Pseudonym of the primary sampling unit, unique over all strata.
    pub psu: Vec<String>,
    pub weight: Vec<f64>,
    /// Name and values of the columns that make groups (`province`, `area`, `sex`, …); "" for not known.
    pub groups: Vec<(String, Vec<String>)>,
    /// Levels; `None`, 97, 98 and 99 are no valid answer.
    pub items: Vec<(Item, Vec<Option<u8>>)>,
}

/// Which columns of a CSV file are what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub stratum: String,
    pub psu: String,
    pub weight: String,
    pub groups: Vec<String>,
    pub items: Vec<Item>,
}

/// Rows count from 1.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ResponsesError {
    #[error("no rows")]
    NoRows,
    #[error("column {column} is missing")]
    MissingColumn { column: String },
    #[error("column {column} stands twice")]
    ColumnTwice { column: String },
    #[error("column {column} has {found} rows instead of {expected}")]
    ColumnLength {
        column: String,
        expected: usize,
        found: usize,
    },
    #[error("row {row}: {column} is empty")]
    Empty { row: usize, column: String },
    #[error("row {row}: weight {value} is not a number from 0 up")]
    Weight { row: usize, value: String },
    #[error("row {row}: {column} has the unknown code {value}")]
    UnknownCode {
        row: usize,
        column: String,
        value: String,
    },
    #[error("PSU {psu} stands in the strata {first} and {second}")]
    PsuInTwoStrata {
        psu: String,
        first: String,
        second: String,
    },
    #[error("item {item} has {levels} levels; from 2 to 7 are possible")]
    Levels { item: String, levels: u8 },
    #[error("the file cannot be read: {0}")]
    Unreadable(String),
}
