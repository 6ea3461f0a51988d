//! Text on its way into a spreadsheet.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::error::{Error, Result};

/// The content type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Spreadsheets run a cell that begins like this as a formula; the full-width signs too.
const FORMULA_SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text, with an apostrophe before it when a spreadsheet would take it for a formula. Never for numbers of our own.
pub fn plain_cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA_SIGNS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that [`plain_cell`] was given.
pub fn text_of_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| text.starts_with(FORMULA_SIGNS)).unwrap_or(cell)
}

/// What a cell of a workbook holds. Text stays text, whatever it begins with.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Empty,
}

/// A workbook of one table, with a line above it that says of when it is.
pub fn workbook(name: &str, note: &str, headings: &[String], rows: &[Vec<Cell>]) -> Result<Vec<u8>> {
    write(name, note, headings, rows).map_err(|cause| Error::internal("workbook").caused_by(cause))
}

fn write(name: &str, note: &str, headings: &[String], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name(name.chars().take(31).collect::<String>())?;
    sheet.write_string(0, 0, note)?;
    let bold = Format::new().set_bold().set_text_wrap();
    for (column, heading) in (0..).zip(headings) {
        sheet.write_string_with_format(1, column, heading, &bold)?;
    }
    for (line, row) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(text) => sheet.write_string(line, column, text)?,
                Cell::Number(number) => sheet.write_number(line, column, *number)?,
                Cell::Empty => continue,
            };
        }
    }
    sheet.set_freeze_panes(2, 1)?;
    sheet.set_column_width(0, 32)?;
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_text() {
        for text in ["=HYPERLINK(\"http://x\")", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(plain_cell(text), format!("'{text}"));
            assert_eq!(text_of_cell(&plain_cell(text)), text);
        }
        for text in ["Nguyễn Văn A", "'quoted", "1-2", ""] {
            assert_eq!(plain_cell(text), text);
            assert_eq!(text_of_cell(text), text);
        }
    }
}
