//! What the worker calls.

use actix_web::web::Data;
use serde_json::{Value, json};
use uuid::Uuid;

use super::store::{self, NewEdition};
use super::{Reason, build, checks, routes};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::seal::{hex, sha256};
use crate::campaigns;
use crate::error::{Error, Result};
use crate::jobs::worker::Progress;
use crate::results;

const STEPS: usize = 3;

/// Freezes the figures of the run that is shown, with everything that was looked at.
///
/// # Errors
/// Invalid, if there are no figures; conflict, if the stored ones are not those that were computed.
pub async fn freeze(app: &Data<App>, campaign: Uuid, reason: Reason, progress: &Progress<'_>) -> Result<Value> {
    let campaign = campaigns::find(app, campaign).await?;
    progress.report("edition-build", 0, STEPS).await?;
    let found = results::everything(app, &campaign).await?.filter(|(_, rows)| !rows.is_empty());
    let (run, rows) = found.ok_or_else(|| Error::invalid("edition-nothing"))?;
    let content = build::content(app, &campaign, &run, &rows).await?;
    let bytes = serde_json::to_vec(&content)?;
    progress.report("edition-check", 1, STEPS).await?;

    let editions = super::of(app, campaign.id).await?;
    let before = editions.iter().find(|edition| edition.release_at.is_some());
    let earlier = match before {
        Some(edition) => Some((edition, results::run(app, &campaign, edition.run_id).await?)),
        None => None,
    };
    let earlier = earlier.as_ref().map(|(edition, run)| (*edition, run));
    let checks = checks::all(app, &campaign, &run, &content, earlier).await?;
    progress.report("edition-check", 2, STEPS).await?;

    let new = NewEdition {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        number: editions.first().map_or(0, |newest| newest.number) + 1,
        run_id: run.id,
        digest: sha256(&bytes).to_vec(),
        content: bytes,
        sound: checks.iter().all(|check| check.verdict != checks::Verdict::Fails),
        checks: serde_json::to_value(&checks)?,
        note_vi: reason.vi,
        note_en: reason.en,
        frozen_by: progress.requested_by().to_owned(),
        frozen_at: app.clock.now(),
    };
    let details = json!({
        "number": new.number, "digest": hex(&new.digest), "run": run.id, "sound": new.sound, "bytes": new.content.len(),
        "requested_by": new.frozen_by,
    });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &Actor::System("worker"), verb: "editions.keep", subject: campaign.slug.clone(), details },
        async |transaction| store::insert(transaction, &new).await,
    )
    .await?;
    progress.report("edition-check", STEPS, STEPS).await?;
    Ok(json!({ "address": routes::address(&campaign.slug, new.number) }))
}
