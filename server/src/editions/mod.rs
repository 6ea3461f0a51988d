//! What is published: frozen, looked at, approved by one person, released by another at a moment they choose.
//!
//! Invariants: an edition is one document ([`Content`]) that never changes, numbered within its survey; it is approved only where every check
//! that must hold holds, and released only by somebody else than who approved it; a correction is a further edition that says why. Whatever
//! the public reads is made of released editions and of nothing else (docs/adr/0031).
//! Table: `office.edition`.

mod attack;
mod build;
mod bundle;
mod changes;
mod checks;
pub mod content;
mod difference;
mod figures_csv;
pub mod jobs;
mod pages;
pub mod routes;
mod store;
mod verify;
mod views;

pub use bundle::bundle;
pub use changes::{Changed, changes};
pub use checks::{Check, Verdict};
pub use content::Content;
pub use difference::Difference;
pub use figures_csv::figures_csv;
pub use store::Edition;
pub use verify::{Bundle, verify_bundle};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::seal::hex;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::jobs::{Job, queue};

/// How far ahead a release may be ordered.
const FARTHEST: TimeDelta = TimeDelta::days(366);
/// Of the reason for a correction, in each language.
const REASON: std::ops::RangeInclusive<usize> = 10..=1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Looked at, waiting for an approval; or not sound, then for good.
    Frozen,
    Approved,
    /// Will be public at its moment.
    Ordered,
    Public,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            Self::Frozen => "frozen",
            Self::Approved => "approved",
            Self::Ordered => "ordered",
            Self::Public => "public",
        }
    }
}

impl Edition {
    pub fn state(&self, now: DateTime<Utc>) -> State {
        match (self.release_at, &self.approved_by) {
            (Some(moment), _) if moment <= now => State::Public,
            (Some(_), _) => State::Ordered,
            (None, Some(_)) => State::Approved,
            (None, None) => State::Frozen,
        }
    }

    /// `sipas-2026/1`: how people speak of it.
    pub fn label(&self, campaign: &Campaign) -> String {
        format!("{}/{}", campaign.slug, self.number)
    }
}

/// Why there is another edition, in both languages; empty for the first one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    pub vi: String,
    pub en: String,
}

/// Every edition of a survey, the newest first; without what is in them.
pub async fn of(app: &App, campaign: Uuid) -> Result<Vec<Edition>> {
    store::of(&mut app.database.contact.read().await?, campaign).await
}

/// # Errors
/// Not found.
pub async fn find(app: &App, campaign: &Campaign, number: i32) -> Result<Edition> {
    let found = of(app, campaign.id).await?.into_iter().find(|edition| edition.number == number);
    found.ok_or_else(|| Error::not_found("edition-missing"))
}

/// What an edition says, and its bytes.
///
/// # Errors
/// Conflict, if the bytes are not those that were frozen.
pub async fn content(app: &App, edition: &Edition) -> Result<(Content, Vec<u8>)> {
    let bytes = store::content(&mut app.database.contact.read().await?, edition.id).await?;
    if crate::base::seal::sha256(&bytes).as_slice() != edition.digest {
        return Err(Error::conflict("edition-damaged"));
    }
    let content: Content = serde_json::from_slice(&bytes)?;
    if content.format != content::FORMAT {
        return Err(Error::conflict("edition-format"));
    }
    Ok((content, bytes))
}

/// Everything whose moment has come or will come: for who shows it.
pub async fn ordered(app: &App) -> Result<Vec<Edition>> {
    store::ordered(&mut app.database.contact.read().await?).await
}

/// Asks for the next edition of a survey from the run that is shown; two who ask at once get one.
///
/// # Errors
/// Invalid, if a correction does not say why.
pub async fn freeze(app: &App, actor: &Actor, campaign: &Campaign, reason: Reason) -> Result<Uuid> {
    let first = of(app, campaign.id).await?.is_empty();
    let told = [&reason.vi, &reason.en].iter().all(|text| REASON.contains(&text.trim().chars().count()));
    if !first && !told {
        return Err(Error::invalid("edition-reason"));
    }
    let Reason { vi, en } = if first { Reason::default() } else { reason };
    let details = json!({ "reason": vi });
    let job = Job::Freeze { campaign: campaign.id, reason_vi: vi.trim().to_owned(), reason_en: en.trim().to_owned() };
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "editions.freeze", subject: campaign.slug.clone(), details },
        async |transaction| queue::enqueue(transaction, &app.clock, &job, actor).await,
    )
    .await
}

/// These numbers are right. `seen` is the digest of what the approver looked at.
///
/// # Errors
/// Conflict, if another document was looked at, a check does not hold, or somebody was faster.
pub async fn approve(app: &App, actor: &Actor, campaign: &Campaign, edition: &Edition, seen: &str) -> Result<()> {
    if hex(&edition.digest) != seen {
        return Err(Error::conflict("edition-seen"));
    }
    if !edition.sound {
        return Err(Error::conflict("edition-unsound"));
    }
    let details = json!({ "digest": seen });
    let now = app.clock.now();
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "editions.approve", subject: edition.label(campaign), details },
        async |transaction| {
            let done = store::approve(transaction, edition.id, &actor.to_string(), now).await?;
            if done { Ok(()) } else { Err(Error::conflict("edition-state")) }
        },
    )
    .await
}

/// Makes an approved edition public at `moment`, or at once. Nothing else happens then: pages look at the clock.
///
/// # Errors
/// Forbidden to who approved it; invalid, if the moment is past or too far; conflict, if it is not the newest, or not approved.
pub async fn release(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    edition: &Edition,
    moment: Option<DateTime<Utc>>,
) -> Result<()> {
    let now = app.clock.now();
    let moment = moment.unwrap_or(now);
    if moment < now || moment > now + FARTHEST {
        return Err(Error::invalid("edition-moment"));
    }
    if edition.approved_by.as_deref() == Some(actor.to_string().as_str()) {
        return Err(Error::conflict("edition-own"));
    }
    let details = json!({ "digest": hex(&edition.digest), "release_at": moment });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "editions.release", subject: edition.label(campaign), details },
        async |transaction| {
            // An older one after a newer one would take its place.
            if store::newest_ordered(transaction, campaign.id).await?.is_some_and(|newest| newest > edition.number) {
                return Err(Error::conflict("edition-older"));
            }
            let done = store::order(transaction, edition.id, &actor.to_string(), now, moment).await?;
            if done { Ok(()) } else { Err(Error::conflict("edition-state")) }
        },
    )
    .await
}

/// Stops a release before its moment.
///
/// # Errors
/// Conflict, if it is public already or nothing was ordered.
pub async fn stop(app: &App, actor: &Actor, campaign: &Campaign, edition: &Edition) -> Result<()> {
    let now = app.clock.now();
    let details = json!({ "release_at": edition.release_at });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "editions.stop", subject: edition.label(campaign), details },
        async |transaction| {
            let done = store::stop(transaction, edition.id, now).await?;
            if done { Ok(()) } else { Err(Error::conflict("edition-public")) }
        },
    )
    .await
}
