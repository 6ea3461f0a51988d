//! Answers as the data hold them, and what can be wrong with what a person sent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{self, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::quantity::Quantity;

/// The code of a choice, 1–96. 97, 98 and 99 are the three kinds of nothing and belong to every unit.
pub type ChoiceCode = u16;

/// Answer units' codes (`a1`, `q1_economy`, `q9_31`, `a2_text`) and what was answered, in code order.
pub type Answers = BTreeMap<String, Answer>;

pub(crate) const SKIPPED: ChoiceCode = 97;
const DONT_KNOW: ChoiceCode = 98;
const NEVER: ChoiceCode = 99;

/// One unit's answer. Written as the data hold it: a code, a list of codes, a text,
/// `{"number": "12.5"}` or `{"day": "2026-11-05"}`; 97, 98, 99 for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Choice(ChoiceCode),
    Choices(BTreeSet<ChoiceCode>),
    Text(String),
    Quantity(Quantity),
    Skipped,
    DontKnow,
    Never,
}

/// The option beside the choices that lets a person say truthfully that none of them fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// Of opinions: "Không biết", 98.
    DontKnow,
    /// Of things experienced: "Chưa từng dùng", 99.
    Never,
}

impl WayOut {
    pub fn code(self) -> ChoiceCode {
        match self {
            Self::DontKnow => DONT_KNOW,
            Self::Never => NEVER,
        }
    }

    /// `dont_know` or `never`: the word in definitions and wordings.
    pub fn name(self) -> &'static str {
        match self {
            Self::DontKnow => "dont_know",
            Self::Never => "never",
        }
    }

    pub(crate) fn answer(self) -> Answer {
        match self {
            Self::DontKnow => Answer::DontKnow,
            Self::Never => Answer::Never,
        }
    }
}

impl Answer {
    /// The code the data hold; none for lists, texts and quantities.
    pub fn code(&self) -> Option<ChoiceCode> {
        match self {
            Self::Choice(code) => Some(*code),
            Self::Skipped => Some(SKIPPED),
            Self::DontKnow => Some(DONT_KNOW),
            Self::Never => Some(NEVER),
            Self::Choices(_) | Self::Text(_) | Self::Quantity(_) => None,
        }
    }

    pub(crate) fn of_code(code: ChoiceCode) -> Self {
        match code {
            SKIPPED => Self::Skipped,
            DONT_KNOW => Self::DontKnow,
            NEVER => Self::Never,
            choice => Self::Choice(choice),
        }
    }

    /// Whether this code was chosen, alone or among others; the way out counts as chosen.
    pub fn holds(&self, choice: ChoiceCode) -> bool {
        match self {
            Self::Choices(codes) => codes.contains(&choice),
            other => other.code() == Some(choice),
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Choices(codes) => codes.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Quantity(quantity) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry(quantity_key(*quantity), &quantity.to_string())?;
                map.end()
            }
            Self::Choice(code) => serializer.serialize_u16(*code),
            Self::Skipped => serializer.serialize_u16(SKIPPED),
            Self::DontKnow => serializer.serialize_u16(DONT_KNOW),
            Self::Never => serializer.serialize_u16(NEVER),
        }
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AsWritten)
    }
}

struct AsWritten;

impl<'de> Visitor<'de> for AsWritten {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a code, a list of codes, a text, a number or a day")
    }

    fn visit_u64<E: de::Error>(self, code: u64) -> Result<Answer, E> {
        let small = ChoiceCode::try_from(code);
        small.map(Answer::of_code).map_err(|_too_large| E::invalid_value(Unexpected::Unsigned(code), &self))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Answer, E> {
        Ok(Answer::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, codes: A) -> Result<Answer, A::Error> {
        Deserialize::deserialize(SeqAccessDeserializer::new(codes)).map(Answer::Choices)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Answer, A::Error> {
        let entry: Option<(String, String)> = entries.next_entry()?;
        let quantity =
            entry.and_then(|(key, text)| Quantity::from_data(&text).filter(|quantity| quantity_key(*quantity) == key));
        quantity.map(Answer::Quantity).ok_or_else(|| de::Error::invalid_value(Unexpected::Map, &self))
    }
}

fn quantity_key(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Number(_) => "number",
        Quantity::Day(_) => "day",
    }
}

/// Something in a request that cannot be taken as it is. The sentence for it lives with whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The answer unit; for `UnknownField` the field's name, for `UnknownPage` and `PageNotOnPath` the page's code.
    pub unit: String,
    pub code: IssueCode,
    /// `number`: the question's number. `way_out`: `dont_know` or `never`. `max`, `length`: characters.
    /// `least`, `most`: bounds as the data hold them.
    pub params: BTreeMap<&'static str, String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueCode {
    /// Nothing was answered: said once, then skipping is taken.
    Unanswered,
    /// A choice was marked that asks for words, and there are none: said once like `Unanswered`.
    TextNeeded,
    WrongOption,
    /// Several values where one fits.
    SeveralValues,
    TextTooLong,
    NotANumber,
    NotADay,
    /// A number or day, but not between the bounds.
    OutOfBounds,
    UnknownField,
    UnknownPage,
    PageNotOnPath,
}

impl IssueCode {
    /// Whether "continue and skip these" settles it.
    pub fn is_warning(self) -> bool {
        matches!(self, Self::Unanswered | Self::TextNeeded)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::TextNeeded => "text_needed",
            Self::WrongOption => "wrong_option",
            Self::SeveralValues => "several_values",
            Self::TextTooLong => "text_too_long",
            Self::NotANumber => "not_a_number",
            Self::NotADay => "not_a_day",
            Self::OutOfBounds => "out_of_bounds",
            Self::UnknownField => "unknown_field",
            Self::UnknownPage => "unknown_page",
            Self::PageNotOnPath => "page_not_on_path",
        }
    }
}

impl fmt::Display for IssueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
