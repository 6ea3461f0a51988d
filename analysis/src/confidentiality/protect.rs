//! Which cells must be hidden with those that are too small.

use super::attack::Attacker;
use super::table::PlacedLine;
use super::{ConfidentialityError, CountTable};

/// What may be published of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protected {
    /// One per cell, in the order of the table.
    pub hidden: Vec<bool>,
    /// Cells hidden for their own sake.
    pub sensitive: usize,
    /// Cells hidden for others'.
    pub complementary: usize,
}

/// Hides the sensitive cells; with them, in every line that has only one hidden cell, another one (of those that leave the
/// fewest other lines with one hidden cell the smallest), until no line has; then attacks what is left and hides more until every hidden cell can hold at
/// least as many people more or less as a shown cell must have (ten).
///
/// Cells that hold nobody stay: that there is nobody is known anyway, and hides nothing.
pub fn protect(table: &CountTable) -> Result<Protected, ConfidentialityError> {
    let mut hidden = table.sensitive();
    let sensitive = count(&hidden);
    loop {
        complement(table, &mut hidden);
        let narrow = narrow(table, &hidden)?;
        if narrow.is_empty() {
            break;
        }
        let before = count(&hidden);
        for cell in &narrow {
            // Cells narrow at once may share the last cell left to hide: then the next attack tells whether it helped them all.
            if let Some(slot) = best_shown_near(table, &hidden, *cell).and_then(|other| hidden.get_mut(other)) {
                *slot = true;
            }
        }
        // With nothing left to hide in its lines and beyond, a cell could hold any number: it would not be narrow.
        if let (true, Some(cell)) = (count(&hidden) == before, narrow.first()) {
            return Err(table.unprotected(*cell));
        }
    }
    Ok(Protected { sensitive, complementary: count(&hidden) - sensitive, hidden })
}

/// No line is left with exactly one hidden cell.
fn complement(table: &CountTable, hidden: &mut [bool]) {
    let mut settled = false;
    while !settled {
        settled = true;
        for line in table.lines() {
            if line.cells().filter(|cell| hidden.get(*cell) == Some(&true)).count() != 1 {
                continue;
            }
            if let Some(slot) = best_shown(table, hidden, line.cells()).and_then(|cell| hidden.get_mut(cell)) {
                *slot = true;
                settled = false;
            }
        }
    }
}

/// Hidden cells whose content can be told to fewer people than a shown cell must have.
fn narrow(table: &CountTable, hidden: &[bool]) -> Result<Vec<usize>, ConfidentialityError> {
    let mut attacker = Attacker::new(table, hidden)?;
    let mut narrow = Vec::new();
    for (cell, _) in hidden.iter().enumerate().filter(|(_, hidden)| **hidden) {
        if !attacker.is_wide(cell, f64::from(table.thresholds().respondents))? {
            narrow.push(cell);
        }
    }
    Ok(narrow)
}

/// Of the cells that are shown and hold anybody, the one that opens the fewest lines, and of these the smallest.
fn best_shown(table: &CountTable, hidden: &[bool], cells: impl Iterator<Item = usize>) -> Option<usize> {
    let shown = cells.filter(|cell| hidden.get(*cell) == Some(&false) && table.n(*cell) > 0);
    let intact = |line: &&PlacedLine| line.cells().all(|cell| hidden.get(cell) == Some(&false));
    let opened = |cell: usize| table.lines_of(cell).filter(intact).count();
    shown.min_by_key(|cell| (opened(*cell), table.n(*cell), *cell))
}

/// The best shown cell in a line with this one, or else with a cell it shares a line with, and so on.
fn best_shown_near(table: &CountTable, hidden: &[bool], cell: usize) -> Option<usize> {
    let mut reached = vec![false; hidden.len()];
    if let Some(start) = reached.get_mut(cell) {
        *start = true;
    }
    loop {
        let touched = |line: &&PlacedLine| line.cells().any(|cell| reached.get(cell) == Some(&true));
        let around: Vec<usize> = table.lines().iter().filter(touched).flat_map(PlacedLine::cells).collect();
        if let Some(found) = best_shown(table, hidden, around.iter().copied()) {
            return Some(found);
        }
        let before = count(&reached);
        for cell in around {
            if let Some(slot) = reached.get_mut(cell) {
                *slot = true;
            }
        }
        if count(&reached) == before {
            return None;
        }
    }
}

fn count(marks: &[bool]) -> usize {
    marks.iter().filter(|mark| **mark).count()
}
