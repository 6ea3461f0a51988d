//! Commit, then draw: what happens to a draw, by whom, in which order.
//!
//! Frame, design and the name of the future seed are fixed before the seed can be known; somebody types the seed in; another person
//! confirms it. So neither a frame nor a design can be tuned to a seed, and no seed can be chosen.

use analysis::design::Design;
use analysis::draw::draw_within;
use analysis::preview;
use serde_json::json;
use uuid::Uuid;

use super::{Draw, RHO, State, find, rules, store};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::seal::hex;
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::frames;
use crate::jobs::{Job, queue};

pub(super) const MOST_LETTERS: usize = 200;

/// Publishes digests of frame and design and the name of the seed to come. Returns the draw.
pub async fn commit(app: &App, actor: &Actor, campaign: &Campaign, design: Uuid, seed_source: &str) -> Result<Uuid> {
    let seed_source = line(seed_source).ok_or_else(|| Error::invalid("seed-source"))?;
    let saved = super::design(app, campaign.id, design).await?;
    let design = saved.design()?;
    let frame = may_draw(app, campaign).await?;
    if let Some(first) = super::first_of(app, frame.id).await? {
        goes_on(app, &first, &frame, &design).await?;
    } else {
        let places = super::places(app, campaign, &design).await?;
        preview::preview(&places, &design, RHO).map_err(|cause| rules::impossible(&cause))?;
    }
    let frame_digest = if design.uses_households() {
        frames::sampling_frame(app, frame.id, true).await?.digest().0.to_vec()
    } else {
        frame.frame_digest.clone()
    };
    let now = app.clock.now();
    let commitment = store::Commitment {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        frame_id: frame.id,
        design_id: saved.id,
        design: design.canonical_text(),
        design_digest: design.digest().0.to_vec(),
        frame_digest,
        seed_source: seed_source.clone(),
        committed_by: actor.to_string(),
        committed_at: now,
    };
    let details = json!({
        "draw": commitment.id, "frame_digest": hex(&commitment.frame_digest), "design_digest": hex(&commitment.design_digest), "seed_source": seed_source,
    });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "samples.commit", subject: campaign.slug.clone(), details },
        async |transaction| store::insert(transaction, &commitment).await,
    )
    .await?;
    Ok(commitment.id)
}

/// Whether the first draw can go on in this list: by its own design, and with people of every place it drew. Any seed shows it.
async fn goes_on(app: &App, first: &Draw, frame: &frames::Frame, design: &Design) -> Result<()> {
    if first.design_digest != design.digest().0 {
        return Err(Error::invalid("draw-other-design").with("design", first.design()?.name));
    }
    let units = super::units(app, first.id).await?;
    let listing = frames::sampling_frame(app, frame.id, design.uses_households()).await?;
    let design = design.clone();
    blocking::run(move || {
        draw_within(&units, &listing, &design, "any").map(|_| ()).map_err(|cause| rules::impossible(&cause))
    })
    .await
}

/// The seed as it was published, once it is known.
pub async fn seed(app: &App, actor: &Actor, draw: Uuid, seed: &str) -> Result<()> {
    let seed = line(seed).ok_or_else(|| Error::invalid("seed"))?;
    let details = json!({ "seed": seed });
    step(app, actor, draw, "samples.seed", details, async |transaction, draw| {
        expect(draw, &[State::Committed])?;
        store::set_seed(transaction, draw.id, &seed, actor, app.clock.now()).await
    })
    .await
}

/// The second person found the seed wrong: it is typed in again.
pub async fn send_back(app: &App, actor: &Actor, draw: Uuid) -> Result<()> {
    step(app, actor, draw, "samples.send_back", json!({}), async |transaction, draw| {
        expect(draw, &[State::Seeded])?;
        store::set_seed(transaction, draw.id, "", actor, app.clock.now()).await
    })
    .await
}

/// The second person's yes to the seed that stands there; the draw is made. Returns the job.
pub async fn confirm(app: &App, actor: &Actor, draw: Uuid, seen: &str) -> Result<Uuid> {
    let details = json!({ "seed": seen });
    step(app, actor, draw, "samples.confirm", details, async |transaction, draw| {
        expect(draw, &[State::Seeded])?;
        if draw.seeded_by.as_deref() == Some(actor.to_string().as_str()) {
            return Err(Error::new(Kind::Forbidden, "draw-confirm-own"));
        }
        if draw.seed != seen {
            return Err(Error::conflict("draw-seed-changed"));
        }
        store::set_confirmed(transaction, draw.id, actor, app.clock.now()).await?;
        queue::enqueue(transaction, &app.clock, &Job::Draw { draw: draw.id }, actor).await
    })
    .await
}

/// Gives a commitment up before it is confirmed. It stays in the list for everybody to see.
pub async fn withdraw(app: &App, actor: &Actor, draw: Uuid) -> Result<()> {
    step(app, actor, draw, "samples.withdraw", json!({}), async |transaction, draw| {
        expect(draw, &[State::Committed, State::Seeded])?;
        store::set_withdrawn(transaction, draw.id, actor, app.clock.now()).await
    })
    .await
}

/// The whole way for a program that acts for two people. Returns the draw and its job.
pub async fn arrange(
    app: &App,
    (first, second): (&Actor, &Actor),
    campaign: &Campaign,
    design: &Design,
    seed: (&str, &str),
) -> Result<(Uuid, Uuid)> {
    let (source, value) = seed;
    let saved = super::designs(app, campaign.id).await?.into_iter().find(|saved| saved.digest == design.digest().0);
    let saved = match saved {
        Some(saved) => saved.id,
        None => super::save(app, first, campaign, None, design).await?,
    };
    let draw = commit(app, first, campaign, saved, source).await?;
    self::seed(app, first, draw, value).await?;
    let job = confirm(app, second, draw, value.trim()).await?;
    Ok((draw, job))
}

/// One act on a draw that nobody else changes meanwhile.
async fn step<T>(
    app: &App,
    actor: &Actor,
    id: Uuid,
    verb: &'static str,
    details: serde_json::Value,
    work: impl AsyncFn(&mut crate::base::db::Connection<crate::base::db::Contact>, &Draw) -> Result<T>,
) -> Result<T> {
    let campaign = campaigns::find(app, find(app, id).await?.campaign_id).await?;
    if verb != "samples.withdraw" {
        may_draw(app, &campaign).await?;
    }
    act(&app.database.contact, &app.clock, Act { actor, verb, subject: id.to_string(), details }, async |transaction| {
        let draw = store::lock(transaction, id).await?;
        work(transaction, &draw).await
    })
    .await
}

fn expect(draw: &Draw, states: &[State]) -> Result<()> {
    if states.contains(&draw.state()) {
        Ok(())
    } else {
        Err(Error::conflict("draw-state").with("state", draw.state().name()))
    }
}

/// The frozen frame of a campaign in which drawing is possible.
async fn may_draw(app: &App, campaign: &Campaign) -> Result<frames::Frame> {
    if store::codes_issued(&mut app.database.contact.read().await?, campaign.id).await? {
        return Err(Error::new(Kind::Locked, "draw-codes-issued"));
    }
    if campaign.state() != campaigns::State::Preparing {
        return Err(Error::conflict("campaign-state").with("state", campaign.state().name()));
    }
    frames::of(app, campaign.id)
        .await?
        .filter(|frame| frame.frozen_at.is_some())
        .ok_or_else(|| Error::conflict("frame-not-frozen"))
}

/// One line of text, neither empty nor too long.
pub(super) fn line(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= MOST_LETTERS && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}
