//! What the worker runs.

use actix_web::web::Data;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{State, find, frame_of, store};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::error::{Error, Result};
use crate::jobs::worker::Progress;

const BATCH: usize = 5_000;

/// Draws and keeps the list, all of it or nothing; a second run finds the draw done.
pub async fn draw(app: &Data<App>, id: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let requested = find(app, id).await?;
    if let Some(digest) = requested.list_digest() {
        return Ok(json!({ "list_digest": digest, "persons": requested.persons }));
    }
    progress.report("draw-frame", 0, 1).await?;
    let frame = frame_of(app, &requested).await?;
    let drawn = super::drawn(app, frame, &requested).await?;

    let digest = drawn.list_digest.to_string();
    let actor = Actor::System("worker");
    let details = json!({ "list_digest": digest, "units": drawn.units.len() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "samples.draw", subject: id.to_string(), details },
        async |transaction| {
            if store::lock(transaction, id).await?.state() != State::Confirmed {
                return Err(Error::conflict("draw-twice"));
            }
            for (batch, units) in drawn.units.chunks(BATCH).enumerate() {
                progress.report("draw-units", batch * BATCH, drawn.units.len()).await?;
                store::insert_units(transaction, id, units).await?;
            }
            store::finish(transaction, id, &drawn, app.clock.now()).await
        },
    )
    .await?;
    Ok(json!({ "list_digest": digest, "units": drawn.units.len() }))
}
