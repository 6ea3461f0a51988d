//! From the bytes of a file to its rows, one at a time: whatever the file's kind, nothing but the row at hand is in memory.

mod delimited;
mod kind;
mod numbers;
mod package;
mod shared;
mod sheet;
mod styles;
mod xml;

use std::io::{self, Read, Seek};

pub(super) use kind::{Encoding, FileKind, kind};

use super::defect::DefectKind;

/// Longer cells are cut here; no name, address or code comes near it.
const MOST_BYTES_IN_CELL: usize = 4096;
/// Wider rows are not of a list.
const MOST_CELLS: usize = 1024;

/// What stands in a cell beside its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum CellKind {
    #[default]
    Text,
    /// A spreadsheet's number; the text is its digits.
    Number,
    /// A number of more digits than a spreadsheet keeps, or not a whole one.
    InexactNumber,
    Date,
    /// The text is the value the spreadsheet computed last.
    Formula,
    /// `#REF!` and its like.
    Error,
    /// Bytes that are no text; the cell's text shows them as Windows-1252 would.
    NotUtf8,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub text: String,
    pub kind: CellKind,
}

/// One row; its cells are used again for the next one.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The line of the text file, or the row of the sheet.
    pub number: u64,
    cells: Vec<Cell>,
    used: usize,
}

impl Row {
    fn clear(&mut self, number: u64) {
        self.number = number;
        self.used = 0;
    }

    /// An empty cell at the end of the row.
    fn add(&mut self) -> Option<&mut Cell> {
        if self.used == MOST_CELLS {
            return None;
        }
        if self.used == self.cells.len() {
            self.cells.push(Cell::default());
        }
        let cell = self.cells.get_mut(self.used)?;
        self.used += 1;
        cell.text.clear();
        cell.kind = CellKind::Text;
        Some(cell)
    }

    pub(super) fn cells(&self) -> &[Cell] {
        self.cells.get(..self.used).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells().iter().all(|cell| cell.text.trim().is_empty())
    }
}

/// Why the rows of a file could not be read to the end.
#[derive(Debug)]
pub(super) enum Unreadable {
    Io(io::Error),
    /// It is the sender's to mend.
    Defect(DefectKind),
}

impl From<io::Error> for Unreadable {
    fn from(cause: io::Error) -> Self {
        Self::Io(cause)
    }
}

/// Whether to read on.
pub(super) type Go = std::ops::ControlFlow<()>;

/// Gives every row to `on_row`, in the order of the file, until it has enough. Blank lines of a text file are no rows.
pub(super) fn each_row(
    file: &mut (impl Read + Seek),
    kind: FileKind,
    on_row: &mut dyn FnMut(&Row) -> io::Result<Go>,
) -> Result<(), Unreadable> {
    file.rewind()?;
    match kind {
        FileKind::Delimited { encoding, delimiter } => {
            delimited::each_row(file, encoding, delimiter, on_row).map_err(|cause| match cause.kind() {
                io::ErrorKind::InvalidData => Unreadable::Defect(DefectKind::OpenQuote),
                _ => Unreadable::Io(cause),
            })
        }
        FileKind::Workbook => sheet::each_row(file, on_row),
    }
}

/// About how many rows there are, for who waits; 0 when only reading would tell.
pub(super) fn expected_rows(file: &mut (impl Read + Seek), kind: FileKind) -> io::Result<u64> {
    file.rewind()?;
    match kind {
        FileKind::Delimited { .. } => delimited::lines(file),
        FileKind::Workbook => Ok(sheet::dimension(file)),
    }
}

#[cfg(test)]
mod tests;
