//! A citizen answering: code, consent, pages, pause, receipt; and the flush that makes answers anonymous.
//!
//! Invariants: nothing here writes a time, an address or a serial number; a draft can be read with its code only; answers are
//! acknowledged after their row is stored, once per code; no transaction touches the contact side and the answers side; a
//! response cannot be led back to a tag, a code or a moment.
//! Tables: `answers.draft`, `answers.refusal`, `answers.inbox`, `answers.spent`, `answers.response`, `answers.free_text`,
//! `answers.paradata_waiting`, `answers.paradata_count`, `answers.response_copy`.

pub mod body;
mod browser;
pub mod citizen;
pub mod columns;
pub mod copy;
pub mod door;
pub mod draft;
pub mod jobs;
pub mod padding;
pub mod pages;
pub mod paradata;
pub mod routes;
pub mod rules;
pub mod session;
pub mod store;
#[cfg(test)]
mod tests;
pub mod throttle;

pub use columns::response_set;
pub use door::Door;

use std::net::IpAddr;
use std::sync::Arc;

use session::Session;
use survey_forms::Answers;

use crate::app::App;
use crate::campaigns::{Campaign, State, Window};
use crate::error::{Error, Kind, Result};
use crate::invitations;
use crate::invitations::code::{Code, CodeMistake};
use body::Mode;
use citizen::{Citizen, Met, Sent};
use paradata::Led;
use throttle::{Source, Tries};

/// What a typed code leads to.
enum Entered {
    /// An invited person, whatever the day.
    Known(Session, Arc<Campaign>),
    /// After the close no code can be told from another.
    Over(Arc<Campaign>),
    Mistake(CodeMistake),
    /// Unknown or cancelled: nobody learns which.
    Unknown,
    TooMany {
        minutes: i64,
    },
}

/// Whether no response can come any more: the survey is closed, and its last flush has destroyed the key that codes are known by.
pub fn are_complete(app: &App, campaign: &Campaign) -> Result<bool> {
    Ok(campaign.state() == State::Closed && app.keys.wave(campaign.id)?.is_none())
}

/// Judges a typed code. Marks nothing: chat programs open links to show a preview.
async fn enter(app: &App, typed: &str, source: Source) -> Result<Entered> {
    let code = match Code::parse(typed) {
        Ok(code) => code,
        Err(mistake) => return Ok(Entered::Mistake(mistake)),
    };
    let now = app.clock.now();
    if let Err(minutes) = app.door.throttle.admit(now, source, &code) {
        return Ok(Entered::TooMany { minutes });
    }
    let Some(allowed) = invitations::recognise(app, &code).await? else {
        let over = door::public_campaign(app).await?.filter(|campaign| campaign.state() == State::Closed);
        return Ok(if let Some(campaign) = over {
            Entered::Over(Arc::new(campaign))
        } else {
            app.door.throttle.count(now, source, &code);
            Entered::Unknown
        });
    };
    let campaign = door::campaign(app, allowed.campaign).await?;
    Ok(Entered::Known(Session { code, campaign: campaign.id, seen: now, sent: None }, campaign))
}

/// Who hands in for a person: a code leads to that person, or is turned away.
pub enum Arrived {
    Here(Box<Citizen>),
    Early,
    Over,
    Mistake(CodeMistake),
    Unknown,
    TooMany { minutes: i64 },
}

/// The person of a code, for somebody who brings their answers: an interviewer's device within the days of the survey, a keyer of paper
/// until its close.
pub async fn arrive(app: &App, code: &str, mode: Mode, address: Option<IpAddr>) -> Result<Arrived> {
    let source = Source { tries: Tries::default(), address };
    let (session, campaign) = match enter(app, code, source).await? {
        Entered::Known(session, campaign) => (session, campaign),
        Entered::Over(_) => return Ok(Arrived::Over),
        Entered::Mistake(mistake) => return Ok(Arrived::Mistake(mistake)),
        Entered::Unknown => return Ok(Arrived::Unknown),
        Entered::TooMany { minutes } => return Ok(Arrived::TooMany { minutes }),
    };
    let today = app.clock.today();
    match if mode == Mode::Paper { campaign.paper_window(today) } else { campaign.window(today) } {
        Window::Early => Ok(Arrived::Early),
        Window::Over => Ok(Arrived::Over),
        Window::Open => Ok(match Citizen::meet_in(app, session, campaign).await? {
            Met::Citizen(citizen) => Arrived::Here(citizen),
            Met::Early(_) => Arrived::Early,
            Met::Over(_) | Met::Cancelled(_) => Arrived::Over,
        }),
    }
}

/// What became of an interview that an interviewer's device sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Stable for the code.
    pub receipt: String,
    /// These very answers are stored. Otherwise the code's answers are anonymous already, and nobody can say whether they are these.
    pub these: bool,
}

/// Takes a finished interview as if the citizen had sent it: one sealed row, the same receipt for the same answers. `form` is the digest
/// of the version that was asked.
///
/// # Errors
/// Says in a word what is wrong and can be mended: the code, the moment, the version, or the answers.
pub async fn take_interview(
    app: &App,
    code: &str,
    form: &str,
    answers: Answers,
    led: Led,
    address: Option<IpAddr>,
) -> Result<Taken> {
    let citizen = match arrive(app, code, Mode::Interviewer, address).await? {
        Arrived::Here(citizen) => citizen,
        Arrived::Early => return Err(Error::invalid("interview-early")),
        Arrived::Over => return Err(Error::invalid("interview-over")),
        Arrived::Mistake(_) | Arrived::Unknown => return Err(Error::invalid("interview-code")),
        Arrived::TooMany { .. } => return Err(Error::new(Kind::TooMany, "interview-too-many")),
    };
    if citizen.form.digest() != form {
        return Err(Error::conflict("interview-old-form"));
    }
    match citizen.hand_in(app, answers, Mode::Interviewer, Some(led)).await? {
        sent @ (Sent::Received | Sent::Recorded) => {
            Ok(Taken { receipt: citizen.receipt(app)?, these: sent == Sent::Received })
        }
        Sent::Different => Err(Error::conflict("interview-other-answers")),
        Sent::Open(_) | Sent::NotBegun => Err(Error::invalid("interview-open")),
    }
}

/// How many responses a survey has, and the SHA-256 that names exactly this set of them: over the responses in order of id,
/// one line each of id, commune pseudonym, mode and answers (JSON, keys in order), separated by tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseSet {
    pub count: usize,
    pub digest: Vec<u8>,
}
