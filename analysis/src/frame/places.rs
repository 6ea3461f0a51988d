//! The tree of places of a frame: province × area → communes → villages.

use super::packed::Packed;
use super::{Area, Person};
use crate::draw::{Stage, nfc};

/// Who lives where: provinces × area → communes → villages, in the order of their codes.
#[derive(Clone, Debug)]
pub struct Places {
    pub(crate) strata: Vec<Stratum>,
    pub(crate) level: Stage,
    pub(crate) households: bool,
}

impl Places {
    /// Villages with the number of their adults alone, each once: enough to look ahead at a sample without households.
    /// `level` is the smallest unit of the list they come from; a list of communes has one village without a code in each.
    pub fn of_villages<'a>(level: Stage, villages: impl IntoIterator<Item = (Person<'a>, u64)>) -> Self {
        let places = villages.into_iter().map(|(person, adults)| (Place::of(&person), adults)).collect();
        Self::of_sizes(level, places)
    }

    pub(super) fn of_sizes(level: Stage, mut places: Vec<(Place, u64)>) -> Self {
        places.sort_by(|a, b| a.0.prefix.cmp(&b.0.prefix));
        let mut strata = Vec::new();
        for (place, adults) in places {
            place.enter(&mut strata, Packed::of_unknown(adults));
        }
        Self { strata, level, households: false }
    }

    /// The smallest unit that is told: communes or villages with their sizes, or persons.
    pub fn level(&self) -> Stage {
        self.level
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

    /// `province/area/commune[/village]`.
    pub(super) fn id(&self) -> &str {
        self.prefix.trim_end_matches('/')
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
