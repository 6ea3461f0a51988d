//! Which row belongs to which unit of each stage.

use super::stages::Stage;
use super::{DesignError, EstimateError};
use crate::frame::Responses;

/// Units of each stage, numbered by stratum, then by PSU, and so on downwards.
pub(super) struct Drawn {
    /// Per stage, the unit of each row.
    units: Vec<Vec<u32>>,
    /// Per stage, the parent of each unit.
    parents: Vec<Vec<u32>>,
}

impl Drawn {
    /// `depth` stages: PSUs, the units below them, at last the rows.
    pub(super) fn of(responses: &Responses, depth: usize) -> Result<Self, EstimateError> {
        if depth > responses.stages_below() + 2 {
            return Err(DesignError::StageWithoutUnits { stage: responses.stages_below() + 3 }.into());
        }
        let psus = responses.psus()?;
        let mut columns = vec![psus.to_vec()];
        for stage in 0..responses.stages_below().min(depth - 1) {
            columns.push(responses.unit_codes_below(stage)?);
        }
        let rows = u32::try_from(responses.rows()).unwrap_or(u32::MAX);
        if depth > columns.len() {
            columns.push((0..rows).collect());
        }
        let stratum = |psu: &u32| responses.stratum_of().get(*psu as usize).and_then(|it| u32::try_from(*it).ok());
        let strata: Vec<u32> = psus.iter().map(|psu| stratum(psu).unwrap_or_default()).collect();
        let code = |column: &Vec<u32>, row: u32| column.get(row as usize).copied().unwrap_or_default();
        let mut order: Vec<u32> = (0..rows).collect();
        let key = |row: u32| std::iter::once(&strata).chain(&columns).map(move |column| code(column, row));
        order.sort_by(|a, b| key(*a).cmp(key(*b)));

        let mut units = vec![vec![0; responses.rows()]; depth];
        let mut parents: Vec<Vec<u32>> = vec![Vec::new(); depth];
        let mut before = None;
        for row in order {
            // PSUs lie in one stratum, so that a new stratum is a new PSU.
            let mut new = before.is_none();
            let mut parent = code(&strata, row);
            for ((column, units), parents) in columns.iter().zip(&mut units).zip(&mut parents) {
                new |= before.is_some_and(|before| code(column, before) != code(column, row));
                if new {
                    parents.push(parent);
                }
                parent = u32::try_from(parents.len() - 1).unwrap_or(u32::MAX);
                if let Some(unit) = units.get_mut(row as usize) {
                    *unit = parent;
                }
            }
            before = Some(row);
        }
        Ok(Self { units, parents })
    }

    /// With replacement, until sizes are known.
    pub(super) fn stages(&self, strata: usize) -> Vec<Stage> {
        let parents = std::iter::once(strata).chain(self.parents.iter().map(Vec::len));
        self.parents.iter().zip(parents).map(|(parent_of, parents)| Stage::new(parent_of.clone(), parents)).collect()
    }

    /// The unit of each row at a stage.
    pub(super) fn units(&self, stage: usize) -> &[u32] {
        self.units.get(stage).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn psu_names(&self, responses: &Responses) -> Result<Vec<String>, EstimateError> {
        let mut names = vec![String::new(); self.parents.first().map_or(0, Vec::len)];
        for (unit, psu) in self.units(0).iter().zip(responses.psus()?) {
            if let Some((slot, name)) = names.get_mut(*unit as usize).zip(responses.psu_names().get(*psu as usize))
                && slot.is_empty()
            {
                slot.clone_from(name);
            }
        }
        Ok(names)
    }

    pub(super) fn into_last_units(mut self) -> Vec<u32> {
        self.units.pop().unwrap_or_default()
    }
}
