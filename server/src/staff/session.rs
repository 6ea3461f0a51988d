//! A session: a random token in the cookie, its digest in the database, the role and place of its owner in the request.

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use chrono::Duration;
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

use super::{Role, store};
use crate::app::App;
use crate::audit::Actor;
use crate::base::page::{self, Link, Page};
use crate::base::seal::{Key, hex, sha256};
use crate::base::web::visit::Visit;
use crate::error::{Error, Kind, Result};

pub const COOKIE: &str = "can-bo";
const IDLE: Duration = Duration::minutes(30);
const LONGEST: Duration = Duration::hours(12);
/// A click within a minute of the last does not write again.
const TOUCH_AFTER: Duration = Duration::minutes(1);

/// The secret in the cookie.
pub struct Token(Key, String);

impl Token {
    pub fn random() -> Result<Self> {
        Ok(Self::from_text(hex(&crate::base::chance::secret_bytes::<32>()?)))
    }

    fn from_text(text: String) -> Self {
        Self(Key::from_bytes(sha256(text.as_bytes())), text)
    }

    pub fn text(&self) -> &str {
        &self.1
    }

    pub fn digest(&self) -> Vec<u8> {
        sha256(&sha256(self.1.as_bytes())).to_vec()
    }

    /// Known only to who holds the cookie, and written into every form of the session.
    fn csrf(&self) -> Result<String> {
        Ok(hex(&self.0.digest(b"csrf")?))
    }
}

/// Who is signed in. The scope (`place_code`) travels with the session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub staff_id: Uuid,
    pub login: String,
    pub name: String,
    pub role: Role,
    pub place_code: String,
    pub csrf: String,
    pub(super) token_digest: Vec<u8>,
}

impl SignedIn {
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.login.clone())
    }

    /// The page frame for staff.
    pub fn page(&self, visit: &Visit) -> Page {
        let texts = visit.texts();
        let link = |key: &str, path: &str| Link {
            label: texts.get(key).into_owned(),
            path: path.to_owned(),
            current: visit.path == path,
        };
        let navigation = match self.role {
            Role::Coordinator => {
                vec![
                    link("nav-campaigns", "/qt"),
                    link("nav-forms", "/qt/phieu"),
                    link("nav-jobs", "/qt/viec"),
                    link("nav-audit", "/qt/nhat-ky"),
                ]
            }
            Role::Analyst => vec![link("nav-results", "/pt")],
        };
        let staff = page::Staff {
            name: self.name.clone(),
            role: texts.get(&format!("role-{}", self.role)).into_owned(),
            navigation,
        };
        Page { csrf: self.csrf.clone(), staff: Some(staff), ..visit.page() }
    }

    async fn of(request: &HttpRequest) -> Result<Self> {
        let app = request.app_data::<Data<App>>().ok_or_else(|| Error::internal("app"))?;
        let needed = || Error::new(Kind::SignInNeeded, "sign-in-needed");
        let token = Token::from_text(request.cookie(COOKIE).ok_or_else(needed)?.value().to_owned());
        let now = app.clock.now();
        let mut connection = app.database.contact.read().await?;
        let found = store::find_session(&mut connection, &token.digest()).await?.ok_or_else(needed)?;
        if now - found.last_seen_at > IDLE || now - found.created_at > LONGEST || found.disabled_at.is_some() {
            return Err(needed());
        }
        if now - found.last_seen_at > TOUCH_AFTER {
            store::touch_session(&mut connection, &token.digest(), now).await?;
        }
        Ok(Self {
            staff_id: found.staff_id,
            login: found.login,
            name: found.name,
            role: found.role.parse()?,
            place_code: found.place_code,
            csrf: token.csrf()?,
            token_digest: token.digest(),
        })
    }
}

impl FromRequest for SignedIn {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self::of(&request).await?) })
    }
}

/// A coordinator's session: a handler that takes one is closed to everybody else.
pub struct Coordinator(pub SignedIn);
/// An analyst's session.
pub struct Analyst(pub SignedIn);

async fn with_role(request: HttpRequest, role: Role) -> Result<SignedIn> {
    let signed_in = SignedIn::of(&request).await?;
    if signed_in.role == role {
        Ok(signed_in)
    } else {
        Err(Error::new(Kind::Forbidden, "role-needed").with("role", role))
    }
}

impl FromRequest for Coordinator {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(with_role(request, Role::Coordinator).await?)) })
    }
}

impl FromRequest for Analyst {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self(with_role(request, Role::Analyst).await?)) })
    }
}
