//! What anybody can reckon out from the cells that are shown.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOutcome, Variable};

use super::{ConfidentialityError, CountTable};

/// The least and the most people a hidden cell can hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    pub least: f64,
    /// May be infinite.
    pub most: f64,
}

impl Range {
    pub fn width(&self) -> f64 {
        self.most - self.least
    }
}

/// For every hidden cell, how few and how many people it can hold when every shown cell is known exactly, every line adds up
/// and nothing is negative; `None` for shown cells. Two linear programmes per hidden cell. Published counts are rounded, so
/// the real attacker knows less.
pub fn attack(table: &CountTable, hidden: &[bool]) -> Result<Vec<Option<Range>>, ConfidentialityError> {
    let mut attacker = Attacker::new(table, hidden)?;
    let cells = hidden.iter().enumerate();
    cells.map(|(cell, hidden)| if *hidden { attacker.exact(cell).map(Some) } else { Ok(None) }).collect()
}

/// The equations of the shown cells, in pieces that have nothing to do with each other, and what was seen so far.
pub(super) struct Attacker<'a> {
    table: &'a CountTable,
    hidden: &'a [bool],
    /// The piece of each hidden cell.
    piece_of: Vec<usize>,
    /// Values that each hidden cell took in some possible table.
    seen: Vec<Range>,
}

impl<'a> Attacker<'a> {
    pub(super) fn new(table: &'a CountTable, hidden: &'a [bool]) -> Result<Self, ConfidentialityError> {
        let cells = table.cells().len();
        if hidden.len() != cells {
            return Err(ConfidentialityError::Length { cells, hidden: hidden.len() });
        }
        let truth = |cell| Range { least: f64::from(table.n(cell)), most: f64::from(table.n(cell)) };
        let seen = (0..cells).map(truth).collect();
        Ok(Self { table, hidden, piece_of: pieces(table, hidden), seen })
    }

    /// Whether the cell's range is at least so wide. Every possible table that was met on the way counts for all its cells.
    pub(super) fn is_wide(&mut self, cell: usize, width: f64) -> Result<bool, ConfidentialityError> {
        const ROUNDING: f64 = 1e-6;
        let wide = |seen: &[Range]| seen.get(cell).is_some_and(|range| range.width() >= width - ROUNDING);
        Ok(wide(&self.seen)
            || {
                self.extreme(cell, OptimizationDirection::Maximize)?;
                wide(&self.seen)
            }
            || {
                self.extreme(cell, OptimizationDirection::Minimize)?;
                wide(&self.seen)
            })
    }

    fn exact(&mut self, cell: usize) -> Result<Range, ConfidentialityError> {
        let most = self.extreme(cell, OptimizationDirection::Maximize)?;
        let least = self.extreme(cell, OptimizationDirection::Minimize)?;
        Ok(Range { least, most })
    }

    fn extreme(&mut self, cell: usize, direction: OptimizationDirection) -> Result<f64, ConfidentialityError> {
        let failed = |reason: String| {
            let code = self.table.cells().get(cell).map(|cell| cell.code.clone()).unwrap_or_default();
            ConfidentialityError::Solver { cell: code, reason }
        };
        let mut problem = Problem::new(direction);
        let piece = self.piece_of.get(cell).copied();
        let mut variables: Vec<Option<Variable>> = Vec::with_capacity(self.hidden.len());
        for (other, (hidden, of)) in self.hidden.iter().zip(&self.piece_of).enumerate() {
            let sought = if other == cell { 1.0 } else { 0.0 };
            let variable = (*hidden && Some(*of) == piece).then(|| problem.add_var(sought, (0.0, f64::INFINITY)));
            variables.push(variable);
        }
        let variable = |cell: usize| variables.get(cell).copied().flatten();
        for line in self.table.lines() {
            let parts = line.parts.iter().filter_map(|part| Some((variable(*part)?, 1.0)));
            let terms: Vec<(Variable, f64)> = parts.chain(variable(line.total).map(|total| (total, -1.0))).collect();
            if terms.is_empty() {
                continue;
            }
            let shown = |cell: &usize| {
                if self.hidden.get(*cell) == Some(&false) { f64::from(self.table.n(*cell)) } else { 0.0 }
            };
            let rest = shown(&line.total) - line.parts.iter().map(shown).sum::<f64>();
            problem.add_constraint(terms, ComparisonOp::Eq, rest);
        }
        let solution = match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => solution,
            Ok(SolveOutcome::Interrupted(_)) => return Err(failed("interrupted".to_owned())),
            Err(Error::Unbounded) if direction == OptimizationDirection::Maximize => {
                if let Some(seen) = self.seen.get_mut(cell) {
                    seen.most = f64::INFINITY;
                }
                return Ok(f64::INFINITY);
            }
            Err(error) => return Err(failed(error.to_string())),
        };
        for (variable, seen) in variables.iter().zip(&mut self.seen) {
            if let Some(value) = variable.map(|variable| solution.var_value(variable)) {
                *seen = Range { least: seen.least.min(value), most: seen.most.max(value) };
            }
        }
        Ok(solution.objective())
    }
}

/// Hidden cells that share a line, directly or by way of others, make a piece; numbered by their first cell.
fn pieces(table: &CountTable, hidden: &[bool]) -> Vec<usize> {
    let mut piece_of: Vec<usize> = (0..hidden.len()).collect();
    loop {
        let mut changed = false;
        for line in table.lines() {
            let cells = || line.cells().filter(|cell| hidden.get(*cell) == Some(&true));
            let Some(first) = cells().filter_map(|cell| piece_of.get(cell).copied()).min() else { continue };
            for cell in cells() {
                if let Some(piece) = piece_of.get_mut(cell).filter(|piece| **piece != first) {
                    *piece = first;
                    changed = true;
                }
            }
        }
        if !changed {
            return piece_of;
        }
    }
}
