//! Every indicator for the nation and its groups, one row per figure.

use crate::estimate::Interval;
use crate::index::{IndicatorKind, ItemRule};

/// One figure. Values are shares between 0 and 1; `percent` makes the published text.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// `nation`, or the column whose groups these are (`province`, `area`, `sex`, …).
    pub level: String,
    /// The code of the group; empty for the nation.
    pub group: String,
    pub kind: IndicatorKind,
    pub indicator: String,
    pub method: &'static str,
    pub rule: ItemRule,
    /// Valid answers; for factors, domains and overall the persons with at least one.
    pub n: u32,
    pub estimate: Option<f64>,
    pub se: Option<f64>,
    pub df: u32,
    pub deff: Option<f64>,
    pub interval: Option<Interval>,
    pub flags: Vec<Flag>,
}

/// Why a figure lacks a part or must be read with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flag {
    /// No valid answer at all.
    NoAnswers,
    /// An item below this node has no valid answer, so the node has no value.
    ItemWithoutAnswers,
    /// All PSUs of the group stand in strata of their own in it: no degrees of freedom, no interval.
    NoDegreesOfFreedom,
    /// All answers alike: the estimated variance is 0 and says nothing; a share gets a planning interval.
    AllAlike,
}
