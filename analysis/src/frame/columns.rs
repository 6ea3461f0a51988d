//! Responses as they come: column vectors, and what they must keep.

use std::collections::BTreeSet;

use super::ResponsesError;

/// A question whose answers are the levels 1..=`levels` (from 2 to [`MOST_LEVELS`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub code: String,
    pub levels: u8,
}

/// A scale from 0 to 10.
pub const MOST_LEVELS: u8 = 11;

/// Input as column vectors, all of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    pub stratum: Vec<String>,
    /// Pseudonym of the primary sampling unit, unique over all strata.
    pub psu: Vec<String>,
    pub weight: Vec<f64>,
    /// Name and values of the columns that make groups (`province`, `area`, `sex`, …); "" for not known.
    pub groups: Vec<(String, Vec<String>)>,
    /// Levels; `None`, 97, 98 and 99 are no valid answer.
    pub items: Vec<(Item, Vec<Option<u8>>)>,
}

/// Not applicable, don't know, refused: kept apart in the answers, all without a level here.
pub(super) const NOT_VALID: std::ops::RangeInclusive<u8> = 97..=99;

impl Columns {
    pub(super) fn check(&self) -> Result<(), ResponsesError> {
        let rows = self.weight.len();
        if rows == 0 {
            return Err(ResponsesError::NoRows);
        }
        let groups = self.groups.iter().map(|(name, values)| (name.as_str(), values.len()));
        let items = self.items.iter().map(|(item, answers)| (item.code.as_str(), answers.len()));
        let fixed = [("stratum", self.stratum.len()), ("psu", self.psu.len())];
        for (column, found) in fixed.into_iter().chain(groups.clone()).chain(items.clone()) {
            if found != rows {
                return Err(ResponsesError::ColumnLength { column: column.to_owned(), expected: rows, found });
            }
        }
        for names in [groups.map(|(name, _)| name).collect::<Vec<_>>(), items.map(|(code, _)| code).collect()] {
            let mut seen = BTreeSet::new();
            if let Some(column) = names.into_iter().find(|name| !seen.insert(*name)) {
                return Err(ResponsesError::ColumnTwice { column: column.to_owned() });
            }
        }
        for (column, values) in [("stratum", &self.stratum), ("psu", &self.psu)] {
            if let Some(place) = values.iter().position(String::is_empty) {
                return Err(ResponsesError::Empty { row: place + 1, column: column.to_owned() });
            }
        }
        if let Some((value, row)) = self.weight.iter().zip(1..).find(|(w, _)| !(w.is_finite() && **w >= 0.0)) {
            return Err(ResponsesError::Weight { row, value: value.to_string() });
        }
        self.items.iter().try_for_each(|(item, answers)| item.check(answers))
    }
}

impl Item {
    fn check(&self, answers: &[Option<u8>]) -> Result<(), ResponsesError> {
        if !(2..=MOST_LEVELS).contains(&self.levels) {
            return Err(ResponsesError::Levels { item: self.code.clone(), levels: self.levels });
        }
        let known = |code: u8| (1..=self.levels).contains(&code) || NOT_VALID.contains(&code);
        match answers.iter().zip(1..).find_map(|(code, row)| code.filter(|code| !known(*code)).map(|code| (code, row)))
        {
            Some((code, row)) => {
                Err(ResponsesError::UnknownCode { row, column: self.code.clone(), value: code.to_string() })
            }
            None => Ok(()),
        }
    }
}
