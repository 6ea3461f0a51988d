//! A citizen answering: code, consent, pages, pause, receipt; and the flush that makes answers anonymous.
//!
//! Invariants: nothing here writes a time, an address or a serial number; a draft can be read with its code only; answers are
//! acknowledged after their row is stored, once per code; no transaction touches the contact side and the answers side; a
//! response cannot be led back to a tag, a code or a moment.
//! Tables: `answers.draft`, `answers.refusal`, `answers.inbox`, `answers.spent`, `answers.response`, `answers.free_text`.

pub mod body;
pub mod citizen;
pub mod door;
pub mod draft;
pub mod jobs;
pub mod padding;
pub mod pages;
pub mod routes;
pub mod rules;
pub mod session;
pub mod store;
#[cfg(test)]
mod tests;
pub mod throttle;

pub use door::Door;

use std::sync::Arc;

use session::Session;
use sha2::{Digest as _, Sha256};
use survey_forms::Answers;
use uuid::Uuid;

use crate::app::App;
use crate::campaigns::{Campaign, State, Window};
use crate::error::Result;
use crate::invitations;
use crate::invitations::code::{Code, CodeMistake};
use throttle::Source;

/// What a typed code leads to.
enum Entered {
    In(Session),
    Early(Arc<Campaign>),
    Over(Arc<Campaign>),
    Mistake(CodeMistake),
    /// Unknown or cancelled: nobody learns which.
    Unknown,
    TooMany {
        minutes: i64,
    },
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
        // After the close no code can be told from another, so every one of them learns that it is over.
        let over = door::public_campaign(app).await?.filter(|campaign| campaign.state() == State::Closed);
        return Ok(if let Some(campaign) = over {
            Entered::Over(Arc::new(campaign))
        } else {
            app.door.throttle.count(now, source, &code);
            Entered::Unknown
        });
    };
    let campaign = door::campaign(app, allowed.campaign).await?;
    Ok(match campaign.window(app.clock.today()) {
        Window::Early => Entered::Early(campaign),
        Window::Over => Entered::Over(campaign),
        Window::Open => Entered::In(Session { code, campaign: campaign.id, seen: now, sent: None }),
    })
}

/// How many responses a campaign has, and the SHA-256 that names exactly this set of them: over the responses in order of id,
/// one line each of id, commune pseudonym, mode and answers (JSON, keys in order), separated by tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseSet {
    pub count: usize,
    pub digest: Vec<u8>,
}

const READ_AT_ONCE: i64 = 2_000;

pub async fn response_set(app: &App, campaign: Uuid) -> Result<ResponseSet> {
    let (mut hash, mut count, mut after) = (Sha256::new(), 0, Uuid::nil());
    loop {
        let rows =
            store::flush::responses_after(&mut app.database.answers.read().await?, campaign, after, READ_AT_ONCE)
                .await?;
        let Some((last, ..)) = rows.last() else { break };
        after = *last;
        count += rows.len();
        for (id, psu, mode, answers) in rows {
            let answers: Answers = serde_json::from_value(answers)?;
            hash.update(format!("{id}\t{psu}\t{mode}\t{}\n", serde_json::to_string(&answers)?));
        }
    }
    Ok(ResponseSet { count, digest: hash.finalize().to_vec() })
}
