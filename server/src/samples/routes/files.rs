//! Files to take along. None of them names a person.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Data, Path, Query};
use analysis::preview::Preview;
use serde_json::json;
use uuid::Uuid;

use super::design::Reckoned;
use super::{design, draw};
use crate::app::App;
use crate::base::blocking;
use crate::base::text::Language;
use crate::error::{Error, Result};
use crate::samples::{self, Draw, State, list, record, strata};
use crate::staff::session::Coordinator;
use crate::{frames, places};

const CSV: &str = "text/csv; charset=utf-8";

/// `thiet-ke.json`, `xem-truoc.csv`.
pub(super) async fn of_design(
    app: Data<App>,
    Coordinator(_signed_in): Coordinator,
    place: Path<(String, Uuid, String)>,
    reckoned: Query<Reckoned>,
) -> Result<HttpResponse> {
    let (slug, id, file) = place.into_inner();
    let (campaign, saved) = design::find(&app, &slug, id).await?;
    match file.as_str() {
        "thiet-ke.json" => Ok(answer(&file, "application/json", saved.definition.into_bytes())),
        "xem-truoc.csv" => {
            let preview = design::ahead(&app, &campaign, saved.design()?, reckoned.value()).await?;
            Ok(answer(&file, CSV, table(&preview)?))
        }
        _ => Err(Error::not_found("page-missing")),
    }
}

/// What an outsider needs to check the draw, and its record.
pub(super) async fn of_draw(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid, String)>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let (slug, id, file) = place.into_inner();
    let (campaign, draw) = draw::find(&app, &slug, id).await?;
    let (kind, content) = match file.as_str() {
        "cam-ket.json" => ("application/json", commitment(&campaign.slug, &draw).into_bytes()),
        "thiet-ke.json" => ("application/json", draw.design.clone().into_bytes()),
        "khung-mau.csv" => (CSV, frames::codes_only(&app, draw.frame_id, draw.design()?.uses_households()).await?),
        "dia-ban-da-rut.csv" => {
            let first = samples::first_of(&app, draw.frame_id).await?;
            (CSV, list_file(&app, &first.ok_or_else(|| Error::not_found("page-missing"))?).await?)
        }
        "danh-sach.csv" if draw.state() == State::Drawn => (CSV, list_file(&app, &draw).await?),
        "bien-ban-vi.pdf" | "bien-ban-en.pdf" => {
            let language = if file.contains("-en.") { Language::English } else { Language::Vietnamese };
            let frame = frames::find(&app, draw.frame_id).await?;
            let units = samples::units(&app, draw.id).await?;
            let print = move || record::print(&campaign, &frame, &draw, &strata::strata(&units), language);
            ("application/pdf", blocking::run(print).await?)
        }
        _ => return Err(Error::not_found("page-missing")),
    };
    Ok(answer(&file, kind, content))
}

fn answer(file: &str, kind: &str, content: Vec<u8>) -> HttpResponse {
    let name = format!("attachment; filename=\"{file}\"");
    HttpResponse::Ok().content_type(kind).insert_header((CONTENT_DISPOSITION, name)).body(content)
}

/// What is published before the seed can be known.
fn commitment(campaign: &str, draw: &Draw) -> String {
    json!({
        "campaign": campaign,
        "algorithm": draw.algorithm,
        "frame_digest": draw.frame_digest(),
        "design_digest": draw.design_digest(),
        "design": draw.design,
        "seed_source": draw.seed_source,
        "committed_at": draw.committed_at.to_rfc3339(),
    })
    .to_string()
}

async fn list_file(app: &App, draw: &Draw) -> Result<Vec<u8>> {
    let units = samples::units(app, draw.id).await?;
    blocking::run(move || {
        let mut file = Vec::new();
        list::write(&units, &mut file).map_err(|cause| Error::internal("csv").caused_by(cause))?;
        Ok(file)
    })
    .await
}

/// Strata, then provinces; shares are shares, not per cent.
fn table(preview: &Preview) -> Result<Vec<u8>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let failed = |cause: csv::Error| Error::internal("csv").caused_by(cause);
    let heading = [
        "level",
        "place",
        "units_there",
        "units",
        "adults",
        "persons",
        "least_weight",
        "greatest_weight",
        "df",
        "kish",
        "deff",
        "half_width",
    ];
    file.write_record(heading).map_err(failed)?;
    let number = |value: f64| format!("{value}");
    for row in &preview.strata {
        let cells = [
            "stratum".to_owned(),
            row.path.clone(),
            row.units_there.to_string(),
            row.units.to_string(),
            row.adults.to_string(),
            number(row.persons),
            number(row.least_weight),
            number(row.greatest_weight),
        ];
        file.write_record(cells.into_iter().chain(vec![String::new(); 4])).map_err(failed)?;
    }
    for row in &preview.provinces {
        let cells = [
            "province".to_owned(),
            row.province.clone(),
            String::new(),
            row.units.to_string(),
            row.adults.to_string(),
            number(row.persons),
            String::new(),
            String::new(),
            row.df.to_string(),
            number(row.kish),
            number(row.deff),
            row.half_width.map(number).unwrap_or_default(),
        ];
        file.write_record(cells).map_err(failed)?;
    }
    file.into_inner().map_err(|cause| Error::internal("csv").caused_by(cause.to_string()))
}
