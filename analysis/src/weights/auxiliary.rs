//! What is known of the population, and the columns it makes.

use std::collections::{BTreeMap, BTreeSet};

use super::system::Rows;
use super::{Merging, WeightError};

/// What is known of the population and of every row.
#[derive(Clone, Debug, PartialEq)]
pub enum Auxiliary {
    /// How many people are in each category. Together the categories are everybody.
    Categories {
        name: String,
        /// "" only where the weight is 0.
        of_row: Vec<String>,
        totals: Vec<(String, f64)>,
        /// What categories with too few respondents join.
        merging: Merging,
    },
    /// What a quantity adds up to.
    Quantity { name: String, of_row: Vec<f64>, total: f64 },
}

/// One column of x: a category, or a quantity.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    pub(super) margin: String,
    pub(super) category: String,
    pub(super) total: f64,
    pub(super) respondents: usize,
}

/// Two margins add up to the same up to this part.
const SAME_TOTAL: f64 = 1e-9;

/// The columns of x and the rows that have them, after all checks.
pub(super) fn prepare(
    base: &[f64],
    auxiliaries: &[Auxiliary],
    least: usize,
) -> Result<(Rows, Vec<Target>), WeightError> {
    if base.is_empty() {
        return Err(WeightError::NoRows);
    }
    if auxiliaries.is_empty() {
        return Err(WeightError::NoMargins);
    }
    if let Some((value, row)) = base.iter().zip(1..).find(|(weight, _)| !(weight.is_finite() && **weight >= 0.0)) {
        return Err(WeightError::Weight { row, value: *value });
    }
    let mut rows = Rows::new(base.to_vec(), auxiliaries.len());
    let mut targets = Vec::new();
    let mut whole: Option<(&str, f64)> = None;
    for (place, auxiliary) in auxiliaries.iter().enumerate() {
        let found = auxiliary.rows();
        if found != base.len() {
            return Err(WeightError::ColumnLength { column: auxiliary.name().to_owned(), expected: base.len(), found });
        }
        match auxiliary {
            Auxiliary::Quantity { name, of_row, total } => {
                quantity(name, of_row, *total, base)?;
                rows.set(place, of_row.iter().map(|value| (targets.len(), *value)));
                targets.push(Target {
                    margin: name.clone(),
                    category: String::new(),
                    total: *total,
                    respondents: base.iter().filter(|weight| **weight > 0.0).count(),
                });
            }
            Auxiliary::Categories { name, of_row, totals, merging } => {
                let sum = totals.iter().map(|(_, total)| total).sum::<f64>();
                let (first, first_total) = *whole.get_or_insert((name, sum));
                let categories = categories(name, of_row, totals, base, merging, least)?;
                if (sum - first_total).abs() > SAME_TOTAL * first_total.abs() {
                    let (first, second) = (first.to_owned(), name.clone());
                    return Err(WeightError::MarginsDisagree { first, first_total, second, second_total: sum });
                }
                let column: BTreeMap<&str, usize> = categories
                    .iter()
                    .enumerate()
                    .flat_map(|(at, (_, parts))| parts.labels.iter().map(move |label| (*label, at)))
                    .collect();
                let start = targets.len();
                rows.set(
                    place,
                    of_row.iter().map(|label| column.get(label.as_str()).map_or((0, 0.0), |at| (start + at, 1.0))),
                );
                targets.extend(categories.into_iter().map(|(category, parts)| Target {
                    margin: name.clone(),
                    category,
                    total: parts.total,
                    respondents: parts.respondents,
                }));
            }
        }
    }
    Ok((rows, targets))
}

fn quantity(name: &str, of_row: &[f64], total: f64, base: &[f64]) -> Result<(), WeightError> {
    if !total.is_finite() {
        return Err(WeightError::Total { margin: name.to_owned(), category: String::new(), total });
    }
    let mut rows = of_row.iter().zip(base).zip(1..).filter(|((_, weight), _)| **weight > 0.0);
    match rows.find(|((value, _), _)| !value.is_finite()) {
        Some(((value, _), row)) => Err(WeightError::Quantity { margin: name.to_owned(), row, value: *value }),
        None => Ok(()),
    }
}

#[derive(Default)]
struct Category<'a> {
    labels: BTreeSet<&'a str>,
    total: f64,
    respondents: usize,
}

/// The categories in the order of their labels, small ones merged.
fn categories<'a>(
    margin: &str,
    of_row: &'a [String],
    totals: &'a [(String, f64)],
    base: &[f64],
    merging: &Merging,
    least: usize,
) -> Result<BTreeMap<String, Category<'a>>, WeightError> {
    let mut single: BTreeMap<&str, Category<'_>> = BTreeMap::new();
    for (label, total) in totals {
        let (margin, category, total) = (margin.to_owned(), label.clone(), *total);
        if !(total.is_finite() && total >= 0.0) {
            return Err(WeightError::Total { margin, category, total });
        }
        if single.insert(label, Category { total, ..Category::default() }).is_some() {
            return Err(WeightError::CategoryTwice { margin, category });
        }
    }
    for (row, (label, _)) in (1..).zip(of_row.iter().zip(base)).filter(|(_, (_, weight))| **weight > 0.0) {
        match single.get_mut(label.as_str()) {
            Some(category) => category.respondents += 1,
            None => {
                return Err(WeightError::UnknownCategory { margin: margin.to_owned(), row, category: label.clone() });
            }
        }
    }
    // A category without people and without respondents asks for nothing.
    single.retain(|_, category| category.total > 0.0 || category.respondents > 0);
    let labels = single.keys().copied().collect();
    let joined = merging.merge(&labels, |category, parts| {
        let respondents = parts.iter().filter_map(|label| single.get(label)).map(|part| part.respondents).sum();
        let (margin, category, least) = (margin.to_owned(), category.to_owned(), least.max(1));
        (respondents < least).then_some(WeightError::FewInCategory { margin, category, respondents, least })
    })?;
    let mut merged: BTreeMap<String, Category<'_>> = BTreeMap::new();
    for (label, part) in single {
        let into = joined.get(label).map_or_else(|| label.to_owned(), String::clone);
        let category = merged.entry(into).or_default();
        category.labels.insert(label);
        category.total += part.total;
        category.respondents += part.respondents;
    }
    Ok(merged)
}

impl Auxiliary {
    fn name(&self) -> &str {
        match self {
            Self::Categories { name, .. } | Self::Quantity { name, .. } => name,
        }
    }

    fn rows(&self) -> usize {
        match self {
            Self::Categories { of_row, .. } => of_row.len(),
            Self::Quantity { of_row, .. } => of_row.len(),
        }
    }
}
