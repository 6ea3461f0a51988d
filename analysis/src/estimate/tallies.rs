//! The one pass over the rows.

use std::ops::Range;
use std::sync::Arc;

use super::calibrated::Calibrated;
use super::groups::groups;
use super::{EstimateError, Reach, Stages};
use crate::frame::{Codes, Responses, by_key};

/// Slots of an item: 0 for "no valid answer", 1..=11 for its levels. Scales from 0 to 10 have eleven.
pub const LEVELS: usize = 12;

/// A part of the population, by the labels of the columns it was made from; no labels for the whole.
/// (Statisticians say domain; that word is taken by the parts of the index.)
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub labels: Vec<String>,
    /// Respondents.
    pub n: u32,
    pub reach: Arc<Reach>,
}

/// The people of one group and sampled unit who gave the same answer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Of the last stage.
    pub(super) unit: u32,
    /// From 1: the level, or the place among a number's values.
    pub(super) answer: u32,
    pub(super) count: u32,
    pub(super) weight: f64,
    /// Σ w², for Kish's factor.
    pub(super) squares: f64,
}

/// The tallies of one item or number by group, then by unit and answer.
#[derive(Clone, Debug)]
struct Variable {
    code: String,
    /// What each answer is by itself, after a slot that is not used: its level, or the amount.
    values: Vec<f64>,
    tallies: Vec<Tally>,
    of_group: Vec<Range<usize>>,
}

/// The answers of every group, unit and item. Rows are in the order of their weights inside a unit, so the sums are the
/// same whatever the order of the input.
#[derive(Clone, Debug)]
pub struct Tallies {
    groups: Vec<Group>,
    stages: Arc<Stages>,
    variables: Vec<Variable>,
    /// The rows that count, by group and unit.
    rows: Vec<u32>,
    rows_of: Vec<Range<usize>>,
    /// Where the weights are calibrated.
    pub(super) calibrated: Option<Calibrated>,
}

impl Tallies {
    /// Groups are the combinations of the columns in `by` that occur, by the order of their labels; rows with
    /// an unknown label belong to none. No columns: one group, the nation.
    pub fn count(responses: &Responses, by: &[&str]) -> Result<Self, EstimateError> {
        let (stages, unit_of_row) = Stages::of(responses)?;
        let (labels, group_of_row) = groups(responses, by)?;
        let weights = responses.weights()?;
        let mut calibrated = Calibrated::of(responses, &unit_of_row, labels.len(), &group_of_row)?;
        let group = |row: u32| group_of_row.get(row as usize).copied().flatten().unwrap_or_default();
        let unit = |row: u32| unit_of_row.get(row as usize).copied().unwrap_or_default();
        let known = (0_u32..).zip(&group_of_row).zip(weights);
        let rows: Vec<u32> =
            known.filter(|((_, group), weight)| group.is_some() && **weight > 0.0).map(|((row, _), _)| row).collect();
        let rows = by_key(&by_key(&rows, stages.units(), unit), labels.len(), group);
        let cells: Vec<Cell> = ranges(&rows, |a, b| (group(*a), unit(*a)) == (group(*b), unit(*b)))
            .filter_map(|rows_here| {
                let row = *rows.get(rows_here.start)?;
                Some(Cell { group: group(row) as usize, unit: unit(row), rows: rows_here })
            })
            .collect();
        drop((unit_of_row, group_of_row));
        let mut rows_of = vec![0..0; labels.len()];
        let mut cells_of = vec![0..0; labels.len()];
        for range in ranges(&cells, |a, b| a.group == b.group) {
            let Some(cells) = cells.get(range.clone()) else { continue };
            let Some((first, last)) = cells.first().zip(cells.last()) else { continue };
            if let Some((rows, cells)) = rows_of.get_mut(first.group).zip(cells_of.get_mut(first.group)) {
                (*rows, *cells) = (first.rows.start..last.rows.end, range);
            }
        }
        let groups = labels.into_iter().zip(&rows_of).zip(&cells_of).map(|((labels, rows), range)| {
            let cells = cells.get(range.clone()).unwrap_or_default();
            let mut psus: Vec<u32> = cells.iter().map(|cell| stages.psu_of(cell.unit)).collect();
            psus.dedup();
            let n = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            Group { labels, n, reach: Arc::new(Reach::of(psus, &stages)) }
        });
        let groups = groups.collect();
        let counter = Counter {
            rows: &rows,
            weights: rows.iter().filter_map(|row| weights.get(*row as usize)).copied().collect(),
            cells: &cells,
            groups: rows_of.len(),
        };
        let items = responses.items().iter().map(|item| (&item.code, (0..=item.levels).map(f64::from).collect()));
        let amounts = |values: &[f64]| std::iter::once(0.0).chain(values.iter().copied()).collect();
        let numbers = responses.numbers().iter().map(|(name, values)| (name, amounts(values)));
        let mut variables = Vec::with_capacity(responses.items().len() + responses.numbers().len());
        for (code, values) in items.chain(numbers) {
            let answers = responses.answers(code)?;
            variables.push(counter.count(code, values, &answers));
            if let Some(calibrated) = &mut calibrated {
                calibrated.answers.push(answers);
            }
        }
        Ok(Self { groups, stages: Arc::new(stages), variables, rows, rows_of, calibrated })
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub fn stages(&self) -> &Stages {
        &self.stages
    }

    /// Position and number of levels of an item.
    pub fn item(&self, code: &str) -> Result<(usize, u8), EstimateError> {
        let (place, values) = self.number(code)?;
        Ok((place, u8::try_from(values.len().saturating_sub(1)).unwrap_or(u8::MAX)))
    }

    /// Position and scores of a number: its different amounts after a slot that is not used.
    pub fn number(&self, name: &str) -> Result<(usize, &[f64]), EstimateError> {
        let found = self.variables.iter().enumerate().find(|(_, variable)| variable.code == name);
        found
            .map(|(place, variable)| (place, variable.values.as_slice()))
            .ok_or_else(|| EstimateError::UnknownItem { item: name.to_owned() })
    }

    /// What the group answered to an item, by unit.
    pub(super) fn of(&self, group: usize, item: usize) -> &[Tally] {
        let variable = self.variables.get(item);
        let range = variable.and_then(|variable| variable.of_group.get(group)).cloned().unwrap_or_default();
        variable.and_then(|variable| variable.tallies.get(range)).unwrap_or_default()
    }

    /// The people of a group whose answer to an item or number is one of these, and the PSUs they live in. An answer is a level, or the
    /// place from 1 among a number's values.
    pub(crate) fn behind(&self, group: usize, item: usize, is_one: impl Fn(u32) -> bool) -> (u32, u32) {
        let (mut people, mut psus, mut last) = (0, 0, None);
        // Units of one PSU stand together.
        for tally in self.of(group, item).iter().filter(|tally| is_one(tally.answer)) {
            people += tally.count;
            let psu = self.stages.psu_of(tally.unit);
            psus += u32::from(last.replace(psu) != Some(psu));
        }
        (people, psus)
    }

    /// Per group, the rows that count and for which it holds.
    pub(crate) fn count_rows(&self, holds: &[bool]) -> Vec<u32> {
        let count = |range: &Range<usize>| {
            let rows = self.rows.get(range.clone()).unwrap_or_default();
            let count = rows.iter().filter(|row| holds.get(**row as usize).copied().unwrap_or_default()).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        self.rows_of.iter().map(count).collect()
    }
}

/// The rows of one group and unit.
struct Cell {
    group: usize,
    unit: u32,
    /// Their places.
    rows: Range<usize>,
}

/// Rows of the same group and unit stand together.
struct Counter<'a> {
    rows: &'a [u32],
    /// Of these rows.
    weights: Vec<f64>,
    cells: &'a [Cell],
    groups: usize,
}

impl Counter<'_> {
    fn count(&self, code: &str, values: Vec<f64>, answers: &Codes) -> Variable {
        let mut tallies: Vec<Tally> = Vec::new();
        let mut of_group = vec![0..0; self.groups];
        let mut sums = vec![Tally::default(); values.len()];
        let mut met: Vec<u32> = Vec::new();
        for cell in self.cells {
            let start = tallies.len();
            let mut weights = self.weights.get(cell.rows.clone()).unwrap_or_default().iter();
            answers.each(self.rows.get(cell.rows.clone()).unwrap_or_default(), |answer| {
                let weight = weights.next().copied().unwrap_or_default();
                let Some(sum) = sums.get_mut(answer as usize) else { return };
                if sum.count == 0 {
                    met.push(answer);
                }
                sum.count += 1;
                sum.weight += weight;
                sum.squares += weight * weight;
            });
            met.sort_unstable();
            for answer in met.drain(..) {
                let sum = sums.get_mut(answer as usize).map(std::mem::take).unwrap_or_default();
                // The first slot holds those without an answer.
                if answer > 0 {
                    tallies.push(Tally { unit: cell.unit, answer, ..sum });
                }
            }
            if let Some(range) = of_group.get_mut(cell.group) {
                let start = if range.end == 0 { start } else { range.start };
                *range = start..tallies.len();
            }
        }
        tallies.shrink_to_fit();
        Variable { code: code.to_owned(), values, tallies, of_group }
    }
}

/// The places of neighbours that belong together.
fn ranges<T>(values: &[T], together: impl FnMut(&T, &T) -> bool) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    values.chunk_by(together).map(move |chunk| {
        let range = start..start + chunk.len();
        start = range.end;
        range
    })
}
