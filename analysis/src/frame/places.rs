//! The tree of places of a frame: province × area → communes → villages.

use super::packed::Packed;
use super::{Area, Person};
use crate::draw::nfc;

/// Who lives where: provinces × area → communes → villages, in the order of their codes.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub(crate) strata: Vec<Stratum>,
    pub(crate) households: bool,
}

impl Places {
    /// Villages with the number of their adults alone, each once: enough to look ahead at a sample without households.
    pub fn of_villages<'a>(villages: impl IntoIterator<Item = (Person<'a>, u64)>) -> Self {
        let mut places: Vec<(Place, u64)> =
            villages.into_iter().map(|(person, adults)| (Place::of(&person), adults)).collect();
        places.sort_by(|a, b| a.0.prefix.cmp(&b.0.prefix));
        let mut strata = Vec::new();
        for (place, adults) in places {
            place.enter(&mut strata, Packed::of_unknown(adults));
        }
        Self { strata, households: false }
    }

    pub fn tells_households(&self) -> bool {
        self.households
    }
}

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
    /// `person`, or `household/person` when the frame tells households.
    pub(crate) persons: Packed,
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

    /// Whether the person lives here, as far as their codes are written in the same letters.
    pub(super) fn is_of(&self, person: &Person<'_>) -> bool {
        self.village == person.village
            && self.commune == person.commune
            && self.province == person.province
            && self.area == person.area
    }

    /// Adds the village to the tree; places come in the order of their prefixes.
    pub(super) fn enter(&self, strata: &mut Vec<Stratum>, persons: Packed) {
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
