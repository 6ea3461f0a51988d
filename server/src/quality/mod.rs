//! Whether forms were answered by the people they are from: what stands out beside honest answering, and the check-back (phúc tra).
//!
//! Invariants: a verdict is a figure with its evidence and the number of false alarms to expect, never a deletion; nothing is shown of
//! fewer than ten forms; who is asked again is drawn by chance and by somebody else than the interviewer; what a checked person says of
//! the interview stays with the case, what they say to the neutral questions does not.
//! Tables: `office.quality_rule`, `contact.quality_group`, `contact.quality_note`, `contact.check_back_draw`, `contact.check_back`,
//! `contact.check_back_try`, `contact.check_back_fact`, `contact.check_back_figure`. Of the answers it reads counts only.

pub mod check_back;
mod facts;
pub mod jobs;
mod pages;
pub mod routes;
mod rules;
mod store;
mod visits;

pub use store::check_back::Check;
pub use store::figures::{Figures, Group, Note};

use analysis::quality::Kind;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::jobs::{Job, queue};

const LETTERS: std::ops::RangeInclusive<usize> = 5..=500;

/// What a reviewer makes of an interviewer's flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Explained,
    Check,
}

impl Verdict {
    pub const ALL: [Self; 2] = [Self::Explained, Self::Check];

    pub fn name(self) -> &'static str {
        match self {
            Self::Explained => "explained",
            Self::Check => "check",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// The figures of the last run that the reader may see.
pub async fn figures(app: &App, campaign: Uuid) -> Result<Figures> {
    store::figures::figures(&mut app.database.contact.read().await?, campaign).await
}

/// What reviewers wrote, the newest first.
pub async fn notes(app: &App, campaign: Uuid) -> Result<Vec<Note>> {
    store::figures::notes(&mut app.database.contact.read().await?, campaign).await
}

/// Asks for a new run; two who ask at once get one.
pub async fn request(app: &App, actor: &Actor, campaign: &Campaign) -> Result<Uuid> {
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "quality.request", subject: campaign.slug.clone(), details: json!({}) },
        async |transaction| {
            queue::enqueue(transaction, &app.clock, &Job::Quality { campaign: campaign.id }, actor).await
        },
    )
    .await
}

/// Writes down what a reviewer makes of an interviewer's flags of one kind. Earlier notes stay.
pub async fn note(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    interviewer: Uuid,
    kind: Kind,
    verdict: Verdict,
    reason: &str,
) -> Result<()> {
    let reason = reason.trim();
    if !LETTERS.contains(&reason.chars().count()) {
        return Err(Error::invalid("quality-reason"));
    }
    let mut connection = app.database.contact.read().await?;
    let group = store::figures::group(&mut connection, campaign.id, interviewer, kind.name()).await?;
    drop(connection);
    let group = group.ok_or_else(|| Error::not_found("quality-group-missing"))?;
    let note = Note {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        province_code: group.province_code,
        interviewer_id: interviewer,
        kind: kind.name().to_owned(),
        verdict: verdict.name().to_owned(),
        reason: reason.to_owned(),
        made_by: actor.to_string(),
        made_at: app.clock.now(),
    };
    let details = json!({ "interviewer": interviewer, "kind": note.kind, "verdict": note.verdict, "reason": reason });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "quality.note", subject: campaign.slug.clone(), details },
        async |transaction| store::figures::note(transaction, &note).await,
    )
    .await
}
