//! What a draw gives in each stratum: the table that shows whether it is what was planned.

use std::collections::BTreeMap;

use analysis::draw::{Role, Stage, Unit};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stratum {
    pub province: String,
    /// `urban` or `rural`.
    pub area: String,
    /// Of the communes inside province and area; empty when there is none.
    pub group: String,
    pub communes: u64,
    pub communes_there: u64,
    pub adults: u64,
    pub persons: u64,
    pub reserves: u64,
    pub least_weight: f64,
    pub greatest_weight: f64,
}

/// In the order of provinces' codes.
pub(super) fn strata(units: &[Unit]) -> Vec<Stratum> {
    // Of persons, unless the draw ended with places or households.
    let last = units.iter().map(|unit| unit.stage).max();
    let mut strata: BTreeMap<String, Stratum> = BTreeMap::new();
    for unit in units {
        let stratum = strata.entry(unit.stratum()).or_insert_with(|| Stratum {
            province: unit.province().to_owned(),
            area: unit.area().to_owned(),
            group: unit.group().to_owned(),
            communes: 0,
            communes_there: 0,
            adults: 0,
            persons: 0,
            reserves: 0,
            least_weight: f64::INFINITY,
            greatest_weight: 0.0,
        });
        if Some(unit.stage) == last && unit.role == Role::Main {
            stratum.least_weight = stratum.least_weight.min(unit.weight());
            stratum.greatest_weight = stratum.greatest_weight.max(unit.weight());
        }
        match (unit.stage, unit.role) {
            (Stage::Commune, role) => {
                stratum.communes += u64::from(role == Role::Main);
                (stratum.communes_there, stratum.adults) = (unit.of, unit.parent_size);
            }
            (Stage::Village | Stage::Household, _) => {}
            (Stage::Person, Role::Reserve) => stratum.reserves += 1,
            (Stage::Person, Role::Main) => stratum.persons += 1,
        }
    }
    strata.into_values().collect()
}
