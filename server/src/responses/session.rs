//! A citizen's session lives in their browser: one sealed cookie, no table, no memory of the server. It always has the same size.

use std::future::{Ready, ready};

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration as CookieAge;
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::app::App;
use crate::base::seal::hex;
use crate::base::web::visit::Visit;
use crate::error::{Error, Result};
use crate::invitations::code::Code;

pub const COOKIE: &str = "phien";
const SEALED_AS: &[u8] = b"citizen session";
/// Phones are shared: after an hour the code is asked for again. Nothing that was saved is lost by it.
const IDLE: Duration = Duration::minutes(60);
/// A click within a minute of the last does not send the cookie again.
const TOUCH_AFTER: Duration = Duration::minutes(1);

#[derive(Clone)]
pub struct Session {
    pub code: Code,
    pub campaign: Uuid,
    pub seen: DateTime<Utc>,
    /// When this browser was told that the answers arrived. Nothing on our side holds that time.
    pub sent: Option<DateTime<Utc>>,
}

impl Session {
    /// Known only to who holds the code, the same in all their sessions: a page left open still works after the code was typed again.
    pub fn csrf(&self, app: &App) -> Result<String> {
        let digest = app.keys.purpose("citizen form")?.digest(self.code.digits().as_bytes())?;
        Ok(hex(&digest).chars().take(32).collect())
    }

    pub fn cookie(&self, app: &App, visit: &Visit) -> Result<Cookie<'static>> {
        Ok(visit.cookie(COOKIE, self.sealed(app)?))
    }

    /// The cookie's value.
    pub fn sealed(&self, app: &App) -> Result<String> {
        Ok(URL_SAFE_NO_PAD.encode(app.keys.purpose("citizen session")?.seal(SEALED_AS, &self.bytes())?))
    }

    /// Takes the session out of the browser.
    pub fn gone(visit: &Visit) -> Cookie<'static> {
        let mut cookie = visit.cookie(COOKIE, String::new());
        cookie.set_max_age(CookieAge::ZERO);
        cookie
    }

    pub fn wants_touch(&self, now: DateTime<Utc>) -> bool {
        now - self.seen > TOUCH_AFTER
    }

    fn bytes(&self) -> Vec<u8> {
        let sent = self.sent.map_or(0, |sent| sent.timestamp());
        [
            self.code.digits().as_bytes(),
            self.campaign.as_bytes(),
            &self.seen.timestamp().to_be_bytes(),
            &sent.to_be_bytes(),
        ]
        .concat()
    }

    fn read(app: &App, text: &str) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(text).ok()?;
        let plain = app.keys.purpose("citizen session").ok()?.open(SEALED_AS, &sealed)?;
        let (code, rest) = plain.split_first_chunk::<16>()?;
        let (campaign, rest) = rest.split_first_chunk::<16>()?;
        let (seen, rest) = rest.split_first_chunk::<8>()?;
        let sent = i64::from_be_bytes(rest.try_into().ok()?);
        Some(Self {
            code: Code::parse(std::str::from_utf8(code).ok()?).ok()?,
            campaign: Uuid::from_bytes(*campaign),
            seen: DateTime::from_timestamp(i64::from_be_bytes(*seen), 0)?,
            sent: if sent == 0 { None } else { DateTime::from_timestamp(sent, 0) },
        })
    }
}

/// Who stands at the door, as far as their cookie says.
pub enum Arrival {
    /// No cookie of ours that can be opened; whether the browser sent any cookie at all.
    Nobody {
        with_cookies: bool,
    },
    Expired(Session),
    Here(Session),
}

impl Arrival {
    pub fn of(app: &App, request: &HttpRequest) -> Self {
        let cookie = request.cookie(COOKIE);
        match cookie.and_then(|cookie| Session::read(app, cookie.value())) {
            None => Self::Nobody { with_cookies: request.headers().contains_key("cookie") },
            Some(session) if app.clock.now() - session.seen > IDLE => Self::Expired(session),
            Some(session) => Self::Here(session),
        }
    }
}

impl FromRequest for Arrival {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(request.app_data::<Data<App>>().map(|app| Self::of(app, request)).ok_or_else(|| Error::internal("app")))
    }
}
