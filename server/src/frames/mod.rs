//! The list a sample is drawn from: imported whole or not at all, then frozen for good.
//!
//! Invariants: a campaign has one frame; a new list replaces it until it is frozen; a frozen frame never changes (the
//! database refuses too), and its digest is recomputed from the rows whenever a draw is made from it.
//! Tables: `contact.frame`, `contact.frame_person`.

mod check;
mod defect;
mod file;
mod pages;
mod reach;
mod report;
mod roll;
pub mod routes;
mod store;
pub mod synthetic;

pub use check::{Sound, check};
pub use defect::{Defect, DefectKind};
pub use file::{COLUMNS, Holds};
pub use roll::Counts;
pub use store::{Addressee, Frame};

use std::fs::File;
use std::io::{Seek as _, SeekFrom};

use analysis::frame::SamplingFrame;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::seal::hex;
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};

/// What became of a list that was sent in.
#[derive(Debug)]
pub enum Verdict {
    Imported(Uuid),
    /// Nothing of it was kept.
    Refused(Vec<Defect>),
}

/// Checks the whole list and, when it is sound, keeps it as the campaign's frame instead of one not yet frozen.
pub async fn import(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    file_name: &str,
    mut file: File,
    synthetic: bool,
) -> Result<Verdict> {
    refuse_frozen(of(app, campaign.id).await?)?;
    file.seek(SeekFrom::Start(0))?;
    let checked = blocking::run(move || Ok((check(&file, Holds::Everything)?, file))).await?;
    let (sound, file) = match checked {
        (Ok(sound), file) => (sound, file),
        (Err(defects), _) => return Ok(Verdict::Refused(defects)),
    };
    let id = Uuid::now_v7();
    let frame = store::NewFrame::new(id, campaign.id, file_name, &sound, synthetic, app.clock.now())?;
    let details = json!({
        "file": file_name, "file_digest": hex(&sound.file_digest), "frame_digest": sound.frame.digest().to_string(), "persons": sound.counts.persons,
    });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "frames.import", subject: campaign.slug.clone(), details },
        async |transaction| {
            refuse_frozen(store::of_campaign(transaction, campaign.id).await?)?;
            store::replace(transaction, &frame).await?;
            let mut batches = store::batches(file.try_clone()?);
            while let Some(batch) = batches.recv().await {
                store::insert_persons(transaction, id, batch?).await?;
            }
            Ok(())
        },
    )
    .await?;
    Ok(Verdict::Imported(id))
}

/// Makes the frame final. From here on it can be drawn from and never changed.
pub async fn freeze(app: &App, actor: &Actor, frame: Uuid) -> Result<()> {
    let details = json!({});
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "frames.freeze", subject: frame.to_string(), details },
        async |transaction| {
            if store::freeze(transaction, frame, app.clock.now()).await? {
                Ok(())
            } else {
                Err(Error::conflict("frame-changed"))
            }
        },
    )
    .await
}

/// The campaign's frame, if a list was imported.
pub async fn of(app: &App, campaign: Uuid) -> Result<Option<Frame>> {
    store::of_campaign(&mut app.database.contact.read().await?, campaign).await
}

/// The frozen frame as `analysis` takes it, compared with the digest it was frozen under.
pub async fn sampling_frame(app: &App, frame: Uuid) -> Result<SamplingFrame> {
    let mut connection = app.database.contact.read().await?;
    let stored = store::find(&mut connection, frame).await?;
    if stored.frozen_at.is_none() {
        return Err(Error::conflict("frame-not-frozen"));
    }
    let roll = store::roll(&mut connection, frame).await?;
    drop(connection);
    let rebuilt =
        blocking::run(move || roll.frame().map_err(|defects| damaged().with("defects", defects.len()))).await?;
    if rebuilt.digest().0.as_slice() == stored.frame_digest { Ok(rebuilt) } else { Err(damaged()) }
}

/// Where letters to these persons go.
pub async fn addressees(app: &App, frame: Uuid, persons: &[String]) -> Result<Vec<Addressee>> {
    store::addressees(&mut app.database.contact.read().await?, frame, persons).await
}

/// The list without names: what anybody needs to check a draw.
pub async fn codes_only(app: &App, frame: Uuid) -> Result<Vec<u8>> {
    store::codes_only(&mut app.database.contact.read().await?, frame).await
}

fn refuse_frozen(frame: Option<Frame>) -> Result<()> {
    match frame.and_then(|frame| frame.frozen_at) {
        Some(at) => Err(Error::new(Kind::Locked, "frame-frozen").with("day", at.format("%d/%m/%Y"))),
        None => Ok(()),
    }
}

fn damaged() -> Error {
    Error::internal("frame-damaged")
}
