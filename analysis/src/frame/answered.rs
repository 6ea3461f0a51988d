//! One row's JSON into the columns of its survey. The codes of choices, nearly all there is, are read where they stand; whatever else an answer
//! may be is left to the library.

use std::collections::HashMap;

use serde_json::Value;

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
    /// # Errors
    /// The byte where it is no object of answers to these units.
    pub(super) fn read(mut self, answers: &[u8]) -> Result<(), usize> {
        let mut json = Json { rest: answers };
        self.object(&mut json).ok_or(answers.len() - json.rest.len())
    }

    fn object(&mut self, json: &mut Json<'_>) -> Option<()> {
        json.take(b'{')?;
        let mut last = self.units.len();
        if json.take(b'}').is_none() {
            loop {
                last = self.answer(json, last)?;
                if json.take(b',').is_none() {
                    json.take(b'}')?;
                    break;
                }
            }
        }
        json.blanks();
        json.rest.is_empty().then_some(())
    }

    /// The next key and its answer; gives the place of the unit.
    fn answer(&mut self, json: &mut Json<'_>, last: usize) -> Option<usize> {
        let follows = self.follows.get_mut(last)?;
        json.take(b'"')?;
        let guess = self.units.get(*follows).and_then(|(unit, _)| json.rest.strip_prefix(unit.as_bytes()));
        if let Some([b'"', after @ ..]) = guess {
            json.rest = after;
        } else {
            // Codes of units have no sign that JSON would write otherwise.
            let end = json.rest.iter().position(|byte| *byte == b'"')?;
            let (unit, after) = json.rest.split_at_checked(end)?;
            *follows = *self.place.get(str::from_utf8(unit).ok()?)?;
            json.rest = after.get(1..)?;
        }
        json.take(b':')?;
        json.blanks();
        let (_, answers) = self.units.get_mut(*follows)?;
        // No unit stands twice.
        (answers.len() == self.before).then_some(())?;
        match answers {
            Answers::Codes(codes) => codes.push(json.code()?),
            Answers::Values(values) => values.push(&json.value()?),
        }
        Some(*follows)
    }
}

/// What is left of a text.
struct Json<'a> {
    rest: &'a [u8],
}

impl Json<'_> {
    fn blanks(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', after @ ..] = self.rest {
            self.rest = after;
        }
    }

    fn take(&mut self, sign: u8) -> Option<()> {
        self.blanks();
        let (first, after) = self.rest.split_first()?;
        (*first == sign).then(|| self.rest = after)
    }

    /// From 1 to 255; what follows is for the caller to judge.
    fn code(&mut self) -> Option<u8> {
        let mut code = 0_u8;
        while let [digit @ b'0'..=b'9', after @ ..] = self.rest {
            code = code.checked_mul(10)?.checked_add(digit - b'0')?;
            self.rest = after;
        }
        Some(code).filter(|code| *code > 0)
    }

    /// Any answer, without blanks.
    fn value(&mut self) -> Option<String> {
        let mut values = serde_json::Deserializer::from_slice(self.rest).into_iter::<Value>();
        let value = values.next()?.ok().filter(|value| !value.is_null() && !value.is_boolean())?;
        self.rest = self.rest.get(values.byte_offset()..)?;
        Some(value.to_string())
    }
}
