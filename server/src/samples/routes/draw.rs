//! A draw from its commitment to its list.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use uuid::Uuid;

use super::design::sentence;
use crate::app::App;
use crate::base::blocking;
use crate::base::parts::Problem;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::samples::pages::{SamplePage, StratumRow, Verdict, WithdrawPage, line};
use crate::samples::{self, Draw, strata, words};
use crate::staff::session::{Coordinator, SignedIn};
use crate::{jobs, places};

pub(super) async fn find(app: &App, slug: &str, draw: Uuid) -> Result<(Campaign, Draw)> {
    let campaign = campaigns::find_by_slug(app, slug).await?;
    let draw = samples::find(app, draw).await?;
    if draw.campaign_id == campaign.id { Ok((campaign, draw)) } else { Err(Error::not_found("draw-missing")) }
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, campaign: Campaign, draw: Draw) -> Result<SamplePage> {
    let texts = visit.texts();
    let mut page = signed_in.page(visit).titled(texts.get("sample-title"));
    page.synthetic = campaign.synthetic;
    let units = samples::units(app, draw.id).await?;
    let strata = blocking::run(move || Ok(strata::strata(&units))).await?;
    Ok(SamplePage {
        page,
        campaign,
        words: words::design(&draw.design()?, texts),
        strata: strata.into_iter().map(|counts| StratumRow::new(counts, texts)).collect(),
        verdict: None,
        seed: line("seed", "", None, texts),
        problems: Vec::new(),
        national: places::national_only(signed_in).is_ok(),
        first: samples::first_of(app, draw.frame_id).await?.map(|first| first.id),
        own: draw.seeded_by.as_deref() == Some(signed_in.actor().to_string().as_str()),
        draw,
    })
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    let (campaign, draw) = find(&app, &place.0, place.1).await?;
    visit.ok(&page(&app, &visit, &signed_in, campaign, draw).await?)
}

/// The draw that a form of this session acts on.
async fn acted_on(
    app: &App,
    signed_in: &SignedIn,
    place: &(String, Uuid),
    fields: &Fields,
) -> Result<(Campaign, Draw)> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(signed_in)?;
    find(app, &place.0, place.1).await
}

pub(super) async fn seed(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (campaign, draw) = acted_on(&app, &signed_in, &place, &fields).await?;
    let seed = fields.get("seed");
    match samples::seed(&app, &signed_in.actor(), draw.id, seed).await {
        Ok(()) => Ok(see_other(&draw.address(&campaign))),
        Err(error) if error.kind == Kind::Invalid => {
            let mut page = page(&app, &visit, &signed_in, campaign, draw).await?;
            page.page = page.page.failed();
            let sentence = sentence(&error, &visit);
            page.problems.push(Problem::new("seed", sentence.clone()));
            page.seed = line("seed", seed, Some(sentence), visit.texts());
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn send_back(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (campaign, draw) = acted_on(&app, &signed_in, &place, &fields).await?;
    samples::send_back(&app, &signed_in.actor(), draw.id).await?;
    Ok(see_other(&draw.address(&campaign)))
}

/// Confirms the seed that the reader saw, not one typed in since.
pub(super) async fn confirm(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (_, draw) = acted_on(&app, &signed_in, &place, &fields).await?;
    let job = samples::confirm(&app, &signed_in.actor(), draw.id, fields.get("seen")).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

pub(super) async fn withdraw_form(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let (campaign, draw) = find(&app, &place.0, place.1).await?;
    let mut page = signed_in.page(&visit).titled(visit.texts().get("draw-withdraw-title"));
    page.synthetic = campaign.synthetic;
    visit.ok(&WithdrawPage { page, back: draw.address(&campaign), draw })
}

pub(super) async fn withdraw(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (campaign, draw) = acted_on(&app, &signed_in, &place, &fields).await?;
    samples::withdraw(&app, &signed_in.actor(), draw.id).await?;
    Ok(see_other(&format!("{}/mau", campaign.address())))
}

/// Changes nothing, but takes seconds of work: a button, not a link.
pub(super) async fn verify(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (campaign, draw) = find(&app, &place.0, place.1).await?;
    let verification = samples::verify(&app, &draw).await?;
    let mut page = page(&app, &visit, &signed_in, campaign, draw).await?;
    page.verdict = Some(Verdict::new(&verification, visit.texts()));
    visit.ok(&page)
}
