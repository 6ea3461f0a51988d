//! Pause, check, send, receipt, withdrawal.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use super::super::browser;
use super::super::citizen::{Sent, Withdrawn};
use super::super::pages::{CheckPage, CodePage, NoticePage, PausePage, ReceiptPage, WithdrawPage, plain_address};
use super::super::rules;
use super::super::session::{Arrival, Session};
use super::start::onward;
use super::{
    CHECK, CODE, PAUSE, RECEIPT, START, WITHDRAW, WITHDRAWN, add, clear_storage, code, conflict, page, public_page,
    question, with_citizen,
};
use crate::app::App;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::Result;

pub(super) async fn pause(app: Data<App>, visit: Visit, arrival: Arrival) -> Result<HttpResponse> {
    with_citizen(&app, &visit, arrival, async |citizen| {
        if citizen.has_sent() {
            return Ok(see_other(RECEIPT));
        }
        let page = page(&app, &visit, citizen, PAUSE)?.titled(visit.texts().get("pause-h1"));
        visit.ok(&PausePage::new(page, citizen, &app.config.web.public_url, onward(citizen)))
    })
    .await
}

pub(super) async fn check(app: Data<App>, visit: Visit, arrival: Arrival) -> Result<HttpResponse> {
    with_citizen(&app, &visit, arrival, async |citizen| {
        if citizen.has_sent() {
            return Ok(see_other(RECEIPT));
        }
        if !citizen.has_agreed() {
            return Ok(see_other(START));
        }
        let interview = citizen.interview();
        if let Some(open) = rules::next_open(&interview) {
            return Ok(see_other(&question(open)));
        }
        let page = page(&app, &visit, citizen, CHECK)?.titled(visit.texts().get("check-h1"));
        visit.ok(&CheckPage::new(page, &interview))
    })
    .await
}

pub(super) async fn send(
    app: Data<App>,
    visit: Visit,
    arrival: Arrival,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    with_citizen(&app, &visit, arrival, async |citizen| {
        fields.check_csrf(&citizen.session.csrf(&app)?)?;
        let codes = browser::codes(&app, &request).saturating_add(1);
        match citizen.submit(&app, codes).await? {
            Sent::Received | Sent::Recorded => {
                let mut response = see_other(RECEIPT);
                // Only the browser that sent is told when; another one learns that it happened.
                if citizen.session.sent.is_none() && !citizen.has_sent() {
                    let now = app.clock.now();
                    add(&mut response, &browser::cookie(&app, &visit, codes)?)?;
                    add(
                        &mut response,
                        &Session { sent: Some(now), seen: now, ..citizen.session.clone() }.cookie(&app, &visit)?,
                    )?;
                }
                Ok(response)
            }
            Sent::Open(page) => Ok(see_other(&question(&page))),
            Sent::NotBegun => Ok(see_other(START)),
            Sent::Different => {
                let texts = visit.texts();
                let page = page(&app, &visit, citizen, RECEIPT)?.titled(texts.get("used-h1"));
                conflict(
                    &visit,
                    &NoticePage::new(page, texts.get("used-other-answers")).leading(texts.get("done-number"), RECEIPT),
                )
            }
        }
    })
    .await
}

pub(super) async fn receipt(app: Data<App>, visit: Visit, arrival: Arrival) -> Result<HttpResponse> {
    with_citizen(&app, &visit, arrival, async |citizen| {
        if !citizen.has_sent() {
            return Ok(see_other(START));
        }
        let texts = visit.texts();
        let title = texts.get(if citizen.session.sent.is_some() { "done-h1" } else { "used-h1" });
        let page = page(&app, &visit, citizen, RECEIPT)?.titled(title);
        let number = citizen.receipt(&app)?;
        let mut response = visit.ok(&ReceiptPage::new(page, citizen, &number, &app.config.web.public_url))?;
        clear_storage(&mut response);
        Ok(response)
    })
    .await
}

pub(super) async fn show_withdrawal(app: Data<App>, visit: Visit, arrival: Arrival) -> Result<HttpResponse> {
    let texts = visit.texts();
    if !matches!(arrival, Arrival::Here(_)) {
        return visit.ok(&CodePage::for_withdrawal(public_page(&app, &visit).await?, WITHDRAW));
    }
    with_citizen(&app, &visit, arrival, async |citizen| {
        let page = page(&app, &visit, citizen, WITHDRAW)?;
        if citizen.is_recorded() {
            return visit.ok(&NoticePage::new(page.titled(texts.get("withdraw-late-h1")), texts.get("withdraw-late")));
        }
        if !citizen.has_something_to_withdraw() {
            return visit.ok(&NoticePage::new(page.titled(texts.get("withdraw-h1")), texts.get("withdraw-none")));
        }
        visit.ok(&WithdrawPage { page: page.titled(texts.get("withdraw-h1")) })
    })
    .await
}

/// First the code, when it is not known yet; then the deletion itself.
pub(super) async fn withdraw(
    app: Data<App>,
    visit: Visit,
    arrival: Arrival,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    if fields.has("code") {
        return code::come_in(&app, &visit, &request, fields.get("code"), WITHDRAW, WITHDRAW).await;
    }
    with_citizen(&app, &visit, arrival, async |citizen| {
        fields.check_csrf(&citizen.session.csrf(&app)?)?;
        let texts = visit.texts();
        let frame = page(&app, &visit, citizen, WITHDRAW)?;
        match citizen.withdraw(&app).await? {
            Withdrawn::TooLate => conflict(
                &visit,
                &NoticePage::new(frame.titled(texts.get("withdraw-late-h1")), texts.get("withdraw-late")),
            ),
            Withdrawn::Nothing => Ok(see_other(WITHDRAW)),
            Withdrawn::Deleted => {
                let mut response = see_other(WITHDRAWN);
                add(
                    &mut response,
                    &Session { sent: None, seen: app.clock.now(), ..citizen.session.clone() }.cookie(&app, &visit)?,
                )?;
                Ok(response)
            }
        }
    })
    .await
}

pub(super) async fn withdrawn(app: Data<App>, visit: Visit, arrival: Arrival) -> Result<HttpResponse> {
    with_citizen(&app, &visit, arrival, async |citizen| {
        if citizen.has_something_to_withdraw() || citizen.is_recorded() {
            return Ok(see_other(WITHDRAW));
        }
        let texts = visit.texts();
        let page = page(&app, &visit, citizen, WITHDRAWN)?.titled(texts.get("withdraw-ok-h1"));
        visit.ok(&NoticePage::new(
            page,
            texts.with("withdraw-ok", [("address", plain_address(&app.config.web.public_url))]),
        )
        .leading(texts.get("code-h1"), CODE))
    })
    .await
}
