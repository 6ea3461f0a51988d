//! Responses from a CSV file with a heading.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::{Columns, Item, Responses, ResponsesError};

/// Which columns of the file are what; others are ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub stratum: String,
    pub psu: String,
    pub weight: String,
    pub groups: Vec<String>,
    pub items: Vec<Item>,
    /// Units of the later stages, outermost first.
    pub below: Vec<String>,
    pub person: Option<String>,
    pub numbers: Vec<String>,
}

impl Responses {
    /// Reads UTF-8 with commas. An empty field of an item is no valid answer, that of a number is not known.
    pub fn from_csv(source: impl Read, layout: &Layout) -> Result<Self, ResponsesError> {
        let mut reader = ReaderBuilder::new().trim(Trim::All).from_reader(source);
        let heading = reader.headers()?.clone();
        let stratum = place(&heading, &layout.stratum)?;
        let psu = place(&heading, &layout.psu)?;
        let weight = place(&heading, &layout.weight)?;
        let groups = places(&heading, layout.groups.iter())?;
        let items = places(&heading, layout.items.iter().map(|item| &item.code))?;
        let below = places(&heading, layout.below.iter())?;
        let person = layout.person.as_ref().map(|name| place(&heading, name)).transpose()?;
        let numbers = places(&heading, layout.numbers.iter())?;
        let mut columns = Columns {
            groups: layout.groups.iter().map(|name| (name.clone(), Vec::new())).collect(),
            items: layout.items.iter().map(|item| (item.clone(), Vec::new())).collect(),
            below: layout.below.iter().map(|name| (name.clone(), Vec::new())).collect(),
            numbers: layout.numbers.iter().map(|name| (name.clone(), Vec::new())).collect(),
            ..Columns::default()
        };
        let mut record = StringRecord::new();
        let mut row = 0;
        while reader.read_record(&mut record)? {
            row += 1;
            let field = |place: usize| record.get(place).unwrap_or_default();
            columns.stratum.push(field(stratum).to_owned());
            columns.psu.push(field(psu).to_owned());
            let text = field(weight);
            let value = text.parse().map_err(|_| ResponsesError::Weight { row, value: text.to_owned() })?;
            columns.weight.push(value);
            let texts = columns.groups.iter_mut().zip(&groups).chain(columns.below.iter_mut().zip(&below));
            for ((_, values), place) in texts {
                values.push(field(*place).to_owned());
            }
            columns.person.extend(person.map(|place| field(place).to_owned()));
            for ((name, values), place) in columns.numbers.iter_mut().zip(&numbers) {
                values.push(number(field(*place), row, name)?);
            }
            for ((item, answers), place) in columns.items.iter_mut().zip(&items) {
                answers.push(level(field(*place), row, item)?);
            }
        }
        Self::from_columns(columns)
    }
}

fn level(text: &str, row: usize, item: &Item) -> Result<Option<u8>, ResponsesError> {
    if text.is_empty() {
        return Ok(None);
    }
    let unknown = |_| ResponsesError::UnknownCode { row, column: item.code.clone(), value: text.to_owned() };
    text.parse().map(Some).map_err(unknown)
}

fn number(text: &str, row: usize, column: &str) -> Result<Option<f64>, ResponsesError> {
    if text.is_empty() {
        return Ok(None);
    }
    let refused = |_| ResponsesError::Number { row, column: column.to_owned(), value: text.to_owned() };
    text.parse().map(Some).map_err(refused)
}

fn place(heading: &StringRecord, column: &str) -> Result<usize, ResponsesError> {
    let mut found = heading.iter().enumerate().filter(|(_, name)| *name == column).map(|(place, _)| place);
    match (found.next(), found.next()) {
        (Some(place), None) => Ok(place),
        (None, _) => Err(ResponsesError::MissingColumn { column: column.to_owned() }),
        _ => Err(ResponsesError::ColumnTwice { column: column.to_owned() }),
    }
}

fn places<'a>(heading: &StringRecord, names: impl Iterator<Item = &'a String>) -> Result<Vec<usize>, ResponsesError> {
    names.map(|name| place(heading, name)).collect()
}

impl From<csv::Error> for ResponsesError {
    fn from(error: csv::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}
