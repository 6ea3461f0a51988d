//! The tree of places of a frame: province × area → communes → villages.

use std::ops::Range;

use super::{Area, Person};
use crate::draw::nfc;

#[derive(Clone, Debug)]
pub(crate) struct Stratum {
    pub(crate) province: String,
    pub(crate) area: Area,
    pub(crate) communes: Vec<Commune>,
}

#[derive(Clone, Debug)]
pub(crate) struct Commune {
    pub(crate) code: String,
    pub(crate) villages: Vec<Village>,
}

#[derive(Clone, Debug)]
pub(crate) struct Village {
    pub(crate) code: String,
    /// Positions of its persons in the frame's order.
    pub(crate) persons: Range<usize>,
}

/// Where a village lies; its prefix orders the frame.
pub(super) struct Place {
    pub(super) prefix: String,
    province: String,
    area: Area,
    commune: String,
    village: String,
}

impl Place {
    pub(super) fn of(person: &Person<'_>) -> Self {
        let [province, commune, village] =
            [person.province, person.commune, person.village].map(|code| nfc(code).into_owned());
        let prefix = format!("{province}/{}/{commune}/{village}/", person.area.code());
        Self { prefix, province, area: person.area, commune, village }
    }

    /// Adds the village to the tree; places come in the order of their prefixes.
    pub(super) fn enter(&self, strata: &mut Vec<Stratum>, persons: Range<usize>) {
        if strata.last().is_none_or(|last| last.province != self.province || last.area != self.area) {
            let province = self.province.clone();
            strata.push(Stratum { province, area: self.area, communes: Vec::new() });
        }
        let Some(stratum) = strata.last_mut() else {
            return;
        };
        if stratum.communes.last().is_none_or(|last| last.code != self.commune) {
            stratum.communes.push(Commune { code: self.commune.clone(), villages: Vec::new() });
        }
        let Some(commune) = stratum.communes.last_mut() else {
            return;
        };
        commune.villages.push(Village { code: self.village.clone(), persons });
    }
}

/// The rank of each place in the order of the prefixes' bytes. No prefix begins another one, so this is also
/// the order of whole ids.
pub(super) fn ranks(places: &[Place]) -> Vec<usize> {
    let prefix = |place: &usize| places.get(*place).map(|place| place.prefix.as_bytes());
    let mut sorted: Vec<usize> = (0..places.len()).collect();
    sorted.sort_unstable_by(|a, b| prefix(a).cmp(&prefix(b)));
    let mut ranks = vec![0; places.len()];
    for (rank, place) in sorted.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(place) {
            *slot = rank;
        }
    }
    ranks
}

impl Village {
    pub(crate) fn size(&self) -> u64 {
        self.persons.len() as u64
    }
}

impl Commune {
    pub(crate) fn size(&self) -> u64 {
        self.villages.iter().map(Village::size).sum()
    }
}

impl Stratum {
    pub(crate) fn size(&self) -> u64 {
        self.communes.iter().map(Commune::size).sum()
    }
}
