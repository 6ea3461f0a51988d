//! What lets another system in: a random token, shown once to whoever makes it.

use actix_web::HttpRequest;
use actix_web::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Days, NaiveDate};
use serde_json::json;
use uuid::Uuid;

use super::store::{self, Token};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::chance;
use crate::base::seal::sha256;
use crate::error::{Error, Kind, Result};

/// By which whoever finds one in a log or a repository knows what it is.
const BEGINNING: &str = "sipas_";

/// How long a token may live, in days.
pub(super) const LIVES: [u64; 4] = [30, 90, 180, 365];
const LONGEST_NAME: usize = 60;

/// What a token opens; `api-scope-…` is the key of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Counts of the fieldwork.
    Progress,
    /// Files of figures.
    Exports,
}

impl Scope {
    pub(super) const ALL: [Self; 2] = [Self::Progress, Self::Exports];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Exports => "exports",
        }
    }
}

impl Token {
    pub(super) fn opens(&self, scope: Scope) -> bool {
        match scope {
            Scope::Progress => self.reads_progress,
            Scope::Exports => self.reads_exports,
        }
    }

    /// Neither revoked nor past its last day.
    pub(super) fn lives(&self, today: NaiveDate) -> bool {
        self.revoked_at.is_none() && today <= self.expires_on
    }

    /// Who acts by it.
    pub(super) fn actor(&self) -> Actor {
        Actor::Machine(self.name.clone())
    }
}

/// A token as it is asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Made with the form: the same form sent again is no second token.
    pub form: Uuid,
    pub name: String,
    pub scopes: Vec<Scope>,
    /// In days; one of [`LIVES`].
    pub life: Option<u64>,
}

impl Wanted {
    /// The inputs that must be filled otherwise, each with the code of its sentence.
    pub(super) fn mistakes(&self) -> Vec<(&'static str, &'static str)> {
        let name = self.name.trim();
        let named = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        let checks = [
            (named, ("ten", "api-name")),
            (!self.scopes.is_empty(), ("quyen", "api-scopes")),
            (self.life.is_some(), ("han", "api-life")),
        ];
        checks.into_iter().filter(|(holds, _)| !holds).map(|(_, mistake)| mistake).collect()
    }
}

/// Makes a token and gives it: the only time that anybody sees it.
///
/// # Errors
/// Conflict, if the form was sent before: what it made is not shown again.
pub(super) async fn make(app: &App, actor: &Actor, wanted: &Wanted) -> Result<String> {
    let text = format!("{BEGINNING}{}", URL_SAFE_NO_PAD.encode(chance::secret_bytes::<32>()?));
    let made_on = app.clock.today();
    let expires_on = made_on.checked_add_days(Days::new(wanted.life.unwrap_or_default())).unwrap_or(made_on);
    let token = Token {
        id: wanted.form,
        name: wanted.name.trim().to_owned(),
        digest: sha256(text.as_bytes()).to_vec(),
        reads_progress: wanted.scopes.contains(&Scope::Progress),
        reads_exports: wanted.scopes.contains(&Scope::Exports),
        made_by: actor.to_string(),
        made_on,
        expires_on,
        revoked_by: None,
        revoked_at: None,
        last_used_on: None,
    };
    let scopes: Vec<_> = wanted.scopes.iter().map(|scope| scope.name()).collect();
    let details = json!({ "name": token.name, "scopes": scopes, "expires_on": expires_on });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "api.make_token", subject: token.id.to_string(), details },
        async |transaction| store::insert(transaction, &token).await,
    )
    .await?;
    Ok(text)
}

/// Ends a token at once.
///
/// # Errors
/// Conflict, if it was revoked before or never made.
pub(super) async fn revoke(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    let now = app.clock.now();
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "api.revoke_token", subject: id.to_string(), details: json!({}) },
        async |transaction| {
            let done = store::revoke(transaction, id, &actor.to_string(), now).await?;
            if done { Ok(()) } else { Err(Error::conflict("api-revoked")) }
        },
    )
    .await
}

/// All that were made, the newest first.
pub(super) async fn list(app: &App) -> Result<Vec<Token>> {
    store::list(&mut app.database.contact.read().await?).await
}

/// The token that a request carries.
///
/// # Errors
/// Sign-in needed, if there is none, or it is not (or no longer) one; forbidden, if it does not open this.
pub(super) async fn admitted(app: &App, request: &HttpRequest, scope: Scope) -> Result<Token> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let header = header.ok_or_else(|| Error::new(Kind::SignInNeeded, "api-token-needed"))?;
    let given = header.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let wrong = || Error::new(Kind::SignInNeeded, "api-token-wrong");
    let (_, given) = given.ok_or_else(wrong)?;
    let today = app.clock.today();
    let mut connection = app.database.contact.read().await?;
    let found = store::with_digest(&mut connection, &sha256(given.trim().as_bytes())).await?;
    let token = found.filter(|token| token.lives(today)).ok_or_else(wrong)?;
    if token.last_used_on != Some(today) {
        store::note_use(&mut connection, token.id, today).await?;
    }
    if token.opens(scope) {
        Ok(token)
    } else {
        Err(Error::new(Kind::Forbidden, "api-scope").with("scope", scope.name()))
    }
}
