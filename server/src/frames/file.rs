//! A list of persons as a coordinator sends it: CSV with headings, comma or semicolon, UTF-8 with or without its mark.

use std::borrow::Cow;
use std::io::{self, BufRead as _, BufReader, Read};

use csv::ByteRecord;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::defect::{Defect, DefectKind};
use super::reach;

/// The headings, in the order of [`Line`]'s cells; in the file they may stand in any order, among others. The last two may be missing.
pub static COLUMNS: [&str; 12] = [
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
];
/// How many of [`COLUMNS`] a list without names has: enough to check a draw, and fit to be published.
const CODES: usize = 5;
const HOUSEHOLD: usize = 7;
/// Those from here on may be missing from the list, and their cells empty.
const REQUIRED: usize = 10;
const PHONE: usize = 10;
const EMAIL: usize = 11;
/// Longer than any name or address.
const MOST_LETTERS_IN_CELL: usize = 300;
const FIRST_BYTES: usize = 1 << 16;

/// Which columns a list must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Names and addresses too: letters can be sent.
    Everything,
    CodesOnly,
}

impl Holds {
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Everything => &COLUMNS,
            Self::CodesOnly => COLUMNS.split_at(CODES).0,
        }
    }
}

pub(super) struct ListFile<R: Read> {
    csv: csv::Reader<BufReader<R>>,
    record: ByteRecord,
    /// Where each of the wanted columns stands; none for one the list need not have.
    places: Vec<Option<usize>>,
    width: usize,
}

/// One line; cells are trimmed and in NFC, so that the same code is the same bytes.
pub(super) struct Line<'a> {
    pub row: u64,
    /// None of them when the line has the wrong length.
    pub cells: Vec<Cow<'a, str>>,
    pub defects: Vec<Defect>,
}

impl Line<'_> {
    /// The cell of `COLUMNS[column]`; empty when the list has no such column.
    pub(super) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", AsRef::as_ref)
    }
}

impl<R: Read> ListFile<R> {
    /// Reads the headings. The inner error names what is wrong with the file as a whole.
    pub(super) fn open(file: R, holds: Holds) -> io::Result<Result<Self, Vec<Defect>>> {
        let mut file = BufReader::with_capacity(FIRST_BYTES, file);
        let start = file.fill_buf()?;
        if let Some(kind) = foreign(start) {
            return Ok(Err(vec![Defect::new(0, "", "", kind)]));
        }
        let mark = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let headings = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let cells = |sign: u8| headings.split(|byte| *byte == sign).count();
        let delimiter = if cells(b';') > cells(b',') { b';' } else { b',' };
        file.consume(mark);
        let mut csv = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(file);
        let headings: Vec<String> =
            csv.byte_headers()?.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
        Ok(columns(&headings, holds).map(|places| Self {
            csv,
            record: ByteRecord::new(),
            places,
            width: headings.len(),
        }))
    }

    /// The next line, `None` at the end.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        if !self.csv.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        let row = self.record.position().map_or(0, csv::Position::line);
        let mut line = Line { row, cells: Vec::with_capacity(self.places.len()), defects: Vec::new() };
        if self.record.len() != self.width {
            let kind = DefectKind::LineLength { found: self.record.len(), expected: self.width };
            let cells: Vec<_> = self.record.iter().map(String::from_utf8_lossy).collect();
            line.defects.push(Defect::new(row, "", &cells.join(" | "), kind));
            return Ok(Some(line));
        }
        for (column, place) in self.places.iter().enumerate() {
            let bytes = place.and_then(|place| self.record.get(place)).unwrap_or_default();
            let mut cell = cell(bytes);
            match mistake(column, bytes, &cell) {
                Ok(None) => {}
                Ok(Some(kept)) => cell = Cow::Owned(kept),
                Err(kind) => {
                    let name = COLUMNS.get(column).copied().unwrap_or_default();
                    line.defects.push(Defect::new(row, name, &cell, kind));
                }
            }
            line.cells.push(cell);
        }
        Ok(Some(line))
    }
}

fn cell(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if composed(text) || is_nfc(text.trim()) => Cow::Borrowed(text.trim()),
        Ok(text) => Cow::Owned(text.trim().nfc().collect()),
        Err(_not_utf8) => Cow::Owned(String::from_utf8_lossy(bytes).into_owned()),
    }
}

/// Latin letters with their marks in one piece, as nearly every cell is: no table needs asking.
fn composed(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}'))
}

/// What can be wrong with one cell by itself, or the form it is kept in when that is another. Codes are left to `analysis`,
/// which checks them for every frame.
fn mistake(column: usize, bytes: &[u8], cell: &str) -> Result<Option<String>, DefectKind> {
    if std::str::from_utf8(bytes).is_err() {
        Err(DefectKind::NotUtf8)
    } else if cell.chars().count() > MOST_LETTERS_IN_CELL {
        Err(DefectKind::TooLong)
    } else if (CODES..REQUIRED).contains(&column) && column != HOUSEHOLD && cell.is_empty() {
        Err(DefectKind::Empty)
    } else if column >= CODES && cell.chars().any(char::is_control) {
        Err(DefectKind::ForbiddenCharacter)
    } else if column == PHONE {
        let kept = reach::phone(cell)?;
        Ok((kept != cell).then(|| kept.into_owned()))
    } else if column == EMAIL {
        reach::email(cell).map(|()| None)
    } else {
        Ok(None)
    }
}

/// Other kinds of files by their first bytes.
fn foreign(start: &[u8]) -> Option<DefectKind> {
    match start {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(DefectKind::Utf16),
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] | [b'%', b'P', b'D', b'F', ..] => {
            Some(DefectKind::NotCsv)
        }
        _ if start.contains(&0) => Some(DefectKind::NotCsv),
        _ => None,
    }
}

fn columns(headings: &[String], holds: Holds) -> Result<Vec<Option<usize>>, Vec<Defect>> {
    let mut defects = Vec::new();
    let mut places = Vec::new();
    for (column, name) in holds.columns().iter().enumerate() {
        let mut found = headings.iter().enumerate().filter(|(_, heading)| heading == name).map(|(place, _)| place);
        match (found.next(), found.next()) {
            (Some(place), None) => places.push(Some(place)),
            (None, _) if column >= REQUIRED => places.push(None),
            (None, _) => defects.push(Defect::new(1, *name, "", DefectKind::ColumnMissing)),
            (Some(_), Some(_)) => defects.push(Defect::new(1, *name, name, DefectKind::ColumnTwice)),
        }
    }
    if defects.is_empty() { Ok(places) } else { Err(defects) }
}
