//! Means, shares, totals and their differences with the variance, degrees of freedom and interval of the design.
//!
//! One pass adds up the weights of each answer per group and sampled unit ([`Tallies`]); a figure is a value with its
//! linearised value in each unit ([`Measure`]), and what the design makes of that is its precision ([`Estimate`]).
//! The design is declared with the responses ([`crate::frame::SurveyDesign`]): ultimate clusters with replacement unless
//! it says otherwise.

mod apart;
mod calibrated;
mod change;
mod distributions;
mod drawn;
mod error;
mod figure;
mod groups;
mod influence;
mod interval;
mod joint;
mod lonely;
mod measure;
mod reach;
mod reliability;
mod sizes;
mod stages;
mod tallies;
mod variance;

pub use apart::{Apart, Distance};
pub use change::{Wave, change, covariance};
pub use distributions::t_quantile;
pub use error::{DesignError, EstimateError};
pub use figure::Estimate;
pub(crate) use groups::groups;
pub use influence::Influence;
pub use interval::{Interval, IntervalMethod, PLANNING_CORRELATION};
pub use measure::{Kind, Measure, Scores};
pub use reach::Reach;
pub use reliability::Reliability;
pub use stages::Stages;
pub use tallies::{Group, LEVELS, Tallies};
