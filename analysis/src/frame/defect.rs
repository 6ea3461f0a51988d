//! What can be wrong with a list of persons: all of it is named at once, by row, column and value.

use std::collections::HashMap;

use super::{Area, Person};
use crate::draw::nfc;

/// What is wrong with one row (counted from 1) of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameDefect {
    pub row: usize,
    /// `code`, `village`, `commune`, `area` or `province`.
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
    /// The person's code stood before, in this row.
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
    /// Checks the next row.
    pub(super) fn person(&mut self, person: &Person<'_>) {
        self.row += 1;
        let columns = [
            ("code", person.code),
            ("village", person.village),
            ("commune", person.commune),
            ("province", person.province),
        ];
        for (column, value) in columns {
            if value.trim().is_empty() {
                self.add(self.row, column, value, FrameDefectKind::Empty);
            } else if value.chars().any(|letter| letter == '/' || letter.is_control()) {
                self.add(self.row, column, value, FrameDefectKind::ForbiddenCharacter);
            }
        }
        let commune = nfc(person.commune);
        let Some(seen) = self.communes.get(commune.as_ref()) else {
            let seen = Seen { row: self.row, province: nfc(person.province).into_owned(), area: person.area };
            self.communes.insert(commune.into_owned(), seen);
            return;
        };
        let first = seen.row;
        let (other_area, other_province) = (seen.area != person.area, seen.province != nfc(person.province));
        if other_province {
            self.add(self.row, "province", person.province, FrameDefectKind::CommuneInTwoProvinces { first });
        }
        if other_area {
            self.add(self.row, "area", person.area.code(), FrameDefectKind::CommuneInTwoAreas { first });
        }
    }

    /// Each group holds the positions (from 0, ascending) of the rows with one code.
    pub(super) fn same_codes<'a, 'b>(
        &mut self,
        groups: impl Iterator<Item = &'a [usize]>,
        code: impl Fn(usize) -> &'b str,
    ) {
        for group in groups {
            let Some((first, others)) = group.split_first() else {
                continue;
            };
            for other in others.iter().filter(|_| !code(*first).is_empty()) {
                self.add(other + 1, "code", code(*other), FrameDefectKind::CodeTwice { first: first + 1 });
            }
        }
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<(), Vec<FrameDefect>> {
        if rows == 0 {
            self.add(0, "code", "", FrameDefectKind::NoRows);
        }
        self.defects.sort_by_key(|defect| defect.row);
        if self.defects.is_empty() { Ok(()) } else { Err(self.defects) }
    }

    fn add(&mut self, row: usize, column: &'static str, value: &str, kind: FrameDefectKind) {
        self.defects.push(FrameDefect { row, column, value: value.to_owned(), kind });
    }
}
