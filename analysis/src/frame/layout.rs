//! Which columns of a file are what.

use super::{Columns, Item, ResponsesError, Texts};

/// Other columns of the file are ignored.
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
    /// Texts that mean as much as an empty field, in any column.
    pub missing: Vec<String>,
}

/// Where they stand in a file.
pub(super) struct Places {
    pub(super) stratum: usize,
    pub(super) psu: usize,
    pub(super) weight: usize,
    pub(super) groups: Vec<usize>,
    pub(super) items: Vec<usize>,
    pub(super) below: Vec<usize>,
    pub(super) person: Option<usize>,
    pub(super) numbers: Vec<usize>,
}

impl Layout {
    pub(super) fn places(&self, heading: &[String]) -> Result<Places, ResponsesError> {
        let place = |column: &String| place(heading, column);
        let places = |names: &[String]| names.iter().map(place).collect::<Result<Vec<_>, _>>();
        Ok(Places {
            stratum: place(&self.stratum)?,
            psu: place(&self.psu)?,
            weight: place(&self.weight)?,
            groups: places(&self.groups)?,
            items: self.items.iter().map(|item| place(&item.code)).collect::<Result<_, _>>()?,
            below: places(&self.below)?,
            person: self.person.as_ref().map(place).transpose()?,
            numbers: places(&self.numbers)?,
        })
    }

    /// Columns without rows.
    pub(super) fn columns(&self) -> Columns {
        Columns {
            groups: self.groups.iter().map(|name| (name.clone(), Texts::default())).collect(),
            items: self.items.iter().map(|item| (item.clone(), Vec::new())).collect(),
            below: self.below.iter().map(|name| (name.clone(), Texts::default())).collect(),
            numbers: self.numbers.iter().map(|name| (name.clone(), Vec::new())).collect(),
            ..Columns::default()
        }
    }

    /// "" for what means missing.
    pub(super) fn known<'a>(&self, text: &'a str) -> &'a str {
        if self.missing.iter().any(|missing| missing == text) { "" } else { text }
    }
}

fn place(heading: &[String], column: &String) -> Result<usize, ResponsesError> {
    let mut found = heading.iter().enumerate().filter(|(_, name)| *name == column).map(|(place, _)| place);
    match (found.next(), found.next()) {
        (Some(place), None) => Ok(place),
        (None, _) => Err(ResponsesError::MissingColumn { column: column.to_owned() }),
        _ => Err(ResponsesError::ColumnTwice { column: column.to_owned() }),
    }
}
