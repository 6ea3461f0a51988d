//! A file read as a list of persons or places: its headings found, each row brought into the form in which it is kept.

use std::borrow::Cow;
use std::io::{self, Read, Seek};

use analysis::draw::Stage;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::defect::{Defect, DefectKind};
use super::headings::{self, Headings};
use super::legacy::legacy;
use super::plain::without_marks;
use super::provinces::Provinces;
use super::reach;
use super::reading::{self, Cell, CellKind, FileKind, Go, Row, Unreadable};
use super::roll;

/// The headings, in the order of [`Line::cells`]; in the file they may stand in any order, among others, and under the names
/// of [`headings`]. Which of them a list must have tells [`Holds`].
pub static COLUMNS: [&str; 13] = [
    "person",
    "province",
    "commune",
    "area",
    "village",
    "commune_name",
    "village_name",
    "household",
    "name",
    "address",
    "phone",
    "email",
    "size",
];
/// How many of [`COLUMNS`] a list without names has: enough to check a draw, and fit to be published.
pub(super) const CODES: usize = 5;
pub(super) const PERSON: usize = 0;
pub(super) const PROVINCE: usize = 1;
pub(super) const COMMUNE: usize = 2;
pub(super) const AREA: usize = 3;
pub(super) const VILLAGE: usize = 4;
pub(super) const HOUSEHOLD: usize = 7;
pub(super) const NAME: usize = 8;
pub(super) const ADDRESS: usize = 9;
pub(super) const COMMUNE_NAME: usize = 5;
pub(super) const PHONE: usize = 10;
const EMAIL: usize = 11;
pub(super) const SIZE: usize = 12;
/// Longer than any name or address.
const MOST_LETTERS_IN_CELL: usize = 300;
/// Rows among which the headings are looked for.
const FIRST_ROWS: usize = 10;

/// What a list tells, and with that which columns it must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Persons with names and addresses too: letters can be sent.
    Everything,
    /// Persons by codes: enough to check a draw, and fit to be published.
    CodesOnly,
    /// Places with how many adults live in each.
    Villages,
    Communes,
}

impl Holds {
    pub(super) fn needs(self, column: usize) -> bool {
        match self {
            Self::Everything => column < PHONE,
            Self::CodesOnly => column < CODES,
            Self::Villages => matches!(column, PROVINCE..=VILLAGE | COMMUNE_NAME | SIZE),
            Self::Communes => matches!(column, PROVINCE..=AREA | COMMUNE_NAME | SIZE),
        }
    }

    /// What one row stands for.
    pub fn level(self) -> Stage {
        match self {
            Self::Everything | Self::CodesOnly => Stage::Person,
            Self::Villages => Stage::Village,
            Self::Communes => Stage::Commune,
        }
    }

    /// How many of [`COLUMNS`] are read.
    pub(super) fn width(self) -> usize {
        match self {
            Self::Everything => SIZE,
            Self::CodesOnly => CODES,
            Self::Villages | Self::Communes => COLUMNS.len(),
        }
    }

    /// Those that are read, in their order.
    pub(super) fn columns(self) -> &'static [&'static str] {
        COLUMNS.split_at(self.width()).0
    }

    /// A list of places names no persons, but sizes; of villages when it has a column for them.
    fn of(self, headings: &Headings) -> Self {
        let has = |column: usize| headings.places.get(column).is_some_and(Option::is_some);
        match self {
            Self::Everything if has(SIZE) && !has(PERSON) && has(VILLAGE) => Self::Villages,
            Self::Everything if has(SIZE) && !has(PERSON) => Self::Communes,
            asked => asked,
        }
    }
}

/// One row; cells are trimmed and in NFC, so that the same code is the same bytes. Used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub row: u64,
    /// None of them when the row has the wrong length.
    pub cells: Vec<String>,
    /// What each cell says of itself, by column; `None` stands for the whole row.
    pub found: Vec<(Option<usize>, DefectKind)>,
}

impl Line {
    /// The cell of `COLUMNS[column]`; empty when the list has no such column.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", AsRef::as_ref)
    }
}

/// Gives every row of the list to `on_line`. A list of persons was asked for; one of places is known by its headings.
/// The inner error names what is wrong with the file as a whole.
pub(super) fn each_line(
    file: &mut (impl Read + Seek),
    kind: FileKind,
    holds: Holds,
    provinces: &mut Provinces,
    on_line: &mut dyn FnMut(&mut Line, Holds) -> io::Result<Go>,
) -> io::Result<Result<(), Vec<Defect>>> {
    let mut search = Search { holds, rows: 0, first: None };
    let mut headings: Option<Headings> = None;
    let mut broken = Vec::new();
    let mut line = Line::default();
    let read = reading::each_row(file, kind, &mut |row| {
        if row.is_empty() {
            return Ok(Go::Continue(()));
        }
        let Some(headings) = &headings else {
            return Ok(match search.look(row) {
                Looked::On => Go::Continue(()),
                Looked::Found(found) => {
                    headings = Some(found);
                    Go::Continue(())
                }
                Looked::Broken(defects) => {
                    broken = defects;
                    Go::Break(())
                }
            });
        };
        let holds = holds.of(headings);
        line.fill(row, headings, kind, holds, provinces);
        on_line(&mut line, holds)
    });
    match read {
        Err(Unreadable::Io(cause)) => Err(cause),
        Err(Unreadable::Defect(kind)) => Ok(Err(vec![Defect::new(0, "", "", kind)])),
        Ok(()) if !broken.is_empty() => Ok(Err(broken)),
        Ok(()) if headings.is_none() => Ok(Err(search.nothing())),
        Ok(()) => Ok(Ok(())),
    }
}

/// The row of headings stands under a title, or is the first one.
struct Search {
    holds: Holds,
    rows: usize,
    first: Option<Headings>,
}

enum Looked {
    On,
    Found(Headings),
    Broken(Vec<Defect>),
}

impl Search {
    fn look(&mut self, row: &Row) -> Looked {
        let cells: Vec<&str> = row.cells().iter().map(|cell| cell.text.as_str()).collect();
        let here = Headings::read(row.number, &cells);
        self.rows += 1;
        // A row before this one had headings, but not all of them.
        if let Some(first) = self.first.as_ref().filter(|first| first.known() >= headings::FEWEST) {
            if first.go_on_in(&here) {
                return Looked::Broken(vec![Defect::new(first.row, "", "", DefectKind::HeadingsMerged)]);
            }
            return Looked::Broken(first.defects(self.holds.of(first)));
        }
        if here.known() >= headings::FEWEST && here.defects(self.holds.of(&here)).is_empty() {
            return Looked::Found(here);
        }
        if here.known() >= headings::FEWEST || self.first.is_none() {
            self.first = Some(here);
        }
        if self.rows == FIRST_ROWS { Looked::Broken(self.nothing()) } else { Looked::On }
    }

    /// What to say when the file ended before its headings were found.
    fn nothing(&self) -> Vec<Defect> {
        let defects = self.first.as_ref().map(|first| first.defects(self.holds.of(first))).unwrap_or_default();
        if defects.is_empty() { vec![Defect::new(0, "", "", DefectKind::NoRows)] } else { defects }
    }
}

impl Line {
    fn fill(&mut self, row: &Row, headings: &Headings, kind: FileKind, holds: Holds, provinces: &mut Provinces) {
        self.row = row.number;
        self.found.clear();
        let cells = row.cells();
        let beyond = cells.get(headings.width..).unwrap_or_default().iter().any(|cell| !cell.text.is_empty());
        if kind != FileKind::Workbook && (cells.len() < headings.width || beyond) {
            self.cells.clear();
            self.found.push((None, DefectKind::LineLength { found: cells.len(), expected: headings.width }));
            return;
        }
        self.cells.resize_with(holds.width(), String::new);
        for (column, (kept, place)) in self.cells.iter_mut().zip(&headings.places).enumerate() {
            kept.clear();
            let Some(cell) = place.and_then(|place| cells.get(place)) else {
                continue;
            };
            kept.push_str(&tidy(&cell.text));
            self.found.extend(judge(column, cell, kept, provinces).map(|kind| (Some(column), kind)));
        }
        // An area that is empty was called unknown.
        let filled = |column: usize| holds.needs(column) && !matches!(column, HOUSEHOLD | AREA);
        let empty = self.cells.iter().enumerate().filter(|(column, kept)| kept.is_empty() && filled(*column));
        self.found.extend(empty.map(|(column, _)| (Some(column), DefectKind::Empty)));
        let place = match holds {
            Holds::Everything | Holds::CodesOnly => return,
            Holds::Villages => VILLAGE,
            Holds::Communes => COMMUNE,
        };
        // A place's own code is its name in the frame, as a person's is.
        if let [unit, others @ ..] = self.cells.as_mut_slice() {
            unit.clear();
            unit.push_str(others.get(place - 1).map_or("", String::as_str));
        }
    }
}

fn tidy(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if composed(text) || is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Latin letters with their marks in one piece, as nearly every cell is: no table needs asking.
fn composed(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}'))
}

/// What is to be said of one cell by itself; brings it into the form in which it is kept.
fn judge(column: usize, cell: &Cell, kept: &mut String, provinces: &mut Provinces) -> Option<DefectKind> {
    match cell.kind {
        CellKind::NotUtf8 => return Some(legacy(kept).unwrap_or(DefectKind::NotUtf8)),
        CellKind::Error => return Some(DefectKind::ErrorValue),
        CellKind::Date => return Some(DefectKind::DateInText),
        CellKind::InexactNumber if column < CODES || column == HOUSEHOLD || column == PHONE => {
            return Some(DefectKind::DigitsLost);
        }
        _ => {}
    }
    if kept.len() > MOST_LETTERS_IN_CELL && kept.chars().count() > MOST_LETTERS_IN_CELL {
        return Some(DefectKind::TooLong);
    }
    let separates = |sign: char| column < CODES && column != AREA && column != PROVINCE && sign == '/';
    if kept.chars().any(|sign| sign.is_control() || invisible(sign) || separates(sign)) {
        return Some(DefectKind::ForbiddenCharacter);
    }
    let of_the_cell = match cell.kind {
        CellKind::Formula => Some(DefectKind::Formula),
        CellKind::Number if column < CODES || column == HOUSEHOLD => Some(DefectKind::NumberForCode),
        _ => None,
    };
    let own = match column {
        PROVINCE if !kept.is_empty() => provinces.settle(kept),
        AREA => match roll::area(kept) {
            Some(area) => {
                area.code().clone_into(kept);
                None
            }
            None => Some(DefectKind::UnknownArea),
        },
        PHONE => match reach::phone(kept) {
            Ok(phone) if phone.as_ref() == kept.as_str() => None,
            Ok(phone) => {
                *kept = phone.into_owned();
                None
            }
            Err(kind) => {
                if kind == DefectKind::PhoneZeroLost {
                    kept.insert(0, '0');
                }
                Some(kind)
            }
        },
        EMAIL => reach::email(kept).err(),
        SIZE if kept.is_empty() => None,
        SIZE => match whole_number(kept).filter(|_| cell.kind == CellKind::Text || !kept.contains('.')) {
            Some(size) => {
                *kept = size.to_string();
                None
            }
            None => Some(DefectKind::NotASize),
        },
        NAME | ADDRESS => {
            legacy(kept).or_else(|| (column == NAME && without_marks(kept)).then_some(DefectKind::NoMarks))
        }
        _ if column >= CODES && column != HOUSEHOLD => legacy(kept),
        _ => None,
    };
    own.or(of_the_cell)
}

/// `1234`, or in groups of three: `1.234`, `1,234`, `1 234`. From 1 to ten thousand millions.
fn whole_number(text: &str) -> Option<u64> {
    let mut groups = text.split(['.', ',', ' ', '\u{a0}']);
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|sign| sign.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3 && digits(group));
    let size: u64 = (grouped && digits(first)).then(|| [first, &rest.concat()].concat())?.parse().ok()?;
    (1..=10_000_000_000).contains(&size).then_some(size)
}

/// Signs that change what is seen and are not seen themselves: widths of nothing, turns of the direction.
fn invisible(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
