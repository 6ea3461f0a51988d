//! Reserve communes: which come next, and whom the draw would have asked in one.

use super::{Role, Stage, Unit};

/// The reserve communes of a stratum (`province/area[.group]`) in the order in which they take the place of lost ones.
pub fn reserve_communes<'u>(units: &'u [Unit], stratum: &str) -> Vec<&'u Unit> {
    let is_next =
        |unit: &&Unit| unit.stage == Stage::Commune && unit.role == Role::Reserve && unit.stratum() == stratum;
    let mut communes: Vec<_> = units.iter().filter(is_next).collect();
    communes.sort_by_key(|unit| unit.order);
    communes
}

/// The persons of a reserve commune whom the draw would have asked had it been drawn first. The others stay the reserves of their village:
/// they, or the household they live in, come after the `n` that their parent asks for.
pub fn asked_in<'u>(units: &'u [Unit], commune: &str) -> Vec<&'u Unit> {
    let inside: Vec<_> =
        units.iter().filter(|unit| unit.stage != Stage::Commune && unit.commune() == commune).collect();
    let after = |unit: &Unit| u64::from(unit.order) > unit.n;
    let skipped: Vec<String> = inside
        .iter()
        .filter(|unit| unit.stage != Stage::Person && after(unit))
        .map(|unit| format!("{}/{}", unit.path, unit.code))
        .collect();
    let lives_in = |unit: &Unit, parent: &String| {
        unit.path.strip_prefix(parent.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_asked = |unit: &&Unit| {
        unit.stage == Stage::Person && !after(unit) && !skipped.iter().any(|parent| lives_in(unit, parent))
    };
    inside.into_iter().filter(is_asked).collect()
}
