//! The coordinator's pages of the sample: ask for a draw, read it, have it checked, take it away.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path, ServiceConfig, get, post};
use uuid::Uuid;

use super::pages::{DesignForm, SamplePage, SamplesPage, StratumRow, Verdict};
use super::{Draw, list, strata};
use crate::app::App;
use crate::base::blocking;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign, State};
use crate::error::{Error, Result};
use crate::staff::session::{Coordinator, SignedIn};
use crate::{frames, jobs, places};

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/dot/{slug}/mau", get().to(index))
        .route("/qt/dot/{slug}/mau", post().to(request))
        .route("/qt/dot/{slug}/mau/{draw}", get().to(show))
        .route("/qt/dot/{slug}/mau/{draw}/kiem-tra", post().to(verify))
        .route("/qt/dot/{slug}/mau/{draw}/{file}", get().to(download));
}

async fn index_page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: Campaign) -> Result<SamplesPage> {
    let mut page = signed_in.page(visit).titled(visit.texts().get("samples-title"));
    page.synthetic = campaign.synthetic;
    let frame_frozen = frames::of(app, campaign.id).await?.is_some_and(|frame| frame.frozen_at.is_some());
    let may_draw = frame_frozen && campaign.state() == State::Preparing && places::national_only(signed_in).is_ok();
    let form = may_draw.then(|| DesignForm::empty(visit.texts()));
    Ok(SamplesPage {
        page,
        draws: super::of(app, campaign.id).await?,
        campaign,
        frame_frozen,
        form,
        problems: Vec::new(),
    })
}

async fn index(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    visit.ok(&index_page(&app, &visit, &signed_in, campaign).await?)
}

async fn request(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    match DesignForm::read(&campaign.slug, &fields, visit.texts()) {
        Ok((design, seed)) => {
            let (_, job) = super::request(&app, &signed_in.actor(), &campaign, &design, &seed).await?;
            Ok(see_other(&jobs::routes::address(job)))
        }
        Err(form) => {
            let mut page = index_page(&app, &visit, &signed_in, campaign).await?;
            page.page = page.page.failed();
            page.problems = form.problems();
            page.form = Some(*form);
            visit.refused(&page)
        }
    }
}

async fn find(app: &App, slug: &str, draw: Uuid) -> Result<(Campaign, Draw)> {
    let campaign = campaigns::find_by_slug(app, slug).await?;
    let draw = super::find(app, draw).await?;
    if draw.campaign_id == campaign.id { Ok((campaign, draw)) } else { Err(Error::not_found("draw-missing")) }
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: Campaign, draw: Draw) -> Result<SamplePage> {
    let texts = visit.texts();
    let mut page = signed_in.page(visit).titled(texts.get("sample-title"));
    page.synthetic = campaign.synthetic;
    let units = super::units(app, draw.id).await?;
    let strata = blocking::run(move || Ok(strata::strata(&units))).await?;
    let strata = strata.into_iter().map(|counts| StratumRow::new(counts, texts)).collect();
    Ok(SamplePage { page, campaign, draw, strata, verdict: None, national: places::national_only(signed_in).is_ok() })
}

async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    let (campaign, draw) = find(&app, &place.0, place.1).await?;
    visit.ok(&page(&app, &visit, &signed_in, campaign, draw).await?)
}

/// Changes nothing, but takes seconds of work: a button, not a link.
async fn verify(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (campaign, draw) = find(&app, &place.0, place.1).await?;
    let verification = super::verify(&app, &draw).await?;
    let mut page = page(&app, &visit, &signed_in, campaign, draw).await?;
    page.verdict = Some(Verdict::new(&verification, visit.texts()));
    visit.ok(&page)
}

/// What an outsider needs to check the draw. None of it names a person.
async fn download(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid, String)>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let (slug, draw, file) = place.into_inner();
    let (_, draw) = find(&app, &slug, draw).await?;
    let (kind, content) = match file.as_str() {
        "danh-sach.csv" => ("text/csv; charset=utf-8", list_file(&app, &draw).await?),
        "thiet-ke.json" => ("application/json", draw.design.clone().into_bytes()),
        "khung-mau.csv" => ("text/csv; charset=utf-8", frames::codes_only(&app, draw.frame_id).await?),
        _ => return Err(Error::not_found("page-missing")),
    };
    let name = format!("attachment; filename=\"{file}\"");
    Ok(HttpResponse::Ok().content_type(kind).insert_header((header::CONTENT_DISPOSITION, name)).body(content))
}

async fn list_file(app: &App, draw: &Draw) -> Result<Vec<u8>> {
    let units = super::units(app, draw.id).await?;
    blocking::run(move || {
        let mut file = Vec::new();
        list::write(&units, &mut file).map_err(|cause| Error::internal("csv").caused_by(cause))?;
        Ok(file)
    })
    .await
}
