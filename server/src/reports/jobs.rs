//! What the worker calls.

use std::sync::Arc;

use actix_web::web::Data;
use serde_json::{Value, json};
use uuid::Uuid;

use super::store::{self, ReportFile};
use super::{Stamp, all, routes};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::seal::{hex, sha256};
use crate::base::whole_file;
use crate::error::{Error, Result};
use crate::jobs::worker::Progress;
use crate::{campaigns, editions};

/// The name on the disk.
pub(super) fn on_disk(digest: &[u8]) -> String {
    format!("{}.pdf", hex(digest))
}

/// Writes every report of an edition and records them together.
pub async fn write(app: &Data<App>, campaign: Uuid, number: i32, progress: &Progress<'_>) -> Result<Value> {
    let campaign = campaigns::find(app, campaign).await?;
    let edition = editions::find(app, &campaign, number).await?;
    let (content, _) = editions::content(app, &edition).await?;
    let (content, stamp) = (Arc::new(content), Stamp::of(&edition));
    let total = all(&content).len();
    let mut files = Vec::with_capacity(total);
    for at in 0..total {
        progress.report("reports-write", at, total).await?;
        let (content, stamp, folder) = (Arc::clone(&content), stamp.clone(), app.config.files.exports.clone());
        let (edition_id, made_at) = (edition.id, app.clock.now());
        let file = blocking::run(move || {
            let reports = all(&content);
            let wanted = reports.get(at).ok_or_else(|| Error::internal("report-print"))?;
            let pdf =
                wanted.print(&content, &stamp).map_err(|cause| Error::internal("report-print").caused_by(cause))?;
            let digest = sha256(&pdf);
            whole_file::put(&folder, &format!("{edition_id}-{at}.part"), &on_disk(&digest), &pdf)?;
            Ok(ReportFile {
                edition_id,
                place_order: i32::try_from(at).unwrap_or(i32::MAX),
                place_code: wanted.place.code.clone(),
                language: wanted.language.code().to_owned(),
                kind: wanted.kind.name().to_owned(),
                file_name: wanted.file_name(&content, stamp.number),
                digest: digest.to_vec(),
                bytes: i64::try_from(pdf.len()).unwrap_or(i64::MAX),
                made_at,
            })
        });
        files.push(file.await?);
    }
    let before = super::of(app, &[edition.id]).await?;
    let bytes: i64 = files.iter().map(|file| file.bytes).sum();
    let details = json!({ "files": total, "bytes": bytes, "requested_by": progress.requested_by() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &Actor::System("worker"), verb: "reports.write", subject: edition.label(&campaign), details },
        async |transaction| store::keep(transaction, &files).await,
    )
    .await?;
    let replaced = before.into_iter().filter(|old| !files.iter().any(|file| file.digest == old.digest));
    for old in replaced {
        // Already forgotten: what cannot be removed now is only space.
        if let Err(error) = std::fs::remove_file(old.path(app)) {
            tracing::warn!(%error, file = %old.file_name, "a report that was made anew could not be removed");
        }
    }
    progress.report("reports-write", total, total).await?;
    Ok(json!({ "address": routes::address(&campaign.slug, number) }))
}
