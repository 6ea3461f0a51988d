//! Security headers of every response, and the nonce that lets a first page carry its style inline.

use actix_web::HttpMessage as _;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

use crate::base::chance;
use crate::base::seal::hex;

/// Chosen anew for each request; only a style tag that carries it is used by the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nonce(pub String);

/// Put into a response's extensions: our own pages may show this one in a frame.
pub struct MayBeFramed;

pub async fn secure(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let nonce = Nonce(hex(&chance::secret_bytes::<16>()?));
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.call(request).await?;
    let framed = response.response().extensions().get::<MayBeFramed>().is_some();
    let ancestors = if framed { "'self'" } else { "'none'" };
    let headers = response.headers_mut();
    let policy = format!(
        "default-src 'none'; style-src 'self' 'nonce-{}'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
         worker-src 'self'; manifest-src 'self'; \
         frame-src 'self'; form-action 'self'; frame-ancestors {ancestors}; base-uri 'none'",
        nonce.0
    );
    put(headers, "content-security-policy", &policy);
    put(headers, "x-content-type-options", "nosniff");
    // Never a path, which can hold a code. With `no-referrer` a form's origin is "null", and an older browser that sends no
    // `sec-fetch-site` would be taken for another site.
    put(headers, "referrer-policy", "strict-origin");
    put(headers, "cross-origin-opener-policy", "same-origin");
    put(headers, "permissions-policy", "camera=(), microphone=(), geolocation=()");
    put(headers, "strict-transport-security", "max-age=63072000; includeSubDomains");
    // Phones are shared: nothing a person saw may come back from a cache, unless a handler says otherwise.
    if !headers.contains_key("cache-control") {
        put(headers, "cache-control", "no-store");
    }
    Ok(response)
}

fn put(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
