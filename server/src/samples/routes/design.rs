//! Designs: written, changed until used, looked ahead at, committed to.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use analysis::design::Design;
use analysis::preview;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::base::blocking;
use crate::base::parts::Problem;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::places;
use crate::samples::form::DesignForm;
use crate::samples::pages::{Ahead, DesignPage, FormPage, line};
use crate::samples::{self, RHO, SavedDesign, rules, words};
use crate::staff::session::{Coordinator, SignedIn};

#[derive(Deserialize)]
pub(super) struct Model {
    tu: Option<Uuid>,
}

#[derive(Deserialize)]
pub(super) struct Reckoned {
    rho: Option<String>,
}

impl Reckoned {
    /// `0,05` or `0.05`; the usual one where nothing that can be reckoned with is written.
    pub(super) fn value(&self) -> f64 {
        let written = self.rho.as_deref().and_then(|rho| rho.trim().replace(',', ".").parse().ok());
        written.filter(|rho| (0.0..=1.0).contains(rho)).unwrap_or(RHO)
    }
}

pub(super) fn address(campaign: &Campaign, design: Uuid) -> String {
    format!("{}/mau/thiet-ke/{design}", campaign.address())
}

fn form_page(visit: &Visit, signed_in: &SignedIn, campaign: &Campaign, back: String, form: DesignForm) -> FormPage {
    let mut page = signed_in.page(visit).titled(visit.texts().get("design-title"));
    page.synthetic = campaign.synthetic;
    FormPage { page, action: back.clone(), back, form, problems: Vec::new() }
}

/// An empty form, or that of another design to begin from.
pub(super) async fn new(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    from: Query<Model>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let model = match from.tu {
        Some(id) => Some(samples::design(&app, campaign.id, id).await?.design()?),
        None => None,
    };
    let form = DesignForm::of(model.as_ref(), "", visit.texts());
    let mut page = form_page(&visit, &signed_in, &campaign, format!("{}/mau", campaign.address()), form);
    page.action = format!("{}/mau/thiet-ke", campaign.address());
    visit.ok(&page)
}

pub(super) async fn make(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    keep(&app, &visit, &signed_in, &campaign, None, &fields).await
}

pub(super) async fn edit(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let (campaign, saved) = find(&app, &place.0, place.1).await?;
    let form = DesignForm::of(Some(&saved.design()?), &saved.name, visit.texts());
    let back = address(&campaign, saved.id);
    let mut page = form_page(&visit, &signed_in, &campaign, back.clone(), form);
    page.action = format!("{back}/sua");
    visit.ok(&page)
}

pub(super) async fn change(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let (campaign, saved) = find(&app, &place.0, place.1).await?;
    keep(&app, &visit, &signed_in, &campaign, Some(saved.id), &fields).await
}

async fn keep(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: &Campaign,
    instead: Option<Uuid>,
    fields: &Fields,
) -> Result<HttpResponse> {
    let texts = visit.texts();
    let (mut form, problem) = match DesignForm::read(fields, texts) {
        Ok(design) => match samples::save(app, &signed_in.actor(), campaign, instead, &design).await {
            Ok(id) => return Ok(see_other(&address(campaign, id))),
            Err(error) if error.kind == Kind::Invalid || error.code == "design-name-taken" => {
                (DesignForm::of(Some(&design), &design.name, texts), Some(sentence(&error, visit)))
            }
            Err(error) => return Err(error),
        },
        Err(form) => (*form, None),
    };
    if let Some(sentence) = problem {
        form.name.error = Some(sentence);
    }
    let back = instead.map_or_else(|| format!("{}/mau", campaign.address()), |id| address(campaign, id));
    let problems = form.problems();
    let mut page = form_page(visit, signed_in, campaign, back, form);
    page.page = page.page.failed();
    page.problems = problems;
    page.action = instead
        .map_or_else(|| format!("{}/mau/thiet-ke", campaign.address()), |id| format!("{}/sua", address(campaign, id)));
    visit.refused(&page)
}

pub(super) fn sentence(error: &Error, visit: &Visit) -> String {
    visit.texts().with(&format!("error-{}", error.code), error.params.clone()).into_owned()
}

pub(super) async fn find(app: &App, slug: &str, design: Uuid) -> Result<(Campaign, SavedDesign)> {
    let campaign = campaigns::find_by_slug(app, slug).await?;
    let saved = samples::design(app, campaign.id, design).await?;
    Ok((campaign, saved))
}

/// What the design would draw from the campaign's frame.
pub(super) async fn ahead(app: &App, campaign: &Campaign, design: Design, rho: f64) -> Result<preview::Preview> {
    let places = samples::places(app, campaign, &design).await?;
    blocking::run(move || preview::preview(&places, &design, rho).map_err(|cause| rules::impossible(&cause))).await
}

async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    (campaign, saved): (Campaign, SavedDesign),
    rho: f64,
) -> Result<DesignPage> {
    let texts = visit.texts();
    let design = saved.design()?;
    let mut page = signed_in.page(visit).titled(texts.with("design-named", [("name", saved.name.as_str())]));
    page.synthetic = campaign.synthetic;
    let words = words::design(&design, texts);
    let ahead = match ahead(app, &campaign, design, rho).await {
        Ok(preview) => Ok(Ahead::new(preview, texts)),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => Err(sentence(&error, visit)),
        Err(error) => return Err(error),
    };
    let national = places::national_only(signed_in).is_ok();
    let possible = national && ahead.is_ok() && campaign.state() == campaigns::State::Preparing;
    let source = possible.then(|| line("source", "", None, texts));
    let rho = line("rho", &texts.decimal(rho, 2), None, texts);
    Ok(DesignPage { page, campaign, saved, words, ahead, rho, source, problems: Vec::new(), national })
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    reckoned: Query<Reckoned>,
) -> Result<HttpResponse> {
    let found = find(&app, &place.0, place.1).await?;
    visit.ok(&page(&app, &visit, &signed_in, found, reckoned.value()).await?)
}

pub(super) async fn commit(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    place: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let (campaign, saved) = find(&app, &place.0, place.1).await?;
    let source = fields.get("source");
    match samples::commit(&app, &signed_in.actor(), &campaign, saved.id, source).await {
        Ok(draw) => Ok(see_other(&format!("{}/mau/{draw}", campaign.address()))),
        Err(error) if error.kind == Kind::Invalid => {
            let mut page = page(&app, &visit, &signed_in, (campaign, saved), RHO).await?;
            page.page = page.page.failed();
            let sentence = sentence(&error, &visit);
            page.problems.push(Problem::new("source", sentence.clone()));
            page.source = Some(line("source", source, Some(sentence), visit.texts()));
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}
