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
        // Neighbours stand together in nearly every list, so the village of the line before is asked first.
        let before = self.persons.last().and_then(|(_, place)| Some((*place, self.villages.get(*place)?)));
        let place = match before {
            Some((place, it))
                if it.code == village && it.commune == commune && it.province == province && it.area == area =>
            {
                place
            }
            _ => self.place(province, area, commune, village),
        };
        self.codes.push_str(person);
        self.persons.push((self.codes.len(), place));
    }

    fn place(&mut self, province: &str, area: Area, commune: &str, village: &str) -> usize {
        let key = [province, area.code(), commune, village].join("\n");
        *self.known.entry(key).or_insert_with(|| {
            self.villages.push(Village {
                province: province.to_owned(),
                area,
                commune: commune.to_owned(),
                code: village.to_owned(),
            });
            self.villages.len() - 1
        })
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
            Some(Person {
                code,
                village: &village.code,
                commune: &village.commune,
                area: village.area,
                province: &village.province,
            })
        })
    }
}

/// `urban` or `rural`.
pub(super) fn area(word: &str) -> Option<Area> {
    [Area::Urban, Area::Rural].into_iter().find(|area| area.code() == word)
}
