use thiserror::Error;

use crate::frame::ResponsesError;

#[derive(Clone, Debug, PartialEq, Error)]
pub enum EstimateError {
    #[error("strata with only one PSU have no variance: {}", .strata.join(", "))]
    LonelyPsu { strata: Vec<String> },
    #[error("item {item} is not among the responses")]
    UnknownItem { item: String },
    #[error("the method gives no weight to {domain} or names a domain that the tree lacks")]
    DomainWithoutWeight { domain: String },
    #[error(transparent)]
    Design(#[from] DesignError),
    #[error(transparent)]
    Responses(#[from] ResponsesError),
}

/// Where the declared design and the responses disagree.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DesignError {
    #[error("strata of the population that were never drawn: {}", .strata.join(", "))]
    StrataNotDrawn { strata: Vec<String> },
    #[error("the responses do not tell the units of stage {stage}")]
    StageWithoutUnits { stage: usize },
    #[error("units of stage {stage} that stand alone have no variance; they lie in {}", .psus.join(", "))]
    LonelyUnits { stage: usize, psus: Vec<String> },
    #[error("{unit}: {column} is not known")]
    SizeMissing { column: String, unit: String },
    #[error("{unit}: {column} has several values")]
    SizeDiffers { column: String, unit: String },
    #[error("{unit}: {taken} units were drawn of {there} ({column})")]
    SizeTooSmall { column: String, unit: String, taken: u32, there: f64 },
    #[error("the inclusion probability of {what} is {value}")]
    Probability { what: String, value: f64 },
    #[error("no inclusion probability of {first} together with {second}")]
    PairMissing { first: String, second: String },
    #[error("two inclusion probabilities of {first} together with {second}")]
    PairTwice { first: String, second: String },
}
