//! A frame from rows, one after the other, in memory of a few bytes per person.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use sha2::{Digest as _, Sha256};

use super::defect::{Checks, FrameDefect};
use super::packed::{Arrivals, Packed};
use super::places::{Place, Places, ranks};
use super::{Person, SamplingFrame};
use crate::draw::{Digest, Stage, nfc};

/// Codes compared at once when they come in no order: four bytes each.
const COMPARED: usize = 16_000_000;

#[derive(Default)]
pub struct FrameBuilder {
    checks: Checks,
    places: Vec<Place>,
    arrivals: Vec<Arrivals>,
    place_of: HashMap<String, HashMap<String, usize>>,
    /// The place of the row before, when nothing was wrong with it: most lists keep neighbours together.
    last: Option<usize>,
    persons: usize,
    households: bool,
    id: String,
}

impl FrameBuilder {
    /// The next row.
    pub fn person(&mut self, person: Person<'_>) {
        self.row(person, None);
    }

    /// The next row of a list that tells households. Codes of households are unique in their village.
    pub fn member(&mut self, person: Person<'_>, household: &str) {
        self.households = true;
        self.row(person, Some(household));
    }

    fn row(&mut self, person: Person<'_>, household: Option<&str>) {
        self.persons += 1;
        let known = self.last.filter(|place| self.places.get(*place).is_some_and(|place| place.is_of(&person)));
        let place = if let Some(place) = known {
            self.checks.neighbour(person.code);
            place
        } else {
            let sound = self.checks.person(&person);
            let place = self.place(&person);
            self.last = sound.then_some(place);
            place
        };
        let code = nfc(person.code);
        let Some(arrivals) = self.arrivals.get_mut(place) else { return };
        match household {
            None => arrivals.push(&code, self.persons as u64),
            Some(household) => {
                self.checks.household(household);
                self.id.clear();
                self.id.push_str(&nfc(household));
                self.id.push('/');
                self.id.push_str(&code);
                arrivals.push(&self.id, self.persons as u64);
            }
        }
    }

    fn place(&mut self, person: &Person<'_>) -> usize {
        let (commune, village) = (nfc(person.commune), nfc(person.village));
        let known = self.place_of.get(commune.as_ref()).and_then(|villages| villages.get(village.as_ref())).copied();
        known.unwrap_or_else(|| {
            let place = self.places.len();
            self.places.push(Place::of(person));
            self.arrivals.push(Arrivals::default());
            self.place_of.entry(commune.into_owned()).or_default().insert(village.into_owned(), place);
            place
        })
    }

    /// The frame, or everything that is wrong with its rows.
    pub fn finish(mut self) -> Result<SamplingFrame, Vec<FrameDefect>> {
        drop(std::mem::take(&mut self.place_of));
        for (code, rows) in self.twice() {
            self.checks.same_codes(&code, &rows);
        }
        self.checks.finish(self.persons)?;
        let mut order: Vec<(usize, usize)> = ranks(&self.places).into_iter().zip(0..).collect();
        order.sort_unstable();
        let mut strata = Vec::new();
        let mut hash = Sha256::new();
        let mut lines = String::new();
        for (_, at) in order {
            let (Some(place), Some(arrivals)) = (self.places.get(at), self.arrivals.get_mut(at)) else { continue };
            let persons: Packed = std::mem::take(arrivals).sorted();
            lines.clear();
            persons.each(|id| {
                lines.push_str(&place.prefix);
                lines.push_str(id);
                lines.push_str("\t1\n");
            });
            hash.update(lines.as_bytes());
            place.enter(&mut strata, persons);
        }
        let digest = Digest(hash.finalize().into());
        let places = Places { strata, level: Stage::Person, households: self.households };
        Ok(SamplingFrame { places, persons: self.persons as u64, digest })
    }

    /// Codes of persons that stand in several rows, with those rows.
    fn twice(&self) -> Vec<(String, Vec<u64>)> {
        if self.all_in_order() {
            return Vec::new();
        }
        let rounds = u32::try_from(self.persons.div_ceil(COMPARED).max(1)).unwrap_or(u32::MAX);
        let mut suspects: HashMap<u32, HashMap<String, Vec<u64>>> = HashMap::new();
        for round in 0..rounds {
            let mut prints = Vec::with_capacity(self.persons / rounds as usize);
            self.each_code(|code, _| prints.extend(Some(print(code)).filter(|print| print % rounds == round)));
            prints.sort_unstable();
            let twice = prints.windows(2).filter(|pair| pair.first() == pair.last()).filter_map(<[u32]>::first);
            suspects.extend(twice.map(|print| (*print, HashMap::new())));
        }
        if suspects.is_empty() {
            return Vec::new();
        }
        self.each_code(|code, row| {
            if let Some(codes) = suspects.get_mut(&print(code)) {
                codes.entry(code.to_owned()).or_default().push(row);
            }
        });
        let mut twice: Vec<_> = suspects.into_values().flatten().filter(|(_, rows)| rows.len() > 1).collect();
        for (_, rows) in &mut twice {
            rows.sort_unstable();
        }
        twice
    }

    /// Each village came in the order of its codes, and no two villages' codes overlap: nothing can stand twice.
    fn all_in_order(&self) -> bool {
        let ranges: Option<Vec<_>> = self.arrivals.iter().map(Arrivals::range).collect();
        let Some(mut ranges) = ranges.filter(|_| !self.households) else { return false };
        ranges.sort_unstable();
        ranges.is_sorted_by(|before, after| before.1 < after.0)
    }

    fn each_code(&self, mut each: impl FnMut(&str, u64)) {
        for arrivals in &self.arrivals {
            arrivals.each(|id, row| each(id.rsplit('/').next().unwrap_or(id), row));
        }
    }
}

/// Equal for equal codes, and for few others: those are told apart by their letters.
fn print(code: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    code.hash(&mut hasher);
    u32::try_from(hasher.finish() >> 32).unwrap_or_default()
}
