//! Bytes → sheets of texts. What a hostile file could cost is bounded before anything is unpacked for good.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::refusal::{Reason, Refusal};
use crate::limits::LONGEST_TEXT;

const MOST_BYTES: usize = 5_000_000;
const MOST_UNPACKED: u64 = 64_000_000;
/// Of a part that is no sheet: texts and styles are all kept in memory, where each costs more than in the file.
const MOST_OF_PART: u64 = 8_000_000;
const MOST_PARTS: usize = 1_000;
const MOST_ROWS: u32 = 10_000;
const MOST_COLUMNS: u32 = 500;
/// Of all cells together: one long shared string may stand in many.
const MOST_TEXT: usize = 20_000_000;
/// What a cell costs beside its text.
const EACH_CELL: usize = 50;

/// The cells of one sheet that hold something.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// Header and column number, in order.
    pub(crate) header: Vec<(String, u32)>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Default)]
pub(crate) struct Row {
    /// As the spreadsheet shows it.
    pub(crate) number: u32,
    cells: BTreeMap<u32, String>,
}

impl Row {
    /// The text in a column; empty where there is none.
    pub(crate) fn at(&self, column: u32) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }
}

impl Sheet {
    /// The header and the rows by their number.
    fn new(name: &str, mut rows: BTreeMap<u32, BTreeMap<u32, String>>) -> Self {
        let header = rows.pop_first().map(|(_, cells)| cells).unwrap_or_default();
        Self {
            name: name.to_owned(),
            header: header.into_iter().map(|(column, text)| (text, column)).collect(),
            rows: rows.into_iter().map(|(number, cells)| Row { number, cells }).collect(),
        }
    }

    /// A line for each row, tabs between cells.
    #[cfg(any(test, fuzzing))]
    pub(crate) fn of_text(name: &str, text: &str) -> Self {
        let cells = |line: &str| {
            let cells = (0..).zip(line.split('\t').map(|cell| cell.trim().to_owned()));
            cells.filter(|(_, cell)| !cell.is_empty()).collect()
        };
        let rows: BTreeMap<u32, BTreeMap<u32, String>> = (1..).zip(text.lines().map(cells)).collect();
        Self::new(name, rows.into_iter().filter(|(_, cells)| !cells.is_empty()).collect())
    }

    /// The text of a row under a plain header, in small letters.
    pub(crate) fn cell<'a>(&'a self, row: &'a Row, column: &str) -> &'a str {
        self.header.iter().find(|(header, _)| header.eq_ignore_ascii_case(column)).map_or("", |(_, at)| row.at(*at))
    }

    pub(crate) fn refusal(&self, row: u32, column: &str, value: &str, reason: Reason) -> Refusal {
        let (column, value) = (column.to_owned(), value.to_owned());
        Refusal { sheet: self.name.clone(), row, column, value, reason }
    }
}

/// The sheets wanted, in that order; empty where the workbook has none.
///
/// # Errors
/// When this is no workbook, or one beyond the bounds.
pub(crate) fn sheets(bytes: &[u8], wanted: &[&str]) -> Result<Vec<Sheet>, Reason> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large("5 MB are taken"));
    }
    weigh(bytes)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_broken| Reason::NoWorkbook)?;
    let names = workbook.sheet_names();
    let mut text_left = MOST_TEXT;
    let one = |wanted: &&str| match names.iter().find(|name| name.trim().eq_ignore_ascii_case(wanted)) {
        Some(name) => sheet(&mut workbook, name, wanted, &mut text_left),
        None => Ok(Sheet { name: (*wanted).to_owned(), ..Sheet::default() }),
    };
    wanted.iter().map(one).collect()
}

fn too_large(limit: &'static str) -> Reason {
    Reason::TooLarge { limit }
}

/// First what the archive says of its parts, then what they really unpack to: the first can lie, the second takes time.
fn weigh(bytes: &[u8]) -> Result<(), Reason> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_broken| Reason::NoWorkbook)?;
    if archive.len() > MOST_PARTS {
        return Err(too_large("1,000 parts are taken"));
    }
    let unpacked = "64 MB unpacked are taken, and 8 MB of what is no sheet";
    let mut declared = 0_u64;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_broken| Reason::NoWorkbook)?;
        declared = declared.saturating_add(part.size());
        if declared > MOST_UNPACKED || part.size() > most_of(&part) {
            return Err(too_large(unpacked));
        }
    }
    let mut left = MOST_UNPACKED;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_broken| Reason::NoWorkbook)?;
        let most = left.min(most_of(&part));
        let size = io::copy(&mut part.take(most + 1), &mut io::sink()).map_err(|_broken| Reason::NoWorkbook)?;
        if size > most {
            return Err(too_large(unpacked));
        }
        left -= size;
    }
    Ok(())
}

fn most_of(part: &ZipFile<Cursor<&[u8]>>) -> u64 {
    let is_sheet = part.name().is_ok_and(|name| name.contains("worksheets/"));
    if is_sheet { MOST_UNPACKED } else { MOST_OF_PART }
}

/// Read cell by cell: a range would make room for every empty cell up to the last one.
fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, wanted: &str, text_left: &mut usize) -> Result<Sheet, Reason> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|_broken| Reason::NoWorkbook)?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(|_broken| Reason::NoWorkbook)? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
            return Err(too_large("10,000 characters in a cell are taken"));
        }
        let (row, column) = cell.get_position();
        if row > MOST_ROWS || column >= MOST_COLUMNS {
            return Err(too_large("10,000 rows and 500 columns are taken"));
        }
        *text_left =
            text_left.checked_sub(text.len() + EACH_CELL).ok_or_else(|| too_large("20 MB of text are taken"))?;
        rows.entry(row + 1).or_default().insert(column, text);
    }
    Ok(Sheet::new(wanted, rows))
}

fn text(value: &DataRef) -> String {
    let text = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(day) => day.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    };
    text.trim().to_owned()
}
