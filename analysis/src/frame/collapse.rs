//! Strata with a single PSU have no variance of their own; the declared remedy is to join them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Responses, ResponsesError};

impl Responses {
    /// Makes one stratum of all strata of a group (say, the rural and the urban part of a province) wherever one
    /// of them has only one PSU. Estimates stay; variances and degrees of freedom are those of the joined stratum.
    pub fn collapse_lonely_strata(self, by: &str) -> Result<Self, ResponsesError> {
        let group_of_psu: BTreeMap<u32, u32> =
            self.psus()?.iter().zip(self.group_codes(by)?).filter_map(|(psu, group)| Some((*psu, group?))).collect();
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for stratum in self.stratum_of() {
            *sizes.entry(*stratum).or_default() += 1;
        }
        let psus = || (0..).zip(self.stratum_of()).map(|(psu, stratum)| (group_of_psu.get(&psu), *stratum));
        let lonely: BTreeSet<u32> = psus()
            .filter(|(_, stratum)| sizes.get(stratum) == Some(&1))
            .filter_map(|(group, _)| group.copied())
            .collect();
        let mut joined: BTreeMap<u32, usize> = BTreeMap::new();
        let stratum_of = psus()
            .map(|(group, stratum)| match group {
                Some(group) if lonely.contains(group) => *joined.entry(*group).or_insert(stratum),
                _ => stratum,
            })
            .collect();
        Ok(self.with_stratum_of(stratum_of))
    }
}
