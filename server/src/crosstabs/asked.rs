//! What a table is asked to be, as its address says it.

use analysis::index::ItemRule;
use serde::Deserialize;

use super::book::{Book, Variable};
use crate::error::{Error, Kind, Result};
use crate::places::COUNTRY;
use crate::results::{self, PROVINCE};

/// The address, word for word: what the form shows again where something is wrong.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "hang", default)]
    pub rows: String,
    #[serde(rename = "cot", default)]
    pub columns: String,
    /// `property:value`.
    #[serde(rename = "loc", default)]
    pub part: String,
    #[serde(rename = "do", default)]
    pub measure: String,
    #[serde(rename = "trong-so", default)]
    pub weights: String,
}

/// The values of `do` and `trong-so`.
pub(super) const SHARES: &str = "ty-le";
pub(super) const WEIGHTED: &str = "co";
pub(super) const UNWEIGHTED: &str = "khong";

/// A table that can be made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Asked {
    /// A variable whose labels are the rows, or an indicator.
    pub rows: String,
    /// The rule by which an indicator is scored; without one the table is of shares.
    pub rule: Option<ItemRule>,
    pub columns: Option<String>,
    /// A property and its value.
    pub part: Option<(String, String)>,
    pub weighted: bool,
}

/// The part that an account for a province always sees.
pub(super) fn own_part(place: &str) -> Option<(String, String)> {
    (place != COUNTRY).then(|| (PROVINCE.to_owned(), place.to_owned()))
}

impl Asked {
    /// # Errors
    /// Invalid, with the sentence for the form; forbidden, where an account for a province asks for other people than its own.
    pub(super) fn read(wanted: &Wanted, book: &Book, place: &str) -> Result<Self> {
        let rule = match wanted.measure.as_str() {
            "" | SHARES => None,
            name => Some(results::rule(name).ok_or_else(|| Error::invalid("crosstabs-measure-missing"))?),
        };
        let known = |code: &str| book.variables.iter().find(|variable| variable.code == code);
        match (rule, known(&wanted.rows).is_some(), book.is_indicator(&wanted.rows)) {
            (None, true, _) | (Some(_), _, true) => {}
            (None, false, true) => return Err(Error::invalid("crosstabs-index-has-no-shares")),
            (Some(_), true, false) => return Err(Error::invalid("crosstabs-not-measured")),
            (_, false, false) => return Err(Error::invalid("crosstabs-rows-missing")),
        }
        let columns = match wanted.columns.as_str() {
            "" => None,
            code => Some(known(code).ok_or_else(|| Error::invalid("crosstabs-columns-missing"))?.code.clone()),
        };
        if rule.is_none() && columns.as_ref() == Some(&wanted.rows) {
            return Err(Error::invalid("crosstabs-same-twice"));
        }
        let part = match (wanted.part.as_str(), own_part(place)) {
            ("", own) => own,
            (part, own) => {
                let part = part.split_once(':').map(|(code, value)| (code.to_owned(), value.to_owned()));
                let offered = |(code, value): &(String, String)| {
                    known(code).is_some_and(|variable| variable.divides && variable.has(value))
                };
                let part = part.filter(offered).ok_or_else(|| Error::invalid("crosstabs-part-missing"))?;
                if own.is_some_and(|own| own != part) {
                    return Err(Error::new(Kind::Forbidden, "results-place-forbidden"));
                }
                Some(part)
            }
        };
        let weighted = match wanted.weights.as_str() {
            "" | WEIGHTED => true,
            UNWEIGHTED => false,
            _ => return Err(Error::invalid("crosstabs-weights-missing")),
        };
        Ok(Self { rows: wanted.rows.clone(), rule, columns, part, weighted })
    }

    /// `_province:01`; empty for everybody.
    pub(super) fn part_text(&self) -> String {
        self.part.as_ref().map(|(code, value)| format!("{code}:{value}")).unwrap_or_default()
    }

    /// What stands after the question mark of its address.
    pub(super) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("hang", &self.rows).append_pair("do", self.rule.map_or(SHARES, ItemRule::name));
        if let Some(columns) = &self.columns {
            query.append_pair("cot", columns);
        }
        if self.part.is_some() {
            query.append_pair("loc", &self.part_text());
        }
        if !self.weighted {
            query.append_pair("trong-so", UNWEIGHTED);
        }
        query.finish()
    }
}

impl Variable {
    pub(super) fn has(&self, value: &str) -> bool {
        self.values.iter().any(|(label, _)| label == value)
    }
}
