//! Who was drawn, by chance that anybody can recompute.
//!
//! Invariants: a draw is frame digest + design + seed and never edited; the same three are drawn once; every unit carries its
//! exact probability; the list's digest is stored with it.
//! Tables: `contact.draw`, `contact.drawn_unit`.

mod check;
pub mod jobs;
pub mod list;
mod pages;
pub mod routes;
mod store;
mod strata;

pub use check::{Files, verify_files};
pub use store::Draw;

use analysis::design::Design;
use analysis::draw::{Stage, Unit, VerifyError, list_digest, verify as recompute};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::campaigns::{Campaign, State};
use crate::error::{Error, Result};
use crate::frames;
use crate::jobs::{Job, queue};

/// The published rule of chance.
pub const ALGORITHM: &str = "sipas-draw-v1";
const MOST_SEED_LETTERS: usize = 200;

/// Asks for a draw from the campaign's frozen frame. Returns the draw and the job that makes it.
pub async fn request(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    design: &Design,
    seed: &str,
) -> Result<(Uuid, Uuid)> {
    let seed = seed.trim();
    if seed.is_empty() || seed.chars().count() > MOST_SEED_LETTERS {
        return Err(Error::invalid("seed"));
    }
    if campaign.state() != State::Preparing {
        return Err(Error::conflict("campaign-state").with("state", campaign.state().name()));
    }
    let frame = frames::of(app, campaign.id)
        .await?
        .filter(|frame| frame.frozen_at.is_some())
        .ok_or_else(|| Error::conflict("frame-not-frozen"))?;
    let id = Uuid::now_v7();
    let draw = store::NewDraw::new(id, campaign.id, &frame, design, seed, actor, app.clock.now());
    let details = json!({ "draw": id, "frame_digest": frame.digest(), "design_digest": design.digest().to_string(), "seed": seed });
    let job = act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "samples.request", subject: campaign.slug.clone(), details },
        async |transaction| {
            store::insert(transaction, &draw).await?;
            queue::enqueue(transaction, &app.clock, &Job::Draw { draw: id }, actor).await
        },
    )
    .await?;
    Ok((id, job))
}

pub async fn find(app: &App, draw: Uuid) -> Result<Draw> {
    store::find(&mut app.database.contact.read().await?, draw).await?.ok_or_else(|| Error::not_found("draw-missing"))
}

/// The campaign's draws, the newest first.
pub async fn of(app: &App, campaign: Uuid) -> Result<Vec<Draw>> {
    store::of_campaign(&mut app.database.contact.read().await?, campaign).await
}

/// The published list: communes, villages and persons in its order.
pub async fn units(app: &App, draw: Uuid) -> Result<Vec<Unit>> {
    store::units(&mut app.database.contact.read().await?, draw, None).await
}

/// The drawn persons, main and reserve.
pub async fn persons(app: &App, draw: Uuid) -> Result<Vec<Unit>> {
    store::units(&mut app.database.contact.read().await?, draw, Some(Stage::Person)).await
}

/// What drawing again says about the stored list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verification {
    Same,
    /// The first difference in the order of the list.
    Different(VerifyError),
    /// The rows are right, but their digest is not the stored one.
    DigestDiffers,
    /// The rows of the frame are not those it was frozen with.
    FrameDiffers,
}

/// Draws again from frame, design and seed, and compares with what is stored.
pub async fn verify(app: &App, draw: &Draw) -> Result<Verification> {
    let frame = match frames::sampling_frame(app, draw.frame_id).await {
        Err(error) if error.code == "frame-damaged" => return Ok(Verification::FrameDiffers),
        frame => frame?,
    };
    let (design, seed, stored) = (draw.design()?, draw.seed.clone(), units(app, draw.id).await?);
    let stored_digest = draw.list_digest.clone();
    blocking::run(move || {
        if let Err(difference) = recompute(&frame, &design, &seed, &stored) {
            return Ok(Verification::Different(difference));
        }
        let same = stored_digest.as_deref() == Some(list_digest(&stored).0.as_slice());
        Ok(if same { Verification::Same } else { Verification::DigestDiffers })
    })
    .await
}
