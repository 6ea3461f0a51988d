use thiserror::Error;

use crate::frame::ResponsesError;

/// Why there are no weights. Rows count from 1.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum WeightError {
    #[error("no rows")]
    NoRows,
    #[error("column {column} has {found} rows instead of {expected}")]
    ColumnLength { column: String, expected: usize, found: usize },
    #[error("row {row}: {column} is empty")]
    Empty { row: usize, column: &'static str },
    #[error("row {row}: the code {code} stands twice")]
    CodeTwice { row: usize, code: String },
    #[error("row {row}: the probability {value} is not above 0 and at most 1")]
    Probability { row: usize, value: f64 },
    #[error("row {row}: the weight {value} is not a number from 0 up")]
    Weight { row: usize, value: f64 },
    #[error("stratum {stratum} has a population, but nobody of it was drawn")]
    NeverDrawn { stratum: String },
    #[error("stratum {stratum} of a case is not in the population")]
    UnknownStratum { stratum: String },
    #[error("class {class} has {respondents} respondents, at least {least} are needed, and no class to join")]
    FewInClass { class: String, respondents: usize, least: usize },
    #[error("class {class} has the factor {factor}, at most {most} is allowed, and no class to join")]
    LargeFactor { class: String, factor: f64, most: f64 },
    #[error("{label} would join itself")]
    Circle { label: String },
    #[error("the bounds {low} and {high} of the factors do not hold 0 ≤ low < 1 < high")]
    Bounds { low: f64, high: f64 },
    #[error("nothing to calibrate on")]
    NoMargins,
    #[error("margin {margin}: the total {total} of {category} is not a number from 0 up")]
    Total { margin: String, category: String, total: f64 },
    #[error("margin {margin}: {category} stands twice")]
    CategoryTwice { margin: String, category: String },
    #[error("margin {margin}: row {row} has the category {category:?}, which has no total")]
    UnknownCategory { margin: String, row: usize, category: String },
    #[error("margin {margin}: row {row} has the quantity {value}")]
    Quantity { margin: String, row: usize, value: f64 },
    #[error(
        "margin {margin}: {category} has {respondents} respondents, at least {least} are needed, and nothing to join"
    )]
    FewInCategory { margin: String, category: String, respondents: usize, least: usize },
    #[error("margin {first} adds up to {first_total}, margin {second} to {second_total}")]
    MarginsDisagree { first: String, first_total: f64, second: String, second_total: f64 },
    #[error("no weights meet the margins: {category} of {margin} is {reached} instead of {total}")]
    NotMet { margin: String, category: String, total: f64, reached: f64 },
    #[error("row {row}: the calibrated weight is {value}, below 0; bound the factors")]
    Negative { row: usize, value: f64 },
    #[error("group {group}: all weights at their limit do not add up to what there is")]
    NothingToTakeOver { group: String },
    #[error("trimming and calibrating do not settle in {rounds} rounds")]
    NotSettled { rounds: u32 },
    #[error(transparent)]
    Responses(#[from] ResponsesError),
}
