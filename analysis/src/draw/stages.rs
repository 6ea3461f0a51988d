//! The stages, one inside the other. Every parent has its own path and with it its own stream of chance.

use super::choose::{Stand, choose, probabilities};
use super::layers::{Layer, layers};
use super::node::{Candidate, Node, candidates};
use super::{Chance, DrawError, Fraction, Role, Stage, Unit};
use crate::design::Design;
use crate::frame::SamplingFrame;

/// The stages as far down as the frame tells its units.
pub(super) fn select(frame: &SamplingFrame, design: &Design, seed: &str) -> Result<Vec<Unit>, DrawError> {
    let mut draw = Selection::begin(frame, design, seed)?;
    layers(frame.places(), design)?.iter().try_for_each(|layer| draw.stratum(layer))?;
    Ok(draw.units)
}

/// The stages below those of `first`, in each unit of its smallest level.
pub(super) fn select_within(
    first: &[Unit],
    listing: &SamplingFrame,
    design: &Design,
    seed: &str,
) -> Result<Vec<Unit>, DrawError> {
    design.check()?;
    let deepest = first.iter().map(|unit| unit.stage).max().ok_or(DrawError::Whole)?;
    let next = design.stages.iter().position(|rule| rule.unit > deepest).ok_or(DrawError::Whole)?;
    if listing.places().level() != Stage::Person || design.uses_households() && !listing.places().tells_households() {
        return Err(DrawError::NoHouseholds);
    }
    let mut draw = Selection::begin(listing, design, seed)?;
    let mut nodes = listing.places().nodes(deepest);
    for unit in first.iter().filter(|unit| unit.stage == deepest) {
        let own = format!("{}/{}", unit.path, unit.code);
        let Some(node) = nodes.remove(&place(&own)) else {
            // Of a reserve it is enough to be listed when it is needed.
            if unit.role == Role::Reserve {
                continue;
            }
            return Err(DrawError::NotListed { unit: own });
        };
        let parent = Parent { path: &own, overall: unit.overall_probability, role: unit.role };
        draw.inside(next, &parent, &node)?;
    }
    match nodes.into_keys().next() {
        Some(unit) => Err(DrawError::NotDrawn { unit }),
        None => Ok([first, &draw.units].concat()),
    }
}

/// `province/area[.group]/…` without the group, which no list knows.
fn place(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    if let Some(stratum) = parts.get_mut(1) {
        *stratum = stratum.split('.').next().unwrap_or_default();
    }
    parts.join("/")
}

struct Selection<'a> {
    design: &'a Design,
    chance: Chance,
    level: Stage,
    units: Vec<Unit>,
}

/// Where a stage draws.
struct Parent<'a> {
    path: &'a str,
    overall: Fraction,
    /// What is drawn in a reserve is a reserve.
    role: Role,
}

impl<'a> Selection<'a> {
    fn begin(frame: &SamplingFrame, design: &'a Design, seed: &str) -> Result<Self, DrawError> {
        if seed.trim().is_empty() {
            return Err(DrawError::EmptySeed);
        }
        let chance = Chance::new(seed, frame.digest(), design.digest());
        Ok(Self { design, chance, level: frame.places().level(), units: Vec::new() })
    }

    fn stratum(&mut self, layer: &Layer<'_>) -> Result<(), DrawError> {
        let parent = Parent { path: &layer.path, overall: Fraction::ONE, role: Role::Main };
        self.stage(0, &parent, &layer.units, &layer.certain, layer.share)
    }

    /// Draws among the candidates and then inside of those drawn. A parent with fewer than the take is taken whole.
    fn stage(
        &mut self,
        stage: usize,
        parent: &Parent<'_>,
        units: &[Candidate<'_>],
        certain: &[bool],
        n: u64,
    ) -> Result<(), DrawError> {
        let Some(rule) = self.design.stages.get(stage).copied() else { return Ok(()) };
        let ids: Vec<String> = units.iter().map(Candidate::id).collect();
        let sizes: Vec<u64> = units.iter().map(|unit| unit.size).collect();
        let stand = Stand { path: parent.path, ids: &ids, sizes: &sizes, certain };
        let all = units.len() as u64;
        let probabilities = probabilities(&sizes, certain, rule.method, n)?;
        let (main, reserve) = choose(&self.chance, &stand, rule.method, n, self.design.reserves(stage) as usize)?;
        let roles = main.into_iter().map(|place| (place, parent.role));
        let roles = roles.chain(reserve.into_iter().map(|place| (place, Role::Reserve)));
        let parent_size = sizes.iter().sum();
        for ((place, role), order) in roles.zip(1..) {
            let Some((unit, probability)) = units.get(place).zip(probabilities.get(place)) else { continue };
            let overall = parent.overall.times(*probability).ok_or(DrawError::TooLarge)?;
            let between = unit.between.trim_end_matches('/');
            let path = if between.is_empty() { parent.path.to_owned() } else { format!("{}/{between}", parent.path) };
            let own = format!("{path}/{}", unit.code);
            self.units.push(Unit {
                stage: rule.unit,
                path,
                code: unit.code.clone(),
                method: rule.method,
                n: n.min(all),
                of: all,
                size: unit.size,
                parent_size,
                probability: *probability,
                overall_probability: overall,
                order,
                role,
            });
            self.inside(stage + 1, &Parent { path: &own, overall, role }, &unit.node)?;
        }
        Ok(())
    }

    fn inside(&mut self, stage: usize, parent: &Parent<'_>, node: &Node<'_>) -> Result<(), DrawError> {
        let Some(rule) = self.design.stages.get(stage).filter(|rule| rule.unit <= self.level) else { return Ok(()) };
        let units = candidates(node, rule.unit);
        let (_, take) = self.design.take(stage);
        self.stage(stage, parent, &units, &vec![false; units.len()], take.into())
    }
}
