//! A frame of places with sizes: what there is before anybody has listed who lives in them.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::defect::{Checks, FrameDefect};
use super::places::{Place, Places};
use super::{Person, SamplingFrame};
use crate::draw::{Digest, Stage};

impl SamplingFrame {
    /// Takes every commune ([`Stage::Commune`]) or village once, with how many adults live in it: 1 to 10¹⁰. The codes of
    /// persons are not looked at, nor those of villages in a list of communes. Fails with all defects of all rows.
    pub fn from_units<'a>(
        level: Stage,
        units: impl IntoIterator<Item = (Person<'a>, u64)>,
    ) -> Result<Self, Vec<FrameDefect>> {
        let villages = level != Stage::Commune;
        let (mut checks, mut rows) = (Checks::default(), 0);
        let mut seen: HashMap<String, Vec<u64>> = HashMap::new();
        let mut places = Vec::new();
        for (person, size) in units {
            rows += 1;
            let person = Person { code: "", village: if villages { person.village } else { "" }, ..person };
            checks.unit(&person, villages, size);
            let code = if villages { [person.commune, person.village].join("/") } else { person.commune.to_owned() };
            seen.entry(code).or_default().push(rows);
            places.push((Place::of(&person), size));
        }
        for (code, rows) in seen.iter().filter(|(_, rows)| rows.len() > 1) {
            checks.same_codes(code, rows);
        }
        checks.finish(places.len())?;
        let mut lines: Vec<String> = places.iter().map(|(place, size)| format!("{}\t{size}\n", place.id())).collect();
        lines.sort_unstable();
        let digest = Digest(Sha256::digest(lines.concat().as_bytes()).into());
        let persons = places.iter().map(|(_, size)| size).sum();
        Ok(Self { places: Places::of_sizes(if villages { Stage::Village } else { level }, places), persons, digest })
    }
}
