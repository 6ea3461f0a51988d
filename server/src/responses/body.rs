//! What a submit seals into the inbox, and what the flush takes out of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use survey_forms::{Answers, Completed};

use super::padding::{pad, unpad};
use super::paradata::Paradata;
use crate::app::App;
use crate::base::seal::{Key, hex};
use crate::error::{Error, Result};

/// Nearly every form fits into one step, so that all rows look alike.
const STEP: usize = 4096;
const REFUSAL_STEP: usize = 256;

/// The same answers of the same person always give the same bytes: fields in this order, maps in key order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub answers: Answers,
    /// Hexadecimal: what the contact side knows the code by. It never leaves the flush together with the answers.
    pub contact_digest: String,
    pub mode: String,
    pub texts: BTreeMap<String, String>,
    /// Not part of what makes two sendings the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paradata: Option<Paradata>,
}

/// How the answers were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Web,
    Interviewer,
    Paper,
}

impl Mode {
    fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Interviewer => "interviewer",
            Self::Paper => "paper",
        }
    }
}

pub struct Sealed {
    pub bytes: Vec<u8>,
    /// Keyed: answers are few enough to be guessed under a plain digest.
    pub digest: Vec<u8>,
}

impl Body {
    pub fn new(completed: &Completed, contact_digest: &[u8], mode: Mode, paradata: Paradata) -> Self {
        Self {
            answers: completed.answers().clone(),
            contact_digest: hex(contact_digest),
            mode: mode.name().to_owned(),
            texts: completed.texts().clone(),
            paradata: Some(paradata),
        }
    }

    pub fn seal(&self, app: &App, day: &Key, tag: &[u8]) -> Result<Sealed> {
        let bytes = day.seal(tag, &pad(&serde_json::to_vec(self)?, STEP))?;
        Ok(Sealed { bytes, digest: self.digest(app)? })
    }

    /// See [`Sealed::digest`].
    pub fn digest(&self, app: &App) -> Result<Vec<u8>> {
        let said = serde_json::to_vec(&Self { paradata: None, ..self.clone() })?;
        Ok(app.keys.purpose("body digest")?.digest(&said)?.to_vec())
    }

    pub fn open(day: &Key, tag: &[u8], sealed: &[u8]) -> Result<Self> {
        open(day, tag, sealed)
    }
}

/// Why somebody does not take part. The last two mean that the survey is not for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Time,
    Trust,
    Useless,
    Other,
    Young,
    Moved,
}

impl Reason {
    pub const ALL: [Self; 6] = [Self::Time, Self::Trust, Self::Useless, Self::Young, Self::Moved, Self::Other];

    pub fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Trust => "trust",
            Self::Useless => "useless",
            Self::Other => "other",
            Self::Young => "young",
            Self::Moved => "moved",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub contact_digest: String,
    pub reason: Option<Reason>,
}

impl Refusal {
    pub fn seal(&self, day: &Key, tag: &[u8]) -> Result<Vec<u8>> {
        day.seal(tag, &pad(&serde_json::to_vec(self)?, REFUSAL_STEP))
    }

    pub fn open(day: &Key, tag: &[u8], sealed: &[u8]) -> Result<Self> {
        open(day, tag, sealed)
    }
}

fn open<T: serde::de::DeserializeOwned>(day: &Key, tag: &[u8], sealed: &[u8]) -> Result<T> {
    let damaged = || Error::internal("inbox-damaged");
    let plain = day.open(tag, sealed).ok_or_else(damaged)?;
    Ok(serde_json::from_slice(unpad(&plain).ok_or_else(damaged)?)?)
}

/// The bytes behind lower-case hexadecimal.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    digits.chunks(2).map(|pair| <[u8; 2]>::try_from(pair).ok().map(|[high, low]| high << 4 | low)).collect()
}
