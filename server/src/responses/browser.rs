//! How many codes were sent with from one browser. Only the browser knows: a sealed number in a cookie of its own.

use actix_web::HttpRequest;
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::app::App;
use crate::base::web::visit::Visit;
use crate::error::Result;

const COOKIE: &str = "da-gui";
const SEALED_AS: &[u8] = b"codes of a browser";
/// About as long as a fieldwork lasts.
const KEPT: Duration = Duration::days(60);

pub(super) fn codes(app: &App, request: &HttpRequest) -> u32 {
    let known = || {
        let sealed = URL_SAFE_NO_PAD.decode(request.cookie(COOKIE)?.value()).ok()?;
        let plain = app.keys.purpose("citizen browser").ok()?.open(SEALED_AS, &sealed)?;
        Some(u32::from_be_bytes(plain.try_into().ok()?))
    };
    known().unwrap_or_default()
}

pub(super) fn cookie(app: &App, visit: &Visit, codes: u32) -> Result<Cookie<'static>> {
    let sealed = app.keys.purpose("citizen browser")?.seal(SEALED_AS, &codes.to_be_bytes())?;
    let mut cookie = visit.cookie(COOKIE, URL_SAFE_NO_PAD.encode(sealed));
    cookie.set_max_age(KEPT);
    Ok(cookie)
}
