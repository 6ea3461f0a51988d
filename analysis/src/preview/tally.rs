//! Sums over all elements that could be drawn, without drawing any.

use crate::design::Design;
use crate::draw::choose::probabilities;
use crate::draw::node::{Candidate, Node, candidates};
use crate::draw::{DrawError, Stage};

#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// Expected elements drawn: Σπ.
    pub(super) taken: f64,
    /// Elements there.
    pub(super) there: f64,
    /// Σ1/π over the elements there.
    pub(super) weights: f64,
    pub(super) least: f64,
    pub(super) greatest: f64,
    /// Parents of the last stage with fewer than the take.
    pub(super) small: u64,
}

impl Default for Tally {
    fn default() -> Self {
        Self { taken: 0.0, there: 0.0, weights: 0.0, least: f64::INFINITY, greatest: 0.0, small: 0 }
    }
}

impl Tally {
    pub(super) fn add(&mut self, other: &Self) {
        self.taken += other.taken;
        self.there += other.there;
        self.weights += other.weights;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
        self.small += other.small;
    }

    /// A unit of the first stage, which has this probability, of a frame that tells units down to `level`.
    pub(super) fn unit(
        &mut self,
        unit: &Candidate<'_>,
        design: &Design,
        level: Stage,
        probability: f64,
    ) -> Result<(), DrawError> {
        let told = design.stages.iter().filter(|rule| rule.unit <= level).count();
        self.inside((&unit.node, unit.size), design, told, 1, probability)
    }

    /// A place whose people are not listed yet: the full take of every further stage, spread evenly.
    fn untold(&mut self, size: u64, design: &Design, stage: usize, above: f64) {
        let take: f64 = (stage..design.stages.len()).map(|stage| f64::from(design.take(stage).1)).product();
        self.elements(size, above * (take / real(size.max(1))).min(1.0));
    }

    fn inside(
        &mut self,
        (parent, size): (&Node<'_>, u64),
        design: &Design,
        told: usize,
        stage: usize,
        above: f64,
    ) -> Result<(), DrawError> {
        let Some(rule) = design.stages.get(stage) else {
            self.elements(1, above);
            return Ok(());
        };
        if stage >= told {
            self.untold(size, design, stage, above);
            return Ok(());
        }
        let take = u64::from(design.take(stage).1);
        let last = stage + 1 == design.stages.len();
        if last
            && rule.method.is_equal()
            && let Some(count) = count(parent, rule.unit)
        {
            self.small += u64::from(count < take);
            self.elements(count, above * (real(take.min(count)) / real(count.max(1))));
            return Ok(());
        }
        let units = candidates(parent, rule.unit);
        self.small += u64::from(last && (units.len() as u64) < take);
        let sizes: Vec<u64> = units.iter().map(|unit| unit.size).collect();
        let probabilities = probabilities(&sizes, &vec![false; sizes.len()], rule.method, take)?;
        for (unit, probability) in units.iter().zip(probabilities) {
            self.inside((&unit.node, unit.size), design, told, stage + 1, above * probability.to_f64())?;
        }
        Ok(())
    }

    fn elements(&mut self, count: u64, probability: f64) {
        if count == 0 || probability <= 0.0 {
            return;
        }
        self.taken += real(count) * probability;
        self.there += real(count);
        self.weights += real(count) / probability;
        self.least = self.least.min(1.0 / probability);
        self.greatest = self.greatest.max(1.0 / probability);
    }
}

/// How many units of a level a parent has, where that needs no look at their codes.
fn count(parent: &Node<'_>, unit: Stage) -> Option<u64> {
    match (parent, unit) {
        (Node::Commune(commune), Stage::Village) => Some(commune.villages.len() as u64),
        (Node::Commune(commune), Stage::Person) => Some(commune.size()),
        (Node::Village(village), Stage::Person) => Some(village.size()),
        (Node::Household(persons), Stage::Person) => Some(persons.len() as u64),
        _ => None,
    }
}

fn real(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
