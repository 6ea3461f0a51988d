//! The one pass over the rows.

use super::calibrated::Calibrated;
use super::groups::groups;
use super::{EstimateError, Strata, t_quantile};
use crate::frame::Responses;

/// Slots of an answer: 0 for "no valid answer", 1..=11 for its levels. Scales from 0 to 10 have eleven.
pub const LEVELS: usize = 12;

/// A part of the population, by the labels of the columns it was made from; no labels for the whole.
/// (Statisticians say domain; that word is taken by the parts of the index.)
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub labels: Vec<String>,
    /// Respondents.
    pub n: u32,
    /// PSUs with a respondent.
    pub psus: u32,
    /// PSUs with a respondent, less strata with one.
    pub df: u32,
    /// Student's t for a 95 % interval; `None` without degrees of freedom.
    pub t: Option<f64>,
}

/// The answers of one group in one PSU to one item.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Sum of weights per level.
    pub(super) weights: [f64; LEVELS],
    /// Rows with a weight above 0 per level.
    pub(super) counts: [u32; LEVELS],
    /// Sum of squared weights of valid answers, for Kish's factor.
    pub(super) squares: f64,
}

/// A group in a PSU.
#[derive(Clone, Copy, Debug)]
struct Cell {
    group: usize,
    psu: usize,
}

/// The answers of every group, PSU and item. Rows are sorted by weight inside a PSU, so the sums are the same
/// whatever the order of the input.
#[derive(Clone, Debug)]
pub struct Tallies {
    groups: Vec<Group>,
    strata: Strata,
    cells: Vec<Cell>,
    /// Positions in `cells` per group, by PSU.
    cells_of: Vec<Vec<usize>>,
    /// Per item, one tally per cell.
    items: Vec<Vec<Tally>>,
    codes: Vec<(String, u8)>,
    /// The cell of each row; past the end for rows that belong to no group.
    cell_of_row: Vec<usize>,
    /// Where the weights are calibrated.
    pub(super) calibrated: Option<Calibrated>,
}

impl Tallies {
    /// Groups are the combinations of the columns in `by` that occur, by the order of their labels; rows with
    /// an unknown label belong to none. No columns: one group, the nation.
    pub fn count(responses: &Responses, by: &[&str]) -> Result<Self, EstimateError> {
        let strata = Strata::of(responses)?;
        let (labels, group_of_row) = groups(responses, by)?;
        let weights = responses.weights()?;
        let mut cells: Vec<Cell> = Vec::new();
        let mut latest = vec![None; labels.len()];
        let mut cell_of_row = Vec::with_capacity(weights.len());
        for (group, psu) in group_of_row.iter().zip(responses.psus()?) {
            let psu = *psu as usize;
            let Some((group, slot)) = group.and_then(|group| Some((group, latest.get_mut(group)?))) else {
                cell_of_row.push(usize::MAX);
                continue;
            };
            let cell = slot.filter(|(of, _)| *of == psu).map_or(cells.len(), |(_, cell)| cell);
            if cell == cells.len() {
                cells.push(Cell { group, psu });
                *slot = Some((psu, cell));
            }
            cell_of_row.push(cell);
        }
        let mut cells_of = vec![Vec::new(); labels.len()];
        for (place, cell) in cells.iter().enumerate() {
            if let Some(of) = cells_of.get_mut(cell.group) {
                of.push(place);
            }
        }
        let mut items = Vec::with_capacity(responses.items().len());
        let mut calibrated = Calibrated::of(responses, &strata, labels.len(), &group_of_row)?;
        for item in responses.items() {
            let levels = responses.levels(item)?;
            items.push(tally(&levels, weights, &cell_of_row, cells.len()));
            if let Some(calibrated) = &mut calibrated {
                calibrated.levels.push(levels);
            }
        }
        let mut tallies = Self {
            groups: Vec::new(),
            strata,
            cells,
            cells_of,
            items,
            codes: responses.items().iter().map(|item| (item.code.clone(), item.levels)).collect(),
            cell_of_row,
            calibrated,
        };
        tallies.groups = tallies.describe(labels, weights);
        Ok(tallies)
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    pub fn strata(&self) -> &Strata {
        &self.strata
    }

    /// Position and number of levels of an item.
    pub fn item(&self, code: &str) -> Result<(usize, u8), EstimateError> {
        let found = self.codes.iter().enumerate().find(|(_, (item, _))| item == code);
        found
            .map(|(place, (_, levels))| (place, *levels))
            .ok_or_else(|| EstimateError::UnknownItem { item: code.to_owned() })
    }

    /// The PSUs of the group, ascending, each with the item's tally.
    pub(super) fn of(&self, group: usize, item: usize) -> impl Iterator<Item = (usize, &Tally)> + Clone {
        let cells = self.cells_of.get(group).map(Vec::as_slice).unwrap_or_default();
        let tallies = self.items.get(item).map(Vec::as_slice).unwrap_or_default();
        cells.iter().filter_map(move |cell| Some((self.cells.get(*cell)?.psu, tallies.get(*cell)?)))
    }

    /// Per group, the rows with a weight above 0 for which `holds`.
    pub(crate) fn count_rows(&self, weights: &[f64], holds: impl Iterator<Item = bool>) -> Vec<u32> {
        let mut counts = vec![0; self.cells_of.len()];
        let rows =
            self.cell_of_row.iter().zip(weights).zip(holds).filter(|((_, weight), holds)| *holds && **weight > 0.0);
        for ((cell, _), _) in rows {
            if let Some(count) = self.cells.get(*cell).and_then(|cell| counts.get_mut(cell.group)) {
                *count += 1;
            }
        }
        counts
    }

    fn describe(&self, labels: Vec<Vec<String>>, weights: &[f64]) -> Vec<Group> {
        let mut rows = vec![0_u32; self.cells.len()];
        for (cell, _) in self.cell_of_row.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
            if let Some(count) = rows.get_mut(*cell) {
                *count += 1;
            }
        }
        let describe = |(labels, cells): (Vec<String>, &Vec<usize>)| {
            let present = cells.iter().filter(|cell| rows.get(**cell).is_some_and(|rows| *rows > 0));
            let n = present.clone().filter_map(|cell| rows.get(*cell)).sum();
            let (psus, strata) = self.strata.met(present.filter_map(|cell| self.cells.get(*cell).map(|cell| cell.psu)));
            let df = psus - strata;
            Group { labels, n, psus, df, t: t_quantile(df) }
        };
        labels.into_iter().zip(&self.cells_of).map(describe).collect()
    }
}

fn tally(levels: &[u8], weights: &[f64], cell_of_row: &[usize], cells: usize) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); cells];
    for ((level, weight), cell) in levels.iter().zip(weights).zip(cell_of_row) {
        let Some(tally) = tallies.get_mut(*cell) else {
            continue;
        };
        let slot = usize::from(*level);
        if let Some((sum, count)) = tally.weights.get_mut(slot).zip(tally.counts.get_mut(slot)) {
            *sum += weight;
            *count += u32::from(*weight > 0.0);
        }
        if *level > 0 {
            tally.squares += weight * weight;
        }
    }
    tallies
}
