//! Seed + frame + design → units, order, exact probability, reserve list.
//!
//! The protocol is `sipas-draw-v1`: only SHA-256, HMAC, integers and + − × ÷ on doubles, so that anyone
//! recomputes a draw in any language, whatever the order of the rows.
//! [`draw`] is the multi-stage draw of a survey, [`verify`] its check; the single-stage methods are public so
//! that others can check them against the published vectors.
//!
//! | Stage | Path | Unit | Usual method |
//! |---|---|---|---|
//! | communes | `province/area[.group]` | commune code | randomised PPS systematic, size = adults |
//! | villages | `…/commune` | village code | the same inside the commune |
//! | households | `…/commune/village` | household code | none: by the design |
//! | persons | `…/commune/village[/household]` | person code | first places of a random order, reserves after |
//!
//! A frame of places with sizes ends the draw at its places; [`draw_within`] goes on when their people are listed.
//! A design may leave levels out: the path is then that of the parent drawn last, and a unit's name in chance is what lies
//! below it, `commune/village/person`. `area` is `rural` or `urban`. The frame's lines are
//! `province/area/commune/village[/household]/person TAB 1 LF`; candidates of a parent stand in the byte order of their
//! codes, which matters for methods over the given order and for the order of certain units.

mod canonical;
mod chance;
pub(crate) mod choose;
mod fraction;
mod inclusion;
pub(crate) mod layers;
mod methods;
pub(crate) mod node;
mod poisson;
mod reserve;
mod sampford;
mod stages;
mod unit;
mod verify;

use thiserror::Error;

use crate::design::Design;
use crate::frame::SamplingFrame;

pub use canonical::canonical_json;
pub(crate) use chance::nfc;
pub use chance::{Chance, Digest, frame_digest};
pub use fraction::Fraction;
pub use inclusion::inclusion_probabilities;
pub use methods::{ListOrder, order, pps_systematic, simple_random, systematic};
pub use poisson::{conditional_poisson, conditional_poisson_odds};
pub use reserve::{asked_in, reserve_communes};
pub use sampford::sampford;
pub use unit::{Role, SelectionMethod, Stage, Unit, list_digest};
pub use verify::{VerifyError, same, verify, verify_within};

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
    #[error("the design takes the unit {unit} for certain, which is not in the frame")]
    UnknownUnit { unit: String },
    #[error("the design names the stratum {stratum}, which is not in the frame")]
    UnknownStratum { stratum: String },
    #[error("{communes} communes are too few for the {strata} strata of province {province}, which need {needed}")]
    TooFewCommunes { province: String, communes: u64, strata: usize, needed: u64 },
    #[error("stratum {stratum} is to give {wanted} units; it has {there}, and the certain ones among them must fit")]
    Fixed { stratum: String, wanted: u64, there: usize },
    #[error("the stages of the design are none, or not from the largest unit to the smallest")]
    Stages,
    #[error("a group of the design is empty or has a slash, a dot or a control character")]
    Group,
    #[error("the design draws households, and the frame tells none")]
    NoHouseholds,
    #[error("the design begins with units of the level {first}, and the frame ends with {level}")]
    Level { first: &'static str, level: &'static str },
    #[error("everything the design draws is drawn, or nothing yet")]
    Whole,
    #[error("nobody is listed in {unit}, which was drawn")]
    NotListed { unit: String },
    #[error("{unit} is listed, and was not drawn")]
    NotDrawn { unit: String },
    #[error("Sampford's method found no sample of {path} in {attempts} attempts; another method is needed there")]
    Rejected { path: String, attempts: u64 },
    #[error("sizes exceed 64 bits")]
    TooLarge,
}

impl Draw {
    /// The persons, main and reserve.
    pub fn persons(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(|unit| unit.stage == Stage::Person)
    }
}

/// Draws communes, villages and persons, as far down as the frame tells them. The same frame, design and seed give the same
/// units on every machine.
pub fn draw(frame: &SamplingFrame, design: &Design, seed: &str) -> Result<Draw, DrawError> {
    Ok(of(frame, design, stages::select(frame, design, seed)?))
}

/// Goes on where [`draw`] ended for want of a list: `first` is what it drew from places with their sizes, `listing` who
/// lives in those it drew, `design` the same. Each further unit is drawn inside of one that was, and its probability
/// multiplied by that one's. Every main unit must be listed, and no place that was not drawn; reserves may be.
pub fn draw_within(first: &[Unit], listing: &SamplingFrame, design: &Design, seed: &str) -> Result<Draw, DrawError> {
    Ok(of(listing, design, stages::select_within(first, listing, design, seed)?))
}

fn of(frame: &SamplingFrame, design: &Design, mut units: Vec<Unit>) -> Draw {
    units.sort_by(Unit::cmp_place);
    Draw { frame_digest: frame.digest(), design_digest: design.digest(), list_digest: list_digest(&units), units }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod within_tests;
