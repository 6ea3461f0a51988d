//! The codes of a list, packed: a nation of persons fits in memory beside everything else.

use std::collections::{HashMap, HashSet};

use analysis::frame::{Area, FrameDefect, Person, SamplingFrame};

#[derive(Default)]
pub(super) struct Roll {
    codes: String,
    /// Per person: where the code ends, and the village.
    persons: Vec<(usize, usize)>,
    villages: Vec<Village>,
    known: HashMap<String, usize>,
    key: String,
}

struct Village {
    province: String,
    area: Area,
    commune: String,
    code: String,
}

/// How much a frame holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub provinces: usize,
    pub communes: usize,
    pub villages: usize,
    pub persons: usize,
}

impl Roll {
    pub(super) fn push(&mut self, person: &str, province: &str, area: Area, commune: &str, village: &str) {
        self.key.clear();
        for part in [province, area.code(), commune, village] {
            self.key.push_str(part);
            self.key.push('\n');
        }
        let place = self.known.get(&self.key).copied().unwrap_or_else(|| {
            self.villages.push(Village { province: province.to_owned(), area, commune: commune.to_owned(), code: village.to_owned() });
            self.known.insert(self.key.clone(), self.villages.len() - 1);
            self.villages.len() - 1
        });
        self.codes.push_str(person);
        self.persons.push((self.codes.len(), place));
    }

    /// The frame a draw is made from, or everything that is wrong with it. Takes a while: call where blocking is fine.
    pub(super) fn frame(&self) -> Result<SamplingFrame, Vec<FrameDefect>> {
        SamplingFrame::from_persons(self.persons())
    }

    pub(super) fn counts(&self) -> Counts {
        let distinct = |name: fn(&Village) -> &str| self.villages.iter().map(name).collect::<HashSet<_>>().len();
        Counts {
            provinces: distinct(|village| &village.province),
            communes: distinct(|village| &village.commune),
            villages: self.villages.len(),
            persons: self.persons.len(),
        }
    }

    fn persons(&self) -> impl Iterator<Item = Person<'_>> {
        let mut start = 0;
        self.persons.iter().filter_map(move |(end, place)| {
            let code = self.codes.get(std::mem::replace(&mut start, *end)..*end)?;
            let village = self.villages.get(*place)?;
            Some(Person { code, village: &village.code, commune: &village.commune, area: village.area, province: &village.province })
        })
    }
}

/// `urban` or `rural`.
pub(super) fn area(word: &str) -> Option<Area> {
    [Area::Urban, Area::Rural].into_iter().find(|area| area.code() == word)
}
