//! Start and consent; or a refusal, with or without a reason.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::super::body::Reason;
use super::super::citizen::Citizen;
use super::super::pages::{NoticePage, RefusePage, StartPage};
use super::super::rules;
use super::super::session::Arrival;
use super::{CHECK, RECEIPT, REFUSE, START, code, page, question, spoken, with_citizen};
use crate::app::App;
use crate::base::page::Page;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{LANGUAGE_COOKIE, Visit, see_other};
use crate::error::Result;

pub(super) async fn show(app: Data<App>, visit: Visit, arrival: Arrival, request: HttpRequest) -> Result<HttpResponse> {
    if matches!(arrival, Arrival::Nobody { with_cookies: false }) {
        return code::without_cookies(&app, &visit).await;
    }
    with_citizen(&app, &visit, arrival, async |citizen| {
        if citizen.has_sent() {
            return Ok(see_other(RECEIPT));
        }
        let begun = Some(&citizen.draft.language).filter(|begun| !begun.is_empty() && **begun != visit.spoken);
        if let Some(language) = begun.filter(|_| request.cookie(LANGUAGE_COOKIE).is_none()) {
            // They began in this language, on another device.
            return Ok(see_other(&Page::new(visit.language, START).switch_to(language)));
        }
        let page = page(&app, &visit, citizen, START)?.titled(visit.texts().get("start-h1"));
        visit.ok(&StartPage::new(page, citizen, &onward(citizen)))
    })
    .await
}

/// Where this person goes on: the first page not asked yet, or the check when all were.
pub(super) fn onward(citizen: &Citizen) -> String {
    rules::next_open(&citizen.interview()).map_or_else(|| CHECK.to_owned(), question)
}

pub(super) async fn agree(app: Data<App>, visit: Visit, arrival: Arrival, fields: Fields) -> Result<HttpResponse> {
    with_citizen(&app, &visit, arrival, async |citizen| {
        fields.check_csrf(&citizen.session.csrf(&app)?)?;
        if citizen.has_sent() {
            return Ok(see_other(RECEIPT));
        }
        let language = spoken(&visit, citizen).to_owned();
        citizen.agree(&app, &language).await?;
        Ok(see_other(&onward(citizen)))
    })
    .await
}

pub(super) async fn show_refusal(app: Data<App>, visit: Visit, arrival: Arrival) -> Result<HttpResponse> {
    with_citizen(&app, &visit, arrival, async |citizen| {
        if citizen.has_sent() {
            return Ok(see_other(RECEIPT));
        }
        let texts = visit.texts();
        let page = page(&app, &visit, citizen, REFUSE)?;
        if citizen.has_refused() {
            let sentence = texts.with("refuse-done", [("date", texts.day(citizen.campaign.closes_on))]);
            return visit.ok(&NoticePage::new(page.titled(texts.get("refuse-done-h1")), sentence)
                .leading(texts.get("refuse-undo"), START));
        }
        visit.ok(&RefusePage::new(page.titled(texts.get("refuse-h1"))))
    })
    .await
}

pub(super) async fn refuse(app: Data<App>, visit: Visit, arrival: Arrival, fields: Fields) -> Result<HttpResponse> {
    with_citizen(&app, &visit, arrival, async |citizen| {
        fields.check_csrf(&citizen.session.csrf(&app)?)?;
        if citizen.has_sent() {
            return Ok(see_other(RECEIPT));
        }
        citizen.refuse(&app, Reason::from_name(fields.get("ly-do"))).await?;
        Ok(see_other(REFUSE))
    })
    .await
}
