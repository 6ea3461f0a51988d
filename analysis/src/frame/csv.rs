//! Responses from a CSV file with a heading.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Columns, Layout, Responses, ResponsesError};

impl Responses {
    /// Reads UTF-8 with commas. An empty field of an item is no valid answer, that of a number is not known.
    pub fn from_csv(source: impl Read, layout: &Layout) -> Result<Self, ResponsesError> {
        Self::from_columns(Columns::from_csv(source, layout)?)
    }
}

impl Columns {
    /// The same before it is checked.
    pub fn from_csv(source: impl Read, layout: &Layout) -> Result<Self, ResponsesError> {
        let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(source);
        let heading: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        let places = layout.places(&heading)?;
        let mut columns = layout.columns();
        let mut record = StringRecord::new();
        let mut row = 0;
        while reader.read_record(&mut record)? {
            row += 1;
            let field = |place: usize| layout.known(record.get(place).unwrap_or_default());
            columns.stratum.push(field(places.stratum));
            columns.psu.push(field(places.psu));
            let weight = field(places.weight);
            let refused = |_| ResponsesError::Weight { row, value: weight.to_owned() };
            columns.weight.push(weight.parse().map_err(refused)?);
            let texts =
                columns.groups.iter_mut().zip(&places.groups).chain(columns.below.iter_mut().zip(&places.below));
            for ((_, values), place) in texts {
                values.push(field(*place));
            }
            columns.person.extend(places.person.map(|place| field(place).to_owned()));
            for ((name, values), place) in columns.numbers.iter_mut().zip(&places.numbers) {
                values.push(number(field(*place), row, name)?);
            }
            for ((item, answers), place) in columns.items.iter_mut().zip(&places.items) {
                answers.push(level(field(*place), row, &item.code)?);
            }
        }
        Ok(columns)
    }
}

/// The heading alone.
pub(super) fn heading(source: impl Read) -> Result<Vec<String>, ResponsesError> {
    let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(source);
    Ok(reader.headers()?.iter().map(str::to_owned).collect())
}

pub(super) fn level(text: &str, row: usize, item: &str) -> Result<Option<u8>, ResponsesError> {
    if text.is_empty() {
        return Ok(None);
    }
    let unknown = |_| ResponsesError::UnknownCode { row, column: item.to_owned(), value: text.to_owned() };
    text.parse().map(Some).map_err(unknown)
}

pub(super) fn number(text: &str, row: usize, column: &str) -> Result<Option<f64>, ResponsesError> {
    if text.is_empty() {
        return Ok(None);
    }
    let refused = |_| ResponsesError::Number { row, column: column.to_owned(), value: text.to_owned() };
    text.parse().map(Some).map_err(refused)
}

impl From<csv::Error> for ResponsesError {
    fn from(error: csv::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}
