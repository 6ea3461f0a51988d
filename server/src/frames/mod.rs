//! The list a sample is drawn from, of persons or of places with sizes: imported whole or not at all, then frozen for good.
//!
//! Invariants: a campaign has one frame, and after a draw of places one list of their people; a new list replaces either until it is
//! frozen; a frozen frame never changes (the
//! database refuses too), and its digest is recomputed from the rows whenever a draw is made from it.
//! Tables: `contact.frame`, `contact.frame_unit`, `contact.frame_import`.

mod check;
mod compare;
mod defect;
mod desk;
mod drawn;
mod findings;
mod headings;
pub mod imports;
pub mod jobs;
mod legacy;
mod list;
mod marked;
mod pages;
mod plain;
mod provinces;
mod reach;
mod reading;
mod repeats;
mod roll;
pub mod routes;
mod store;
pub mod synthetic;

pub use defect::{Defect, DefectKind};
pub use findings::Findings;
pub use list::{COLUMNS, Holds};
pub use roll::Counts;
pub use store::{Addressee, Frame};

use std::fs::File;

use analysis::draw::Stage;
use analysis::frame::{Places, SamplingFrame};
use serde_json::{Value, json};
use uuid::Uuid;

use self::provinces::Answers;
use self::store::{Judged, Plan};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::db::{Connection, Contact};
use crate::base::seal::hex;
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};

/// What became of a list that was sent in.
#[derive(Debug)]
pub enum Verdict {
    Imported(Uuid),
    /// Nothing of it was kept.
    Refused(Findings),
}

/// Checks the whole list and, when it is sound, keeps it as the campaign's frame instead of one not yet frozen, all in one go:
/// for lists of our own. Those that people send go through [`imports`].
pub async fn import(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    file_name: &str,
    mut file: File,
    synthetic: bool,
) -> Result<Verdict> {
    wanted(&mut app.database.contact.read().await?, campaign.id).await?;
    let (checked, file) = blocking::run(move || Ok((check::inspect(&mut file, Holds::Everything)?, file))).await?;
    let Some(kind) = checked.kind.filter(|_| checked.is_sound()) else {
        return Ok(Verdict::Refused(checked.findings));
    };
    let plan = Plan { kind, answers: Answers::new(), left_out: Vec::new() };
    let list = Taken { file_name, synthetic, judged: Judged::of(&checked), details: json!({}) };
    // Its codes are read again, from the file.
    drop(checked);
    let id = keep(app, actor, campaign, &list, &file, &plan, async |_, _| Ok(())).await?;
    Ok(Verdict::Imported(id))
}

/// A list that was judged and is to be kept.
struct Taken<'a> {
    file_name: &'a str,
    synthetic: bool,
    judged: Judged,
    /// What else the log is to say.
    details: Value,
}

/// Keeps the rows that are taken, all of them or none. `between` runs in the transaction after each batch, with the number of
/// persons so far, and can stop it.
async fn keep(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    list: &Taken<'_>,
    file: &File,
    plan: &Plan,
    between: impl AsyncFn(&mut Connection<Contact>, usize) -> Result<()>,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let judged = &list.judged;
    let mut details = json!({
        "file": list.file_name, "file_digest": hex(&judged.file_digest), "frame_digest": hex(&judged.frame_digest), "persons": judged.counts.persons,
    });
    if let (Some(details), Some(more)) = (details.as_object_mut(), list.details.as_object()) {
        details.extend(more.clone());
    }
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "frames.import", subject: campaign.slug.clone(), details },
        async |transaction| {
            let within = wanted(transaction, campaign.id).await?;
            let place = (campaign.id, within);
            let frame = store::NewFrame::new(id, place, list.file_name, judged, list.synthetic, app.clock.now())?;
            store::replace(transaction, &frame).await?;
            let mut batches = store::batches(file.try_clone()?, plan.clone());
            let mut rows = 0;
            while let Some(batch) = batches.recv().await {
                let batch = batch?;
                let count = batch.first().map_or(0, Vec::len);
                if count == 0 {
                    continue;
                }
                rows += count;
                store::insert_persons(transaction, id, batch).await?;
                between(transaction, rows).await?;
            }
            if rows == judged.rows() { Ok(()) } else { Err(Error::internal("frame-file-changed")) }
        },
    )
    .await?;
    Ok(id)
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

/// The campaign's frame, if a list was imported: of the drawn places' people once there is one.
pub async fn of(app: &App, campaign: Uuid) -> Result<Option<Frame>> {
    store::of_campaign(&mut app.database.contact.read().await?, campaign).await
}

/// The list that the campaign's first draw is made from.
pub async fn whole(app: &App, campaign: Uuid) -> Result<Option<Frame>> {
    store::whole(&mut app.database.contact.read().await?, campaign).await
}

pub async fn find(app: &App, frame: Uuid) -> Result<Frame> {
    store::find(&mut app.database.contact.read().await?, frame).await
}

/// The frozen frame as `analysis` takes it, compared with the digest it was frozen under. With households it is another frame with
/// a digest of its own, which whoever draws from it keeps.
pub async fn sampling_frame(app: &App, frame: Uuid, households: bool) -> Result<SamplingFrame> {
    let mut connection = app.database.contact.read().await?;
    let stored = store::find(&mut connection, frame).await?;
    if stored.frozen_at.is_none() {
        return Err(Error::conflict("frame-not-frozen"));
    }
    if stored.level() != Stage::Person {
        let rebuilt = store::places(&mut connection, &stored).await?;
        let same = rebuilt.digest().0.as_slice() == stored.frame_digest;
        return if same { Ok(rebuilt) } else { Err(damaged()) };
    }
    let rows = store::persons(&mut connection, frame, households).await?;
    drop(connection);
    let rebuilt = blocking::run(move || {
        rows.finish().map_err(|defects| match defects.first() {
            Some(first) if first.column == "household" => Error::invalid("design-households"),
            _ => damaged().with("defects", defects.len()),
        })
    })
    .await?;
    let same = households || rebuilt.digest().0.as_slice() == stored.frame_digest;
    if same { Ok(rebuilt) } else { Err(damaged()) }
}

/// How many persons live in each village: what a preview needs.
pub async fn sizes(app: &App, frame: &Frame) -> Result<Places> {
    store::sizes(&mut app.database.contact.read().await?, frame).await
}

/// Where letters to these persons go.
pub async fn addressees(app: &App, frame: Uuid, persons: &[String]) -> Result<Vec<Addressee>> {
    store::addressees(&mut app.database.contact.read().await?, frame, persons).await
}

/// The list without names: what anybody needs to check a draw.
pub async fn codes_only(app: &App, frame: Uuid, households: bool) -> Result<Vec<u8>> {
    let mut connection = app.database.contact.read().await?;
    let frame = store::find(&mut connection, frame).await?;
    store::codes_only(&mut connection, &frame, households).await
}

/// The draw whose places' people a list that comes now would tell; none where it would be the campaign's frame. Fails when
/// nothing more is wanted.
async fn wanted(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<Uuid>> {
    let Some(frame) = store::of_campaign(connection, campaign).await? else { return Ok(None) };
    let Some(frozen) = frame.frozen_at else { return Ok(frame.within_draw) };
    let of_places = frame.level() != Stage::Person;
    match if of_places { store::last_draw(connection, frame.id).await? } else { None } {
        Some(draw) => Ok(Some(draw)),
        None => Err(Error::new(Kind::Locked, "frame-frozen").with("day", frozen.format("%d/%m/%Y"))),
    }
}

fn damaged() -> Error {
    Error::internal("frame-damaged")
}
