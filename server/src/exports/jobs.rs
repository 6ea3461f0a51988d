//! What the worker calls.

use std::io::Write as _;
use std::sync::Arc;

use actix_web::web::Data;
use serde_json::{Value, json};
use survey_forms::Form;
use uuid::Uuid;

use super::csv_file::{self, Kind as CsvKind};
use super::store::{self, ExportFile};
use super::table::Dataset;
use super::workbook::{self, About};
use super::{KEPT, answers, dta_file, is_due, name, parquet_file, r_package, routes, safe, sav_file, tidy};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::seal::hex;
use crate::base::text::Language;
use crate::base::whole_file::{self, Digesting};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::jobs::worker::Progress;
use crate::jobs::{ExportContents, ExportFormat};
use crate::places::COUNTRY;
use crate::results::{self, Names, Row, Run};
use crate::staff::{self, Role};

/// What a file is made of.
struct Material {
    data: Dataset,
    /// As a spreadsheet shows them; single answers have none.
    figures: Option<(Run, Vec<Row>, [Names; 2])>,
    /// Responses that are no part of it.
    left_out: usize,
}

/// Writes figures or answers of a campaign into one file and records it.
///
/// # Errors
/// Forbidden, if whoever asked may not have it any more.
pub async fn export(
    app: &Data<App>,
    campaign: Uuid,
    contents: ExportContents,
    format: ExportFormat,
    progress: &Progress<'_>,
) -> Result<Value> {
    still_allowed(app, progress).await?;
    let campaign = campaigns::find(app, campaign).await?;
    // A job that came into the queue by another way is refused, too.
    is_due(app, &campaign, contents)?;
    let form = campaign.form(app).await?;
    let material = material(app, &campaign, &form, contents).await?;
    let (total, left_out) = (material.data.table.rows, material.left_out);
    progress.report("export-rows", 0, total).await?;

    let folder = app.config.files.exports.clone();
    let part = format!("{}.{}.{}.part", campaign.id, contents.name(), format.name());
    let file_name = format!("{}{}{}", campaign.slug, contents.mark(), format.ending());
    let (campaign, digest, bytes) = blocking::run(move || {
        let on_disk = |digest: &[u8; 32]| name(digest, format.name());
        let (digest, bytes) =
            whole_file::write(&folder, &part, on_disk, |out| write(&campaign, &form, &material, format, out))?;
        Ok((campaign, digest, bytes))
    })
    .await?;
    progress.report("export-rows", total, total).await?;

    let now = app.clock.now();
    let made = ExportFile {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        contents: contents.name().to_owned(),
        format: format.name().to_owned(),
        file_name,
        digest: digest.to_vec(),
        bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        created_at: now,
        expires_at: now + KEPT,
    };
    if let Err(refused) = still_allowed(app, progress).await {
        // Somebody else may have the same file.
        if !super::list(app).await?.iter().any(|file| file.digest == made.digest) {
            std::fs::remove_file(made.path(app))?;
        }
        return Err(refused);
    }
    let details = json!({
        "file": made.file_name, "contents": made.contents, "digest": hex(&digest), "bytes": made.bytes, "rows": total, "left_out": left_out,
        "requested_by": progress.requested_by(),
    });
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

async fn material(app: &App, campaign: &Campaign, form: &Arc<Form>, contents: ExportContents) -> Result<Material> {
    let nothing = || Error::invalid("exports-nothing");
    let title = Language::ALL.map(|language| (language.code().to_owned(), campaign.name(language).to_owned())).into();
    if contents == ExportContents::Tables {
        let found = results::everything(app, campaign).await?.filter(|(_, rows)| !rows.is_empty());
        let (run, rows) = found.ok_or_else(nothing)?;
        let names = Language::ALL.map(|language| Names::new(form, language));
        let table = tidy::table(&rows, &names);
        let data = Dataset { title, computed_at: run.computed_at, book: table.book(form), table, answers: false };
        return Ok(Material { data, figures: Some((run, rows, names)), left_out: 0 });
    }
    let answers = results::weighted_answers(app, campaign).await?.ok_or_else(nothing)?;
    let form = form.clone();
    blocking::run(move || {
        let (table, left_out) = match contents {
            ExportContents::Full => (answers::everything(&form, &answers), 0),
            ExportContents::Safe | ExportContents::Tables => safe::table(&form, &answers),
        };
        let computed_at = answers.run.computed_at;
        let data = Dataset { title, computed_at, book: table.book(&form), table, answers: true };
        Ok(Material { data, figures: None, left_out })
    })
    .await
}

fn write(
    campaign: &Campaign,
    form: &Form,
    material: &Material,
    format: ExportFormat,
    out: &mut Digesting,
) -> Result<()> {
    let Material { data, figures, .. } = material;
    match format {
        ExportFormat::Csv => csv_file::write(&data.table, CsvKind::Standard, out),
        ExportFormat::CsvExcel => csv_file::write(&data.table, CsvKind::VietnameseExcel, out),
        ExportFormat::Parquet => parquet_file::write(data, out),
        ExportFormat::SavVi => sav_file::write(data, Language::Vietnamese, out),
        ExportFormat::SavEn => sav_file::write(data, Language::English, out),
        ExportFormat::Dta => dta_file::write(data, out),
        ExportFormat::R => r_package::write(data, out),
        ExportFormat::Xlsx => {
            let (run, rows, names) = figures.as_ref().ok_or_else(|| Error::invalid("exports-answers-xlsx"))?;
            let overall = form.indicators().map(|root| root.code.as_str());
            Ok(out.write_all(&workbook::write(&About { campaign, run, overall }, rows, names)?)?)
        }
    }
}

/// Somebody of the staff who asked is still an analyst of the whole country.
async fn still_allowed(app: &App, progress: &Progress<'_>) -> Result<()> {
    let Some(login) = progress.requested_by().strip_prefix("staff:") else { return Ok(()) };
    let people = staff::list(app, COUNTRY).await?;
    let may = people.iter().any(|person| {
        person.login == login
            && person.disabled_at.is_none()
            && person.place_code == COUNTRY
            && person.role() == Some(Role::Analyst)
    });
    if may { Ok(()) } else { Err(Error::new(Kind::Forbidden, "exports-right-lost")) }
}
