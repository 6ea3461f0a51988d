//! The sampled units of every stage, and how each parent's units were drawn.

use super::drawn::Drawn;
use super::joint::Pairs;
use super::{EstimateError, lonely};
use crate::frame::{Responses, Selection};

/// What the variance needs of the design. Units are numbered so that those of one parent stand together. Every sampled
/// unit counts, empty ones of a group included: the number drawn never shrinks with the group.
#[derive(Clone, Debug, PartialEq)]
pub struct Stages {
    /// Outermost first; influences are those of the last stage's units.
    pub(super) nested: Vec<Stage>,
    /// Instead of the first stage's formula.
    pub(super) pairs: Option<Pairs>,
    /// The PSU of each unit of the last stage.
    psu_of: Vec<u32>,
    strata: Vec<String>,
    psus: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stage {
    /// Ascending.
    pub(super) parent_of: Vec<u32>,
    /// 1 − f of each unit: 1 with replacement, 0 where all are taken.
    pub(super) open: Vec<f64>,
    pub(super) parents: Vec<Parent>,
}

/// A stratum, or a unit of the stage above.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parent {
    /// Units drawn.
    pub(super) taken: u32,
    /// Σ of their 1 − f.
    pub(super) open: f64,
    /// Product of the sampling fractions above.
    pub(super) above: f64,
    pub(super) spread: Spread,
}

/// How the units of a parent give its part of the variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spread {
    /// From their mean, times a factor.
    Centred(f64),
    /// From 0.
    Uncentred,
    Nothing,
}

impl Stages {
    /// With the last stage's unit of each row.
    pub(super) fn of(responses: &Responses) -> Result<(Self, Vec<u32>), EstimateError> {
        let design = responses.design();
        let depth = match &design.selection {
            Selection::Finite { sizes } => sizes.len().max(1),
            _ => 1,
        };
        let drawn = Drawn::of(responses, depth)?;
        lonely::missing_strata(responses, design)?;
        let (stages, psus) = (drawn.stages(responses.strata().len()), drawn.psu_names(responses)?);
        let psu_of = psu_of(&stages);
        let mut built = Self { nested: stages, pairs: None, psu_of, strata: responses.strata().to_vec(), psus };
        match &design.selection {
            Selection::WithReplacement => {}
            Selection::Finite { sizes } => built.finite(responses, &drawn, sizes)?,
            Selection::Brewer { probability } => built.brewer(responses, &drawn, probability)?,
            Selection::SenYatesGrundy { joint } => {
                let (pairs, chances) = Pairs::of(&built, joint)?;
                built.pairs = Some(pairs);
                built.by_chance(&chances);
            }
        }
        built.settle_lonely(design)?;
        Ok((built, drawn.into_last_units()))
    }

    pub fn psus(&self) -> usize {
        self.psus.len()
    }

    /// Of the last stage.
    pub(super) fn units(&self) -> usize {
        self.psu_of.len()
    }

    pub(super) fn psu_of(&self, unit: u32) -> u32 {
        self.psu_of.get(unit as usize).copied().unwrap_or_default()
    }

    /// The name of each PSU, and the place of its stratum.
    pub(super) fn named_psus(&self) -> impl Iterator<Item = (&str, u32)> {
        let strata = self.nested.first().map(|first| first.parent_of.as_slice()).unwrap_or_default();
        self.psus.iter().map(String::as_str).zip(strata.iter().copied())
    }

    pub(super) fn stratum_of(&self, psu: u32) -> u32 {
        self.nested.first().and_then(|first| first.parent_of.get(psu as usize)).copied().unwrap_or_default()
    }

    pub(super) fn stratum_name(&self, stratum: u32) -> &str {
        self.strata.get(stratum as usize).map_or("", String::as_str)
    }

    /// What holds the units of a stage: a stratum by its name, a unit by that of its PSU.
    pub(super) fn parent_name(&self, stage: usize, parent: usize) -> String {
        let units = |stage: usize| self.nested.get(stage).map(|stage| &stage.parent_of);
        let mut place = parent;
        for stage in (1..stage).rev() {
            place = units(stage).and_then(|parents| parents.get(place)).map_or(0, |parent| *parent as usize);
        }
        let names = if stage == 0 { &self.strata } else { &self.psus };
        names.get(place).cloned().unwrap_or_default()
    }
}

impl Stage {
    pub(super) fn new(parent_of: Vec<u32>, parents: usize) -> Self {
        let mut stage = Self { open: vec![1.0; parent_of.len()], parents: Vec::with_capacity(parents), parent_of };
        let mut taken = vec![0_u32; parents];
        for parent in &stage.parent_of {
            if let Some(taken) = taken.get_mut(*parent as usize) {
                *taken += 1;
            }
        }
        let centred = |taken: u32| f64::from(taken) / (f64::from(taken) - 1.0);
        let parent = |taken: u32| Parent {
            taken,
            open: f64::from(taken),
            above: 1.0,
            spread: if taken > 1 { Spread::Centred(centred(taken)) } else { Spread::Nothing },
        };
        stage.parents.extend(taken.into_iter().map(parent));
        stage
    }

    /// The units' 1 − f, and their sums by parent.
    pub(super) fn opened(&mut self, open: impl Fn(usize, usize) -> f64) {
        self.parents.iter_mut().for_each(|parent| parent.open = 0.0);
        for (unit, (parent, slot)) in self.parent_of.iter().zip(&mut self.open).enumerate() {
            *slot = open(unit, *parent as usize);
            if let Some(parent) = self.parents.get_mut(*parent as usize) {
                parent.open += *slot;
            }
        }
    }
}

fn psu_of(stages: &[Stage]) -> Vec<u32> {
    let units = stages.last().map_or(0, |last| last.parent_of.len());
    let psu = |unit: u32| {
        let up = |unit: u32, stage: &Stage| stage.parent_of.get(unit as usize).copied().unwrap_or_default();
        stages.iter().skip(1).rev().fold(unit, up)
    };
    (0..u32::try_from(units).unwrap_or(u32::MAX)).map(psu).collect()
}
