//! Sampling fractions, from how many units there were.

use std::collections::BTreeSet;

use super::drawn::Drawn;
use super::stages::Stages;
use super::{DesignError, EstimateError};
use crate::frame::Responses;

/// A fraction that leaves out less than this leaves nothing to chance.
const ALL_TAKEN: f64 = 1e-7;

impl Stages {
    /// `columns[s]`: how many units the parent of a row's unit of stage `s` has.
    pub(super) fn finite(
        &mut self,
        responses: &Responses,
        drawn: &Drawn,
        columns: &[String],
    ) -> Result<(), EstimateError> {
        let mut above: Option<Vec<f64>> = None;
        for (place, column) in columns.iter().enumerate() {
            let there = match place.checked_sub(1) {
                None => Self::of_strata(responses, column)?,
                Some(parents) => self.of_units(responses, column, parents, drawn.units(parents))?,
            };
            self.check_sizes(place, column, &there)?;
            let Some(stage) = self.nested.get_mut(place) else { continue };
            let fractions: Vec<f64> =
                stage.parents.iter().zip(&there).map(|(parent, there)| f64::from(parent.taken) / there).collect();
            stage.opened(|_, parent| open(fractions.get(parent).copied().unwrap_or_default()));
            for (parent, above) in stage.parents.iter_mut().zip(above.iter().flatten()) {
                parent.above = *above;
            }
            let down = |parent: &u32| {
                let both = stage.parents.get(*parent as usize).zip(fractions.get(*parent as usize));
                both.map_or(0.0, |(parent, fraction)| parent.above * fraction)
            };
            above = Some(stage.parent_of.iter().map(down).collect());
        }
        Ok(())
    }

    /// `column`: each PSU's inclusion probability.
    pub(super) fn brewer(&mut self, responses: &Responses, drawn: &Drawn, column: &str) -> Result<(), EstimateError> {
        let chances = self.of_units(responses, column, 0, drawn.units(0))?;
        for (chance, (psu, _)) in chances.iter().zip(self.named_psus()) {
            if !(*chance > 0.0 && *chance <= 1.0) {
                return Err(DesignError::Probability { what: psu.to_owned(), value: *chance }.into());
            }
        }
        self.by_chance(&chances);
        Ok(())
    }

    /// Each PSU was drawn with this probability.
    pub(super) fn by_chance(&mut self, chances: &[f64]) {
        if let Some(first) = self.nested.first_mut() {
            first.opened(|unit, _| open(chances.get(unit).copied().unwrap_or_default()));
        }
    }

    fn check_sizes(&self, stage: usize, column: &str, there: &[f64]) -> Result<(), EstimateError> {
        let parents = self.nested.get(stage).map(|stage| stage.parents.as_slice()).unwrap_or_default();
        for (place, (parent, there)) in parents.iter().zip(there).enumerate() {
            if f64::from(parent.taken) > *there {
                let (column, unit) = (column.to_owned(), self.parent_name(stage, place));
                return Err(DesignError::SizeTooSmall { column, unit, taken: parent.taken, there: *there }.into());
            }
        }
        Ok(())
    }

    /// PSUs that each stratum has; one made of several has theirs together.
    fn of_strata(responses: &Responses, column: &str) -> Result<Vec<f64>, EstimateError> {
        let stratum = |psu: &u32| responses.drawn_stratum_of().get(*psu as usize).map_or(0, |it| *it);
        let drawn: Vec<usize> = responses.psus()?.iter().map(stratum).collect();
        let strata = responses.strata();
        let sizes = constants(responses, column, drawn.iter().copied(), strata.len(), |place| {
            strata.get(place).cloned().unwrap_or_default()
        })?;
        let joined: BTreeSet<_> = responses.drawn_stratum_of().iter().zip(responses.stratum_of()).collect();
        let mut sums = vec![0.0; strata.len()];
        for (drawn, stratum) in joined {
            if let Some((sum, size)) = sums.get_mut(*stratum).zip(sizes.get(*drawn)) {
                *sum += size;
            }
        }
        Ok(sums)
    }

    /// What the column says of each unit of a stage.
    fn of_units(
        &self,
        responses: &Responses,
        column: &str,
        stage: usize,
        unit_of_row: &[u32],
    ) -> Result<Vec<f64>, EstimateError> {
        let units = self.nested.get(stage).map_or(0, |stage| stage.parent_of.len());
        let rows = unit_of_row.iter().map(|unit| *unit as usize);
        constants(responses, column, rows, units, |unit| self.parent_name(stage + 1, unit))
    }
}

fn open(fraction: f64) -> f64 {
    Some(1.0 - fraction).filter(|open| *open >= ALL_TAKEN).unwrap_or_default()
}

/// The one amount that all rows of a unit have; 0 for units without rows.
fn constants(
    responses: &Responses,
    column: &str,
    unit_of_row: impl Iterator<Item = usize>,
    units: usize,
    name: impl Fn(usize) -> String,
) -> Result<Vec<f64>, EstimateError> {
    let mut found: Vec<Option<f64>> = vec![None; units];
    for (amount, unit) in responses.amounts(column)?.zip(unit_of_row) {
        let named = |unit| (column.to_owned(), name(unit));
        let Some(amount) = amount else {
            let (column, unit) = named(unit);
            return Err(DesignError::SizeMissing { column, unit }.into());
        };
        if let Some(slot) = found.get_mut(unit)
            && slot.get_or_insert(amount).to_bits() != amount.to_bits()
        {
            let (column, unit) = named(unit);
            return Err(DesignError::SizeDiffers { column, unit }.into());
        }
    }
    Ok(found.into_iter().map(Option::unwrap_or_default).collect())
}
