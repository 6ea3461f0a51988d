//! The citizen's pages. Nothing a GET or HEAD does changes a table.

pub mod about;
pub mod code;
pub mod finish;
pub mod questions;
pub mod start;

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::web::{ServiceConfig, get, head, post};

use super::citizen::{Citizen, Met};
use super::pages::{self, NoticePage};
use super::session::{Arrival, COOKIE, Session};
use crate::app::App;
use crate::base::page::Page;
use crate::base::text::Language;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};

pub const CODE: &str = "/ma";
pub const START: &str = "/khao-sat";
pub const PAUSE: &str = "/tam-dung";
pub const CHECK: &str = "/khao-sat/kiem-tra";
pub const RECEIPT: &str = "/khao-sat/xong";
pub const REFUSE: &str = "/khao-sat/tu-choi";
pub const WITHDRAW: &str = "/rut-lai";
pub const WITHDRAWN: &str = "/rut-lai/da-xoa";
pub const LEFT: &str = "/thoat";

pub fn routes(service: &mut ServiceConfig) {
    service
        .route(CODE, get().to(code::show))
        .route(CODE, post().to(code::typed))
        .route(LEFT, get().to(code::left))
        .route(LEFT, post().to(code::leave))
        .route(START, get().to(start::show))
        .route("/khao-sat/dong-y", post().to(start::agree))
        .route(REFUSE, get().to(start::show_refusal))
        .route(REFUSE, post().to(start::refuse))
        .route(PAUSE, get().to(finish::pause))
        .route(CHECK, get().to(finish::check))
        .route("/khao-sat/gui", post().to(finish::send))
        .route(RECEIPT, get().to(finish::receipt))
        .route(WITHDRAW, get().to(finish::show_withdrawal))
        .route(WITHDRAW, post().to(finish::withdraw))
        .route(WITHDRAWN, get().to(finish::withdrawn))
        .route("/khao-sat/{page}", get().to(questions::show))
        .route("/khao-sat/{page}", post().to(questions::answer))
        .route(CODE, head().to(code::looked_at))
        .route("/v/{code}", head().to(code::looked_at))
        .route("/v/{code}", get().to(code::from_letter))
        .route("/V/{code}", get().to(code::from_letter))
        .route("/tro-giup", get().to(about::help))
        .route("/quyen-rieng-tu", get().to(about::privacy))
        .route("/tro-nang", get().to(about::access))
        .route("/thu-that", get().to(about::genuine));
}

/// The address of a page of questions.
pub fn question(page: &str) -> String {
    format!("/khao-sat/{page}")
}

/// Runs `work` for a citizen whose session is alive and whose campaign is open; everybody else gets the page that says what is
/// the matter. Keeps the session alive.
async fn with_citizen(
    app: &App,
    visit: &Visit,
    arrival: Arrival,
    work: impl AsyncFnOnce(&mut Citizen) -> Result<HttpResponse>,
) -> Result<HttpResponse> {
    let session = match arrival {
        Arrival::Here(session) => session,
        Arrival::Nobody { .. } => return Ok(see_other(CODE)),
        Arrival::Expired(_) => return code::expired(app, visit).await,
    };
    let mut citizen = match Citizen::meet(app, session).await? {
        Met::Citizen(citizen) => citizen,
        Met::Early(campaign) => return early(visit, &campaign),
        Met::Over(campaign) => return over(app, visit, &campaign),
        Met::Cancelled(campaign) => return code::unknown(app, visit, &campaign.hotline).await,
    };
    let mut response = work(&mut citizen).await.map_err(|error| error.with("hotline", &citizen.campaign.hotline))?;
    let now = app.clock.now();
    if citizen.session.wants_touch(now) && response.cookies().all(|cookie| cookie.name() != COOKIE) {
        let touched = Session { seen: now, ..citizen.session.clone() };
        add(&mut response, &touched.cookie(app, visit)?)?;
    }
    Ok(response)
}

/// Phones are shared: nothing of the person stays in the browser.
fn clear_storage(response: &mut HttpResponse) {
    let name = HeaderName::from_static("clear-site-data");
    response.headers_mut().insert(name, HeaderValue::from_static("\"storage\""));
}

fn add(response: &mut HttpResponse, cookie: &actix_web::cookie::Cookie<'_>) -> Result<()> {
    response.add_cookie(cookie).map_err(|cause| Error::internal("cookie").caused_by(cause))
}

/// The frame of a page of this citizen, as if it had been asked for at `path`: a language is chosen by GET.
fn page(app: &App, visit: &Visit, citizen: &Citizen, path: impl Into<String>) -> Result<Page> {
    let (form, spoken) = (&citizen.form, spoken(visit, citizen));
    let further = form.languages().iter().filter(|code| Language::from_code(code).is_none());
    Ok(Page {
        csrf: citizen.session.csrf(app)?,
        path: path.into(),
        leave: LEFT,
        spoken: (spoken != visit.language.code()).then(|| spoken.to_owned()),
        further_languages: further.map(|code| (code.clone(), form.language_name(code).to_owned())).collect(),
        ..campaign_page(visit, &citizen.campaign)
    })
}

/// The language of the questions: the one chosen, if the questionnaire offers it.
fn spoken<'a>(visit: &'a Visit, citizen: &'a Citizen) -> &'a str {
    let offered = citizen.form.languages().contains(&visit.spoken);
    if offered { &visit.spoken } else { citizen.form.source_language() }
}

fn campaign_page(visit: &Visit, campaign: &Campaign) -> Page {
    Page { hotline: campaign.hotline.clone(), synthetic: campaign.synthetic, ..visit.page() }
}

/// The frame of a page for everybody.
async fn public_page(app: &App, visit: &Visit) -> Result<Page> {
    Ok(super::door::public_campaign(app)
        .await?
        .map_or_else(|| visit.page(), |campaign| campaign_page(visit, &campaign)))
}

fn early(visit: &Visit, campaign: &Arc<Campaign>) -> Result<HttpResponse> {
    let texts = visit.texts();
    let page = Page { path: CODE.to_owned(), ..campaign_page(visit, campaign) }.titled(texts.get("early-h1"));
    visit.ok(&NoticePage::new(page, texts.with("early", [("date", texts.day(campaign.opens_on))])))
}

fn over(app: &App, visit: &Visit, campaign: &Arc<Campaign>) -> Result<HttpResponse> {
    let texts = visit.texts();
    let page = Page { path: CODE.to_owned(), ..campaign_page(visit, campaign) }.titled(texts.get("closed-h1"));
    let ended = campaign.closes_on.min(app.clock.today());
    let address = pages::plain_address(&app.config.web.public_url);
    visit
        .ok(&NoticePage::new(page, texts.with("closed", [("date", texts.day(ended)), ("address", address.to_owned())])))
}

fn conflict(visit: &Visit, page: &NoticePage) -> Result<HttpResponse> {
    visit.render(actix_web::HttpResponseBuilder::new(StatusCode::CONFLICT), page)
}
