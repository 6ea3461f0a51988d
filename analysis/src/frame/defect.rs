//! What can be wrong with a list of persons or places: all of it is named at once, by row, column and value.

use std::collections::HashMap;

use super::{Area, Person};
use crate::draw::nfc;

/// Of one place: more than any country has.
const MOST_ADULTS: u64 = 10_000_000_000;

/// What is wrong with one row (counted from 1) of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameDefect {
    pub row: usize,
    /// `code`, `household`, `village`, `commune`, `area`, `province` or `size`.
    pub column: &'static str,
    pub value: String,
    pub kind: FrameDefectKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrameDefectKind {
    /// The list has no row at all (row 0).
    NoRows,
    Empty,
    /// A slash or a control character, which the published text of a draw uses as separators.
    ForbiddenCharacter,
    /// Nobody lives there, or more people than there can be.
    Size,
    /// The person's or place's code stood before, in this row.
    CodeTwice {
        first: usize,
    },
    /// The commune stood before with another province, in this row.
    CommuneInTwoProvinces {
        first: usize,
    },
    /// The commune stood before with another area, in this row.
    CommuneInTwoAreas {
        first: usize,
    },
}

#[derive(Default)]
pub(super) struct Checks {
    row: usize,
    communes: HashMap<String, Seen>,
    defects: Vec<FrameDefect>,
}

struct Seen {
    row: usize,
    province: String,
    area: Area,
}

impl Checks {
    /// Checks the next row; whether its place is sound.
    pub(super) fn person(&mut self, person: &Person<'_>) -> bool {
        self.row += 1;
        let before = self.defects.len();
        self.code("code", person.code);
        self.code("village", person.village);
        self.place(person, before)
    }

    /// Checks the next row of a list of places.
    pub(super) fn unit(&mut self, place: &Person<'_>, village: bool, size: u64) -> bool {
        self.row += 1;
        let before = self.defects.len();
        if village {
            self.code("village", place.village);
        }
        if size == 0 || size > MOST_ADULTS {
            self.add(self.row, "size", &size.to_string(), FrameDefectKind::Size);
        }
        self.place(place, before)
    }

    fn place(&mut self, person: &Person<'_>, before: usize) -> bool {
        self.code("commune", person.commune);
        self.code("province", person.province);
        let commune = nfc(person.commune);
        let Some(seen) = self.communes.get(commune.as_ref()) else {
            let seen = Seen { row: self.row, province: nfc(person.province).into_owned(), area: person.area };
            self.communes.insert(commune.into_owned(), seen);
            return self.defects.len() == before;
        };
        let first = seen.row;
        let (other_area, other_province) = (seen.area != person.area, seen.province != nfc(person.province));
        if other_province {
            self.add(self.row, "province", person.province, FrameDefectKind::CommuneInTwoProvinces { first });
        }
        if other_area {
            self.add(self.row, "area", person.area.code(), FrameDefectKind::CommuneInTwoAreas { first });
        }
        self.defects.len() == before
    }

    /// Checks the next row, whose place is that of a sound row.
    pub(super) fn neighbour(&mut self, code: &str) {
        self.row += 1;
        self.code("code", code);
    }

    /// Checks the household of the row checked last.
    pub(super) fn household(&mut self, code: &str) {
        self.code("household", code);
    }

    fn code(&mut self, column: &'static str, code: &str) {
        if code.trim().is_empty() {
            self.add(self.row, column, code, FrameDefectKind::Empty);
        } else if code.chars().any(|letter| letter == '/' || letter.is_control()) {
            self.add(self.row, column, code, FrameDefectKind::ForbiddenCharacter);
        }
    }

    /// `rows` hold one code.
    pub(super) fn same_codes(&mut self, code: &str, rows: &[u64]) {
        let row = |row: &u64| usize::try_from(*row).unwrap_or(usize::MAX);
        let Some((first, others)) = rows.split_first().filter(|_| !code.is_empty()) else { return };
        for other in others {
            self.add(row(other), "code", code, FrameDefectKind::CodeTwice { first: row(first) });
        }
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<(), Vec<FrameDefect>> {
        if rows == 0 {
            self.add(0, "code", "", FrameDefectKind::NoRows);
        }
        // Suspects come in no order; within a row, the places' defects were found first.
        self.defects.sort_by_key(|defect| defect.row);
        if self.defects.is_empty() { Ok(()) } else { Err(self.defects) }
    }

    fn add(&mut self, row: usize, column: &'static str, value: &str, kind: FrameDefectKind) {
        self.defects.push(FrameDefect { row, column, value: value.to_owned(), kind });
    }
}
