//! Rows of cells, and the sheet they are written on.

use rust_xlsxwriter::{Workbook, XlsxError};

/// Column and text.
pub(super) type Cell = (String, String);
pub(super) type Cells = Vec<Cell>;

/// Rows of a sheet, each with the columns it fills.
#[derive(Default)]
pub(super) struct Rows {
    columns: Vec<String>,
    rows: Vec<Cells>,
}

impl Rows {
    pub(super) fn new(columns: &[&str]) -> Self {
        Self { columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows: Vec::new() }
    }

    pub(super) fn push(&mut self, cells: Cells) {
        for (column, _) in cells.iter().filter(|(_, text)| !text.is_empty()) {
            if !self.columns.contains(column) {
                self.columns.push(column.clone());
            }
        }
        self.rows.push(cells);
    }

    /// Every cell as a text: nothing is ever a formula or a link.
    pub(super) fn write(&self, workbook: &mut Workbook, name: &str) -> Result<(), XlsxError> {
        let sheet = workbook.add_worksheet().set_name(name)?;
        for (at, column) in (0..).zip(&self.columns) {
            sheet.write_string(0, at, column)?;
        }
        for (row, cells) in (1..).zip(&self.rows) {
            for (column, text) in cells.iter().filter(|(_, text)| !text.is_empty()) {
                let at = (0..).zip(&self.columns).find(|(_, known)| *known == column);
                if let Some((at, _)) = at {
                    sheet.write_string(row, at, text)?;
                }
            }
        }
        Ok(())
    }
}

pub(super) fn cell(column: &str, text: impl Into<String>) -> Cell {
    (column.to_owned(), text.into())
}
