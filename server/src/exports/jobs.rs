//! What the worker calls.

use std::io::Write as _;

use actix_web::web::Data;
use serde_json::{Value, json};
use uuid::Uuid;

use super::csv_file::{self, Kind};
use super::store::{self, ExportFile};
use super::tidy;
use super::workbook::{self, About};
use super::{KEPT, name, parquet_file, routes};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::seal::hex;
use crate::base::text::Language;
use crate::base::whole_file;
use crate::campaigns;
use crate::error::{Error, Result};
use crate::jobs::ExportFormat;
use crate::jobs::worker::Progress;
use crate::results::{self, Names};

/// Writes every figure of a campaign into one file and records it.
pub async fn export(app: &Data<App>, campaign: Uuid, format: ExportFormat, progress: &Progress<'_>) -> Result<Value> {
    let campaign = campaigns::find(app, campaign).await?;
    let (run, rows) = results::everything(app, &campaign)
        .await?
        .filter(|(_, rows)| !rows.is_empty())
        .ok_or_else(|| Error::invalid("exports-nothing"))?;
    let form = campaign.form(app).await?;
    let names = Language::ALL.map(|language| Names::new(&form, language));
    let overall = form.indicators().map(|root| root.code.clone());
    let total = rows.len();
    progress.report("export-rows", 0, total).await?;

    let folder = app.config.files.exports.clone();
    let part = format!("{}.{}.part", campaign.id, format.name());
    let file_name = format!("{}{}", campaign.slug, format.ending());
    let (campaign, digest, bytes) = blocking::run(move || {
        let on_disk = |digest: &[u8; 32]| name(digest, format.name());
        let (digest, bytes) = whole_file::write(&folder, &part, on_disk, |out| match format {
            ExportFormat::Csv => csv_file::write(&tidy::table(&rows, &names), Kind::Standard, out),
            ExportFormat::CsvExcel => csv_file::write(&tidy::table(&rows, &names), Kind::VietnameseExcel, out),
            ExportFormat::Parquet => parquet_file::write(&tidy::table(&rows, &names), out),
            ExportFormat::Xlsx => {
                let about = About { campaign: &campaign, run: &run, overall: overall.as_deref() };
                Ok(out.write_all(&workbook::write(&about, &rows, &names)?)?)
            }
        })?;
        Ok((campaign, digest, bytes))
    })
    .await?;
    progress.report("export-rows", total, total).await?;

    let now = app.clock.now();
    let made = ExportFile {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        format: format.name().to_owned(),
        file_name,
        digest: digest.to_vec(),
        bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        created_at: now,
        expires_at: now + KEPT,
    };
    let details = json!({ "file": made.file_name, "digest": hex(&digest), "bytes": made.bytes });
    let actor = Actor::System("worker");
    let expired = act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "exports.write", subject: campaign.slug.clone(), details },
        async |transaction| {
            store::insert(transaction, &made).await?;
            store::forget_expired(transaction, now).await
        },
    )
    .await?;
    for file in expired {
        // Already forgotten: what cannot be removed now is only space.
        if let Err(error) = std::fs::remove_file(file.path(app)) {
            tracing::warn!(%error, file = %file.id, "an expired file could not be removed");
        }
    }
    Ok(json!({ "address": routes::address(made.id), "bytes": made.bytes }))
}
