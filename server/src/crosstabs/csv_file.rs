//! A table as CSV: one line for each figure.

use analysis::table::percent;
use csv::{Error as CsvError, Writer};

use super::asked::Asked;
use super::book::Book;
use super::table::Table;
use crate::base::sheet::plain_cell;
use crate::error::{Error, Result};

/// As on the page before they are rounded there.
const DECIMALS: u8 = 4;
const HEADINGS: [&str; 9] = ["row", "column", "row_name", "column_name", "percent", "ci_low", "ci_high", "n", "flags"];

/// Hidden figures are empty; no cell is a formula.
pub(super) fn write(book: &Book, asked: &Asked, table: &Table) -> Result<Vec<u8>> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(HEADINGS).map_err(failed)?;
    let columns = asked.columns.as_deref().unwrap_or_default();
    for row in &table.rows {
        // An indicator is its own only row.
        let row_name = if row.is_empty() { book.name(&asked.rows).to_owned() } else { book.value(&asked.rows, row) };
        for column in &table.columns {
            let Some(figure) = table.figure(row, column) else { continue };
            let column_name = if column.is_empty() { String::new() } else { book.value(columns, column) };
            let texts = [row.as_str(), column, &row_name, &column_name].map(|text| plain_cell(text).into_owned());
            let share = |value: Option<f64>| value.map(|value| percent(value, DECIMALS)).unwrap_or_default();
            let n = figure.n.map(|n| n.to_string()).unwrap_or_default();
            let figures =
                [share(figure.estimate), share(figure.ci_low), share(figure.ci_high), n, figure.flags.clone()];
            writer.write_record(texts.iter().chain(&figures)).map_err(failed)?;
        }
    }
    writer.into_inner().map_err(|cause| Error::internal("crosstabs").caused_by(cause.into_error()))
}

fn failed(cause: CsvError) -> Error {
    Error::internal("crosstabs").caused_by(cause)
}
