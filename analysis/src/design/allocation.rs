//! How strata share the units of the first stage. Whole numbers only: the same shares in every language.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Allocation {
    /// By adults.
    #[default]
    Proportional,
    /// By the square root of adults: between equal and proportional.
    SquareRoot,
    /// By adults × standard deviation: the least variance of the province's mean for its units.
    Neyman {
        /// Of what is measured, in thousandths, by stratum `province/area[.group]`; 500 (a share of one half) where none is given.
        deviations: BTreeMap<String, u32>,
    },
    /// As many as are written, by stratum; nothing is shared.
    Fixed { units: BTreeMap<String, u32> },
}

/// The greatest standard deviation of a share, in thousandths.
pub(crate) const EVEN_SHARE: u32 = 500;

impl Allocation {
    pub(super) fn is_usual(&self) -> bool {
        *self == Self::Proportional
    }
}

/// A stratum that waits for its share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) adults: u64,
    /// In thousandths.
    pub(crate) deviation: u32,
    pub(crate) least: u64,
    pub(crate) most: u64,
}

/// Shares `n` by the rule within the limits; `None` when `n` is too small for the lower limits.
pub(crate) fn share(rule: &Allocation, strata: &[Share], n: u64) -> Option<Vec<u64>> {
    match rule {
        Allocation::Proportional | Allocation::Fixed { .. } => within_limits(strata, |stratum| stratum.adults, n),
        Allocation::SquareRoot => within_limits(strata, |stratum| square_root(stratum.adults), n),
        Allocation::Neyman { .. } => neyman(strata, n),
    }
}

/// With six decimals, as a whole number.
fn square_root(adults: u64) -> u64 {
    u64::try_from((u128::from(adults) * 1_000_000_000_000).isqrt()).unwrap_or(u64::MAX)
}

/// Shares `n` in proportion to `sizes`: whole parts first, then one more to the largest remainders (Hamilton);
/// equal remainders in the order of the list.
pub fn largest_remainder(sizes: &[u64], n: u64) -> Vec<u64> {
    let total: u128 = sizes.iter().map(|size| u128::from(*size)).sum();
    if total == 0 {
        return vec![0; sizes.len()];
    }
    let product = |size: u64| u128::from(n) * u128::from(size);
    let mut shares: Vec<u64> =
        sizes.iter().map(|size| u64::try_from(product(*size) / total).unwrap_or(u64::MAX)).collect();
    let left = n - shares.iter().sum::<u64>();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|place| Reverse(sizes.get(*place).map(|size| product(*size) % total)));
    for place in order.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
        if let Some(share) = shares.get_mut(place) {
            *share += 1;
        }
    }
    shares
}

/// Proportional to `size`; what a limit takes or leaves is shared again among the others.
fn within_limits(strata: &[Share], size: impl Fn(&Share) -> u64, n: u64) -> Option<Vec<u64>> {
    let mut shares = vec![0; strata.len()];
    let mut open: Vec<(usize, &Share)> = strata.iter().enumerate().collect();
    let mut left = n;
    while !open.is_empty() {
        let sizes: Vec<u64> = open.iter().map(|(_, stratum)| size(stratum)).collect();
        let proportional = largest_remainder(&sizes, left);
        let limited: Vec<u64> = open
            .iter()
            .zip(&proportional)
            .map(|((_, stratum), share)| *share.max(&stratum.least).min(&stratum.most))
            .collect();
        // As long as raising costs more than cutting saves, only the raised are settled, and the other way round:
        // settling both at once could leave units over, or find too few of them.
        let settled = |share: &u64, limit: &u64| match limited.iter().sum::<u64>().cmp(&left) {
            Ordering::Greater => limit > share,
            Ordering::Less => limit < share,
            Ordering::Equal => true,
        };
        let verdicts: Vec<bool> =
            proportional.iter().zip(&limited).map(|(share, limit)| settled(share, limit)).collect();
        for (((at, _), limit), _) in open.iter().zip(&limited).zip(&verdicts).filter(|(_, settled)| **settled) {
            *shares.get_mut(*at)? = *limit;
            left = left.checked_sub(*limit)?;
        }
        let mut verdicts = verdicts.into_iter();
        open.retain(|_| !verdicts.next().unwrap_or(true));
    }
    Some(shares)
}

/// The exact optimum in whole numbers: one unit after the other to the largest N·S/√(a(a+1)) (Wright 2012); the first
/// of equals. Squares are compared, so that nothing is rounded.
fn neyman(strata: &[Share], n: u64) -> Option<Vec<u64>> {
    let mut shares: Vec<u64> = strata.iter().map(|stratum| stratum.least.min(stratum.most)).collect();
    let mut left = n.checked_sub(shares.iter().sum())?;
    while left > 0 {
        let mut best: Option<(usize, u128, u128)> = None;
        for (place, (stratum, share)) in strata.iter().zip(&shares).enumerate() {
            if *share >= stratum.most {
                continue;
            }
            let weight = u128::from(stratum.adults) * u128::from(stratum.deviation);
            let square = weight.saturating_mul(weight);
            let step = u128::from(*share) * u128::from(*share + 1);
            // a/b > c/d as a·d > c·b; a stratum with nothing yet comes before all others.
            let better = best.is_none_or(|(_, best_square, best_step)| {
                square.saturating_mul(best_step) > best_square.saturating_mul(step)
            });
            if better {
                best = Some((place, square, step));
            }
        }
        let Some((place, ..)) = best else { break };
        *shares.get_mut(place)? += 1;
        left -= 1;
    }
    Some(shares)
}
