//! Every address, and the handlers of the public part: requests without a token, answers that may be kept.

use actix_web::http::header;
use actix_web::web::{Data, Path, Query, ServiceConfig, get, resource, to};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi as _};

use super::figures::{self, Asked};
use super::openapi::Description;
use super::shapes::{Editions, FigurePage, Indicators, Places, Questions, ReleasedEdition};
use super::{office, pages};
use crate::app::App;
use crate::base::web::errors::Problem;
use crate::editions::Content;
use crate::error::{Error, Kind, Result};
use crate::portal::{self, Reading};

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/api/v1/editions", get().to(editions))
        .route("/api/v1/editions/{survey}/{number}", get().to(document))
        .route("/api/v1/editions/{survey}/{number}/figures", get().to(figures))
        .route("/api/v1/editions/{survey}/{number}/places", get().to(places))
        .route("/api/v1/editions/{survey}/{number}/indicators", get().to(indicators))
        .route("/api/v1/editions/{survey}/{number}/questions", get().to(questions))
        .route("/api/v1/surveys", get().to(office::surveys))
        .route("/api/v1/surveys/{survey}/progress", get().to(office::progress))
        .route("/api/v1/surveys/{survey}/exports", get().to(office::exports))
        .route("/api/v1/exports/{id}", get().to(office::download))
        .route("/api/v1/openapi.json", get().to(description));
    pages::routes(service);
    // Whoever comes by another method is told so, not that nothing is there.
    for path in Description::openapi().paths.paths.keys() {
        service.service(resource(path.as_str()).default_service(to(only_read)));
    }
}

async fn only_read() -> Result<HttpResponse> {
    Err(Error::new(Kind::MethodNotAllowed, "api-only-read"))
}

/// An edition, as in its address.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct Named {
    #[param(example = "sipas-2026")]
    survey: String,
    #[param(minimum = 1, example = 1)]
    number: i32,
}

/// Every edition that is public.
#[utoipa::path(get, path = "/api/v1/editions", tag = "public", responses((status = 200, body = Editions)))]
pub(super) async fn editions(app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let reading = portal::reading(&app).await?;
    let of = |(content, editions)| {
        let app = &app;
        let several: &[crate::editions::Edition] = editions;
        several.iter().enumerate().map(move |(at, edition)| ReleasedEdition::new(app, content, edition, at == 0))
    };
    let editions = Editions { editions: reading.surveys().flat_map(of).collect() };
    reading.answer(&request, &editions)
}

/// The very bytes of an edition: their SHA-256 is the one in the list.
#[utoipa::path(
    get, path = "/api/v1/editions/{survey}/{number}", tag = "public",
    params(Named),
    responses((status = 200, body = Content), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn document(app: Data<App>, request: HttpRequest, edition: Path<Named>) -> Result<HttpResponse> {
    portal::reading(&app).await?.document(&app, &request, &edition.survey, edition.number).await
}

/// What an edition says and its label, where it is the newest of its survey.
///
/// # Errors
/// Not found, if it is not public, or a newer one took its place.
fn newest<'a>(reading: &'a Reading, edition: &Named) -> Result<(&'a Content, String)> {
    let Named { survey, number } = edition;
    let found = reading.surveys().find(|(content, _)| content.survey.slug == *survey);
    let (content, editions) = found.ok_or_else(|| Error::not_found("edition-missing"))?;
    match editions.iter().position(|edition| edition.number == *number) {
        Some(0) => Ok((content, format!("{survey}/{number}"))),
        Some(_) => Err(Error::not_found("api-older-edition")),
        None => Err(Error::not_found("edition-missing")),
    }
}

/// Figures of a survey's newest edition: all, or those of a place, an indicator or question, a rule, an answer.
#[utoipa::path(
    get, path = "/api/v1/editions/{survey}/{number}/figures", tag = "public",
    params(Named, Asked),
    responses(
        (status = 200, body = FigurePage),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn figures(app: Data<App>, request: HttpRequest, edition: Path<Named>) -> Result<HttpResponse> {
    let asked = Query::<Asked>::from_query(request.query_string())
        .map_err(|cause| Error::new(Kind::BadRequest, "api-parameters").with("reason", &cause).caused_by(cause))?;
    let reading = portal::reading(&app).await?;
    let (content, label) = newest(&reading, &edition)?;
    reading.answer(&request, &figures::page(content, label, &asked)?)
}

/// The places of a survey's newest edition.
#[utoipa::path(
    get, path = "/api/v1/editions/{survey}/{number}/places", tag = "public",
    params(Named),
    responses((status = 200, body = Places), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn places(app: Data<App>, request: HttpRequest, edition: Path<Named>) -> Result<HttpResponse> {
    let reading = portal::reading(&app).await?;
    let (content, edition) = newest(&reading, &edition)?;
    reading.answer(&request, &Places { edition, places: &content.places })
}

/// The indicators of a survey's newest edition.
#[utoipa::path(
    get, path = "/api/v1/editions/{survey}/{number}/indicators", tag = "public",
    params(Named),
    responses((status = 200, body = Indicators), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn indicators(app: Data<App>, request: HttpRequest, edition: Path<Named>) -> Result<HttpResponse> {
    let reading = portal::reading(&app).await?;
    let (content, edition) = newest(&reading, &edition)?;
    reading.answer(&request, &Indicators { edition, indicators: &content.indicators })
}

/// The questions of a survey's newest edition, with their answers by number.
#[utoipa::path(
    get, path = "/api/v1/editions/{survey}/{number}/questions", tag = "public",
    params(Named),
    responses((status = 200, body = Questions), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn questions(app: Data<App>, request: HttpRequest, edition: Path<Named>) -> Result<HttpResponse> {
    let reading = portal::reading(&app).await?;
    let (content, edition) = newest(&reading, &edition)?;
    reading.answer(&request, &Questions { edition, questions: &content.questions })
}

/// This description.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "public", responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
pub(super) async fn description() -> Result<HttpResponse> {
    let document = serde_json::to_vec(&Description::openapi())?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=60"))
        .body(document))
}
