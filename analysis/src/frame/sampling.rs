//! Who could be asked.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::defect::{Checks, FrameDefect};
use super::places::{Place, Stratum, Village, ranks};
use crate::draw::{Digest, frame_line, nfc};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Area {
    Rural,
    Urban,
}

impl Area {
    pub fn code(self) -> &'static str {
        match self {
            Self::Rural => "rural",
            Self::Urban => "urban",
        }
    }
}

/// One adult of the frame, by codes only: a frame holds no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person<'a> {
    /// Unique in the frame.
    pub code: &'a str,
    /// Unique in its commune.
    pub village: &'a str,
    /// Unique in the frame.
    pub commune: &'a str,
    pub area: Area,
    pub province: &'a str,
}

/// A sound list of adults, sorted by place and code whatever the order of its rows: province × area → communes →
/// villages → persons. Keeps 8 bytes per person beside the codes, and needs some 40 while it is built.
#[derive(Clone, Debug)]
pub struct SamplingFrame {
    pub(crate) strata: Vec<Stratum>,
    codes: Codes,
    digest: Digest,
}

/// All codes in one text.
#[derive(Clone, Debug, Default)]
struct Codes {
    text: String,
    ends: Vec<usize>,
}

impl Codes {
    fn push(&mut self, code: &str) {
        self.text.push_str(code);
        self.ends.push(self.text.len());
    }

    fn get(&self, place: usize) -> &str {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let end = self.ends.get(place).copied().unwrap_or_default();
        self.text.get(start..end).unwrap_or_default()
    }

    fn len(&self) -> usize {
        self.ends.len()
    }
}

impl SamplingFrame {
    /// Takes every person once. Fails with all defects of all rows, never with the first alone.
    pub fn from_persons<'a>(persons: impl IntoIterator<Item = Person<'a>>) -> Result<Self, Vec<FrameDefect>> {
        let mut checks = Checks::default();
        let mut codes = Codes::default();
        let mut places: Vec<Place> = Vec::new();
        let mut place_of: HashMap<String, HashMap<String, usize>> = HashMap::new();
        let mut place_of_person = Vec::new();
        for person in persons {
            checks.person(&person);
            let (commune, village) = (nfc(person.commune), nfc(person.village));
            let known = place_of.get(commune.as_ref()).and_then(|villages| villages.get(village.as_ref())).copied();
            let place = known.unwrap_or_else(|| {
                places.push(Place::of(&person));
                let villages = place_of.entry(commune.into_owned()).or_default();
                villages.insert(village.into_owned(), places.len() - 1);
                places.len() - 1
            });
            place_of_person.push(place);
            codes.push(&nfc(person.code));
        }
        let mut by_code: Vec<usize> = (0..codes.len()).collect();
        by_code.sort_unstable_by(|a, b| codes.get(*a).cmp(codes.get(*b)).then(a.cmp(b)));
        checks.same_codes(by_code.chunk_by(|a, b| codes.get(*a) == codes.get(*b)), |place| codes.get(place));
        checks.finish(codes.len())?;

        // Sorting stably by village keeps the order of codes inside it.
        let rank = ranks(&places);
        let rank_of = |person: &usize| place_of_person.get(*person).and_then(|place| rank.get(*place));
        by_code.sort_by(|a, b| rank_of(a).cmp(&rank_of(b)));
        let mut sorted = Codes { text: String::with_capacity(codes.text.len()), ends: Vec::with_capacity(codes.len()) };
        let mut strata = Vec::new();
        let mut hash = Sha256::new();
        for villagers in by_code.chunk_by(|a, b| rank_of(a) == rank_of(b)) {
            let start = sorted.len();
            let place = villagers.first().and_then(|person| places.get(*place_of_person.get(*person)?));
            let Some(place) = place else { continue };
            for person in villagers {
                let code = codes.get(*person);
                frame_line(&mut hash, &[&place.prefix, code], 1);
                sorted.push(code);
            }
            place.enter(&mut strata, start..sorted.len());
        }
        Ok(Self { strata, codes: sorted, digest: Digest(hash.finalize().into()) })
    }

    /// SHA-256 over the lines `province/area/commune/village/person TAB 1 LF` in byte order.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    pub fn persons(&self) -> u64 {
        self.codes.len() as u64
    }

    pub(crate) fn codes_of(&self, village: &Village) -> Vec<&str> {
        village.persons.clone().map(|place| self.codes.get(place)).collect()
    }
}
