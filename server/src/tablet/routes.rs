//! The tablet's page with what makes it installable, the day's work, and what comes back.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ContentType};
use actix_web::web::{Bytes, Data, Query, ServiceConfig, get, post};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::{Deserialize, Serialize};

use super::{bundle, deliveries, pages};
use crate::app::App;
use crate::base::text::{Language, Texts};
use crate::base::web::visit::Visit;
use crate::error::{Error, Kind, Result};
use crate::responses::routes::code::address;
use crate::staff::session::Interviewer;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/dtv/may", get().to(shell))
        .route("/dtv/may.webmanifest", get().to(manifest))
        .route("/dtv/sw.js", get().to(worker))
        .route("/dtv/may/goi.json", get().to(take_along))
        .route("/dtv/may/tra-loi", post().to(interview))
        .route("/dtv/may/lan-den", post().to(visit));
}

#[derive(Deserialize)]
struct Chosen {
    #[serde(rename = "ngon-ngu")]
    language: Option<String>,
}

/// The same for everybody, signed in or not: it is kept by the browser.
async fn shell(visit: Visit, chosen: Query<Chosen>) -> Result<HttpResponse> {
    let chosen = chosen.into_inner().language.and_then(|code| Language::from_code(&code));
    Ok(HttpResponse::Ok().content_type(ContentType::html()).body(pages::shell(chosen.unwrap_or(visit.language))?))
}

async fn manifest(visit: Visit) -> HttpResponse {
    let body = pages::manifest(visit.texts()).to_string();
    HttpResponse::Ok().content_type("application/manifest+json").body(body)
}

async fn worker() -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().content_type("text/javascript; charset=utf-8").body(pages::worker()?))
}

async fn take_along(
    app: Data<App>,
    visit: Visit,
    Interviewer(signed_in): Interviewer,
    chosen: Query<Chosen>,
) -> Result<HttpResponse> {
    let chosen = chosen.into_inner().language.and_then(|code| Language::from_code(&code));
    let texts = chosen.map_or_else(|| visit.texts(), Texts::new);
    json(&bundle::bundle(&app, &signed_in, texts).await?)
}

async fn interview(
    app: Data<App>,
    request: HttpRequest,
    Interviewer(signed_in): Interviewer,
    body: Bytes,
) -> Result<HttpResponse> {
    must_be_json(&request)?;
    json(&deliveries::interview(&app, &signed_in, &body, address(&request)).await?)
}

async fn visit(
    app: Data<App>,
    request: HttpRequest,
    Interviewer(signed_in): Interviewer,
    body: Bytes,
) -> Result<HttpResponse> {
    must_be_json(&request)?;
    json(&deliveries::visit(&app, &signed_in, &body).await?)
}

/// The second wall beside the origin: no form of another site can send this kind.
fn must_be_json(request: &HttpRequest) -> Result<()> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_some_and(|kind| kind.starts_with("application/json")) {
        Ok(())
    } else {
        Err(Error::new(Kind::BadRequest, "request-unreadable"))
    }
}

fn json(value: &impl Serialize) -> Result<HttpResponse> {
    let body = serde_json::to_string(value)?;
    Ok(HttpResponseBuilder::new(StatusCode::OK).content_type(ContentType::json()).body(body))
}
