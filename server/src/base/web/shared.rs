//! Routes that belong to no slice: style sheets and the choice of language.

use actix_web::cookie::time::Duration;
use actix_web::http::header;
use actix_web::web::{Path, Query, ServiceConfig, get};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::visit::{LANGUAGE_COOKIE, Visit, see_other};
use crate::base::assets;
use crate::error::{Error, Result};

pub fn routes(service: &mut ServiceConfig) {
    service.route("/assets/{name}", get().to(asset)).route("/ngon-ngu/{language}", get().to(choose_language));
}

async fn asset(request: HttpRequest) -> Result<HttpResponse> {
    let asset = assets::find(request.path()).ok_or_else(|| Error::not_found("page-missing"))?;
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, assets::CACHE_CONTROL))
        .insert_header((header::VARY, "accept-encoding"));
    if assets::takes_gzip(request.headers()) {
        Ok(response.insert_header((header::CONTENT_ENCODING, "gzip")).body(asset.gzipped.as_slice()))
    } else {
        Ok(response.body(asset.text))
    }
}

#[derive(Deserialize)]
struct Return {
    ve: Option<String>,
}

/// Remembers the language in the browser and goes back to where the person was.
async fn choose_language(visit: Visit, language: Path<String>, back: Query<Return>) -> Result<HttpResponse> {
    if !is_language(&language) {
        return Err(Error::not_found("page-missing"));
    }
    let place = back.into_inner().ve.filter(|place| stays_here(place)).unwrap_or_else(|| "/".to_owned());
    let mut response = see_other(&place);
    let mut cookie = visit.cookie(LANGUAGE_COOKIE, language.into_inner());
    cookie.set_max_age(Duration::days(365));
    response.add_cookie(&cookie).map_err(|cause| Error::internal("cookie").caused_by(cause))?;
    Ok(response)
}

/// By its form only: which languages there are is the questionnaire's to say.
fn is_language(code: &str) -> bool {
    matches!(code.len(), 2 | 3) && code.bytes().all(|letter| letter.is_ascii_lowercase())
}

/// A path of ours: not another host in disguise (`//host`, `/\host`).
fn stays_here(place: &str) -> bool {
    place.starts_with('/') && !place.starts_with("//") && !place.contains(['\\', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leaves_the_site() {
        assert!(stays_here("/khao-sat/q1?x=1"));
        for place in ["//evil.example", "/\\evil.example", "https://evil.example", "", "javascript:alert(1)"] {
            assert!(!stays_here(place), "{place}");
        }
    }
}
