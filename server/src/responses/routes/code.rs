//! Coming with a code: from the letter's picture code or typed; and leaving.

use std::net::IpAddr;

use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};

use super::super::pages::{CodePage, NoticePage, plain_address};
use super::super::session::{Arrival, COOKIE, Session};
use super::super::throttle::{Source, Tries};
use super::super::{Entered, enter};
use super::{CODE, LEFT, START, add, clear_storage, early, over, public_page};
use crate::app::App;
use crate::base::page::Page;
use crate::base::text::Value;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::Window;
use crate::error::Result;
use crate::invitations::code::CodeMistake;

/// Counts wrong codes in the browser; who deletes it meets the count of their address.
const TRIES_COOKIE: &str = "lan-sai";

/// Chat programs look before anybody taps; they learn nothing and leave nothing.
pub(super) async fn looked_at() -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::html()).finish()
}

pub(super) async fn from_letter(
    app: Data<App>,
    visit: Visit,
    request: HttpRequest,
    code: Path<String>,
) -> Result<HttpResponse> {
    come_in(&app, &visit, &request, &code, CODE, START).await
}

pub(super) async fn show(app: Data<App>, visit: Visit, arrival: Arrival) -> Result<HttpResponse> {
    if matches!(arrival, Arrival::Expired(_)) {
        return expired(&app, &visit).await;
    }
    visit.ok(&CodePage::new(public_page(&app, &visit).await?, CODE, ""))
}

pub(super) async fn typed(app: Data<App>, visit: Visit, request: HttpRequest, fields: Fields) -> Result<HttpResponse> {
    // No token: there is no session yet, and another site's post is refused by its origin.
    come_in(&app, &visit, &request, fields.get("code"), CODE, START).await
}

/// Opens the session of a code and leads to `onward`, or shows the code's page (at `here`) with what is wrong.
pub(super) async fn come_in(
    app: &App,
    visit: &Visit,
    request: &HttpRequest,
    typed: &str,
    here: &str,
    onward: &str,
) -> Result<HttpResponse> {
    let source = Source {
        tries: request.cookie(TRIES_COOKIE).map(|cookie| Tries::read(cookie.value())).unwrap_or_default(),
        address: address(request),
    };
    let texts = visit.texts();
    match enter(app, typed, source).await? {
        Entered::Known(_, campaign) if campaign.window(app.clock.today()) == Window::Early => early(visit, &campaign),
        Entered::Known(_, campaign) if campaign.window(app.clock.today()) == Window::Over => {
            over(app, visit, &campaign)
        }
        Entered::Known(session, _) => {
            let mut response = see_other(onward);
            // A time of sending stays when the same code is typed again.
            let sent = match Arrival::of(app, request) {
                Arrival::Here(before) | Arrival::Expired(before) if before.code == session.code => before.sent,
                _ => None,
            };
            add(&mut response, &Session { sent, ..session }.cookie(app, visit)?)?;
            Ok(response)
        }
        Entered::Over(campaign) => over(app, visit, &campaign),
        Entered::Mistake(mistake) => {
            let message = match mistake {
                CodeMistake::Empty => texts.get("code-err-empty"),
                CodeMistake::Length(digits) => texts.with("code-err-len", [("n", digits)]),
                CodeMistake::CheckDigit => texts.get("code-err-check"),
            };
            visit.refused(&CodePage::refused(public_page(app, visit).await?, here, typed, message.into_owned()))
        }
        Entered::Unknown => {
            let page = public_page(app, visit).await?;
            let message = texts.with("code-err-unknown", [("hotline", page.hotline.as_str())]).into_owned();
            let mut response = visit.refused(&CodePage::refused(page, here, typed, message))?;
            add(&mut response, &visit.cookie(TRIES_COOKIE, source.tries.and_one(app.clock.now()).text()))?;
            Ok(response)
        }
        Entered::TooMany { minutes } => {
            let page = public_page(app, visit).await?;
            let numbers = [("n", Value::from(minutes)), ("hotline", Value::from(page.hotline.clone()))];
            let message = texts.with("code-err-rate", numbers).into_owned();
            let mut response = HttpResponseBuilder::new(StatusCode::TOO_MANY_REQUESTS);
            response.insert_header(("retry-after", (minutes * 60).to_string()));
            visit.render(response, &CodePage::refused(page, here, typed, message))
        }
    }
}

/// The caller's address, for the throttle only. Behind a proxy on this machine it is the one the proxy saw.
pub(crate) fn address(request: &HttpRequest) -> Option<IpAddr> {
    let peer = request.peer_addr()?.ip();
    if !peer.is_loopback() {
        return Some(peer);
    }
    request.connection_info().realip_remote_addr().and_then(|address| address.parse().ok()).or(Some(peer))
}

/// An hour has passed: the code is asked for again, and the answers are where they were.
pub(super) async fn expired(app: &App, visit: &Visit) -> Result<HttpResponse> {
    let page = Page { path: CODE.to_owned(), ..public_page(app, visit).await? };
    let mut response = visit.ok(&CodePage::after_an_hour(page, CODE))?;
    add(&mut response, &Session::gone(visit))?;
    Ok(response)
}

/// The browser came back without the cookie we sent, or never had one.
pub(super) async fn without_cookies(app: &App, visit: &Visit) -> Result<HttpResponse> {
    let page = Page { path: CODE.to_owned(), ..public_page(app, visit).await? };
    visit.ok(&CodePage::without_cookies(page, CODE))
}

/// The code was cancelled while its session lived: said as for any code nobody has.
pub(super) async fn unknown(app: &App, visit: &Visit, hotline: &str) -> Result<HttpResponse> {
    let message = visit.texts().with("code-err-unknown", [("hotline", hotline)]).into_owned();
    let mut response = visit.refused(&CodePage::refused(public_page(app, visit).await?, CODE, "", message))?;
    add(&mut response, &Session::gone(visit))?;
    Ok(response)
}

/// Leaving needs no token and never fails: another site cannot post here, and a page left open by somebody before must not keep
/// this person in.
pub(super) async fn leave(visit: Visit, request: HttpRequest) -> Result<HttpResponse> {
    let mut response = see_other(LEFT);
    if request.cookie(COOKIE).is_some() {
        add(&mut response, &Session::gone(&visit))?;
    }
    clear_storage(&mut response);
    Ok(response)
}

/// What remains, and how to come back to it.
pub(super) async fn left(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let texts = visit.texts();
    let page = public_page(&app, &visit).await?.titled(texts.get("left-h1"));
    let sentence = texts.with("left", [("address", plain_address(&app.config.web.public_url))]);
    visit.ok(&NoticePage::new(page, sentence).leading(texts.get("code-h1"), CODE))
}
