//! Responses as they come: column vectors, and what they must keep.

use std::collections::{BTreeSet, HashMap};

use super::{ResponsesError, Texts};

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
    pub stratum: Texts,
    /// Pseudonym of the primary sampling unit, unique over all strata.
    pub psu: Texts,
    pub weight: Vec<f64>,
    /// Name and values of the columns that make groups (`province`, `area`, `sex`, …); "" for not known.
    pub groups: Vec<(String, Texts)>,
    /// Levels; `None`, 97, 98 and 99 are no valid answer.
    pub items: Vec<(Item, Vec<Option<u8>>)>,
    /// Units of the later stages inside the PSU (village, household, …), outermost first; a name counts inside its
    /// parent only. The last stage, the person, is the row.
    pub below: Vec<(String, Texts)>,
    /// Pseudonym of the person, where there is one; none may stand twice.
    pub person: Vec<String>,
    /// Amounts by name, `None` for not known: what is counted in numbers, and what a [`super::SurveyDesign`] needs.
    pub numbers: Vec<(String, Vec<Option<f64>>)>,
}

/// Not applicable, don't know, refused: kept apart in the answers, all without a level here.
pub(super) const NOT_VALID: std::ops::RangeInclusive<u8> = 97..=99;

impl Columns {
    pub(super) fn check(&self) -> Result<(), ResponsesError> {
        let rows = self.weight.len();
        if rows == 0 {
            return Err(ResponsesError::NoRows);
        }
        let groups = self.groups.iter().map(|(name, values)| (name.as_str(), values.rows()));
        let items = self.items.iter().map(|(item, answers)| (item.code.as_str(), answers.len()));
        let numbers = self.numbers.iter().map(|(name, values)| (name.as_str(), values.len()));
        let below = self.below.iter().map(|(name, units)| (name.as_str(), units.rows()));
        let person = Some(("person", self.person.len())).filter(|(_, persons)| *persons > 0);
        let fixed = [("stratum", self.stratum.rows()), ("psu", self.psu.rows())].into_iter().chain(person);
        let named = groups.clone().chain(items.clone()).chain(numbers.clone()).chain(below);
        for (column, found) in fixed.chain(named) {
            if found != rows {
                return Err(ResponsesError::ColumnLength { column: column.to_owned(), expected: rows, found });
            }
        }
        let variables = items.chain(numbers).map(|(code, _)| code).collect();
        for names in [groups.map(|(name, _)| name).collect::<Vec<_>>(), variables] {
            let mut seen = BTreeSet::new();
            if let Some(column) = names.into_iter().find(|name| !seen.insert(*name)) {
                return Err(ResponsesError::ColumnTwice { column: column.to_owned() });
            }
        }
        let units = [("stratum", &self.stratum), ("psu", &self.psu)].into_iter();
        let units = units.chain(self.below.iter().map(|(name, units)| (name.as_str(), units)));
        let nameless = self.person.iter().position(String::is_empty).map(|place| ("person", place));
        let empty = units.filter_map(|(column, units)| Some((column, units.first_empty()?))).chain(nameless).next();
        if let Some((column, place)) = empty {
            return Err(ResponsesError::Empty { row: place + 1, column: column.to_owned() });
        }
        if let Some((value, row)) = self.weight.iter().zip(1..).find(|(w, _)| !(w.is_finite() && **w >= 0.0)) {
            return Err(ResponsesError::Weight { row, value: value.to_string() });
        }
        for (column, values) in &self.numbers {
            let number =
                values.iter().zip(1..).find_map(|(value, row)| Some((value.filter(|it| !it.is_finite())?, row)));
            if let Some((value, row)) = number {
                return Err(ResponsesError::Number { row, column: column.clone(), value: value.to_string() });
            }
        }
        self.check_persons()?;
        self.items.iter().try_for_each(|(item, answers)| item.check(answers))
    }

    fn check_persons(&self) -> Result<(), ResponsesError> {
        let mut seen = HashMap::with_capacity(self.person.len());
        for (person, row) in self.person.iter().zip(1..) {
            if let Some(first) = seen.insert(person.as_str(), row) {
                return Err(ResponsesError::PersonTwice { person: person.clone(), first, second: row });
            }
        }
        Ok(())
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
