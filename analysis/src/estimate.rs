//! Means and shares with the variance, degrees of freedom and interval of the design.
//!
//! One pass counts the weights of each answer level per PSU and group ([`Tallies`]); everything else is
//! arithmetic on these counts. Variance: Taylor linearisation, ultimate clusters, first stage with replacement
//! (Woodruff 1971; Särndal, Swensson & Wretman 1992, ch. 5).

mod calibrated;
mod groups;
mod interval;
mod measure;
mod quantile;
mod strata;
mod tallies;

use thiserror::Error;

use crate::frame::ResponsesError;

pub use interval::{Interval, IntervalMethod, logit, share_interval, wilson};
pub use measure::{Estimate, Measure, Scores};
pub use quantile::t_quantile;
pub use strata::Strata;
pub use tallies::{Group, LEVELS, Tallies};

#[derive(Clone, Debug, PartialEq, Error)]
pub enum EstimateError {
    #[error("strata with only one PSU have no variance: {}", .strata.join(", "))]
    LonelyPsu { strata: Vec<String> },
    #[error("item {item} is not among the responses")]
    UnknownItem { item: String },
    #[error("the method gives no weight to {domain} or names a domain that the tree lacks")]
    DomainWithoutWeight { domain: String },
    #[error(transparent)]
    Responses(#[from] ResponsesError),
}
