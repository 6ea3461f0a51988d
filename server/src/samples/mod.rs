//! Who was drawn, by chance that anybody can recompute.
//!
//! Invariants: a draw is frame digest + design + seed, fixed in this order, the seed confirmed by a second person; it is never edited
//! (the database refuses too); the same three are drawn once; every unit carries its exact probability; the list's digest is
//! stored with it; once codes are out nothing is drawn. A draw from places ends with places; a second one, from the list of their
//! people, by the same design, goes on within them and holds the whole list.
//! Tables: `contact.design`, `contact.draw`, `contact.drawn_unit`.

mod check;
mod commitment;
mod form;
pub mod jobs;
pub mod list;
mod pages;
mod record;
pub mod routes;
mod rules;
mod store;
mod strata;
mod words;

pub use check::{Files, verify_files};
pub use commitment::{arrange, commit, confirm, seed, send_back, withdraw};
pub use rules::State;
pub use store::{Draw, SavedDesign};

use analysis::design::Design;
use analysis::draw::{Draw as Drawn, Stage, Unit, VerifyError, draw_within, list_digest, same};
use analysis::frame::{Places, SamplingFrame};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};
use crate::frames;

/// The published rule of chance.
pub const ALGORITHM: &str = "sipas-draw-v1";

/// The intraclass correlation that precision is reckoned with where nobody states another.
pub const RHO: f64 = 0.05;

/// Keeps a design, as a new one or instead of one that nobody has committed to. Returns it.
pub async fn save(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    instead: Option<Uuid>,
    design: &Design,
) -> Result<Uuid> {
    design.check().map_err(|cause| rules::impossible(&cause))?;
    let id = instead.unwrap_or_else(Uuid::now_v7);
    let details = json!({ "design": id, "name": design.name, "digest": design.digest().to_string() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "samples.save_design", subject: campaign.slug.clone(), details },
        async |transaction| match instead {
            Some(id) => store::update_design(transaction, id, design, actor, app.clock.now()).await,
            None => store::insert_design(transaction, (id, campaign.id), design, actor, app.clock.now()).await,
        },
    )
    .await?;
    Ok(id)
}

/// The designs that were committed to in an earlier survey, as designs that may still be changed here.
pub async fn copy_designs(app: &App, actor: &Actor, from: &Campaign, to: &Campaign) -> Result<()> {
    for used in designs(app, from.id).await?.iter().filter(|design| design.used_at.is_some()) {
        save(app, actor, to, None, &used.design()?).await?;
    }
    Ok(())
}

/// A design of this campaign.
pub async fn design(app: &App, campaign: Uuid, id: Uuid) -> Result<SavedDesign> {
    let found = store::design(&mut app.database.contact.read().await?, id).await?;
    found.filter(|found| found.campaign_id == campaign).ok_or_else(|| Error::not_found("design-missing"))
}

/// The campaign's designs, the newest first.
pub async fn designs(app: &App, campaign: Uuid) -> Result<Vec<SavedDesign>> {
    store::designs(&mut app.database.contact.read().await?, campaign).await
}

/// What a preview needs to know of the campaign's frozen frame: sizes, or households where the design draws them.
pub async fn places(app: &App, campaign: &Campaign, design: &Design) -> Result<Places> {
    let frame = frames::whole(app, campaign.id)
        .await?
        .filter(|frame| frame.frozen_at.is_some())
        .ok_or_else(|| Error::conflict("frame-not-frozen"))?;
    if design.uses_households() {
        Ok(frames::sampling_frame(app, frame.id, true).await?.places().clone())
    } else {
        frames::sizes(app, &frame).await
    }
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

/// The draw of places that a draw from this frame goes on within.
pub(crate) async fn first_of(app: &App, frame: Uuid) -> Result<Option<Draw>> {
    match frames::find(app, frame).await?.within_draw {
        Some(first) => Ok(Some(find(app, first).await?)),
        None => Ok(None),
    }
}

/// What is drawn from this frame by this design and seed, on a thread of its own.
async fn drawn(app: &App, frame: SamplingFrame, draw: &Draw) -> Result<Drawn> {
    let first = match first_of(app, draw.frame_id).await? {
        Some(first) => Some(units(app, first.id).await?),
        None => None,
    };
    let (design, seed) = (draw.design()?, draw.seed.clone());
    blocking::run(move || {
        let drawn = match first {
            Some(first) => draw_within(&first, &frame, &design, &seed),
            None => analysis::draw::draw(&frame, &design, &seed),
        };
        drawn.map_err(|cause| rules::impossible(&cause))
    })
    .await
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
    /// Frame and design give no draw at all.
    Impossible,
    /// The rows are right, but their digest is not the stored one.
    DigestDiffers,
    /// The rows of the frame are not those it was frozen with.
    FrameDiffers,
}

/// The frame in the detail of the draw's design, as it was committed to.
async fn frame_of(app: &App, draw: &Draw) -> Result<SamplingFrame> {
    let frame = frames::sampling_frame(app, draw.frame_id, draw.design()?.uses_households()).await?;
    if frame.digest().0.as_slice() == draw.frame_digest { Ok(frame) } else { Err(Error::internal("frame-damaged")) }
}

/// Draws again from frame, design and seed, and compares with what is stored.
pub async fn verify(app: &App, draw: &Draw) -> Result<Verification> {
    let frame = match frame_of(app, draw).await {
        Err(error) if error.code == "frame-damaged" => return Ok(Verification::FrameDiffers),
        frame => frame?,
    };
    let stored = units(app, draw.id).await?;
    let stored_digest = draw.list_digest.clone();
    let again = match drawn(app, frame, draw).await {
        Err(error) if error.kind == Kind::Invalid => return Ok(Verification::Impossible),
        again => again?,
    };
    blocking::run(move || {
        if let Err(difference) = same(&again, &stored) {
            return Ok(Verification::Different(difference));
        }
        let same = stored_digest.as_deref() == Some(list_digest(&stored).0.as_slice());
        Ok(if same { Verification::Same } else { Verification::DigestDiffers })
    })
    .await
}
