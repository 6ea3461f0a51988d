//! What is estimated in every domain.

use std::sync::Arc;

use super::RecomputeError;
use super::design_file::{DesignFile, Statistic};
use super::nation::Nation;
use super::tree::NamedMethod;
use crate::estimate::{EstimateError, Measure, Tallies};
use crate::frame::Responses;
use crate::index::{Composition, IndicatorKind, ItemRule, Tree};

/// One indicator by one method, one answer's share, or one quantity.
pub(super) struct Subject<'a> {
    /// As the table calls it; subjects of one indicator are withheld together.
    pub(super) indicator: String,
    pub(super) statistic: String,
    /// What stands for the country, if not all people with their weights.
    pub(super) nation: Option<Arc<Nation>>,
    of: Of<'a>,
}

enum Of<'a> {
    Answers {
        rule: ItemRule,
        composition: Composition<'a>,
        /// Of an indicator of several items: who answered at least one.
        answered: Option<Arc<Vec<bool>>>,
    },
    Quantity {
        column: &'a str,
        statistic: Statistic,
        over: &'a str,
    },
}

impl<'a> Subject<'a> {
    /// All of a design file: indicators by method, then distributions, then quantities.
    pub(super) fn all(
        file: &'a DesignFile,
        tree: Option<&'a Tree>,
        responses: &Responses,
    ) -> Result<Vec<Self>, RecomputeError> {
        let mut subjects = Vec::new();
        let methods = file.named_methods()?;
        let nation = |method: &NamedMethod<'_>| method.nation.map(|rule| Nation::of(rule, responses)).transpose();
        let nations: Vec<_> =
            methods.iter().map(|it| Ok(nation(it)?.map(Arc::new))).collect::<Result<_, RecomputeError>>()?;
        for node in tree.into_iter().flat_map(Tree::indicators) {
            let several = node.kind != IndicatorKind::Item;
            let answered = several.then(|| answered(responses, node.items())).transpose()?.map(Arc::new);
            for (method, nation) in methods.iter().zip(&nations) {
                let composition = method.method().composition(node)?;
                let of = Of::Answers { rule: method.rule, composition, answered: answered.clone() };
                let (indicator, statistic) = (node.code.clone(), method.name.to_owned());
                subjects.push(Self { indicator, statistic, nation: nation.clone(), of });
            }
        }
        let blocks = file.items.iter().filter(|_| file.distributions);
        for (code, level) in
            blocks.flat_map(|of| of.columns.iter().flat_map(|code| (1..=of.levels).map(move |it| (code, it))))
        {
            let composition = Composition::Mean(vec![(code, 1.0)]);
            let of = Of::Answers { rule: ItemRule::Level(level), composition, answered: None };
            subjects.push(Self { indicator: code.clone(), statistic: format!("level-{level}"), nation: None, of });
        }
        for quantity in &file.quantities {
            let (name, over) = (quantity.column.as_str(), quantity.over.as_deref().unwrap_or_default());
            let (indicator, statistic) = match quantity.statistic {
                Statistic::Mean => (name.to_owned(), "mean"),
                Statistic::Total => (name.to_owned(), "total"),
                Statistic::Ratio => (format!("{name}/{over}"), "ratio"),
            };
            let of = Of::Quantity { column: name, statistic: quantity.statistic, over };
            subjects.push(Self { indicator, statistic: statistic.to_owned(), nation: None, of });
        }
        Ok(subjects)
    }

    /// In a group; `None` where nobody gave an answer to it or to a part of it.
    pub(super) fn measure(&self, tallies: &Tallies, group: usize) -> Result<Option<Measure>, EstimateError> {
        let total = |name: &str| Ok::<_, EstimateError>(tallies.total(group, tallies.number(name)?));
        match &self.of {
            Of::Answers { rule, composition, .. } => rule.measure(tallies, group, composition),
            Of::Quantity { column, statistic: Statistic::Mean, .. } => {
                Ok(tallies.mean(group, &[tallies.number(column)?]))
            }
            Of::Quantity { column, statistic: Statistic::Total, .. } => total(column),
            Of::Quantity { column, statistic: Statistic::Ratio, over } => {
                Ok(total(column)?.zip(total(over)?).and_then(|(y, x)| tallies.ratio(&y, &x)))
            }
        }
    }

    /// Per group, the people with an answer to at least one item, for indicators of several.
    pub(super) fn persons(&self, tallies: &Tallies) -> Option<Vec<u32>> {
        match &self.of {
            Of::Answers { answered: Some(answered), .. } => Some(tallies.count_rows(answered)),
            _ => None,
        }
    }
}

fn answered<'a>(responses: &Responses, items: impl Iterator<Item = &'a str>) -> Result<Vec<bool>, EstimateError> {
    let mut any = vec![false; responses.rows()];
    for code in items {
        let item = responses.items().iter().find(|item| item.code == code);
        let item = item.ok_or_else(|| EstimateError::UnknownItem { item: code.to_owned() })?;
        for (any, level) in any.iter_mut().zip(responses.levels(item)?) {
            *any |= *level > 0;
        }
    }
    Ok(any)
}
