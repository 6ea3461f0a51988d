//! Cells and the lines in which they add up.

use std::collections::{BTreeMap, BTreeSet};

use super::{ConfidentialityError, Support, Thresholds};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountCell {
    pub code: String,
    pub support: Support,
}

/// A total and the cells that make it: a row, a column, a place and those inside it, an item and its levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub total: String,
    pub parts: Vec<String>,
}

/// All cells that are published together, with every line that somebody could add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountTable {
    cells: Vec<CountCell>,
    lines: Vec<PlacedLine>,
    /// Places of the lines through each cell.
    lines_of: Vec<Vec<usize>>,
    thresholds: Thresholds,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlacedLine {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
}

impl PlacedLine {
    pub(super) fn cells(&self) -> impl Iterator<Item = usize> {
        self.parts.iter().copied().chain([self.total])
    }
}

impl CountTable {
    pub fn new(cells: Vec<CountCell>, lines: &[Line]) -> Result<Self, ConfidentialityError> {
        let mut place: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, cell) in cells.iter().enumerate() {
            if place.insert(&cell.code, at).is_some() {
                return Err(ConfidentialityError::CellTwice { cell: cell.code.clone() });
            }
        }
        let n = |at: &usize| cells.get(*at).map_or(0, |cell| cell.support.respondents);
        let mut placed = Vec::with_capacity(lines.len());
        for line in lines {
            let mut seen = BTreeSet::new();
            let mut find = |code: &String| place.get(code.as_str()).copied().filter(|at| seen.insert(*at));
            let mut found = Vec::with_capacity(line.parts.len() + 1);
            for code in line.parts.iter().chain([&line.total]) {
                let error = || ConfidentialityError::Line { total: line.total.clone(), cell: code.clone() };
                found.push(find(code).ok_or_else(error)?);
            }
            let Some(total) = found.pop() else { continue };
            let sum = found.iter().map(|at| u64::from(n(at))).sum();
            let respondents = n(&total);
            if sum != u64::from(respondents) {
                return Err(ConfidentialityError::NotAdditive { total: line.total.clone(), sum, respondents });
            }
            placed.push(PlacedLine { total, parts: found });
        }
        let mut lines_of = vec![Vec::new(); cells.len()];
        for (at, line) in placed.iter().enumerate() {
            for cell in line.cells() {
                if let Some(lines) = lines_of.get_mut(cell) {
                    lines.push(at);
                }
            }
        }
        Ok(Self { cells, lines: placed, lines_of, thresholds: Thresholds::default() })
    }

    /// The same table under other thresholds than the usual ones.
    #[must_use]
    pub fn with_thresholds(self, thresholds: Thresholds) -> Self {
        Self { thresholds, ..self }
    }

    pub(super) fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    pub fn cells(&self) -> &[CountCell] {
        &self.cells
    }

    pub(super) fn lines(&self) -> &[PlacedLine] {
        &self.lines
    }

    pub(super) fn lines_of(&self, cell: usize) -> impl Iterator<Item = &PlacedLine> {
        self.lines_of.get(cell).into_iter().flatten().filter_map(|line| self.lines.get(*line))
    }

    pub(super) fn n(&self, cell: usize) -> u32 {
        self.cells.get(cell).map_or(0, |cell| cell.support.respondents)
    }

    pub(super) fn unprotected(&self, cell: usize) -> ConfidentialityError {
        ConfidentialityError::Unprotected {
            cell: self.cells.get(cell).map(|cell| cell.code.clone()).unwrap_or_default(),
        }
    }

    /// The cells that must not be shown for their own sake.
    pub fn sensitive(&self) -> Vec<bool> {
        self.cells.iter().map(|cell| self.thresholds.disclosure(&cell.support).is_some()).collect()
    }
}

/// The label of a whole row, column or table in [`crossing`].
pub const WHOLE: &str = "*";

/// The lines of a table of rows and columns whose cells are called `row:column`, with [`WHOLE`] for what adds up.
pub fn crossing(rows: &[String], columns: &[String]) -> Vec<Line> {
    let with_whole = |labels: &[String]| labels.iter().cloned().chain([WHOLE.to_owned()]).collect::<Vec<_>>();
    let code = |row: &String, column: &String| format!("{row}:{column}");
    let whole = WHOLE.to_owned();
    let of_row = |row: &String| Line {
        total: code(row, &whole),
        parts: columns.iter().map(|column| code(row, column)).collect(),
    };
    let of_column = |column: &String| Line {
        total: code(&whole, column),
        parts: rows.iter().map(|row| code(row, column)).collect(),
    };
    with_whole(rows).iter().map(of_row).chain(with_whole(columns).iter().map(of_column)).collect()
}
