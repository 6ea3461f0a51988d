//! The rows of x and the sums over them.

use crate::linear::{Factor, Symmetric};

/// Per row its base weight and, for each margin, which column of x is not 0 and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rows {
    base: Vec<f64>,
    margins: usize,
    entries: Vec<(u32, f64)>,
}

impl Rows {
    pub(super) fn new(base: Vec<f64>, margins: usize) -> Self {
        let entries = vec![(0, 0.0); base.len() * margins];
        Self { base, margins, entries }
    }

    /// Column and value of every row in the margin at `place`.
    pub(super) fn set(&mut self, place: usize, of_row: impl Iterator<Item = (usize, f64)>) {
        let slots = self.entries.iter_mut().skip(place).step_by(self.margins);
        for (slot, (column, value)) in slots.zip(of_row) {
            *slot = (u32::try_from(column).unwrap_or(u32::MAX), value);
        }
    }

    pub(super) fn base(&self) -> &[f64] {
        &self.base
    }

    /// Base weight and entries of every row.
    pub(super) fn each(&self) -> impl Iterator<Item = (f64, &[(u32, f64)])> {
        self.base.iter().copied().zip(self.entries.chunks_exact(self.margins))
    }

    pub(crate) fn row(&self, row: usize) -> Option<(f64, &[(u32, f64)])> {
        let entries = self.entries.get(row * self.margins..(row + 1) * self.margins)?;
        Some((*self.base.get(row)?, entries))
    }

    /// x'v for every row.
    pub(super) fn products(&self, values: &[f64]) -> Vec<f64> {
        self.each().map(|(_, entries)| product(entries, values)).collect()
    }

    /// Σ weight·x.
    pub(super) fn totals(&self, weights: &[f64], columns: usize) -> Vec<f64> {
        let mut totals = vec![0.0; columns];
        for (weight, (_, entries)) in weights.iter().zip(self.each()) {
            accumulate(&mut totals, entries, *weight);
        }
        totals
    }

    /// Σ weight·xx', factored.
    pub(super) fn cross(&self, weights: &[f64], columns: usize) -> Factor {
        let mut cross = Symmetric::zero(columns);
        for (weight, (_, entries)) in weights.iter().zip(self.each()).filter(|(weight, _)| **weight > 0.0) {
            for (row, left) in entries {
                for (column, right) in entries {
                    cross.add(*row as usize, *column as usize, weight * left * right);
                }
            }
        }
        cross.factor()
    }

    /// The same rows in another order: `order` holds the old place of each new row.
    pub(crate) fn reorder(&self, order: &[u32]) -> Self {
        let rows = || order.iter().filter_map(|row| self.row(*row as usize));
        Self {
            base: rows().map(|(base, _)| base).collect(),
            margins: self.margins,
            entries: rows().flat_map(|(_, entries)| entries.iter().copied()).collect(),
        }
    }
}

/// x'v.
pub(crate) fn product(entries: &[(u32, f64)], values: &[f64]) -> f64 {
    entries.iter().filter_map(|(column, x)| Some(x * values.get(*column as usize)?)).sum()
}

/// sums += weight·x.
pub(crate) fn accumulate(sums: &mut [f64], entries: &[(u32, f64)], weight: f64) {
    for (column, x) in entries {
        if let Some(sum) = sums.get_mut(*column as usize) {
            *sum += weight * x;
        }
    }
}

/// The regression on x that takes out of an influence what the margins already know.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Projection {
    pub(crate) rows: Rows,
    pub(crate) columns: usize,
    /// Σ d xx'.
    pub(crate) factor: Factor,
}
