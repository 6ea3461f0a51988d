//! The codebook as a table: one row per column and code, for whoever reads the data with a spreadsheet.

use csv::{Terminator, WriterBuilder};

use super::{Code, Codebook, Column, Labels};
use crate::draft::BY_INTERVIEWER;

const HEADER: [&str; 10] =
    ["column", "number", "kind", "scale", "topic", "asked_by", "label", "code", "code_label", "missing"];

/// Without it Excel takes UTF-8 for the code page of the machine, and Vietnamese for noise.
const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Codebook {
    /// One row per column and code, texts one row without a code; comma, CRLF, UTF-8 with its mark, no cell a formula.
    /// Labels are in the language asked for, or in the source language when the form is not offered in it.
    pub fn csv(&self, language: &str) -> String {
        let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        let offered = self.languages.iter().find(|offered| *offered == language).or(self.languages.first());
        let language = offered.map_or(language, String::as_str);
        let written = self.write(&mut table, language);
        // Memory takes all that is written, and every row has the cells of the header.
        debug_assert!(written.is_ok());
        let bytes = table.into_inner().unwrap_or_default();
        BYTE_ORDER_MARK.to_owned() + &String::from_utf8_lossy(&bytes)
    }

    fn write(&self, table: &mut csv::Writer<Vec<u8>>, language: &str) -> csv::Result<()> {
        table.write_record(HEADER)?;
        for column in &self.columns {
            if column.codes.is_empty() {
                table.write_record(row(column, None, language))?;
            }
            for code in &column.codes {
                table.write_record(row(column, Some(code), language))?;
            }
        }
        Ok(())
    }
}

fn row(column: &Column, code: Option<&Code>, language: &str) -> [String; HEADER.len()] {
    let label = |labels: &Labels| inert(labels.get(language).map_or("", String::as_str));
    [
        inert(&column.name),
        column.number.map(|number| number.to_string()).unwrap_or_default(),
        column.kind.as_str().to_owned(),
        inert(column.scale.as_deref().unwrap_or_default()),
        inert(column.topic.as_deref().unwrap_or_default()),
        if column.by_interviewer { BY_INTERVIEWER } else { "" }.to_owned(),
        label(&column.label),
        code.map(|code| code.value.to_string()).unwrap_or_default(),
        code.map(|code| label(&code.label)).unwrap_or_default(),
        code.map(|code| if code.missing { "yes" } else { "no" }).unwrap_or_default().to_owned(),
    ]
}

/// Text that no spreadsheet takes for a formula: a quote before whatever could begin one, the full-width forms too.
fn inert(text: &str) -> String {
    let acts = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if acts { format!("'{text}") } else { text.to_owned() }
}
