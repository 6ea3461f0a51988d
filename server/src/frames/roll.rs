//! The codes of a list, packed: some fifty bytes a row, so that millions of them fit beside everything else.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};

use analysis::draw::Stage;
use analysis::frame::Area;
use sha2::{Digest as _, Sha256};

use super::defect::DefectKind;
use super::drawn::Drawn;
use super::plain::plain;
use super::repeats::repeats;

/// Persons of one chunk. Chunks are never moved: growing one vector would hold it twice for a while.
const CHUNK: usize = 1 << 16;

#[derive(Default)]
pub(super) struct Roll {
    hasher: RandomState,
    chunks: Vec<Chunk>,
    villages: Vec<Village>,
    /// By province, area, commune and village.
    places: HashMap<String, u32>,
    communes: HashMap<String, u32>,
    village_codes: HashMap<String, u32>,
    last: Option<u32>,
    /// Of rows that stand for more than one adult.
    sizes: HashMap<usize, u64>,
    /// Where the people are to live, when only those of drawn places are listed.
    drawn: Option<Drawn>,
}

#[derive(Default)]
struct Chunk {
    codes: String,
    ends: Vec<u32>,
    /// [`LEFT_OUT`] for who is not taken.
    villages: Vec<u32>,
    rows: Vec<u32>,
    /// Of name and address, and of the telephone number (0: none); as far as anybody of the chunk has one.
    same: Vec<[u64; 2]>,
}

const LEFT_OUT: u32 = u32::MAX;

pub(super) struct Village {
    province: String,
    area: Area,
    commune: String,
    pub code: String,
    pub first_row: u32,
    /// Adults.
    pub persons: u64,
    /// Why nobody of it can be taken.
    errors: Vec<DefectKind>,
}

/// How much a frame holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    pub provinces: usize,
    pub communes: usize,
    pub villages: usize,
    pub persons: usize,
}

impl Counts {
    /// Rows of a list in which one stands for this.
    pub(super) fn rows(self, level: Stage) -> usize {
        match level {
            Stage::Commune => self.communes,
            Stage::Village => self.villages,
            Stage::Household | Stage::Person => self.persons,
        }
    }
}

/// Where a person lives, by codes.
#[derive(Clone, Copy)]
pub(super) struct Home<'a> {
    pub province: &'a str,
    pub area: Area,
    pub commune: &'a str,
    pub village: &'a str,
}

impl Roll {
    pub(super) fn within(drawn: Option<Drawn>) -> Self {
        Self { drawn, ..Self::default() }
    }

    /// The places that were drawn for the first sample and of which nobody is taken.
    pub(super) fn not_listed(&self) -> Vec<&str> {
        let Some(drawn) = &self.drawn else { return Vec::new() };
        let listed: HashSet<String> = self.villages().map(|village| drawn.key(village.home())).collect();
        let missing = drawn.places.iter().filter(|(place, main)| **main && !listed.contains(*place));
        missing.map(|(place, _)| place.as_str()).collect()
    }

    /// The place, and why it cannot be what the list said before: each with the column it is to be told of.
    pub(super) fn place(&mut self, home: Home<'_>, row: u32) -> (u32, &[DefectKind]) {
        let place = self.last.filter(|place| self.is(*place, home)).unwrap_or_else(|| self.find(home, row));
        self.last = Some(place);
        (place, self.village(place).map_or(&[], |village| village.errors.as_slice()))
    }

    fn is(&self, place: u32, home: Home<'_>) -> bool {
        self.village(place).is_some_and(|it| {
            it.code == home.village
                && it.commune == home.commune
                && it.province == home.province
                && it.area == home.area
        })
    }

    fn village(&self, place: u32) -> Option<&Village> {
        self.villages.get(place as usize)
    }

    fn find(&mut self, home: Home<'_>, row: u32) -> u32 {
        let key = [home.province, home.area.code(), home.commune, home.village].join("\n");
        if let Some(known) = self.places.get(&key) {
            return *known;
        }
        let mut errors = Vec::new();
        if let Some(seen) = self.communes.get(home.commune).and_then(|place| self.village(*place)) {
            let first = u64::from(seen.first_row);
            if seen.province != home.province {
                errors.push(DefectKind::CommuneInTwoProvinces { first });
            }
            if seen.area != home.area {
                errors.push(DefectKind::CommuneInTwoAreas { first });
            }
        }
        if let Some(drawn) = &self.drawn
            && !drawn.places.contains_key(&drawn.key(home))
        {
            errors.push(DefectKind::PlaceNotDrawn);
        }
        if let Some(seen) = self.village_codes.get(home.village).and_then(|place| self.village(*place))
            && seen.commune != home.commune
        {
            errors.push(DefectKind::VillageInTwoCommunes { first: u64::from(seen.first_row) });
        }
        // More villages than this are no villages; their persons are told from each other all the same.
        let place = u32::try_from(self.villages.len()).unwrap_or(LEFT_OUT - 1);
        if errors.is_empty() {
            self.communes.entry(home.commune.to_owned()).or_insert(place);
            if !home.village.is_empty() {
                self.village_codes.entry(home.village.to_owned()).or_insert(place);
            }
        }
        self.places.insert(key, place);
        self.villages.push(Village {
            province: home.province.to_owned(),
            area: home.area,
            commune: home.commune.to_owned(),
            code: home.village.to_owned(),
            first_row: row,
            persons: 0,
            errors,
        });
        place
    }

    /// Adds a person, or a place of this size; without a place one that is not taken, but whose code counts.
    pub(super) fn push(&mut self, row: u32, code: &str, place: Option<u32>, size: u64, [who, phone]: [&str; 2]) {
        if self.chunks.last().is_none_or(|chunk| chunk.ends.len() == CHUNK) {
            if let Some(full) = self.chunks.last_mut() {
                full.codes.shrink_to_fit();
            }
            self.chunks.push(Chunk::with_room());
        }
        if size != 1 {
            self.sizes.insert(self.len(), size);
        }
        let same = [who, phone].map(|text| if text.is_empty() { 0 } else { self.hasher.hash_one(text) });
        let Some(chunk) = self.chunks.last_mut() else { return };
        chunk.codes.push_str(code);
        chunk.ends.push(u32::try_from(chunk.codes.len()).unwrap_or(u32::MAX));
        chunk.villages.push(place.unwrap_or(LEFT_OUT));
        chunk.rows.push(row);
        if same != [0, 0] {
            chunk.same.resize(chunk.rows.len() - 1, [0, 0]);
            chunk.same.push(same);
        }
        if let Some(village) = place.and_then(|place| self.villages.get_mut(place as usize)) {
            village.persons += size;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.ends.len()).sum()
    }

    pub(super) fn row(&self, place: usize) -> u32 {
        self.chunks.get(place / CHUNK).and_then(|chunk| chunk.rows.get(place % CHUNK)).copied().unwrap_or_default()
    }

    pub(super) fn code(&self, place: usize) -> &str {
        let Some(chunk) = self.chunks.get(place / CHUNK) else { return "" };
        let end = |place: usize| chunk.ends.get(place).map(|end| *end as usize);
        let start = (place % CHUNK).checked_sub(1).and_then(end).unwrap_or_default();
        end(place % CHUNK).and_then(|end| chunk.codes.get(start..end)).unwrap_or_default()
    }

    /// Persons with the code of one before them, each with that one.
    pub(super) fn same_codes(&self) -> Vec<(usize, usize)> {
        repeats(|| {
            (0..self.len())
                .map(|place| (self.hasher.hash_one(self.code(place)), place))
                .filter(|(_, place)| !self.code(*place).is_empty())
        })
    }

    /// Persons with the name and address, or the telephone number, of one before them.
    pub(super) fn same_persons(&self) -> Vec<(usize, usize)> {
        repeats(|| self.same(|[who, _]| who))
    }

    pub(super) fn same_phones(&self) -> Vec<(usize, usize)> {
        repeats(|| self.same(|[_, phone]| phone))
    }

    fn same(&self, which: fn([u64; 2]) -> u64) -> impl Iterator<Item = (u64, usize)> {
        let of_chunk = move |(start, chunk): (usize, &'_ Chunk)| {
            let keys: Vec<(u64, usize)> = chunk.same.iter().map(|keys| which(*keys)).zip(start * CHUNK..).collect();
            keys
        };
        self.chunks.iter().enumerate().flat_map(of_chunk).filter(|(key, _)| *key != 0)
    }

    pub(super) fn leave_out(&mut self, place: usize) {
        let size = self.sizes.get(&place).copied().unwrap_or(1);
        let slot = self.chunks.get_mut(place / CHUNK).and_then(|chunk| chunk.villages.get_mut(place % CHUNK));
        let Some(slot) = slot else { return };
        let before = std::mem::replace(slot, LEFT_OUT);
        if let Some(village) = self.villages.get_mut(before as usize) {
            village.persons = village.persons.saturating_sub(size);
        }
    }

    /// Villages of which somebody is taken.
    pub(super) fn villages(&self) -> impl Iterator<Item = &Village> {
        self.villages.iter().filter(|village| village.persons > 0)
    }

    pub(super) fn counts(&self) -> Counts {
        let distinct = |name: fn(&Village) -> &str| self.villages().map(name).collect::<HashSet<_>>().len();
        Counts {
            provinces: distinct(|village| &village.province),
            communes: distinct(|village| &village.commune),
            villages: self.villages().filter(|village| !village.code.is_empty()).count(),
            persons: self.villages().map(|village| usize::try_from(village.persons).unwrap_or(usize::MAX)).sum(),
        }
    }

    fn digest_of_places(&self) -> [u8; 32] {
        let line = |village: &Village| {
            let place = [&village.province, village.area.code(), &village.commune].join("/");
            let own = if village.code.is_empty() { String::new() } else { ["/", &village.code].concat() };
            format!("{place}{own}\t{}\n", village.persons)
        };
        let mut lines: Vec<String> = self.villages().map(line).collect();
        lines.sort_unstable();
        Sha256::digest(lines.concat().as_bytes()).into()
    }

    /// The digest of the frame of those who are taken (`docs/methods/draw.md`), without building it. Takes a while.
    pub(super) fn digest(&self, level: Stage) -> [u8; 32] {
        if level != Stage::Person {
            return self.digest_of_places();
        }
        let prefix = |village: &Village| {
            format!("{}/{}/{}/{}/", village.province, village.area.code(), village.commune, village.code)
        };
        let mut order: Vec<(String, usize)> = self.villages.iter().map(prefix).zip(0..).collect();
        order.sort_unstable();
        let mut starts = vec![0_usize; self.villages.len() + 1];
        for place in self.chunks.iter().flat_map(|chunk| &chunk.villages) {
            if let Some(count) = starts.get_mut(*place as usize + 1).filter(|_| *place != LEFT_OUT) {
                *count += 1;
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut by_village = vec![0_u32; total];
        let mut next = starts.clone();
        for (person, place) in self.chunks.iter().flat_map(|chunk| &chunk.villages).enumerate() {
            let Some(at) = next.get_mut(*place as usize).filter(|_| *place != LEFT_OUT) else { continue };
            if let (Some(slot), Ok(person)) = (by_village.get_mut(*at), u32::try_from(person)) {
                *slot = person;
            }
            *at += 1;
        }
        let mut hash = Sha256::new();
        for (prefix, village) in &order {
            let range = starts.get(*village).copied().zip(starts.get(village + 1).copied());
            let Some(persons) = range.and_then(|(start, end)| by_village.get_mut(start..end)) else { continue };
            persons.sort_unstable_by(|a, b| self.code(*a as usize).cmp(self.code(*b as usize)));
            for person in persons {
                hash.update(prefix.as_bytes());
                hash.update(self.code(*person as usize).as_bytes());
                hash.update(b"\t1\n");
            }
        }
        hash.finalize().into()
    }
}

impl Village {
    fn home(&self) -> Home<'_> {
        Home { province: &self.province, area: self.area, commune: &self.commune, village: &self.code }
    }
}

impl Chunk {
    fn with_room() -> Self {
        Self {
            ends: Vec::with_capacity(CHUNK),
            villages: Vec::with_capacity(CHUNK),
            rows: Vec::with_capacity(CHUNK),
            ..Self::default()
        }
    }
}

/// `urban` or `rural`, or what stands for them in Vietnamese.
pub(super) fn area(word: &str) -> Option<Area> {
    if let Some(known) = [Area::Urban, Area::Rural].into_iter().find(|area| area.code() == word) {
        return Some(known);
    }
    match plain(word).as_str() {
        "urban" | "thanh thi" | "do thi" | "tt" => Some(Area::Urban),
        "rural" | "nong thon" | "nt" => Some(Area::Rural),
        _ => None,
    }
}

#[cfg(test)]
#[path = "roll_tests.rs"]
mod tests;
