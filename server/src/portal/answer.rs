//! A page or file as it leaves: made once, compressed once, with a tag by which a browser knows that it has it.

use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY,
};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use flate2::Compression;

use super::shelf::Public;
use crate::base::assets::takes_gzip;
use crate::base::seal::{hex, sha256};

/// Seconds for which whoever stands between may answer for us.
const LONGEST: i64 = 60;

pub(super) struct Body {
    kind: &'static str,
    plain: Bytes,
    /// None where compressing gains nothing.
    gzipped: Option<Bytes>,
    tag: String,
    /// For machines of others to read.
    shared: bool,
    /// The name under which it is saved; a page has none.
    name: Option<String>,
}

impl Body {
    pub(super) fn page(html: String) -> Self {
        Self::new("text/html; charset=utf-8", html.into_bytes())
    }

    /// A file that other sites' scripts may read.
    pub(super) fn file(kind: &'static str, name: Option<String>, bytes: Vec<u8>) -> Self {
        Self { shared: true, name, ..Self::new(kind, bytes) }
    }

    /// What is made for one reader and kept by nobody, so that compressing it once gains nothing.
    pub(super) fn passing(kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { kind, tag: tag(&bytes), plain: bytes.into(), gzipped: None, shared: true, name: None }
    }

    fn new(kind: &'static str, bytes: Vec<u8>) -> Self {
        let tag = tag(&bytes);
        let text = kind.starts_with("text/") || kind.contains("json") || kind.contains("svg") || kind.contains("xml");
        let gzipped = text.then(|| gzipped(&bytes));
        Self { kind, plain: bytes.into(), gzipped, tag, shared: false, name: None }
    }

    pub(super) fn answer(&self, request: &HttpRequest, public: &Public, now: DateTime<Utc>) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        // Nobody shows an old page after the moment of a release.
        let left = public.next.map_or(LONGEST, |next| (next - now).num_seconds().clamp(0, LONGEST));
        headers(&mut response, self, left);
        let known = request.headers().get(IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
        if known.is_some_and(|tags| tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == self.tag)) {
            let mut unchanged = HttpResponse::NotModified();
            headers(&mut unchanged, self, left);
            return unchanged.finish();
        }
        response.content_type(self.kind);
        match &self.gzipped {
            Some(gzipped) if takes_gzip(request.headers()) => {
                response.insert_header((CONTENT_ENCODING, "gzip")).body(gzipped.clone())
            }
            _ => response.body(self.plain.clone()),
        }
    }
}

fn headers(response: &mut HttpResponseBuilder, body: &Body, seconds: i64) {
    response
        .insert_header((CACHE_CONTROL, format!("public, max-age={seconds}")))
        .insert_header((ETAG, body.tag.as_str()))
        .insert_header((VARY, "accept-encoding"));
    if body.shared {
        response.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    }
    if let Some(name) = &body.name {
        response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
    }
}

fn tag(bytes: &[u8]) -> String {
    let half: String = hex(&sha256(bytes)).chars().take(32).collect();
    format!("\"{half}\"")
}

fn gzipped(bytes: &[u8]) -> Bytes {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory does not fail.
    gzip.write_all(bytes).and_then(|()| gzip.finish()).unwrap_or_default().into()
}
