//! Under calibrated weights the variance is that of what the margins do not explain: `z*_k = w_k·(u_k − x_k'β)` with
//! `u = z/w` and β the regression of u on x with the base weights over all rows (Deville and Särndal 1992).

use std::sync::Arc;

use super::Influence;
use crate::frame::{Codes, Responses, ResponsesError};
use crate::weights::{Projection, accumulate, product};

#[derive(Clone, Debug)]
pub(super) struct Calibrated {
    projection: Arc<Projection>,
    /// Σ wx per unit of the last stage: the columns that are not 0.
    totals: Vec<(u32, Vec<(u32, f64)>)>,
    rows_of_group: Vec<Vec<u32>>,
    /// Of each item and number.
    pub(super) answers: Vec<Codes>,
}

impl Calibrated {
    /// `None` for weights that are not calibrated.
    pub(super) fn of(
        responses: &Responses,
        unit_of_row: &[u32],
        groups: usize,
        group_of_row: &[Option<u32>],
    ) -> Result<Option<Self>, ResponsesError> {
        let Some(projection) = responses.projection().cloned() else { return Ok(None) };
        let mut rows_of_group = vec![Vec::new(); groups];
        for (row, group) in (0..).zip(group_of_row) {
            if let Some(rows) = group.and_then(|group| rows_of_group.get_mut(group as usize)) {
                rows.push(row);
            }
        }
        let weights = responses.weights()?;
        let mut rows: Vec<(u32, usize)> = unit_of_row.iter().copied().zip(0..).collect();
        rows.sort_unstable();
        let total = |rows: &[(u32, usize)]| {
            let mut totals = vec![0.0; projection.columns];
            for (_, row) in rows {
                if let Some(((_, entries), weight)) = projection.rows.row(*row).zip(weights.get(*row)) {
                    accumulate(&mut totals, entries, *weight);
                }
            }
            let filled = (0..).zip(totals).filter(|(_, total)| *total != 0.0).collect();
            (rows.first().map_or(0, |(unit, _)| *unit), filled)
        };
        let totals = rows.chunk_by(|a, b| a.0 == b.0).map(total).collect();
        Ok(Some(Self { projection, totals, rows_of_group, answers: Vec::new() }))
    }

    /// The influence of Σ w(y − `value`)/`weight` over the items, less Σ wx'β of every unit.
    pub(super) fn residuals<S: AsRef<[f64]>>(
        &self,
        influence: &Influence,
        group: usize,
        items: &[(usize, S)],
        value: f64,
        weight: f64,
    ) -> Influence {
        let mut sums = vec![0.0; self.projection.columns];
        let rows = self.rows_of_group.get(group).map(Vec::as_slice).unwrap_or_default();
        for (item, scores) in items {
            let Some(answers) = self.answers.get(*item) else { continue };
            let mut places = rows.iter();
            answers.each(rows, |answer| {
                let row = places.next().and_then(|row| self.projection.rows.row(*row as usize));
                if let Some((score, (base, entries))) = scores.as_ref().get(answer as usize).zip(row)
                    && answer > 0
                {
                    accumulate(&mut sums, entries, base * (score - value) / weight);
                }
            });
        }
        let beta = self.projection.factor.solve(&sums);
        let mut explained = Influence::default();
        for (unit, totals) in &self.totals {
            explained.add(*unit, product(totals, &beta));
        }
        Influence::combined([(1.0, influence), (-1.0, &explained)])
    }
}
