//! Seed + frame + design → units, order, exact probability, reserve list.
//!
//! The protocol is `sipas-draw-v1`: only SHA-256, HMAC, integers and + − × ÷ on doubles, so that anyone
//! recomputes a draw in any language, whatever the order of the rows.

mod fraction;

use serde::{Deserialize, Serialize};

pub use fraction::Fraction;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    Commune,
    Village,
    Person,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelectionMethod {
    /// Systematic with probability proportional to size over a random order.
    PpsSystematic,
    /// Simple random without replacement: the first places of a random order.
    SimpleRandom,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Main,
    Reserve,
}

/// One selected unit of one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub stage: Stage,
    /// The parents: `province/area[/commune[/village]]`.
    pub path: String,
    pub code: String,
    pub method: SelectionMethod,
    /// Units to draw in the parent.
    pub n: u64,
    /// Units in the parent.
    pub of: u64,
    /// Adults in the unit.
    pub size: u64,
    /// Adults in the parent.
    pub parent_size: u64,
    /// Probability of the unit given its parent.
    pub probability: Fraction,
    /// The product over all stages down to this unit; the base weight is its inverse.
    pub overall_probability: Fraction,
    /// From 1, in the order of selection; reserves go on after the main units.
    pub order: u32,
    pub role: Role,
}
