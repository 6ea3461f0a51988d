//! One selected unit, with all that makes its weight.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::fraction::real;
use super::{Digest, Fraction};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    Commune,
    Village,
    Household,
    Person,
}

impl Stage {
    /// As published.
    pub fn name(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Village => "village",
            Self::Household => "household",
            Self::Person => "person",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelectionMethod {
    /// Systematic with probability proportional to size over a random order.
    PpsSystematic,
    /// The same over the order of the codes.
    PpsSystematicFixed,
    /// Simple random without replacement: the first places of a random order.
    SimpleRandom,
    /// Equal probabilities, equal steps over the order of the codes.
    Systematic,
    /// Sampford's rejective method, probability proportional to size.
    Sampford,
    /// Conditional Poisson: maximum entropy, probability proportional to size up to 10⁻¹³; its target is recorded.
    ConditionalPoisson,
}

impl SelectionMethod {
    /// As published.
    pub fn name(self) -> &'static str {
        match self {
            Self::PpsSystematic => "pps_systematic",
            Self::PpsSystematicFixed => "pps_systematic_fixed",
            Self::SimpleRandom => "simple_random",
            Self::Systematic => "systematic",
            Self::Sampford => "sampford",
            Self::ConditionalPoisson => "conditional_poisson",
        }
    }

    /// Whether all units of a parent have the same probability.
    pub fn is_equal(self) -> bool {
        matches!(self, Self::SimpleRandom | Self::Systematic)
    }
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
    /// The parents: `province/area[.group][/commune[/village[/household]]]`.
    pub path: String,
    pub code: String,
    pub method: SelectionMethod,
    /// Units drawn in the parent, reserves not counted.
    pub n: u64,
    /// Units in the parent.
    pub of: u64,
    /// Adults in the unit.
    pub size: u64,
    /// Adults in the parent.
    pub parent_size: u64,
    /// Probability of the unit given its parent.
    pub probability: Fraction,
    /// The product over all stages down to this unit.
    pub overall_probability: Fraction,
    /// From 1, in the order of selection; reserves go on after the main units.
    pub order: u32,
    pub role: Role,
}

impl Unit {
    /// Base weight: the inverse of the overall probability.
    pub fn weight(&self) -> f64 {
        real(self.overall_probability.denominator()) / real(self.overall_probability.numerator())
    }

    pub fn province(&self) -> &str {
        self.part(0)
    }

    /// `rural` or `urban`.
    pub fn area(&self) -> &str {
        let stratum = self.part(1);
        stratum.split_once('.').map_or(stratum, |(area, _)| area)
    }

    /// The further division of the stratum; empty when there is none.
    pub fn group(&self) -> &str {
        self.part(1).split_once('.').map_or("", |(_, group)| group)
    }

    pub fn commune(&self) -> &str {
        self.part(2)
    }

    /// Empty for a commune.
    pub fn village(&self) -> &str {
        self.part(3)
    }

    /// `province/area[.group]`.
    pub fn stratum(&self) -> String {
        format!("{}/{}", self.part(0), self.part(1))
    }

    fn part(&self, place: usize) -> &str {
        self.path.split('/').chain([self.code.as_str()]).nth(place).unwrap_or_default()
    }

    /// The order of the published list.
    pub(super) fn cmp_place(&self, other: &Self) -> Ordering {
        (self.stage, &self.path, self.order, &self.code).cmp(&(other.stage, &other.path, other.order, &other.code))
    }

    /// The fields as published, by name.
    pub fn fields(&self) -> [(&'static str, String); 12] {
        let role = match self.role {
            Role::Main => "main",
            Role::Reserve => "reserve",
        };
        [
            ("stage", self.stage.name().to_owned()),
            ("path", self.path.clone()),
            ("order", self.order.to_string()),
            ("code", self.code.clone()),
            ("role", role.to_owned()),
            ("method", self.method.name().to_owned()),
            ("n", self.n.to_string()),
            ("of", self.of.to_string()),
            ("size", self.size.to_string()),
            ("parent_size", self.parent_size.to_string()),
            ("probability", self.probability.to_string()),
            ("overall_probability", self.overall_probability.to_string()),
        ]
    }
}

/// SHA-256 over one line per unit, its fields joined by TAB and ended by LF, in the order given.
pub fn list_digest(units: &[Unit]) -> Digest {
    let mut text = String::new();
    for unit in units {
        text.push_str(&unit.fields().map(|(_, value)| value).join("\t"));
        text.push('\n');
    }
    Digest::of(text.as_bytes())
}
