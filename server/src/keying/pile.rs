//! What is keyed of one form so far, sealed under a key that only its code gives: neither the database nor we can say who keyed what.

use serde::{Deserialize, Serialize};
use survey_forms::{Form, Transcript};
use uuid::Uuid;

use super::Outcome;
use crate::app::App;
use crate::base::seal::Key;
use crate::error::{Error, Result};
use crate::invitations::code::Code;
use crate::responses::padding::{pad, unpad};

/// So that its length does not tell how much somebody answered.
const STEP: usize = 4096;

/// One person's keying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Keyed {
    /// The account.
    pub by: Uuid,
    pub sheet: Transcript,
}

/// None, one, or two that differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Pile(pub Vec<Keyed>);

impl Pile {
    pub(super) fn seal(&self, app: &App, code: &Code, tag: &[u8]) -> Result<Vec<u8>> {
        key(app, code)?.seal(tag, &pad(&serde_json::to_vec(self)?, STEP))
    }

    pub(super) fn open(app: &App, code: &Code, tag: &[u8], sealed: &[u8]) -> Result<Self> {
        let plain = key(app, code)?.open(tag, sealed).ok_or_else(damaged)?;
        Ok(serde_json::from_slice(unpad(&plain).ok_or_else(damaged)?)?)
    }

    /// What to say to who sends their own sheet once more; none when they have not keyed this form.
    pub(super) fn again(&self, own: &Keyed, form: &Form) -> Result<Option<Outcome>> {
        match self.0.as_slice() {
            [first, second] if second == own => {
                Ok(Some(Outcome::Differ(first.sheet.differences(&second.sheet, form).len())))
            }
            [first, ..] if first == own => Ok(Some(Outcome::First)),
            _ if self.has(own.by) => Err(Error::conflict("keying-own")),
            _ => Ok(None),
        }
    }

    pub(super) fn has(&self, by: Uuid) -> bool {
        self.0.iter().any(|keyed| keyed.by == by)
    }
}

fn key(app: &App, code: &Code) -> Result<Key> {
    app.keys.purpose("keying")?.derive("keying", code.digits().as_bytes())
}

fn damaged() -> Error {
    Error::internal("keying-damaged")
}
