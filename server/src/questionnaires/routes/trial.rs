//! A version tried out, on a phone's screen.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use survey_forms::{Form, Question, Respondent, SkipPolicy};
use uuid::Uuid;

use super::{address, known, languages, version};
use crate::app::App;
use crate::base::page::{Link, Page};
use crate::base::web::fields::Fields;
use crate::base::web::headers::MayBeFramed;
use crate::base::web::visit::{Visit, see_other};
use crate::error::Result;
use crate::questionnaires::pages::{EndPage, PreviewPage};
use crate::questionnaires::preview::{CARRIED, OWN_FIELDS, Shown, Trial, carried};
use crate::staff::session::{Coordinator, SignedIn};

/// A phone on the desk: the pages stand in a frame of a phone's size, so that they lay themselves out as on one.
pub(super) async fn preview(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String)>,
    asked: Query<Asked>,
) -> Result<HttpResponse> {
    let (id, language) = path.into_inner();
    let (_, form) = version(&app, id).await?;
    known(&form, &language)?;
    let texts = visit.texts();
    let title = texts.with("form-preview-title", [("form", form.words(&language).title())]).into_owned();
    let (chosen, desk) = (asked.respondent(), |code: &str| format!("{}/xem/{code}", address(id)));
    let spoken = |code: &String| Link {
        current: *code == language,
        ..Link::new(form.language_name(code), desk(code) + query(chosen))
    };
    let by = |respondent, key| Link {
        current: respondent == chosen,
        ..Link::new(texts.get(key), desk(&language) + query(respondent))
    };
    let mut respondents = Vec::new();
    if form.questions().iter().any(Question::is_by_interviewer) {
        respondents.push(by(Respondent::Alone, "form-preview-alone"));
        respondents.push(by(Respondent::WithInterviewer, "form-preview-interviewer"));
    }
    visit.ok(&PreviewPage {
        page: signed_in.page(&visit).titled(title),
        back: address(id),
        phone: format!("{}/thu/{language}{}", address(id), query(chosen)),
        languages: languages(&form).map(spoken).collect(),
        not_for_use: form.trial_languages().contains(&language),
        respondents,
    })
}

/// Who asks, as the address says.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(rename = "hoi")]
    by: Option<String>,
}

const INTERVIEWER: &str = "dtv";

impl Asked {
    fn respondent(&self) -> Respondent {
        if self.by.as_deref() == Some(INTERVIEWER) { Respondent::WithInterviewer } else { Respondent::Alone }
    }
}

/// What an address says of who asks.
fn query(respondent: Respondent) -> &'static str {
    match respondent {
        Respondent::Alone => "",
        Respondent::WithInterviewer => "?hoi=dtv",
    }
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
    asked: Query<Asked>,
) -> Result<HttpResponse> {
    let (id, language) = path.into_inner();
    let form = version(&app, id).await?.1;
    let trial = trial(&form, id, &language, &asked)?;
    trial_page(&visit, &signed_in, &trial, |frame| trial.show(frame, None, carried("")))
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String, String)>,
    (asked, query): (Query<Asked>, Query<Carried>),
) -> Result<HttpResponse> {
    let (id, language, page) = path.into_inner();
    let form = version(&app, id).await?.1;
    let trial = trial(&form, id, &language, &asked)?;
    trial_page(&visit, &signed_in, &trial, |frame| trial.show(frame, Some(&page), carried(&query.answers)))
}

pub(super) async fn give(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String, String)>,
    asked: Query<Asked>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (id, language, page) = path.into_inner();
    let form = version(&app, id).await?.1;
    let trial = trial(&form, id, &language, &asked)?;
    let skip = if fields.has("skip") { SkipPolicy::Accept } else { SkipPolicy::Warn };
    trial_page(&visit, &signed_in, &trial, |frame| {
        trial.give(frame, &page, carried(fields.get(CARRIED)), &fields.without(OWN_FIELDS), skip)
    })
}

fn trial<'a>(form: &'a Form, id: Uuid, language: &'a str, asked: &Asked) -> Result<Trial<'a>> {
    known(form, language)?;
    let respondent = asked.respondent();
    Ok(Trial {
        form,
        address: format!("{}/thu/{language}", address(id)),
        query: query(respondent),
        language,
        respondent,
    })
}

fn trial_page(
    visit: &Visit,
    signed_in: &SignedIn,
    trial: &Trial,
    shown: impl FnOnce(Page) -> Shown,
) -> Result<HttpResponse> {
    let start = trial.page_address(None);
    let frame = Page { csrf: signed_in.csrf.clone(), path: start.clone(), ..visit.page() };
    let mut response = match shown(frame.clone()) {
        Shown::Page(page) if page.is_refused() => visit.refused(&*page)?,
        Shown::Page(page) => visit.ok(&*page)?,
        Shown::NoPage => see_other(&start),
        Shown::End(answers) => visit.ok(&EndPage {
            answered: trial.interview(answers).progress().answered,
            page: frame.titled(visit.texts().get("form-trial-end")),
            address: start,
        })?,
    };
    response.extensions_mut().insert(MayBeFramed);
    Ok(response)
}
