//! The coordinator's page of the frame: send a list, see what was found in it, have it taken, freeze it.

use actix_multipart::Multipart;
use actix_web::web::{Data, Path, Query, ServiceConfig, get, post};
use actix_web::{HttpResponse, http::header};
use analysis::draw::Stage;
use serde::Deserialize;
use uuid::Uuid;

use super::Holds;
use super::imports;
use super::pages::{FramePage, VerdictView, Wants};
use super::provinces::Answers;
use super::reading::FileKind;
use crate::app::App;
use crate::base::blocking;
use crate::base::parts::Problem;
use crate::base::web::fields::Fields;
use crate::base::web::upload;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::jobs;
use crate::places;
use crate::staff::session::{Coordinator, SignedIn};

const MOST_MEGABYTES: usize = 200;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/dot/{slug}/khung-mau", get().to(show))
        .route("/qt/dot/{slug}/khung-mau", post().to(send))
        .route("/qt/dot/{slug}/khung-mau/ten-tinh", post().to(answer))
        .route("/qt/dot/{slug}/khung-mau/nhap", post().to(accept))
        .route("/qt/dot/{slug}/khung-mau/huy", post().to(cancel))
        .route("/qt/dot/{slug}/khung-mau/chot", post().to(freeze))
        .route("/qt/dot/{slug}/khung-mau/loi", get().to(marked));
}

pub(super) fn address(campaign: &Campaign) -> String {
    format!("/qt/dot/{}/khung-mau", campaign.slug)
}

/// What of the verdict is shown.
#[derive(Default, Deserialize)]
struct Filter {
    /// The name of a kind; all of them when empty.
    #[serde(default)]
    loai: String,
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: Campaign, only: &str) -> Result<FramePage> {
    let frame = super::of(app, campaign.id).await?;
    let national = places::national_only(signed_in).is_ok();
    let open = if national { imports::open_one(app, campaign.id).await? } else { None };
    let of_places = frame.as_ref().is_some_and(|frame| frame.level() != Stage::Person);
    let wants = match super::wanted(&mut app.database.contact.read().await?, campaign.id).await {
        Ok(Some(draw)) => Wants::PeopleOf(draw),
        Ok(None) => Wants::List,
        Err(error) if error.kind == Kind::Locked && of_places => Wants::Draw,
        Err(error) if error.kind == Kind::Locked => Wants::Nothing,
        Err(error) => return Err(error),
    };
    let mut page = signed_in.page(visit).titled(visit.texts().get("frame-title"));
    page.synthetic = campaign.synthetic || frame.as_ref().is_some_and(|frame| frame.synthetic);
    let (import, verdict) = open.map_or((None, None), |(import, verdict)| (Some(import), verdict));
    let verdict = verdict.map(|verdict| VerdictView::new(&page, verdict, only));
    Ok(FramePage {
        page,
        frame,
        problems: Vec::new(),
        import,
        verdict,
        national,
        columns: Holds::Everything.columns().join(", "),
        wants,
        campaign,
    })
}

async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    filter: Query<Filter>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    visit.ok(&page(&app, &visit, &signed_in, campaign, &filter.loai).await?)
}

/// The page again with what is wrong, when that is the sender's to mend.
async fn told(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: Campaign,
    target: &str,
    error: Error,
) -> Result<HttpResponse> {
    if error.kind != Kind::Invalid {
        return Err(error);
    }
    let mut page = page(app, visit, signed_in, campaign, "").await?;
    page.page = page.page.failed();
    let sentence = visit.texts().with(&format!("error-{}", error.code), error.params);
    page.problems.push(Problem::new(target, sentence));
    visit.refused(&page)
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
    let received = async {
        let upload = upload::receive(form, &signed_in.csrf, &app.config.files.uploads, MOST_MEGABYTES).await?;
        imports::receive(&app, &signed_in.actor(), &campaign, &upload.name, upload.file, visit.language).await
    };
    match received.await {
        Ok(job) => Ok(see_other(&jobs::routes::address(job))),
        Err(error) => told(&app, &visit, &signed_in, campaign, "file", error).await,
    }
}

/// The list that the page was about.
fn import(fields: &Fields) -> Result<Uuid> {
    id(fields, "import")
}

fn id(fields: &Fields, name: &str) -> Result<Uuid> {
    fields.get(name).parse().map_err(|_not_an_id| Error::new(Kind::BadRequest, "request-unreadable"))
}

async fn answer(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let named = (0..).map_while(|place| fields.has(&format!("ten-{place}")).then_some(place));
    let answers: Answers = named
        .map(|place| (fields.get(&format!("ten-{place}")).to_owned(), fields.get(&format!("tinh-{place}")).to_owned()))
        .filter(|(_, code)| !code.is_empty())
        .collect();
    let job = imports::answer(&app, &signed_in.actor(), &campaign, import(&fields)?, answers).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

async fn accept(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let valid_only = fields.get("dong") == "hop-le";
    match imports::accept(&app, &signed_in.actor(), &campaign, import(&fields)?, valid_only).await {
        Ok(job) => Ok(see_other(&jobs::routes::address(job))),
        Err(error) => told(&app, &visit, &signed_in, campaign, "dong", error).await,
    }
}

async fn cancel(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    imports::cancel(&app, &signed_in.actor(), &campaign, import(&fields)?).await?;
    Ok(see_other(&address(&campaign)))
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
    super::freeze(&app, &signed_in.actor(), id(&fields, "frame")?).await?;
    Ok(see_other(&address(&campaign)))
}

async fn marked(app: Data<App>, Coordinator(signed_in): Coordinator, slug: Path<String>) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let none = || Error::not_found("page-missing");
    let (import, verdict) = imports::open_one(&app, campaign.id).await?.ok_or_else(none)?;
    let kind = verdict.filter(|verdict| verdict.marked).and_then(|verdict| verdict.kind).ok_or_else(none)?;
    let desk = imports::desk(&app, import.id);
    let content = blocking::run(move || desk.marked()).await?;
    let (ending, content_type) = match kind {
        FileKind::Workbook => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        FileKind::Delimited { .. } => ("csv", "text/csv"),
    };
    Ok(HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}-loi.{ending}\"", campaign.slug),
        ))
        .body(content))
}
