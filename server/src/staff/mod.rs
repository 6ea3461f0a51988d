//! The people who work here: accounts, sign-in, roles, the places each may see.
//!
//! Invariants: passwords are kept as argon2id only; a session is a random token of which the database holds the digest;
//! the answer to a wrong password and to an unknown login is the same, and takes as long.
//! Tables: `office.staff`, `office.staff_session`, `office.sign_in_attempt`.

pub mod pages;
pub mod password;
pub mod routes;
pub mod session;
mod store;

pub use store::Listed;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde_json::json;
use uuid::Uuid;
use validator::Validate;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::db::{Connection, Contact};
use crate::error::{Error, Kind, Result};

/// What somebody may do; the place beside it says where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Accounts and settings; no fieldwork, no figures.
    Administrator,
    /// Draws samples, invites, follows the fieldwork: of the country, or of one province.
    Coordinator,
    /// Watches the fieldwork and does the check-backs (Fatherland Front, Veterans' Association).
    Supervisor,
    /// Visits the sampled persons.
    Interviewer,
    /// Judges the quality flags; the only one in the field who is shown more than counts.
    Reviewer,
    Analyst,
}

impl Role {
    pub const ALL: [Self; 6] =
        [Self::Administrator, Self::Coordinator, Self::Supervisor, Self::Interviewer, Self::Reviewer, Self::Analyst];

    pub fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Coordinator => "coordinator",
            Self::Supervisor => "supervisor",
            Self::Interviewer => "interviewer",
            Self::Reviewer => "reviewer",
            Self::Analyst => "analyst",
        }
    }

    /// Where the work of this role begins.
    pub fn home(self) -> &'static str {
        match self {
            Self::Administrator => "/qt/nguoi",
            Self::Coordinator => "/qt",
            Self::Supervisor | Self::Reviewer => "/qt/tien-do",
            Self::Interviewer => "/dtv",
            Self::Analyst => "/pt",
        }
    }
}

/// Whether somebody of one role and place may make, change and end accounts of another. `VN` is the whole country.
pub fn may_keep(keeper: (Role, &str), kept: (Role, &str)) -> bool {
    let ((role, place), (other, where_)) = (keeper, kept);
    let covered = place == "VN" || place == where_;
    match role {
        Role::Administrator => covered,
        Role::Coordinator => {
            covered
                && (matches!(other, Role::Supervisor | Role::Interviewer)
                    || (other == Role::Coordinator && place == "VN" && where_ != "VN"))
        }
        _ => false,
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = Error;
    fn from_str(name: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|role| role.name() == name);
        known.ok_or_else(|| Error::invalid("role-unknown").with("role", name))
    }
}

/// A new account, as `sipas staff add` is told it.
#[derive(Debug, Validate)]
pub struct NewAccount {
    #[validate(length(min = 2, max = 60), custom(function = "plain_login"))]
    pub login: String,
    #[validate(length(min = 1, max = 120))]
    pub name: String,
    #[validate(length(min = 12, max = 200))]
    pub password: String,
    pub role: Role,
    /// `VN` sees the whole country, a province's code sees that province.
    #[validate(length(min = 2, max = 12))]
    pub place_code: String,
}

fn plain_login(login: &str) -> std::result::Result<(), validator::ValidationError> {
    let plain =
        login.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || ".-_@".contains(letter));
    if plain { Ok(()) } else { Err(validator::ValidationError::new("login")) }
}

/// Makes an account.
pub async fn add(app: &App, actor: &Actor, account: NewAccount) -> Result<Uuid> {
    account.validate().map_err(|mistakes| {
        let mut fields: Vec<_> = mistakes.field_errors().keys().map(ToString::to_string).collect();
        fields.sort();
        Error::invalid("account-invalid").with("fields", fields.join(", "))
    })?;
    let id = Uuid::now_v7();
    let hash = password::hash(account.password).await?;
    let details = json!({ "role": account.role.name(), "place": account.place_code });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "staff.add", subject: account.login.clone(), details },
        async |transaction| {
            store::insert(
                transaction,
                id,
                &account.login,
                &account.name,
                &hash,
                account.role,
                &account.place_code,
                app.clock.now(),
            )
            .await
        },
    )
    .await?;
    Ok(id)
}

/// Per account, not per address: a whole office sits behind one address.
const ATTEMPTS_ALLOWED: i64 = 5;
const WITHIN: chrono::Duration = chrono::Duration::minutes(15);

/// Checks login and password and opens a session. The token goes into the cookie; only its digest is kept.
pub async fn sign_in(app: &App, login: &str, given: &str) -> Result<(session::Token, Role)> {
    let now = app.clock.now();
    let contact = &app.database.contact;
    // Noted before it is judged, so that a hundred attempts at once are still counted.
    let attempt = store::note_attempt(&mut contact.read().await?, login, now).await?;
    if store::attempts_since(&mut contact.read().await?, login, now - WITHIN).await? > ATTEMPTS_ALLOWED {
        store::forget_attempt(&mut contact.read().await?, attempt).await?;
        return Err(Error::new(Kind::TooMany, "sign-in-throttled").with("minutes", WITHIN.num_minutes()));
    }
    let account = store::find_by_login(&mut contact.read().await?, login).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = password::matches(given.to_owned(), hash).await?;
    let Some(account) = account.filter(|account| right && account.disabled_at.is_none()) else {
        return Err(Error::invalid("sign-in-wrong"));
    };
    let role: Role = account.role.parse()?;
    let token = session::Token::random()?;
    let actor = Actor::Staff(account.login.clone());
    act(
        contact,
        &app.clock,
        Act { actor: &actor, verb: "staff.sign_in", subject: account.login.clone(), details: json!({}) },
        async |transaction| {
            store::forget_attempts(transaction, &account.login).await?;
            store::open_session(transaction, &token.digest(), account.id, now).await
        },
    )
    .await?;
    Ok((token, role))
}

/// Ends the session of this token, if there is one.
pub async fn sign_out(app: &App, signed_in: &session::SignedIn) -> Result<()> {
    let actor = signed_in.actor();
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "staff.sign_out", subject: signed_in.login.clone(), details: json!({}) },
        async |transaction| store::close_session(transaction, &signed_in.token_digest).await,
    )
    .await
}

/// Everybody's name by their id as text.
pub async fn names(connection: &mut Connection<Contact>) -> Result<BTreeMap<String, String>> {
    let names = store::names(connection).await?;
    Ok(names.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
}

/// Somebody work can be given to.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub login: String,
}

/// The interviewers of a province.
pub async fn interviewers(app: &App, province: &str) -> Result<Vec<Person>> {
    let rows = store::of_role(&mut app.database.contact.read().await?, Role::Interviewer, province).await?;
    Ok(rows.into_iter().map(|(id, name, login)| Person { id, name, login }).collect())
}

/// Those of a province who check what interviewers did: supervisors and reviewers.
pub async fn checkers(app: &App, province: &str) -> Result<Vec<Person>> {
    let mut connection = app.database.contact.read().await?;
    let mut rows = store::of_role(&mut connection, Role::Supervisor, province).await?;
    rows.extend(store::of_role(&mut connection, Role::Reviewer, province).await?);
    Ok(rows.into_iter().map(|(id, name, login)| Person { id, name, login }).collect())
}

impl Listed {
    pub fn role(&self) -> Option<Role> {
        self.role.parse().ok()
    }
}

/// The accounts of a place (`VN`: all of them).
pub async fn list(app: &App, place: &str) -> Result<Vec<Listed>> {
    store::list(&mut app.database.contact.read().await?, place).await
}

/// Gives an account a new password and ends its sessions.
pub async fn reset_password(app: &App, actor: &Actor, account: &Listed, password: String) -> Result<()> {
    let hash = password::hash(password).await?;
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "staff.reset_password", subject: account.login.clone(), details: json!({}) },
        async |transaction| store::set_password(transaction, account.id, &hash).await,
    )
    .await
}

/// Shuts an account out at once, or lets it in again.
pub async fn shut_out(app: &App, actor: &Actor, account: &Listed, out: Shut) -> Result<()> {
    let (verb, at) = match out {
        Shut::Out => ("staff.shut_out", Some(app.clock.now())),
        Shut::In => ("staff.let_in", None),
    };
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb, subject: account.login.clone(), details: json!({}) },
        async |transaction| store::set_disabled(transaction, account.id, at).await,
    )
    .await
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shut {
    Out,
    In,
}

#[cfg(test)]
mod tests {
    use super::Role::{Administrator, Analyst, Coordinator, Interviewer};
    use super::*;

    #[test]
    fn nobody_makes_an_account_that_may_more_than_their_own() {
        for (keeper, kept, may) in [
            ((Administrator, "VN"), (Coordinator, "VN"), true),
            ((Coordinator, "VN"), (Coordinator, "01"), true),
            ((Coordinator, "VN"), (Coordinator, "VN"), false),
            ((Coordinator, "VN"), (Administrator, "01"), false),
            ((Coordinator, "VN"), (Analyst, "VN"), false),
            ((Coordinator, "01"), (Interviewer, "01"), true),
            ((Coordinator, "01"), (Interviewer, "04"), false),
            ((Coordinator, "01"), (Coordinator, "01"), false),
            ((Interviewer, "01"), (Interviewer, "01"), false),
        ] {
            assert_eq!(may_keep(keeper, kept), may, "{keeper:?} {kept:?}");
        }
    }
}
