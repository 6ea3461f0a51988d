//! A file of places: CSV with headings, UTF-8, comma or semicolon. The product's own list is one, the ministry's another.
//!
//! `predecessors` is `70;75` or, where only a part of the people came, `70=0.4;75`.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::place::{ALWAYS, Level, Origin, Place, STILL};
use crate::base::listed::{self, Unreadable};

pub const COLUMNS: [&str; 8] = ["level", "code", "kind", "name", "parent", "valid_from", "valid_until", "predecessors"];
const MOST_DEFECTS: usize = 1_000;
const MOST_LETTERS: usize = 120;
const MOST_CODE: usize = 20;

/// One line of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its line, the headings being 1.
    pub line: u64,
    pub place: Place,
    pub origins: Vec<Origin>,
}

/// What is wrong, where. `line` 0 is the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    pub line: u64,
    pub column: &'static str,
    pub value: String,
    pub kind: DefectKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefectKind {
    Unreadable,
    ColumnMissing,
    NoRows,
    Level,
    Code,
    Kind,
    Name,
    Day,
    DaysReversed,
    Parent,
    Overlap,
    Predecessor,
    Shares,
}

impl DefectKind {
    /// The key of its sentences: `place-what-…`, `place-fix-…`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::ColumnMissing => "column-missing",
            Self::NoRows => "no-rows",
            Self::Level => "level",
            Self::Code => "code",
            Self::Kind => "kind",
            Self::Name => "name",
            Self::Day => "day",
            Self::DaysReversed => "days-reversed",
            Self::Parent => "parent",
            Self::Overlap => "overlap",
            Self::Predecessor => "predecessor",
            Self::Shares => "shares",
        }
    }
}

/// Reads every line; cells are judged one by one here, how they fit together in [`super::fit`].
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, Vec<Defect>> {
    let whole = |kind, column, value: &str| vec![Defect { line: 0, column, value: value.to_owned(), kind }];
    let unreadable = |cause| match cause {
        Unreadable::Broken => whole(DefectKind::Unreadable, "", ""),
        Unreadable::ColumnMissing(column) => whole(DefectKind::ColumnMissing, column, column),
    };
    let (mut rows, mut defects) = (Vec::new(), Vec::new());
    for line in listed::rows(bytes, COLUMNS).map_err(unreadable)? {
        let (line, cells) = match line {
            Ok(line) => line,
            Err(cause) => {
                defects.append(&mut unreadable(cause));
                break;
            }
        };
        match row(line, cells) {
            Ok(row) => rows.push(row),
            Err(defect) => defects.push(defect),
        }
        if defects.len() >= MOST_DEFECTS {
            break;
        }
    }
    if rows.is_empty() && defects.is_empty() {
        defects = whole(DefectKind::NoRows, "", "");
    }
    if defects.is_empty() { Ok(rows) } else { Err(defects) }
}

/// The first thing wrong with a line hides the others of that line.
fn row(line: u64, cells: [String; COLUMNS.len()]) -> Result<Row, Defect> {
    let [level, code, kind, name, parent, from, until, predecessors] = cells;
    let wrong = |kind, column, value: &str| Defect { line, column, value: value.to_owned(), kind };
    let level = Level::from_name(&level).ok_or_else(|| wrong(DefectKind::Level, "level", &level))?;
    if !is_code(&code) {
        return Err(wrong(DefectKind::Code, "code", &code));
    }
    if !level.kinds().contains(&kind.as_str()) {
        return Err(wrong(DefectKind::Kind, "kind", &kind));
    }
    if name.is_empty() || name.chars().count() > MOST_LETTERS || name.chars().any(char::is_control) {
        return Err(wrong(DefectKind::Name, "name", &name));
    }
    if parent.is_empty() != level.parents().is_empty() {
        return Err(wrong(DefectKind::Parent, "parent", &parent));
    }
    let day = |text: &str, column, missing| {
        if text.is_empty() { Ok(missing) } else { day(text).ok_or_else(|| wrong(DefectKind::Day, column, text)) }
    };
    let (valid_from, valid_until) = (day(&from, "valid_from", ALWAYS)?, day(&until, "valid_until", STILL)?);
    if valid_from > valid_until {
        return Err(wrong(DefectKind::DaysReversed, "valid_until", &until));
    }
    let origins = predecessors
        .split(';')
        .map(str::trim)
        .filter(|origin| !origin.is_empty())
        .map(|origin| self::origin(origin).ok_or_else(|| wrong(DefectKind::Predecessor, "predecessors", origin)))
        .collect::<Result<_, _>>()?;
    Ok(Row { line, place: Place { level, code, kind, name, parent, valid_from, valid_until }, origins })
}

fn is_code(code: &str) -> bool {
    (1..=MOST_CODE).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// `2025-07-01` or `01/07/2025`.
fn day(text: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

fn origin(text: &str) -> Option<Origin> {
    let (code, share) = text.split_once('=').unwrap_or((text, "1"));
    let share: f64 = share.trim().parse().ok()?;
    let code = code.trim();
    (is_code(code) && share > 0.0 && share <= 1.0).then(|| Origin { code: code.to_owned(), share })
}

/// Judges how rows fit together and with what stands already: parents, days that overlap, predecessors, shares.
/// `standing` are the rows of the database that the file does not bring anew.
pub fn fit(rows: &[Row], standing: &[Place]) -> Vec<Defect> {
    let mut by_code: HashMap<&str, Vec<&Place>> = HashMap::new();
    for place in rows.iter().map(|row| &row.place).chain(standing) {
        by_code.entry(&place.code).or_default().push(place);
    }
    let versions = |code: &str| by_code.get(code).map_or(&[][..], Vec::as_slice);
    let mut left: HashMap<(&str, NaiveDate), f64> = HashMap::new();
    let mut defects = Vec::new();
    for Row { line, place, origins } in rows {
        let mut wrong = |kind, column, value: &str| {
            defects.push(Defect { line: *line, column, value: value.to_owned(), kind });
        };
        let parent =
            |other: &&&Place| place.level.parents().contains(&other.level) && other.stands_on(place.valid_from);
        if !place.parent.is_empty() && versions(&place.parent).iter().find(parent).is_none() {
            wrong(DefectKind::Parent, "parent", &place.parent);
        }
        let others = versions(&place.code).iter().filter(|other| !std::ptr::eq(**other, place));
        if others.clone().any(|other| other.valid_from <= place.valid_until && place.valid_from <= other.valid_until) {
            wrong(DefectKind::Overlap, "code", &place.code);
        }
        for origin in origins {
            match predecessor(versions(&origin.code), place) {
                None => wrong(DefectKind::Predecessor, "predecessors", &origin.code),
                Some(before) => {
                    let gone = left.entry((before.code.as_str(), before.valid_from)).or_default();
                    *gone += origin.share;
                    if *gone > 1.0 + 1e-9 {
                        wrong(DefectKind::Shares, "predecessors", &origin.code);
                    }
                }
            }
        }
        if defects.len() >= MOST_DEFECTS {
            break;
        }
    }
    defects
}

/// The version of a code that ended last before a place began.
pub fn predecessor<'a>(versions: &[&'a Place], place: &Place) -> Option<&'a Place> {
    let ended = versions.iter().filter(|before| before.valid_until < place.valid_from);
    ended.max_by_key(|before| before.valid_until).copied()
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
