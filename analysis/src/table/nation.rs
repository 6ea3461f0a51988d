//! The nation as the plain mean of its provinces.

use crate::estimate::{EstimateError, Measure, Tallies};
use crate::index::{Composition, ItemRule};

/// Every group counts the same, whatever its population. The influence is the mean of the groups' influences, so
/// provinces that share a stratum are treated right too.
pub(super) fn mean_of_groups(
    rule: ItemRule,
    groups: &Tallies,
    composition: &Composition<'_>,
) -> Result<Option<Measure>, EstimateError> {
    let count = groups.groups().len();
    let share = 1.0 / f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    let mut parts = Vec::with_capacity(count);
    for group in 0..count {
        let Some(part) = rule.measure(groups, group, composition)? else {
            return Ok(None);
        };
        parts.push(part);
    }
    let parts: Vec<_> = parts.iter().map(|part| (share, part)).collect();
    Ok(groups.combination(&parts))
}
