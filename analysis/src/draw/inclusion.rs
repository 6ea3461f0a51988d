//! Exact first-order inclusion probabilities proportional to size.

use super::{DrawError, Fraction};

/// `π_k = n·M_k / ΣM`. Units that would reach 1 are taken for certain and the rest is drawn among the others,
/// until none reaches 1. Units of size 0 get 0.
pub fn inclusion_probabilities(sizes: &[u64], n: u64) -> Result<Vec<Fraction>, DrawError> {
    let mut certain = vec![false; sizes.len()];
    let mut left = u128::from(n);
    let total = loop {
        let open = || sizes.iter().zip(&certain).filter(|(_, certain)| !**certain);
        let total: u128 = open().map(|(size, _)| u128::from(*size)).sum();
        let big = |size: u64| size > 0 && left * u128::from(size) >= total;
        let found = open().filter(|(size, _)| big(**size)).count() as u128;
        if found == 0 || left == 0 {
            break total;
        }
        for (size, certain) in sizes.iter().zip(&mut certain) {
            *certain |= big(*size);
        }
        left -= found;
    };
    sizes
        .iter()
        .zip(certain)
        .map(|(size, certain)| match (certain, total) {
            (true, _) => Ok(Fraction::ONE),
            (false, 0) => Ok(Fraction::ZERO),
            (false, total) => Fraction::new(left * u128::from(*size), total).ok_or(DrawError::TooLarge),
        })
        .collect()
}
