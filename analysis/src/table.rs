//! Every indicator for the nation and its groups, one row per figure.

use crate::estimate::{EstimateError, Interval, Measure, Tallies};
use crate::frame::Responses;
use crate::index::{Composition, Indicator, IndicatorKind, ItemRule, Method, NationRule, Tree, half_up};

mod nation;

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
/// The column whose groups [`NationRule::MeanOfProvinces`] averages.
pub const PROVINCE: &str = "province";

/// All indicators of the tree by all methods: first for the nation, then for each column of `by` in the order
/// of its labels; indicators with parents before children.
pub fn tabulate(
    responses: &Responses,
    tree: &Tree,
    methods: &[Method],
    by: &[&str],
) -> Result<Vec<Cell>, EstimateError> {
    let mut cells = Vec::new();
    let nation = Source::count(responses, tree, NATION, &[])?;
    let provinces = if methods.iter().any(|method| method.nation == NationRule::MeanOfProvinces) {
        Some(Tallies::count(responses, &[PROVINCE])?)
    } else {
        None
    };
    for method in methods {
        let provinces = provinces.as_ref().filter(|_| method.nation == NationRule::MeanOfProvinces);
        nation.cells(tree, method, provinces, &mut cells)?;
    }
    for column in by {
        let source = Source::count(responses, tree, column, &[column])?;
        for method in methods {
            source.cells(tree, method, None, &mut cells)?;
        }
    }
    Ok(cells)
}

/// The published text of a share: a percentage, rounded half-up once.
pub fn percent(share: f64, decimals: u8) -> String {
    half_up(100.0 * share, decimals)
}

/// What the cells of one level are computed from.
struct Source {
    level: String,
    tallies: Tallies,
    /// Per indicator and group, the persons with a valid answer to at least one of its items.
    answered: Vec<Vec<u32>>,
}

impl Source {
    fn count(responses: &Responses, tree: &Tree, level: &str, by: &[&str]) -> Result<Self, EstimateError> {
        let tallies = Tallies::count(responses, by)?;
        let weights = responses.weights()?;
        let mut answered = Vec::new();
        for indicator in tree.indicators() {
            let mut any = vec![false; responses.rows()];
            for code in tree.items_of(indicator) {
                let item = responses.items().iter().find(|item| item.code == code);
                let item = item.ok_or_else(|| EstimateError::UnknownItem { item: code.to_owned() })?;
                for (any, level) in any.iter_mut().zip(responses.levels(item)?) {
                    *any |= level > 0;
                }
            }
            answered.push(tallies.count_rows(weights, any.into_iter()));
        }
        Ok(Self { level: level.to_owned(), tallies, answered })
    }

    fn cells(
        &self,
        tree: &Tree,
        method: &Method,
        provinces: Option<&Tallies>,
        cells: &mut Vec<Cell>,
    ) -> Result<(), EstimateError> {
        for group in 0..self.tallies.groups().len() {
            for (indicator, answered) in tree.indicators().zip(&self.answered) {
                let composition = method.composition(tree, indicator)?;
                let measure = match provinces {
                    Some(provinces) => nation::mean_of_groups(method.rule, provinces, &composition)?,
                    None => method.rule.measure(&self.tallies, group, &composition)?,
                };
                let n = answered.get(group).copied().unwrap_or_default();
                cells.push(self.cell(group, indicator, method, &composition, measure.as_ref(), n));
            }
        }
        Ok(())
    }

    fn cell(
        &self,
        place: usize,
        indicator: Indicator<'_>,
        method: &Method,
        composition: &Composition<'_>,
        measure: Option<&Measure>,
        n: u32,
    ) -> Cell {
        let group = self.tallies.groups().get(place);
        let df = group.map_or(0, |group| group.df);
        let alike = measure.is_some_and(|measure| measure.estimate.all_alike);
        let flags = [
            (n == 0, Flag::NoAnswers),
            (n > 0 && measure.is_none(), Flag::PartWithoutAnswers),
            (df == 0, Flag::NoDegreesOfFreedom),
            (alike, Flag::AllAlike),
        ];
        Cell {
            level: self.level.clone(),
            group: group.and_then(|group| group.labels.first()).cloned().unwrap_or_default(),
            kind: indicator.kind,
            indicator: indicator.code.to_owned(),
            method: method.name,
            rule: method.rule,
            n,
            estimate: measure.map(|measure| measure.estimate.value),
            se: measure.filter(|_| df > 0).map(|measure| measure.estimate.se()),
            df,
            deff: measure.and_then(|measure| measure.estimate.deff).filter(|_| df > 0),
            interval: measure.and_then(|measure| method.rule.interval(measure, &self.tallies, place, composition)),
            flags: flags.into_iter().filter(|(holds, _)| *holds).map(|(_, flag)| flag).collect(),
        }
    }
}
