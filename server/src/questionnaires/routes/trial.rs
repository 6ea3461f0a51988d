//! A version tried out, on a phone's screen.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use survey_forms::{Form, SkipPolicy};
use uuid::Uuid;

use super::{address, offered, version};
use crate::app::App;
use crate::base::page::{Link, Page};
use crate::base::web::fields::Fields;
use crate::base::web::headers::MayBeFramed;
use crate::base::web::visit::{Visit, see_other};
use crate::error::Result;
use crate::questionnaires::pages::{EndPage, PreviewPage};
use crate::questionnaires::preview::{CARRIED, OWN_FIELDS, Shown, Trial, carried};
use crate::questionnaires::question;
use crate::staff::session::{Coordinator, SignedIn};

/// A phone on the desk: the pages stand in a frame of a phone's size, so that they lay themselves out as on one.
pub(super) async fn preview(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String)>,
) -> Result<HttpResponse> {
    let (id, language) = path.into_inner();
    let (_, form) = version(&app, id).await?;
    offered(&form, &language)?;
    let title = visit.texts().with("form-preview-title", [("form", form.words(&language).title())]).into_owned();
    let link = |code: &String| Link {
        current: *code == language,
        ..Link::new(question::language_name(code), format!("{}/xem/{code}", address(id)))
    };
    visit.ok(&PreviewPage {
        page: signed_in.page(&visit).titled(title),
        back: address(id),
        phone: trial_address(id, &language),
        languages: form.languages().iter().map(link).collect(),
    })
}

fn trial_address(id: Uuid, language: &str) -> String {
    format!("{}/thu/{language}", address(id))
}

#[derive(Deserialize)]
pub(super) struct Carried {
    #[serde(rename = "tra-loi", default)]
    answers: String,
}

pub(super) async fn start(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String)>,
) -> Result<HttpResponse> {
    let (id, language) = path.into_inner();
    let form = version(&app, id).await?.1;
    trial(&visit, &signed_in, &form, id, &language, |trial, frame| trial.show(frame, None, carried("")))
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String, String)>,
    query: Query<Carried>,
) -> Result<HttpResponse> {
    let (id, language, page) = path.into_inner();
    let form = version(&app, id).await?.1;
    trial(&visit, &signed_in, &form, id, &language, |trial, frame| {
        trial.show(frame, Some(&page), carried(&query.answers))
    })
}

pub(super) async fn give(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String, String)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (id, language, page) = path.into_inner();
    let form = version(&app, id).await?.1;
    let skip = if fields.has("skip") { SkipPolicy::Accept } else { SkipPolicy::Warn };
    trial(&visit, &signed_in, &form, id, &language, |trial, frame| {
        trial.give(frame, &page, carried(fields.get(CARRIED)), &fields.without(OWN_FIELDS), skip)
    })
}

fn trial(
    visit: &Visit,
    signed_in: &SignedIn,
    form: &Form,
    id: Uuid,
    language: &str,
    shown: impl FnOnce(&Trial, Page) -> Shown,
) -> Result<HttpResponse> {
    offered(form, language)?;
    let address = trial_address(id, language);
    let frame = Page { csrf: signed_in.csrf.clone(), path: address.clone(), ..visit.page() };
    let trial = Trial { form, address: address.clone(), language };
    let mut response = match shown(&trial, frame.clone()) {
        Shown::Page(page) if page.is_refused() => visit.refused(&*page)?,
        Shown::Page(page) => visit.ok(&*page)?,
        Shown::NoPage => see_other(&address),
        Shown::End(answers) => visit.ok(&EndPage {
            answered: survey_forms::Interview::new(form, answers).progress().answered,
            page: frame.titled(visit.texts().get("form-trial-end")),
            address,
        })?,
    };
    response.extensions_mut().insert(MayBeFramed);
    Ok(response)
}
