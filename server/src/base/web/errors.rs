//! Turns every failure into a page for people or an RFC 9457 document for machines, in the language of the visit.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentType};
use actix_web::middleware::Next;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use askama::Template;
use serde::Serialize;
use utoipa::ToSchema;

use super::visit::{Visit, see_other};
use crate::base::chance;
use crate::base::page::Page;
use crate::base::seal::hex;
use crate::error::{Result, Told};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    sentence: String,
    incident: Option<String>,
    /// The same page once more, where asking again may help.
    again: Option<String>,
}

/// What went wrong, for machines (RFC 9457).
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// `urn:sipas:error:page-missing`: stays the same from version to version.
    r#type: String,
    /// A sentence for people.
    title: String,
    status: u16,
    /// The end of `type`.
    code: &'static str,
    /// Of a fault of ours: under this number it stands in the log.
    instance: Option<String>,
}

/// Addresses for machines: they are never shown a page.
const MACHINES: &str = "/api/";

pub async fn pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let status = response.status();
    let told = response.response().extensions().get::<Told>().cloned();
    // A page that refuses input in its own words has a body already; a bare status has none.
    let told = match told {
        Some(told) => told,
        None if response.response().error().is_some() => plain(status),
        None => return Ok(response),
    };
    let (request, _) = response.into_parts();
    let response = describe(&request, status, &told)?;
    Ok(ServiceResponse::new(request, response))
}

/// What the web framework itself refused: too large, unreadable, not found.
fn plain(status: StatusCode) -> Told {
    let code = match status {
        StatusCode::NOT_FOUND => "page-missing",
        StatusCode::METHOD_NOT_ALLOWED => "method-not-allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "body-too-large",
        _ if status.is_client_error() => "request-unreadable",
        _ => "internal",
    };
    Told { code, params: Vec::new(), detail: status.to_string() }
}

fn describe(request: &HttpRequest, status: StatusCode, told: &Told) -> Result<HttpResponse> {
    let visit = Visit::of(request);
    if status == StatusCode::UNAUTHORIZED && !wants_json(request) {
        let back: String = form_urlencoded::byte_serialize(visit.path.as_bytes()).collect();
        return Ok(see_other(&format!("/dang-nhap?ve={back}")));
    }
    let texts = visit.texts();
    let incident = if status.is_server_error() { Some(hex(&chance::secret_bytes::<4>()?)) } else { None };
    if let Some(incident) = &incident {
        let route = request.match_pattern().unwrap_or_default();
        tracing::error!(incident, route, code = told.code, detail = told.detail, "a request failed");
    }
    let key = format!("error-{}", told.code);
    let known = if status.is_server_error() { "error-internal" } else { key.as_str() };
    let sentence = texts
        .with(known, told.params.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>())
        .into_owned();
    let mut response = HttpResponseBuilder::new(status);
    if status == StatusCode::TOO_MANY_REQUESTS || status == StatusCode::SERVICE_UNAVAILABLE {
        response.insert_header((header::RETRY_AFTER, "60"));
    }
    if wants_json(request) {
        if request.path().starts_with(MACHINES) {
            told_to_machines(&mut response, status);
        }
        let document = Problem {
            r#type: format!("urn:sipas:error:{}", told.code),
            title: sentence,
            status: status.as_u16(),
            code: told.code,
            instance: incident,
        };
        return Ok(response.content_type("application/problem+json").body(serde_json::to_vec(&document)?));
    }
    // A language is chosen by GET, and many addresses of forms have no page to come back to.
    let path = if request.method().is_safe() { visit.path.as_str() } else { "/" };
    let hotline = told.params.iter().find(|(name, _)| *name == "hotline").map(|(_, hotline)| hotline.clone());
    let page = Page { path: path.to_owned(), hotline: hotline.unwrap_or_default(), ..visit.page() };
    let page = page.titled(texts.get(title(status)));
    let again = incident.as_ref().filter(|_| request.method().is_safe()).map(|_| visit.path.clone());
    Ok(response.content_type(ContentType::html()).body(ErrorPage { page, sentence, incident, again }.render()?))
}

/// What HTTP asks of a refusal; any site's script may read why.
fn told_to_machines(response: &mut HttpResponseBuilder, status: StatusCode) {
    response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    match status {
        StatusCode::UNAUTHORIZED => {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"sipas\""));
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            response.insert_header((header::ALLOW, "GET"));
        }
        _ => {}
    }
}

fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::NOT_FOUND => "error-title-not-found",
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "error-title-forbidden",
        StatusCode::TOO_MANY_REQUESTS => "error-title-too-many",
        status if status.is_server_error() => "error-title-ours",
        _ => "error-title-refused",
    }
}

fn wants_json(request: &HttpRequest) -> bool {
    if request.path().starts_with(MACHINES) {
        return true;
    }
    request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("json") && !accept.contains("html"))
}
