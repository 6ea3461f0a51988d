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
    let mut mean: Option<Measure> = None;
    for group in 0..count {
        let Some(part) = rule.measure(groups, group, composition)? else {
            return Ok(None);
        };
        mean = Some(match mean {
            None => part,
            Some(sum) => add(sum, &part),
        });
    }
    Ok(mean.map(|mut mean| {
        let share = 1.0 / f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        mean.estimate.value *= share;
        mean.influence.iter_mut().for_each(|z| *z *= share);
        mean.estimate.variance = groups.strata().variance(&mean.influence);
        mean.estimate.forget_design_effect();
        mean
    }))
}

fn add(mut sum: Measure, part: &Measure) -> Measure {
    sum.estimate.value += part.estimate.value;
    sum.estimate.n += part.estimate.n;
    sum.estimate.weight += part.estimate.weight;
    sum.estimate.all_alike &= part.estimate.all_alike;
    for (total, z) in sum.influence.iter_mut().zip(&part.influence) {
        *total += z;
    }
    sum
}
