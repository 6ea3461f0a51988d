use thiserror::Error;

/// What is wrong with the responses. Rows count from 1, without the heading.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ResponsesError {
    #[error("no rows")]
    NoRows,
    #[error("column {column} is missing")]
    MissingColumn { column: String },
    #[error("column {column} stands twice")]
    ColumnTwice { column: String },
    #[error("column {column} has {found} rows instead of {expected}")]
    ColumnLength { column: String, expected: usize, found: usize },
    #[error("row {row}: {column} is empty")]
    Empty { row: usize, column: String },
    #[error("row {row}: weight {value} is not a number from 0 up")]
    Weight { row: usize, value: String },
    #[error("row {row}: {column} has the unknown code {value}")]
    UnknownCode { row: usize, column: String, value: String },
    #[error("row {row}: {column} is no number: {value}")]
    Number { row: usize, column: String, value: String },
    #[error("person {person} stands in the rows {first} and {second}")]
    PersonTwice { person: String, first: usize, second: usize },
    #[error("PSU {psu} stands in the strata {first} and {second}")]
    PsuInTwoStrata { psu: String, first: String, second: String },
    #[error("item {item} has {levels} levels; from 2 to 11 are possible")]
    Levels { item: String, levels: u8 },
    #[error("cannot be read: {0}")]
    Unreadable(String),
}
