use thiserror::Error;

use crate::confidentiality::ConfidentialityError;
use crate::estimate::EstimateError;
use crate::frame::ResponsesError;
use crate::rank::RankError;
use crate::weights::WeightError;

/// Why there are no figures. Rows count from 1, without the heading.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RecomputeError {
    /// With line and column.
    #[error("{0}")]
    Toml(String),
    #[error("{key}: {problem}")]
    Key { key: String, problem: String },
    /// Every name that the data lack, with the one that comes nearest.
    #[error("{}", lines(.0))]
    Columns(Vec<UnknownColumn>),
    #[error("margin {margin}: row {row} has the category {category:?}, which has no total")]
    CategoryWithoutTotal { margin: String, row: usize, category: String },
    #[error(transparent)]
    Responses(#[from] ResponsesError),
    #[error(transparent)]
    Weights(#[from] WeightError),
    #[error(transparent)]
    Estimate(#[from] EstimateError),
    #[error(transparent)]
    Confidentiality(#[from] ConfidentialityError),
    #[error(transparent)]
    Rank(#[from] RankError),
    #[error("the table cannot be written: {0}")]
    Output(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{key}: the data have no column {column}{}", .nearest.as_ref().map(|name| format!("; did you mean {name}?")).unwrap_or_default())]
pub struct UnknownColumn {
    /// Where the design file names it.
    pub key: &'static str,
    pub column: String,
    pub nearest: Option<String>,
}

fn lines(columns: &[UnknownColumn]) -> String {
    columns.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

impl RecomputeError {
    pub(super) fn key(key: &str, problem: impl Into<String>) -> Self {
        Self::Key { key: key.to_owned(), problem: problem.into() }
    }

    /// Whether the design file is to be mended, not the data.
    pub fn lies_in_the_design(&self) -> bool {
        matches!(self, Self::Toml(_) | Self::Key { .. } | Self::Columns(_))
    }
}
