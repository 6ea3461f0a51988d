//! The coordinator's page of the frame: send a list, see what is wrong with it, freeze it.

use actix_multipart::Multipart;
use actix_web::web::{Data, Path, ServiceConfig, get, post};
use actix_web::{HttpResponse, http::header};
use uuid::Uuid;

use super::pages::{FramePage, Refusal};
use super::{COLUMNS, Verdict, report};
use crate::app::App;
use crate::base::blocking;
use crate::base::parts::Problem;
use crate::base::web::fields::Fields;
use crate::base::web::upload;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::places;
use crate::staff::session::{Coordinator, SignedIn};

const MOST_MEGABYTES: usize = 200;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/dot/{slug}/khung-mau", get().to(show))
        .route("/qt/dot/{slug}/khung-mau", post().to(send))
        .route("/qt/dot/{slug}/khung-mau/chot", post().to(freeze))
        .route("/qt/dot/{slug}/khung-mau/loi.csv", get().to(defects));
}

fn address(campaign: &Campaign) -> String {
    format!("/qt/dot/{}/khung-mau", campaign.slug)
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: Campaign) -> Result<FramePage> {
    let frame = super::of(app, campaign.id).await?;
    let mut page = signed_in.page(visit).titled(visit.texts().get("frame-title"));
    page.synthetic = campaign.synthetic || frame.as_ref().is_some_and(|frame| frame.synthetic);
    let national = places::national_only(signed_in).is_ok();
    Ok(FramePage { page, frame, problems: Vec::new(), refusal: None, national, columns: COLUMNS.join(", "), campaign })
}

async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    visit.ok(&page(&app, &visit, &signed_in, campaign).await?)
}

async fn send(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    form: Multipart,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    match take(&app, &signed_in, &campaign, form).await {
        Ok((_, Verdict::Imported(_))) => Ok(see_other(&address(&campaign))),
        Ok((file_name, Verdict::Refused(defects))) => {
            let mut page = page(&app, &visit, &signed_in, campaign).await?;
            page.page = page.page.failed();
            page.refusal = Some(Refusal::new(&page.page, file_name, &defects));
            page.problems.push(Problem::new("loi", visit.texts().with("frame-refused", [("defects", defects.len())])));
            let (path, texts) = (report::path(&app.config.files.uploads, page.campaign.id), visit.texts());
            blocking::run(move || report::write(&path, &defects, texts)).await?;
            visit.refused(&page)
        }
        Err(error) if error.code == "file-missing" => {
            let mut page = page(&app, &visit, &signed_in, campaign).await?;
            page.page = page.page.failed();
            page.problems.push(Problem::new("file", visit.texts().get("error-file-missing")));
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

async fn take(app: &App, signed_in: &SignedIn, campaign: &Campaign, form: Multipart) -> Result<(String, Verdict)> {
    let upload = upload::receive(form, &signed_in.csrf, &app.config.files.uploads, MOST_MEGABYTES).await?;
    let verdict =
        super::import(app, &signed_in.actor(), campaign, &upload.name, upload.file, campaign.synthetic).await?;
    Ok((upload.name, verdict))
}

async fn freeze(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    // The frame on the page that was read, not one sent in since.
    let frame: Uuid =
        fields.get("frame").parse().map_err(|_not_an_id| Error::new(Kind::BadRequest, "request-unreadable"))?;
    super::freeze(&app, &signed_in.actor(), frame).await?;
    Ok(see_other(&address(&campaign)))
}

async fn defects(app: Data<App>, Coordinator(signed_in): Coordinator, slug: Path<String>) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let path = report::path(&app.config.files.uploads, campaign.id);
    let content = blocking::run(move || std::fs::read(path).map_err(|_none| Error::not_found("page-missing"))).await?;
    let name = format!("attachment; filename=\"{}-loi.csv\"", campaign.slug);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(content))
}
