//! How many communes, villages and persons to draw, and how strata share them.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::draw::{Digest, DrawError, canonical_json};

/// A stratum with one PSU has no variance of its own.
const LEAST_COMMUNES: u64 = 2;

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

impl Design {
    /// SHA-256 of the canonical JSON (RFC 8785) of the design.
    pub fn digest(&self) -> Digest {
        Digest::of(self.canonical_text().as_bytes())
    }

    /// What is published as the design: its canonical JSON.
    pub fn canonical_text(&self) -> String {
        canonical_json(&serde_json::to_value(self).unwrap_or_default())
    }

    /// Refuses a design that draws nobody.
    pub(crate) fn check(&self) -> Result<(), DrawError> {
        for (part, number) in [
            ("communes", self.communes),
            ("villages_per_commune", self.villages_per_commune),
            ("persons_per_village", self.persons_per_village),
        ] {
            if number == 0 {
                return Err(DrawError::Nothing { part });
            }
        }
        Ok(())
    }

    pub(crate) fn communes_in(&self, province: &str) -> u64 {
        self.communes_of.get(province).copied().unwrap_or(self.communes).into()
    }
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

/// Communes per stratum as (adults, communes there are): proportional, but never fewer than two (or all there
/// are) and never more than there are; what a limit takes or leaves is shared again among the others.
/// `None` when `n` is too small for the lower limits.
pub(crate) fn allocate(strata: &[(u64, u64)], n: u64) -> Option<Vec<u64>> {
    let mut shares = vec![0; strata.len()];
    let mut open: Vec<(usize, u64, u64)> =
        (0..).zip(strata).map(|(at, (adults, there))| (at, *adults, *there)).collect();
    let mut left = n;
    while !open.is_empty() {
        let sizes: Vec<u64> = open.iter().map(|(_, adults, _)| *adults).collect();
        let proportional = largest_remainder(&sizes, left);
        let limited: Vec<u64> =
            open.iter().zip(&proportional).map(|((.., there), share)| *share.max(&LEAST_COMMUNES).min(there)).collect();
        // As long as raising costs more than cutting saves, only the raised are settled, and the other way round:
        // settling both at once could leave communes over, or find too few of them.
        let settled = |share: &u64, limit: &u64| match limited.iter().sum::<u64>().cmp(&left) {
            Ordering::Greater => limit > share,
            Ordering::Less => limit < share,
            Ordering::Equal => true,
        };
        let verdicts: Vec<bool> =
            proportional.iter().zip(&limited).map(|(share, limit)| settled(share, limit)).collect();
        for (((at, ..), limit), _) in open.iter().zip(&limited).zip(&verdicts).filter(|(_, settled)| **settled) {
            *shares.get_mut(*at)? = *limit;
            left = left.checked_sub(*limit)?;
        }
        let mut verdicts = verdicts.into_iter();
        open.retain(|_| !verdicts.next().unwrap_or(true));
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strata_get_their_share_within_their_limits() {
        assert_eq!(allocate(&[(600, 30), (400, 20)], 10).unwrap(), [6, 4]);
        // The small stratum is lifted to two; the rest share eight.
        assert_eq!(allocate(&[(600, 30), (380, 20), (20, 9)], 10).unwrap(), [5, 3, 2]);
        // Only one commune there: it is taken, and nothing is lost.
        assert_eq!(allocate(&[(900, 30), (100, 1)], 10).unwrap(), [9, 1]);
        // More than there are: all of them, the rest elsewhere.
        assert_eq!(allocate(&[(900, 4), (100, 30)], 10).unwrap(), [4, 6]);
        // More than there are altogether: all.
        assert_eq!(allocate(&[(900, 4), (100, 3)], 10).unwrap(), [4, 3]);
        // The large stratum has few communes and the small ones still get their two.
        assert_eq!(allocate(&[(900, 5), (50, 9), (50, 9)], 6).unwrap(), [2, 2, 2]);
        assert_eq!(allocate(&[(900, 4), (100, 3)], 3), None);
        assert_eq!(allocate(&[(900, 40)], 12).unwrap(), [12]);
    }

    #[test]
    fn the_digest_is_of_the_published_text() {
        let design = Design {
            name: "sipas-2026".into(),
            communes: 10,
            communes_of: BTreeMap::new(),
            villages_per_commune: 2,
            persons_per_village: 5,
            reserves_per_village: 5,
        };
        assert_eq!(
            design.canonical_text(),
            r#"{"communes":10,"name":"sipas-2026","persons_per_village":5,"reserves_per_village":5,"villages_per_commune":2}"#
        );
        let other = Design { reserves_per_village: 6, ..design.clone() };
        assert_ne!(design.digest(), other.digest());
        let back: Design = serde_json::from_str(&design.canonical_text()).unwrap();
        assert_eq!(back, design);
    }
}
