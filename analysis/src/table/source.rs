//! The cells of one level: the nation, or the groups of one column.

use super::{Cell, DISTRIBUTION, Flag, NATION, nation};
use crate::estimate::{Estimate, EstimateError, Measure, Tallies};
use crate::frame::Responses;
use crate::index::{Composition, Indicator, IndicatorKind, ItemRule, Method, Tree};

/// What the cells of one level are computed from.
pub(super) struct Source {
    pub(super) level: String,
    pub(super) tallies: Tallies,
}

/// What a figure is of.
pub(super) struct Subject<'a> {
    pub(super) kind: IndicatorKind,
    pub(super) code: &'a str,
    pub(super) method: &'static str,
    pub(super) rule: ItemRule,
}

pub(super) fn of(responses: &Responses, by: &[&str]) -> Result<Vec<Source>, EstimateError> {
    let nation = Source { level: NATION.to_owned(), tallies: Tallies::count(responses, &[])? };
    let mut sources = vec![nation];
    for column in by {
        sources.push(Source { level: (*column).to_owned(), tallies: Tallies::count(responses, &[column])? });
    }
    Ok(sources)
}

impl Source {
    pub(super) fn is_nation(&self) -> bool {
        self.level == NATION
    }

    /// Per group, the persons with a valid answer to at least one item of the indicator.
    pub(super) fn answered(&self, responses: &Responses, indicator: &Indicator) -> Result<Vec<u32>, EstimateError> {
        let mut any = vec![false; responses.rows()];
        for code in indicator.items() {
            let item = responses.items().iter().find(|item| item.code == code);
            let item = item.ok_or_else(|| EstimateError::UnknownItem { item: code.to_owned() })?;
            for (any, level) in any.iter_mut().zip(responses.levels(item)?) {
                *any |= *level > 0;
            }
        }
        Ok(self.tallies.count_rows(&any))
    }

    pub(super) fn indicators(
        &self,
        tree: &Tree,
        answered: &[Vec<u32>],
        method: &Method<'_>,
        provinces: Option<&Tallies>,
        cells: &mut Vec<Cell>,
    ) -> Result<(), EstimateError> {
        let compositions = tree.indicators().map(|node| method.composition(node)).collect::<Result<Vec<_>, _>>()?;
        for group in 0..self.tallies.groups().len() {
            for ((indicator, answered), composition) in tree.indicators().zip(answered).zip(&compositions) {
                let measure = match provinces {
                    Some(provinces) => nation::mean_of_groups(method.rule, provinces, composition)?,
                    None => method.rule.measure(&self.tallies, group, composition)?,
                };
                let n = answered.get(group).copied().unwrap_or_default();
                let subject = Subject::indicator(indicator, method);
                cells.push(self.cell(group, &subject, measure.as_ref(), n));
            }
        }
        Ok(())
    }

    pub(super) fn distributions(&self, responses: &Responses, cells: &mut Vec<Cell>) -> Result<(), EstimateError> {
        for group in 0..self.tallies.groups().len() {
            for item in responses.items() {
                let alone = Composition::Mean(vec![(&item.code, 1.0)]);
                for rule in (1..=item.levels).map(ItemRule::Level) {
                    let measure = rule.measure(&self.tallies, group, &alone)?;
                    let n = measure.as_ref().map_or(0, |measure| measure.n);
                    let subject = Subject { kind: IndicatorKind::Item, code: &item.code, method: DISTRIBUTION, rule };
                    cells.push(self.cell(group, &subject, measure.as_ref(), n));
                }
            }
        }
        Ok(())
    }

    pub(super) fn cell(&self, place: usize, subject: &Subject<'_>, measure: Option<&Measure>, n: u32) -> Cell {
        let group = self.tallies.groups().get(place);
        let df = group.map_or(0, |group| group.reach.df());
        let estimate = measure.map(|measure| self.tallies.estimate(measure));
        let alike = estimate.is_some_and(|estimate| estimate.all_alike);
        let flags = [
            (n == 0, Flag::NoAnswers),
            (n > 0 && measure.is_none(), Flag::PartWithoutAnswers),
            (df == 0, Flag::NoDegreesOfFreedom),
            (alike, Flag::AllAlike),
        ];
        Cell {
            level: self.level.clone(),
            group: group.and_then(|group| group.labels.last()).cloned().unwrap_or_default(),
            kind: subject.kind,
            indicator: subject.code.to_owned(),
            method: subject.method,
            rule: subject.rule,
            n,
            estimate: estimate.map(|estimate| estimate.value),
            se: estimate.filter(|_| df > 0).map(|estimate| estimate.se()),
            df,
            deff: estimate.and_then(|estimate| estimate.deff).filter(|_| df > 0),
            interval: estimate.and_then(|estimate| estimate.interval()),
            // Of the people, whatever the number of their answers.
            reliability: estimate.map(|estimate| Estimate { n, ..estimate }.reliability()),
            psus: estimate.map_or(0, |estimate| estimate.psus_answering),
            flags: flags.into_iter().filter(|(holds, _)| *holds).map(|(_, flag)| flag).collect(),
        }
    }
}

impl<'a> Subject<'a> {
    pub(super) fn indicator(indicator: &'a Indicator, method: &Method<'_>) -> Self {
        Self { kind: indicator.kind, code: &indicator.code, method: method.name, rule: method.rule }
    }
}
