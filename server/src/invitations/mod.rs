//! Who may answer: one code per sampled person, in clear only on the letter.
//!
//! Invariants: the contact side knows a code by a digest under the root key, the answers side by a tag under the campaign's
//! key, and nothing stored leads from one to the other; rows of each side are inserted in an order of their own; a campaign
//! has the codes of one draw.
//! Tables: `contact.invitation`, `contact.letter_text`, `contact.letter_file`, `contact.message_rule`, `contact.message`,
//! `contact.opt_out`; `answers.sampling_unit`, `answers.allowed`.

pub mod code;
pub mod jobs;
mod letter;
mod list;
pub mod messages;
mod pages;
mod payment;
pub mod print;
mod progress;
pub mod routes;
mod single;
mod store;
mod wording;

pub use messages::{copy_rules, self_starting};
pub use progress::{ProvinceProgress, progress};
pub use single::{admit, print_again};

use std::path::PathBuf;

use analysis::draw::Unit;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::chance;
use crate::base::db::{Answers, Connection};
use crate::base::seal::Key;
use crate::campaigns::{self, Campaign, State};
use crate::error::{Error, Result};
use crate::jobs::{Job, queue};
use crate::places;
use crate::samples::{self, Draw};
use code::Code;

/// Where an invitation stands, as far as the contact side is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Open,
    Responded,
    Refused,
    Cancelled,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Responded => "responded",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
        }
    }

    /// The states this one may follow: who refused may still answer, an answer and a cancellation are final.
    fn follows(self) -> &'static [Self] {
        match self {
            Self::Open => &[],
            Self::Refused => &[Self::Open],
            Self::Responded | Self::Cancelled => &[Self::Open, Self::Refused],
        }
    }
}

/// What a right code opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    pub tag: [u8; 32],
    pub campaign: Uuid,
    pub psu: String,
}

/// The key of [`Code::contact_digest`].
pub fn contact_key(app: &App) -> Result<Key> {
    app.keys.purpose("contact code")
}

/// The campaign a code belongs to; `None` for an unknown, a cancelled and a past campaign's code alike.
pub async fn recognise(app: &App, code: &Code) -> Result<Option<Allowed>> {
    let mut tags = Vec::new();
    for campaign in campaigns::list(app).await? {
        if let Some(wave) = app.keys.wave(campaign.id)? {
            tags.push(code.tag(&wave)?.to_vec());
        }
    }
    let found = store::find_allowed(&mut app.database.answers.read().await?, &tags).await?;
    found
        .map(|row| {
            let tag = row.tag.try_into().map_err(|_wrong_length| Error::internal("tag-damaged"))?;
            Ok(Allowed { tag, campaign: row.campaign_id, psu: row.psu })
        })
        .transpose()
}

/// Whether the code's person lives in the place that somebody may see (`VN`: anywhere).
pub async fn is_within(app: &App, code: &Code, place: &str) -> Result<bool> {
    if place == places::COUNTRY {
        return Ok(true);
    }
    let Some(allowed) = recognise(app, code).await? else { return Ok(false) };
    let mut connection = app.database.answers.read().await?;
    Ok(store::province_of(&mut connection, allowed.campaign, &allowed.psu).await?.as_deref() == Some(place))
}

/// Tells the contact side how these invitations went: one batch, one audit row, no order of arrival. Says how many changed.
pub async fn mark(app: &App, campaign: Uuid, digests: &[Vec<u8>], status: Status) -> Result<usize> {
    if digests.is_empty() {
        return Ok(0);
    }
    let mut digests = digests.to_vec();
    chance::shuffle(&mut digests)?;
    let actor = Actor::System("flush");
    let details = json!({ "status": status.name(), "count": digests.len() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "invitations.mark", subject: campaign.to_string(), details },
        async |transaction| store::set_status(transaction, campaign, &digests, status).await,
    )
    .await
}

/// From here on nobody of this campaign may answer. Waits for submits under way, so that whoever looks after this sees
/// them all.
pub async fn end(transaction: &mut Connection<Answers>, campaign: Uuid) -> Result<()> {
    store::disallow_all(transaction, campaign).await
}

/// Makes a code worthless: a lost letter, a person who moved away. An answer that was given already stays.
/// `within` is the place the actor may act in; a code of another province is as unknown as none.
pub async fn cancel(app: &App, actor: &Actor, within: &str, code: &Code) -> Result<()> {
    let digest = code.contact_digest(&contact_key(app)?)?.to_vec();
    let found = store::find_by_digest(&mut app.database.contact.read().await?, &digest).await?;
    let found = found
        .filter(|found| within == places::COUNTRY || within == found.province_code)
        .ok_or_else(|| Error::invalid("code-unknown"))?;
    if found.status == Status::Responded.name() {
        return Err(Error::conflict("code-responded"));
    }
    // The answers side first: if we die in between, the code is worthless already and pressing again ends the work.
    if let Some(wave) = app.keys.wave(found.campaign_id)? {
        let tag = code.tag(&wave)?;
        app.database
            .answers
            .transaction("invitations.cancel", async |transaction| store::disallow(transaction, &tag).await)
            .await?;
    }
    let details = json!({ "province": found.province_code });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.cancel", subject: found.campaign_id.to_string(), details },
        async |transaction| {
            store::set_status(transaction, found.campaign_id, std::slice::from_ref(&digest), Status::Cancelled).await
        },
    )
    .await?;
    Ok(())
}

/// Asks for codes for the persons of a draw. Returns the job.
pub async fn issue(app: &App, actor: &Actor, campaign: &Campaign, draw: Uuid) -> Result<Uuid> {
    let draw = samples::find(app, draw).await?;
    if campaign.state() == State::Closed || draw.campaign_id != campaign.id {
        return Err(Error::conflict("campaign-state").with("state", campaign.state().name()));
    }
    if !draw.names_persons() {
        return Err(Error::conflict("draw-not-drawn"));
    }
    refuse_other_draw(app, &draw).await?;
    let details = json!({ "draw": draw.id });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.request", subject: campaign.slug.clone(), details },
        async |transaction| queue::enqueue(transaction, &app.clock, &Job::Invite { draw: draw.id }, actor).await,
    )
    .await
}

/// The draw whose persons have the campaign's codes, and how many they are.
pub async fn issued(app: &App, campaign: Uuid) -> Result<Option<(Uuid, i64)>> {
    let mut connection = app.database.contact.read().await?;
    match store::issued_draw(&mut connection, campaign).await? {
        Some(draw) => Ok(Some((draw, store::issued(&mut connection, draw).await?))),
        None => Ok(None),
    }
}

/// What a unit's stratum is called beside the answers.
pub fn stratum(unit: &Unit) -> String {
    unit.stratum().replace('/', "-")
}

/// Where the print file of this draw's letters lies (or lay).
pub fn print_list(app: &App, draw: Uuid) -> PathBuf {
    list::path(app, draw)
}

/// Removes lists and letters once they are printed. From here on nobody can look a code up.
pub async fn destroy_print_list(app: &App, actor: &Actor, campaign: &Campaign, draw: Uuid) -> Result<()> {
    print::destroy(app, actor, campaign, draw).await
}

async fn refuse_other_draw(app: &App, draw: &Draw) -> Result<()> {
    match store::issued_draw(&mut app.database.contact.read().await?, draw.campaign_id).await? {
        Some(other) if other != draw.id => Err(Error::conflict("codes-of-another-draw")),
        _ => Ok(()),
    }
}
