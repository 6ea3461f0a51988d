//! A session: a random token in the cookie, its digest in the database, the role and place of its owner in the request.

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest};
use chrono::Duration;
use futures_util::future::LocalBoxFuture;
use uuid::Uuid;

use super::{Role, store};
use crate::app::App;
use crate::audit::Actor;
use crate::base::db::{self, Sight};
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
    sight: Sight,
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
            Role::Administrator => vec![link("nav-people", "/qt/nguoi")],
            Role::Coordinator => {
                vec![
                    link("nav-work", "/qt"),
                    link("nav-forms", "/qt/phieu"),
                    link("nav-places", "/qt/noi"),
                    link("nav-people", "/qt/nguoi"),
                    link("nav-jobs", "/qt/viec"),
                    link("nav-audit", "/qt/nhat-ky"),
                ]
            }
            Role::Supervisor => vec![link("nav-campaigns", "/qt/tien-do")],
            Role::Reviewer => vec![link("nav-campaigns", "/qt/tien-do"), link("nav-keying", "/qt/phieu-giay")],
            Role::Interviewer => vec![link("nav-today", "/dtv")],
            Role::Analyst if self.place_code == "VN" => {
                vec![
                    link("nav-results", "/pt"),
                    link("exports-title", "/pt/tep"),
                    link("nav-editions", "/pt/cong-bo"),
                    link("feedback-office", "/pt/gop-y"),
                    link("api-title", "/pt/may"),
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
        // The middleware below looked already.
        if let Some(known) = request.extensions().get::<Self>() {
            return Ok(known.clone());
        }
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
        let role: Role = found.role.parse()?;
        let sight = match role {
            Role::Interviewer => Sight::Interviewer { place: found.place_code.clone(), id: found.staff_id },
            _ => Sight::Place(found.place_code.clone()),
        };
        Ok(Self {
            staff_id: found.staff_id,
            login: found.login,
            name: found.name,
            role,
            sight,
            place_code: if app.first_wall_is_down() { "VN".to_owned() } else { found.place_code },
            csrf: token.csrf()?,
            token_digest: token.digest(),
        })
    }
}

/// Runs a request with the eyes of who is signed in: the database shows it nothing else.
pub async fn see(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let known = match request.cookie(COOKIE) {
        Some(_) => SignedIn::of(request.request()).await.ok(),
        None => None,
    };
    let sight = known.as_ref().map_or(Sight::Nobody, |known| known.sight.clone());
    if let Some(known) = known {
        request.extensions_mut().insert(known);
    }
    db::seen_by(sight, next.call(request)).await
}

impl FromRequest for SignedIn {
    type Error = actix_web::Error;
    type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move { Ok(Self::of(&request).await?) })
    }
}

async fn with_role(request: HttpRequest, roles: &[Role]) -> Result<SignedIn> {
    let signed_in = SignedIn::of(&request).await?;
    if roles.contains(&signed_in.role) {
        Ok(signed_in)
    } else {
        let needed = roles.first().copied().unwrap_or(Role::Administrator);
        Err(Error::new(Kind::Forbidden, "role-needed").with("role", needed))
    }
}

/// A session of one of these roles: a handler that takes it is closed to everybody else.
macro_rules! sessions {
    ($($(#[$about:meta])* $name:ident: $($role:ident),+;)+) => {$(
        $(#[$about])*
        pub struct $name(pub SignedIn);

        impl FromRequest for $name {
            type Error = actix_web::Error;
            type Future = LocalBoxFuture<'static, Result<Self, actix_web::Error>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move { Ok(Self(with_role(request, &[$(Role::$role),+]).await?)) })
            }
        }
    )+};
}

sessions! {
    Coordinator: Coordinator;
    Analyst: Analyst;
    Interviewer: Interviewer;
    Reviewer: Reviewer;
    /// Keys paper, or watches how much of it waits.
    PaperWatcher: Reviewer, Coordinator;
    /// Follows the fieldwork without steering it.
    Overseer: Coordinator, Supervisor, Reviewer;
    /// Sees what stands out among the forms, ten and more together.
    Judge: Reviewer, Analyst, Coordinator;
    /// Asks people again whom an interviewer had.
    Checker: Supervisor, Reviewer;
    /// Makes and ends accounts.
    PeopleKeeper: Administrator, Coordinator;
}
