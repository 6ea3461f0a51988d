//! The reports of an edition: their list, asking for them, the download. For analysts of the whole country.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path, ServiceConfig, get, post};
use serde_json::json;

use super::pages::{ListPage, Listed};
use super::{Kind, ReportFile};
use crate::app::App;
use crate::audit::{Act, act};
use crate::base::seal::hex;
use crate::base::text::{Language, Texts};
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::editions::content::COUNTRY;
use crate::editions::routes::found;
use crate::editions::{self, State};
use crate::error::{Error, Result};
use crate::jobs;
use crate::places::{national_only, province_name};
use crate::staff::session::Analyst;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt/cong-bo/{slug}/{number}/bao-cao", get().to(list))
        .route("/pt/cong-bo/{slug}/{number}/bao-cao", post().to(request))
        .route("/pt/cong-bo/{slug}/{number}/bao-cao/{file}", get().to(download));
}

/// The address of the list of an edition's reports.
pub(super) fn address(slug: &str, number: i32) -> String {
    format!("{}/bao-cao", editions::routes::address(slug, number))
}

async fn list(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    path: Path<(String, i32)>,
) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let texts = visit.texts();
    let (campaign, edition) = found(&app, &path).await?;
    let files = super::of(&app, &[edition.id]).await?;
    let address = address(&campaign.slug, edition.number);
    let made = files.iter().map(|file| file.made_at).max();
    let hindrance = match edition.state(app.clock.now()) {
        State::Frozen => texts.get("error-reports-unapproved").into_owned(),
        State::Approved | State::Ordered | State::Public => String::new(),
    };
    let mut page = signed_in.page(&visit).titled(texts.with("reports-title", [("label", edition.label(&campaign))]));
    page.synthetic = campaign.synthetic;
    visit.ok(&ListPage {
        files: files.iter().map(|file| listed(texts, file, &address)).collect(),
        made: made
            .map(|at| texts.with("reports-made", [("moment", texts.moment(at))]).into_owned())
            .unwrap_or_default(),
        hindrance,
        back: editions::routes::address(&campaign.slug, edition.number),
        action: address,
        page,
    })
}

fn listed(texts: Texts, file: &ReportFile, address: &str) -> Listed {
    let language = Language::from_code(&file.language).unwrap_or_default();
    let slides = file.kind == Kind::Slides.name();
    Listed {
        place: if file.place_code == COUNTRY {
            texts.get("results-country").into_owned()
        } else {
            province_name(&file.place_code).unwrap_or(&file.place_code).to_owned()
        },
        kind: texts.get(if slides { "reports-slides" } else { "reports-report" }).into_owned(),
        language: language.name(),
        code: language.code(),
        address: format!("{address}/{}", file.file_name),
        size: texts.number(file.bytes),
        digest: hex(&file.digest),
    }
}

async fn request(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    path: Path<(String, i32)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let (campaign, edition) = found(&app, &path).await?;
    let job = super::request(&app, &signed_in.actor(), &campaign, &edition).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

/// Noted: until its moment a report is not public.
async fn download(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    path: Path<(String, i32, String)>,
) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let (slug, number, name) = path.into_inner();
    let (campaign, edition) = found(&app, &(slug, number)).await?;
    let known = super::of(&app, &[edition.id]).await?.into_iter().find(|file| file.file_name == name);
    let file = known.ok_or_else(|| Error::not_found("reports-gone"))?;
    let pdf = file.read(&app).await?;
    let details = json!({ "file": file.file_name, "digest": hex(&file.digest) });
    let act_of =
        Act { actor: &signed_in.actor(), verb: "reports.download", subject: edition.label(&campaign), details };
    act(&app.database.contact, &app.clock, act_of, async |_| Ok(())).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.file_name)))
        .body(pdf))
}
