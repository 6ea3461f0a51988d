//! Every indicator, and how the answers to every question are spread, for the nation and its groups: one row per figure.

use crate::estimate::{EstimateError, Interval, Reliability, Tallies};
use crate::frame::Responses;
use crate::index::{IndicatorKind, ItemRule, Method, NationRule, Tree, half_up};

mod cross;
mod nation;
mod source;

pub use cross::{CrossCell, Crossing, cross_indicator, cross_shares};

/// One figure. Values are shares between 0 and 1; [`percent`] makes the published text.
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
    /// Of a single item.
    pub deff: Option<f64>,
    /// 95 %.
    pub interval: Option<Interval>,
    /// Whether it is exact enough to be published; `None` without a value.
    pub reliability: Option<Reliability>,
    /// PSUs with a valid answer; of an indicator of several items, the most of any. 0 without a value.
    pub psus: u32,
    pub flags: Vec<Flag>,
}

/// Why a figure lacks a part or must be read with care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flag {
    /// No valid answer at all.
    NoAnswers,
    /// An item below this node (or a province behind the nation's mean) has no valid answer: no value.
    PartWithoutAnswers,
    /// As many PSUs as strata: no degrees of freedom, no standard error, no interval.
    NoDegreesOfFreedom,
    /// All answers alike: the estimated variance is 0 and says nothing; a share gets a planned interval.
    AllAlike,
}

pub const NATION: &str = "nation";
/// The method of [`distributions`].
pub const DISTRIBUTION: &str = "distribution";
/// The column whose groups [`NationRule::MeanOfProvinces`] averages.
pub const PROVINCE: &str = "province";

/// All indicators of the tree by all methods: first for the nation, then for each column of `by` in the order
/// of its labels; indicators with parents before children.
pub fn tabulate(
    responses: &Responses,
    tree: &Tree,
    methods: &[Method<'_>],
    by: &[&str],
) -> Result<Vec<Cell>, EstimateError> {
    let mut cells = Vec::new();
    let provinces = if methods.iter().any(|method| method.nation == NationRule::MeanOfProvinces) {
        Some(Tallies::count(responses, &[PROVINCE])?)
    } else {
        None
    };
    let unweighted = if methods.iter().any(|method| method.nation == NationRule::Unweighted) {
        source::of(&responses.unweighted()?, &[])?.pop()
    } else {
        None
    };
    for source in source::of(responses, by)? {
        let answered = tree.indicators().map(|node| source.answered(responses, node));
        let answered = answered.collect::<Result<Vec<_>, _>>()?;
        for method in methods {
            let counts_alike = source.is_nation() && method.nation == NationRule::Unweighted;
            let source = unweighted.as_ref().filter(|_| counts_alike).unwrap_or(&source);
            let provinces =
                provinces.as_ref().filter(|_| source.is_nation() && method.nation == NationRule::MeanOfProvinces);
            source.indicators(tree, &answered, method, provinces, &mut cells)?;
        }
    }
    Ok(cells)
}

/// The share of each level of each item among its valid answers ([`ItemRule::Level`]): for the nation and each
/// column of `by` as in [`tabulate`], items in the order of the responses.
pub fn distributions(responses: &Responses, by: &[&str]) -> Result<Vec<Cell>, EstimateError> {
    let mut cells = Vec::new();
    for source in source::of(responses, by)? {
        source.distributions(responses, &mut cells)?;
    }
    Ok(cells)
}

/// The published text of a share: a percentage, rounded half-up once.
pub fn percent(share: f64, decimals: u8) -> String {
    half_up(100.0 * share, decimals)
}
