//! Under calibrated weights the variance is that of what the margins do not explain: `z*_k = w_k·(u_k − x_k'β)` with
//! `u = z/w` and β the regression of u on x with the base weights over all rows (Deville and Särndal 1992).

use std::sync::Arc;

use super::{Scores, Strata};
use crate::frame::{Responses, ResponsesError};
use crate::weights::{Projection, accumulate, product};

#[derive(Clone, Debug)]
pub(super) struct Calibrated {
    projection: Arc<Projection>,
    /// Σ wx per PSU: the columns that are not 0.
    psu_totals: Vec<Vec<(u32, f64)>>,
    rows_of_group: Vec<Vec<u32>>,
    /// Per item, the level of each row.
    pub(super) levels: Vec<Vec<u8>>,
}

impl Calibrated {
    /// `None` for weights that are not calibrated.
    pub(super) fn of(
        responses: &Responses,
        strata: &Strata,
        groups: usize,
        group_of_row: &[Option<usize>],
    ) -> Result<Option<Self>, ResponsesError> {
        let Some(projection) = responses.projection().cloned() else { return Ok(None) };
        let mut rows_of_group = vec![Vec::new(); groups];
        for (row, group) in (0..).zip(group_of_row) {
            if let Some(rows) = group.and_then(|group| rows_of_group.get_mut(group)) {
                rows.push(row);
            }
        }
        let mut psu_totals = vec![Vec::new(); strata.psus()];
        let mut row = 0;
        let weights = responses.weights()?;
        for rows in responses.psus()?.chunk_by(|a, b| a == b) {
            let mut totals = vec![0.0; projection.columns];
            for _ in rows {
                if let Some(((_, entries), weight)) = projection.rows.row(row).zip(weights.get(row)) {
                    accumulate(&mut totals, entries, *weight);
                }
                row += 1;
            }
            if let Some(slot) = rows.first().and_then(|psu| psu_totals.get_mut(*psu as usize)) {
                *slot = (0..).zip(totals).filter(|(_, total)| *total != 0.0).collect();
            }
        }
        Ok(Some(Self { projection, psu_totals, rows_of_group, levels: Vec::new() }))
    }

    /// Takes Σ wx'β of every PSU out of the influence of the items' mean `value` over the sum of weights `weight`.
    pub(super) fn residualise(
        &self,
        influence: &mut [f64],
        group: usize,
        items: &[(usize, Scores)],
        value: f64,
        weight: f64,
    ) {
        let mut sums = vec![0.0; self.projection.columns];
        let rows = self.rows_of_group.get(group).map(Vec::as_slice).unwrap_or_default();
        for (item, scores) in items {
            let levels = self.levels.get(*item).map(Vec::as_slice).unwrap_or_default();
            for row in rows.iter().map(|row| *row as usize) {
                let level = usize::from(levels.get(row).copied().unwrap_or_default());
                let Some((score, (base, entries))) = scores.get(level).zip(self.projection.rows.row(row)) else {
                    continue;
                };
                if level > 0 {
                    accumulate(&mut sums, entries, base * (score - value) / weight);
                }
            }
        }
        let beta = self.projection.factor.solve(&sums);
        for (z, totals) in influence.iter_mut().zip(&self.psu_totals) {
            *z -= product(totals, &beta);
        }
    }
}
