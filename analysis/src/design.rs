//! What a sample is to be: strata, stages, methods, how many, and how strata share them.

mod allocation;
mod rules;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::draw::{Digest, DrawError, Stage, canonical_json};

pub use allocation::{Allocation, largest_remainder};
pub(crate) use allocation::{EVEN_SHARE, Share, share};
pub use rules::StageRule;

/// A stratum with one PSU has no variance of its own.
pub const LEAST_UNITS: u32 = 2;

/// A stratified multi-stage design. The strata are province × area, parted further by [`Design::groups`]. What is usual is not
/// written into its JSON, so that a design has one text, and one digest, however many kinds of designs there will be.
///
/// Usual: communes by randomised PPS systematic with size = adults, villages by PPS within their commune, an equal take of
/// persons in every village. PPS + equal take makes the weight constant inside a commune, as long as no village of it is certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    pub name: String,
    /// Units of the first stage (usually communes) per reporting province, shared by its strata.
    pub communes: u32,
    /// Provinces that get another number, by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub communes_of: BTreeMap<String, u32>,
    pub villages_per_commune: u32,
    /// Persons in every unit they are drawn in, unless that is a household.
    pub persons_per_village: u32,
    /// Further households, or persons where no households are drawn: the rest of the parent in a random order.
    pub reserves_per_village: u32,
    /// From the largest unit to the smallest; what lies between two of them is not drawn but passed through.
    #[serde(default = "rules::usual", skip_serializing_if = "rules::is_usual")]
    pub stages: Vec<StageRule>,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub households_per_village: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub persons_per_household: u32,
    #[serde(default, skip_serializing_if = "Allocation::is_usual")]
    pub allocation: Allocation,
    /// The fewest units of the first stage in a stratum, as long as it has them.
    #[serde(default = "usual_least", skip_serializing_if = "is_usual_least")]
    pub least: u32,
    /// Units of the first stage that are taken for certain, by code.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub take_all: BTreeSet<String>,
    /// Further units of the first stage in every stratum, each with all that would be drawn in it: for a commune that is lost.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reserve_communes: u32,
    /// A further division of the strata: commune → its group, such as the old province inside the new one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<String, String>,
}

impl Default for Design {
    /// The usual design, still without numbers.
    fn default() -> Self {
        Self {
            name: String::new(),
            communes: 0,
            communes_of: BTreeMap::new(),
            villages_per_commune: 0,
            persons_per_village: 0,
            reserves_per_village: 0,
            stages: rules::usual(),
            households_per_village: 0,
            persons_per_household: 0,
            allocation: Allocation::Proportional,
            least: LEAST_UNITS,
            take_all: BTreeSet::new(),
            reserve_communes: 0,
            groups: BTreeMap::new(),
        }
    }
}

impl Design {
    /// SHA-256 of the canonical JSON (RFC 8785) of the design.
    pub fn digest(&self) -> Digest {
        Digest::of(self.canonical_text().as_bytes())
    }

    /// What is published as the design: its canonical JSON.
    pub fn canonical_text(&self) -> String {
        canonical_json(&serde_json::to_value(self).unwrap_or_default())
    }

    /// Refuses a design that cannot be drawn from any frame.
    pub fn check(&self) -> Result<(), DrawError> {
        if self.stages.is_empty() || !self.stages.is_sorted_by(|a, b| a.unit < b.unit) {
            return Err(DrawError::Stages);
        }
        if self.groups.values().any(|group| group.is_empty() || group.contains(['/', '.']) || has_control(group)) {
            return Err(DrawError::Group);
        }
        let fixed = matches!(self.allocation, Allocation::Fixed { .. });
        let takes = (1..self.stages.len()).map(|stage| self.take(stage));
        for (part, number) in (!fixed).then_some(("communes", self.communes)).into_iter().chain(takes) {
            if number == 0 {
                return Err(DrawError::Nothing { part });
            }
        }
        Ok(())
    }

    /// Whether the frame must tell households.
    pub fn uses_households(&self) -> bool {
        self.stages.iter().any(|stage| stage.unit == Stage::Household)
    }

    pub(crate) fn units_in(&self, province: &str) -> u64 {
        self.communes_of.get(province).copied().unwrap_or(self.communes).into()
    }

    /// How many are drawn in every parent at a stage after the first, and what that number is called.
    pub(crate) fn take(&self, stage: usize) -> (&'static str, u32) {
        let unit = |stage: usize| self.stages.get(stage).map(|rule| rule.unit);
        match unit(stage) {
            Some(Stage::Village) => ("villages_per_commune", self.villages_per_commune),
            Some(Stage::Household) => ("households_per_village", self.households_per_village),
            Some(Stage::Person) if stage > 0 && unit(stage - 1) == Some(Stage::Household) => {
                ("persons_per_household", self.persons_per_household)
            }
            _ => ("persons_per_village", self.persons_per_village),
        }
    }

    /// Positions after the take at this stage, per parent.
    pub(crate) fn reserves(&self, stage: usize) -> u32 {
        let wanted = if self.uses_households() { Stage::Household } else { Stage::Person };
        match self.stages.get(stage) {
            _ if stage == 0 => self.reserve_communes,
            Some(rule) if rule.unit == wanted => self.reserves_per_village,
            _ => 0,
        }
    }
}

fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn usual_least() -> u32 {
    LEAST_UNITS
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
fn is_usual_least(least: &u32) -> bool {
    *least == LEAST_UNITS
}
