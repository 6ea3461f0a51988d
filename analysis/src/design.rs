//! How many communes, villages and persons to draw, and how strata share them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A stratified three-stage design: strata are province × area; communes by randomised PPS systematic with
/// size = adults, villages by PPS within their commune, an equal take of persons in every village.
/// PPS + equal take makes the weight constant inside a commune, as long as no village of it is certain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    pub name: String,
    /// Communes per reporting province, shared by its strata in proportion to adults, at least two in each.
    pub communes: u32,
    /// Provinces that get another number, by code.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub communes_of: BTreeMap<String, u32>,
    pub villages_per_commune: u32,
    pub persons_per_village: u32,
    /// Positions after the take in the same random order.
    pub reserves_per_village: u32,
}
