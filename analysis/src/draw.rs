//! Seed + frame + design → units, order, exact probability, reserve list.
//!
//! The protocol is `sipas-draw-v1`: only SHA-256, HMAC, integers and + − × ÷ on doubles, so that anyone
//! recomputes a draw in any language, whatever the order of the rows.
//! [`draw`] is the multi-stage draw of a survey, [`verify`] its check; the single-stage methods are public so
//! that others can check them against the published vectors.
//!
//! | Stage | Path | Unit | Method |
//! |---|---|---|---|
//! | communes | `province/area` | commune code | randomised PPS systematic, size = adults |
//! | villages | `province/area/commune` | village code | the same inside the commune |
//! | persons | `province/area/commune/village` | person code | first places of a random order, reserves after |
//!
//! `area` is `rural` or `urban`. The frame's lines are `province/area/commune/village/person TAB 1 LF`; candidates
//! of a parent stand in the byte order of their codes, which only matters for the order of certain units.

mod canonical;
mod chance;
mod fraction;
mod inclusion;
mod methods;
mod poisson;
mod sampford;
mod stages;
mod unit;
mod verify;

use thiserror::Error;

use crate::design::Design;
use crate::frame::SamplingFrame;

pub use canonical::canonical_json;
pub use chance::{Chance, Digest, frame_digest};
pub(crate) use chance::{frame_line, nfc};
pub use fraction::Fraction;
pub use inclusion::inclusion_probabilities;
pub use methods::{ListOrder, order, pps_systematic, simple_random, systematic};
pub use poisson::{conditional_poisson, conditional_poisson_odds};
pub use sampford::sampford;
pub use unit::{Role, SelectionMethod, Stage, Unit, list_digest};
pub use verify::{VerifyError, verify};

/// A draw as it is stored and published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    pub frame_digest: Digest,
    pub design_digest: Digest,
    /// Selected communes, villages and persons (reserves included), by stage, path and order.
    pub units: Vec<Unit>,
    pub list_digest: Digest,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DrawError {
    #[error("the seed is empty")]
    EmptySeed,
    #[error("{part} of the design is 0")]
    Nothing { part: &'static str },
    #[error("the design names province {province}, which is not in the frame")]
    UnknownProvince { province: String },
    #[error("{communes} communes are too few for the {strata} strata of province {province}")]
    TooFewCommunes { province: String, communes: u64, strata: usize },
    #[error("sizes exceed 64 bits")]
    TooLarge,
}

impl Draw {
    /// The persons, main and reserve.
    pub fn persons(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.stage == Stage::Person)
    }
}

/// Draws communes, villages and persons. The same frame, design and seed give the same units on every machine.
pub fn draw(frame: &SamplingFrame, design: &Design, seed: &str) -> Result<Draw, DrawError> {
    let mut units = stages::select(frame, design, seed)?;
    units.sort_by(Unit::cmp_place);
    Ok(Draw { frame_digest: frame.digest(), design_digest: design.digest(), list_digest: list_digest(&units), units })
}

#[cfg(test)]
mod tests;
