//! Files for spreadsheets and statistics programs, made by the worker, kept for 30 days: figures, and single answers with their weights.
//!
//! Invariants: a file appears whole or not at all, under the digest of its content; it is recorded, with its digest, size
//! and expiry, only when it stands on the disk; every download is in the audit log; no cell of text can act as a formula;
//! who lost the right to a file while it was being made gets none; a safe file is made of complete responses only.
//! Table: `office.export_file`.

mod answers;
mod csv_file;
mod dta_file;
mod names;
mod packed;
mod pages;
mod parquet_file;
mod r_package;
mod safe;
mod sav_file;
mod store;
mod table;
mod tidy;
mod variables;
mod workbook;

pub mod jobs;
pub mod routes;

pub use store::ExportFile;

use std::fs::File;
use std::path::PathBuf;

use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::seal::hex;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::jobs::{ExportContents, ExportFormat, Job, queue};
use crate::responses;

const KEPT: Duration = Duration::days(30);

impl ExportFile {
    /// Where it stands. Equal content is one file.
    pub fn path(&self, app: &App) -> PathBuf {
        app.config.files.exports.join(name(&self.digest, &self.format))
    }
}

/// The name on the disk.
fn name(digest: &[u8], format: &str) -> String {
    format!("{}.{format}", hex(digest))
}

/// The refusal of a safe file before its time.
const TOO_EARLY: &str = "exports-safe-early";

/// Asks for a file; two who ask at once get one.
///
/// # Errors
/// Invalid, if single answers are asked for as a spreadsheet: a hundred thousand rows of hundreds of columns are more than one opens. Conflict, if
/// responses may still come to a safe file: two of them, one subtracted from the other, would show who answered in between.
pub async fn request(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    contents: ExportContents,
    format: ExportFormat,
) -> Result<Uuid> {
    if contents != ExportContents::Tables && format == ExportFormat::Xlsx {
        return Err(Error::invalid("exports-answers-xlsx"));
    }
    is_due(app, campaign, contents)?;
    let details = json!({ "contents": contents.name(), "format": format.name() });
    let job = Job::Export { campaign: campaign.id, contents, format };
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "exports.request", subject: campaign.slug.clone(), details },
        async |transaction| queue::enqueue(transaction, &app.clock, &job, actor).await,
    )
    .await
}

fn is_due(app: &App, campaign: &Campaign, contents: ExportContents) -> Result<()> {
    let due = contents != ExportContents::Safe || responses::are_complete(app, campaign)?;
    if due { Ok(()) } else { Err(Error::conflict(TOO_EARLY)) }
}

/// The files still kept, the newest first.
pub async fn list(app: &App) -> Result<Vec<ExportFile>> {
    store::list(&mut app.database.contact.read().await?, app.clock.now()).await
}

/// The newest file of a campaign's figures in a format.
pub async fn newest(app: &App, campaign: &Campaign, format: ExportFormat) -> Result<Option<ExportFile>> {
    let tables = ExportContents::Tables.name();
    let wanted =
        |file: &ExportFile| file.campaign_id == campaign.id && file.contents == tables && file.format == format.name();
    Ok(list(app).await?.into_iter().find(wanted))
}

/// Opens a file for a download and notes who took it.
pub async fn take(app: &App, actor: &Actor, id: Uuid) -> Result<(ExportFile, File)> {
    let gone = || Error::not_found("exports-gone");
    let file = store::find(&mut app.database.contact.read().await?, id).await?;
    let file = file.filter(|file| file.expires_at > app.clock.now()).ok_or_else(gone)?;
    let path = file.path(app);
    let opened = blocking::run(move || Ok(File::open(path)?)).await.map_err(|cause| gone().caused_by(cause))?;
    let details = json!({ "file": file.file_name, "contents": file.contents, "digest": hex(&file.digest) });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "exports.download", subject: id.to_string(), details },
        async |_| Ok(()),
    )
    .await?;
    Ok((file, opened))
}
