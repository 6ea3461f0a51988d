//! Tables as CSV, in the two kinds that are read here.

use std::io::Write;

use csv::{Error as CsvError, WriterBuilder};

use super::table::{Table, Values};
use crate::base::sheet::plain_cell;
use crate::error::{Error, Result};

/// Without it Excel takes UTF-8 for the code page of the machine, and Vietnamese for noise.
const BYTE_ORDER_MARK: &str = "\u{feff}";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Comma, decimal point, UTF-8: for programs.
    Standard,
    /// Semicolon, decimal comma, UTF-8 with its mark: an Excel set to Vietnamese reads `12.5` as the twelfth of May.
    VietnameseExcel,
}

/// One header, one line per row; no cell and no header is a formula.
pub(super) fn write(table: &Table, kind: Kind, mut out: impl Write) -> Result<()> {
    let excel = kind == Kind::VietnameseExcel;
    if excel {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    let mut writer = WriterBuilder::new().delimiter(if excel { b';' } else { b',' }).from_writer(out);
    writer.write_record(table.columns.iter().map(|column| plain_cell(column.name()).into_owned())).map_err(failed)?;
    for row in 0..table.rows {
        for column in &table.columns {
            let cell = column.cell(row);
            let number = matches!(column.values, Values::Number { .. });
            writer.write_field(if excel && number { cell.replace('.', ",") } else { cell }).map_err(failed)?;
        }
        // The end of a line.
        writer.write_record(None::<&[u8]>).map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}

fn failed(cause: CsvError) -> Error {
    Error::internal("export").caused_by(cause)
}
