//! Refuses a write that another site sent. The token in every form is the second wall.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use actix_web::middleware::Next;

use crate::error::{Error, Kind};

pub async fn refuse_cross_site(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    if !request.method().is_safe() && comes_from_elsewhere(request.headers()) {
        return Ok(request.error_response(Error::new(Kind::Forbidden, "form-not-ours")).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    // Older browsers tell the origin only; the oldest tell nothing and rely on the token.
    match (text(ORIGIN.as_str()), text(HOST.as_str())) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, authority)| authority != host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn elsewhere(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(actix_web::http::header::HeaderName::from_static(name), value.parse().unwrap());
        }
        comes_from_elsewhere(&headers)
    }

    #[test]
    fn a_page_of_another_site_is_refused() {
        assert!(elsewhere(&[("sec-fetch-site", "cross-site")]));
        assert!(elsewhere(&[("sec-fetch-site", "same-site")]));
        assert!(elsewhere(&[("origin", "https://evil.example"), ("host", "khaosat.gov.vn")]));
        assert!(elsewhere(&[("origin", "null"), ("host", "khaosat.gov.vn")]));
    }

    #[test]
    fn our_own_pages_and_old_browsers_pass() {
        assert!(!elsewhere(&[("sec-fetch-site", "same-origin")]));
        assert!(!elsewhere(&[("origin", "https://khaosat.gov.vn"), ("host", "khaosat.gov.vn")]));
        assert!(!elsewhere(&[("host", "khaosat.gov.vn")]));
    }
}
