//! One row's JSON into the columns of its survey, without a text of its own per answer.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use serde::Deserialize as _;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::coded::Answers;

/// Where the next row goes.
pub(super) struct Row<'a> {
    pub(super) units: &'a mut [(String, Answers)],
    pub(super) place: &'a HashMap<String, usize>,
    pub(super) follows: &'a mut [usize],
    /// Rows before this one.
    pub(super) before: usize,
}

impl Row<'_> {
    pub(super) fn read(self, answers: &[u8]) -> serde_json::Result<()> {
        let mut json = serde_json::Deserializer::from_slice(answers);
        json.deserialize_map(self)?;
        json.end()
    }
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("answers by unit")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Self { units, place, follows, before } = self;
        let mut last = units.len();
        loop {
            let guess = follows.get(last).copied().unwrap_or_default();
            let Some(unit) = entries.next_key_seed(Named { units, place, guess })? else { return Ok(()) };
            if let Some(follows) = follows.get_mut(last) {
                *follows = unit;
            }
            last = unit;
            let (_, answers) = units.get_mut(unit).ok_or_else(|| A::Error::custom("no such unit"))?;
            if answers.len() != before {
                return Err(A::Error::custom("a unit stands twice"));
            }
            entries.next_value_seed(Cell(answers))?;
        }
    }
}

/// A key, told as the place of its unit.
struct Named<'a> {
    units: &'a [(String, Answers)],
    place: &'a HashMap<String, usize>,
    guess: usize,
}

impl<'de> DeserializeSeed<'de> for Named<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<usize, D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for Named<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a unit of the questionnaire")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        if self.units.get(self.guess).is_some_and(|(unit, _)| unit == key) {
            return Ok(self.guess);
        }
        self.place.get(key).copied().ok_or_else(|| E::invalid_value(Unexpected::Str(key), &self))
    }
}

/// The column that takes the next value.
struct Cell<'a>(&'a mut Answers);

impl<'de> DeserializeSeed<'de> for Cell<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl Cell<'_> {
    fn take<E: Error>(self, value: &str) -> Result<(), E> {
        match self.0 {
            Answers::Codes(_) => Err(E::invalid_type(Unexpected::Other("a value"), &self)),
            Answers::Values(values) => {
                values.push(value);
                Ok(())
            }
        }
    }
}

impl<'de> Visitor<'de> for Cell<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an answer as the unit is coded")
    }

    fn visit_u64<E: Error>(self, code: u64) -> Result<(), E> {
        match (&mut *self.0, u8::try_from(code)) {
            (Answers::Codes(codes), Ok(code @ 1..)) => {
                codes.push(code);
                Ok(())
            }
            (Answers::Values(_), _) => self.take(&code.to_string()),
            _ => Err(E::invalid_value(Unexpected::Unsigned(code), &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut codes: A) -> Result<(), A::Error> {
        let mut text = String::from("[");
        while let Some(code) = codes.next_element::<u16>()? {
            if text.len() > 1 {
                text.push(',');
            }
            // Writing to a text cannot fail.
            _ = write!(text, "{code}");
        }
        text.push(']');
        self.take(&text)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        let value = serde_json::Value::deserialize(MapAccessDeserializer::new(entries))?;
        self.take(&value.to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.take(&serde_json::Value::from(text).to_string())
    }
}
