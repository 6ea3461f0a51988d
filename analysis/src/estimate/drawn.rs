//! Which row belongs to which unit of each stage.

use super::stages::Stage;
use super::{DesignError, EstimateError};
use crate::frame::{Responses, by_key};

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
        let stratum_of = |psu: u32| {
            responses.stratum_of().get(psu as usize).and_then(|it| u32::try_from(*it).ok()).unwrap_or_default()
        };
        let mut ranked: Vec<u32> = (0..).take(responses.psu_names().len()).collect();
        ranked.sort_by_key(|psu| (stratum_of(*psu), *psu));
        let mut unit_of = vec![0; ranked.len()];
        for (unit, psu) in (0..).zip(&ranked) {
            if let Some(slot) = unit_of.get_mut(*psu as usize) {
                *slot = unit;
            }
        }
        let psu = |psu: &u32| unit_of.get(*psu as usize).copied().unwrap_or_default();
        let mut drawn = Self {
            units: vec![responses.psus()?.iter().map(psu).collect()],
            parents: vec![ranked.iter().map(|psu| stratum_of(*psu)).collect()],
        };
        if depth > 1 {
            drawn.below(responses, depth)?;
        }
        Ok(drawn)
    }

    /// The stages below the PSU.
    fn below(&mut self, responses: &Responses, depth: usize) -> Result<(), EstimateError> {
        let rows: Vec<u32> = (0..u32::try_from(responses.rows()).unwrap_or(u32::MAX)).collect();
        let known = responses.stages_below().min(depth - 1);
        let mut columns = (0..known).map(|stage| responses.unit_codes_below(stage)).collect::<Result<Vec<_>, _>>()?;
        if depth > known + 1 {
            columns.push(&rows);
        }
        let code = |column: &[u32], row: u32| column.get(row as usize).copied().unwrap_or_default();
        let psu = |row: u32| code(self.units(0), row);
        let mut order = by_key(&rows, self.parents.first().map_or(0, Vec::len), psu);
        for rows in order.chunk_by_mut(|a, b| psu(*a) == psu(*b)) {
            let key = |row: u32| columns.iter().map(move |column| code(column, row));
            rows.sort_by(|a, b| key(*a).cmp(key(*b)));
        }
        let mut units = vec![vec![0; rows.len()]; depth - 1];
        let mut parents: Vec<Vec<u32>> = vec![Vec::new(); depth - 1];
        let mut before = None;
        for row in order {
            let mut parent = psu(row);
            let mut new = before.is_none_or(|before| psu(before) != parent);
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
        self.units.extend(units);
        self.parents.extend(parents);
        Ok(())
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
