//! What a person has answered so far, sealed under a key that only their code gives: the database cannot read it, nor can we
//! without the code.

use serde::{Deserialize, Serialize};
use survey_forms::Answers;

use super::padding::{pad, unpad};
use super::session::Session;
use crate::app::App;
use crate::base::seal::Key;
use crate::error::{Error, Result};

/// The notice people agreed to; a new text gets a new name.
pub const NOTICE: &str = "2026-1";
/// So that its length does not tell how far somebody is.
const STEP: usize = 512;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Which notice was agreed to; none before the consent.
    pub notice: Option<String>,
    /// The language they read in, for another device.
    pub language: String,
    pub answers: Answers,
    /// When the consent was given, in seconds since 1970: how long answering took is told by it, and it goes with the draft.
    #[serde(default)]
    pub begun: Option<i64>,
}

impl Draft {
    pub fn seal(&self, app: &App, session: &Session, tag: &[u8; 32]) -> Result<Vec<u8>> {
        key(app, session)?.seal(tag, &pad(&serde_json::to_vec(self)?, STEP))
    }

    pub fn open(app: &App, session: &Session, tag: &[u8; 32], sealed: &[u8]) -> Result<Self> {
        let plain = key(app, session)?.open(tag, sealed).ok_or_else(|| Error::internal("draft-damaged"))?;
        Ok(serde_json::from_slice(unpad(&plain).ok_or_else(|| Error::internal("draft-damaged"))?)?)
    }
}

fn key(app: &App, session: &Session) -> Result<Key> {
    app.keys.purpose("draft")?.derive("draft", session.code.digits().as_bytes())
}
