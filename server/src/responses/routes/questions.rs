//! One page of questions: shown, and taken.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use survey_forms::{Issue, SkipPolicy};

use super::super::citizen::{Citizen, Met};
use super::super::rules;
use super::super::session::Arrival;
use super::start::onward;
use super::{CHECK, PAUSE, RECEIPT, START, code, page, question, spoken, with_citizen};
use crate::app::App;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Result};
use crate::questionnaires::question::{Around, QuestionPage};

/// Fields of a page that are ours; the rest is for the questionnaire to judge.
const OWN_FIELDS: &[&str] = &["csrf", "ve", "skip", "pause"];
/// The value of `ve` that leads back to the check.
const FROM_CHECK: &str = "kiem-tra";

#[derive(Deserialize)]
pub(super) struct Return {
    ve: Option<String>,
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    arrival: Arrival,
    wanted: Path<String>,
    back: Query<Return>,
) -> Result<HttpResponse> {
    let from_check = back.into_inner().ve.as_deref() == Some(FROM_CHECK);
    with_citizen(&app, &visit, arrival, async |citizen| {
        if let Some(elsewhere) = elsewhere(citizen, &wanted)? {
            return Ok(elsewhere);
        }
        match view(&app, &visit, citizen, &wanted, from_check, &[], &[])? {
            Some(page) => visit.ok(&page),
            None => Ok(see_other(&onward(citizen))),
        }
    })
    .await
}

pub(super) async fn answer(
    app: Data<App>,
    visit: Visit,
    arrival: Arrival,
    wanted: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    if let Arrival::Expired(session) = arrival {
        // The hour passed over this very page: what was filled in is kept, and the code asked for.
        if let Met::Citizen(mut citizen) = Citizen::meet(&app, session).await?
            && fields.check_csrf(&citizen.session.csrf(&app)?).is_ok()
            && elsewhere(&citizen, &wanted)?.is_none()
        {
            citizen.give(&app, &wanted, &fields.without(OWN_FIELDS), SkipPolicy::Warn).await?;
        }
        return code::expired(&app, &visit).await;
    }
    with_citizen(&app, &visit, arrival, async |citizen| {
        fields.check_csrf(&citizen.session.csrf(&app)?)?;
        if let Some(elsewhere) = elsewhere(citizen, &wanted)? {
            return Ok(elsewhere);
        }
        let skip = if fields.has("skip") { SkipPolicy::Accept } else { SkipPolicy::Warn };
        let from_check = fields.get("ve") == FROM_CHECK;
        let given = fields.without(OWN_FIELDS);
        let issues = citizen.give(&app, &wanted, &given, skip).await?;
        if fields.has("pause") {
            return Ok(see_other(PAUSE));
        }
        if issues.is_empty() {
            return Ok(see_other(&next(citizen, &wanted, from_check)));
        }
        match view(&app, &visit, citizen, &wanted, from_check, &given, &issues)? {
            Some(page) => visit.refused(&page),
            None => Ok(see_other(&onward(citizen))),
        }
    })
    .await
}

/// Where somebody belongs who may not answer, or not yet.
fn elsewhere(citizen: &Citizen, wanted: &str) -> Result<Option<HttpResponse>> {
    if citizen.has_sent() {
        return Ok(Some(see_other(RECEIPT)));
    }
    if citizen.form.page(wanted).is_none() {
        return Err(Error::not_found("page-missing"));
    }
    Ok((!citizen.has_agreed()).then(|| see_other(START)))
}

/// After a correction back to the check, unless it opened new questions; else the next page, and the check after the last.
fn next(citizen: &Citizen, here: &str, from_check: bool) -> String {
    let interview = citizen.interview();
    if from_check {
        return rules::next_open(&interview)
            .map_or_else(|| CHECK.to_owned(), |page| format!("{}?ve={FROM_CHECK}", question(page)));
    }
    interview.path().next(here).map_or_else(|| CHECK.to_owned(), |page| question(page.code()))
}

/// The page, with what is wrong on it; none when other answers led around it.
fn view(
    app: &App,
    visit: &Visit,
    citizen: &Citizen,
    wanted: &str,
    from_check: bool,
    given: &[(String, String)],
    issues: &[Issue],
) -> Result<Option<QuestionPage>> {
    let interview = citizen.interview();
    let Some(view) = interview.page(wanted, spoken(visit, citizen), given, issues) else { return Ok(None) };
    let back = if from_check {
        CHECK.to_owned()
    } else {
        interview.path().previous(wanted).map_or_else(|| START.to_owned(), |page| question(page.code()))
    };
    let here = question(wanted);
    let frame = page(app, visit, citizen, if from_check { format!("{here}?ve={FROM_CHECK}") } else { here.clone() })?;
    let around = Around {
        action: here,
        back,
        leads_to: if from_check { FROM_CHECK } else { "" },
        saved: !citizen.draft.answers.is_empty(),
        carried: None,
    };
    Ok(Some(QuestionPage::new(frame, &view, issues, around)))
}
