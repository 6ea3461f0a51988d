//! The three stages. Every parent has its own path and with it its own stream of chance.

use super::{
    Chance, DrawError, Fraction, ListOrder, Role, SelectionMethod, Stage, Unit, inclusion_probabilities,
    pps_systematic, simple_random,
};
use crate::design::{Design, allocate};
use crate::frame::{Commune, SamplingFrame, Stratum, Village};

pub(super) fn select(frame: &SamplingFrame, design: &Design, seed: &str) -> Result<Vec<Unit>, DrawError> {
    design.check()?;
    if seed.trim().is_empty() {
        return Err(DrawError::EmptySeed);
    }
    let missing = design.communes_of.keys().find(|code| !frame.strata.iter().any(|s| s.province == **code));
    if let Some(province) = missing.cloned() {
        return Err(DrawError::UnknownProvince { province });
    }
    let chance = Chance::new(seed, frame.digest(), design.digest());
    let mut draw = Selection { frame, design, chance, units: Vec::new() };
    for strata in frame.strata.chunk_by(|a, b| a.province == b.province) {
        draw.province(strata)?;
    }
    Ok(draw.units)
}

struct Selection<'a> {
    frame: &'a SamplingFrame,
    design: &'a Design,
    chance: Chance,
    units: Vec<Unit>,
}

impl Selection<'_> {
    fn province(&mut self, strata: &[Stratum]) -> Result<(), DrawError> {
        let province = strata.first().map(|stratum| stratum.province.clone()).unwrap_or_default();
        let communes = self.design.communes_in(&province);
        let sizes: Vec<_> = strata.iter().map(|s| (s.size(), s.communes.len() as u64)).collect();
        let shares =
            allocate(&sizes, communes).ok_or(DrawError::TooFewCommunes { province, communes, strata: strata.len() })?;
        strata.iter().zip(shares).try_for_each(|(stratum, share)| self.communes(stratum, share))
    }

    fn communes(&mut self, stratum: &Stratum, n: u64) -> Result<(), DrawError> {
        let path = format!("{}/{}", stratum.province, stratum.area.code());
        let candidates: Vec<_> =
            stratum.communes.iter().map(|commune| (commune.code.as_str(), commune.size())).collect();
        for (place, unit) in self.proportional(Stage::Commune, &path, &candidates, n, Fraction::ONE)? {
            let Some(commune) = stratum.communes.get(place) else {
                continue;
            };
            let overall = unit.overall_probability;
            self.units.push(unit);
            self.villages(commune, &path, overall)?;
        }
        Ok(())
    }

    fn villages(&mut self, commune: &Commune, path: &str, above: Fraction) -> Result<(), DrawError> {
        let path = format!("{path}/{}", commune.code);
        let candidates: Vec<_> =
            commune.villages.iter().map(|village| (village.code.as_str(), village.size())).collect();
        let n = u64::from(self.design.villages_per_commune);
        for (place, unit) in self.proportional(Stage::Village, &path, &candidates, n, above)? {
            let Some(village) = commune.villages.get(place) else {
                continue;
            };
            let overall = unit.overall_probability;
            self.units.push(unit);
            self.persons(village, &path, overall)?;
        }
        Ok(())
    }

    /// Selected units with their positions among the candidates (code, size).
    fn proportional(
        &self,
        stage: Stage,
        path: &str,
        candidates: &[(&str, u64)],
        n: u64,
        above: Fraction,
    ) -> Result<Vec<(usize, Unit)>, DrawError> {
        let (codes, sizes): (Vec<_>, Vec<_>) = candidates.iter().copied().unzip();
        let probabilities = inclusion_probabilities(&sizes, n)?;
        let chosen = pps_systematic(&self.chance, path, &codes, &sizes, n, ListOrder::Randomised)?;
        let parent_size = sizes.iter().sum();
        let mut units = Vec::with_capacity(chosen.len());
        for (place, order) in chosen.into_iter().zip(1..) {
            let Some(((code, size), probability)) = candidates.get(place).zip(probabilities.get(place)) else {
                continue;
            };
            let unit = Unit {
                stage,
                path: path.to_owned(),
                code: (*code).to_owned(),
                method: SelectionMethod::PpsSystematic,
                n: n.min(candidates.len() as u64),
                of: candidates.len() as u64,
                size: *size,
                parent_size,
                probability: *probability,
                overall_probability: above.times(*probability).ok_or(DrawError::TooLarge)?,
                order,
                role: Role::Main,
            };
            units.push((place, unit));
        }
        Ok(units)
    }

    /// An equal take; a village with fewer persons is taken whole.
    fn persons(&mut self, village: &Village, path: &str, above: Fraction) -> Result<(), DrawError> {
        let path = format!("{path}/{}", village.code);
        let codes = self.frame.codes_of(village);
        let take = (self.design.persons_per_village as usize).min(codes.len());
        let reserves = self.design.reserves_per_village as usize;
        let (main, reserve) = simple_random(&self.chance, &path, &codes, take, reserves);
        let probability = Fraction::new(take as u128, codes.len() as u128).ok_or(DrawError::TooLarge)?;
        let overall_probability = above.times(probability).ok_or(DrawError::TooLarge)?;
        let roles =
            main.iter().map(|place| (place, Role::Main)).chain(reserve.iter().map(|place| (place, Role::Reserve)));
        for ((place, role), order) in roles.zip(1..) {
            self.units.push(Unit {
                stage: Stage::Person,
                path: path.clone(),
                code: codes.get(*place).copied().unwrap_or_default().to_owned(),
                method: SelectionMethod::SimpleRandom,
                n: take as u64,
                of: village.size(),
                size: 1,
                parent_size: village.size(),
                probability,
                overall_probability,
                order,
                role,
            });
        }
        Ok(())
    }
}
