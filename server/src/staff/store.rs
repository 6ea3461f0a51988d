//! Every query on the staff's tables.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::Role;
use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::office::{sign_in_attempt, staff, staff_session};

#[derive(Queryable, Selectable)]
#[diesel(table_name = staff)]
pub(super) struct Account {
    pub id: Uuid,
    pub login: String,
    pub password_hash: String,
    pub role: String,
    pub disabled_at: Option<DateTime<Utc>>,
}

#[derive(Queryable)]
pub(super) struct Session {
    pub staff_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub login: String,
    pub name: String,
    pub role: String,
    pub place_code: String,
    pub disabled_at: Option<DateTime<Utc>>,
}

#[expect(clippy::too_many_arguments, reason = "one column each; a struct would only repeat them")]
pub(super) async fn insert(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    login: &str,
    name: &str,
    password_hash: &str,
    role: Role,
    place_code: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(staff::table)
        .values((
            staff::id.eq(id),
            staff::login.eq(login),
            staff::name.eq(name),
            staff::password_hash.eq(password_hash),
            staff::role.eq(role.name()),
            staff::place_code.eq(place_code),
            staff::created_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await
        .map_err(|cause| {
            if is_duplicate(&cause) { Error::conflict("login-taken").with("login", login) } else { cause.into() }
        })?;
    Ok(())
}

pub(super) async fn find_by_login(connection: &mut Connection<Contact>, login: &str) -> Result<Option<Account>> {
    Ok(staff::table
        .filter(staff::login.eq(login))
        .select(Account::as_select())
        .first(&mut **connection)
        .await
        .optional()?)
}

pub(super) async fn note_attempt(
    connection: &mut Connection<Contact>,
    login: &str,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    diesel::insert_into(sign_in_attempt::table)
        .values((sign_in_attempt::id.eq(id), sign_in_attempt::login.eq(login), sign_in_attempt::tried_at.eq(now)))
        .execute(&mut **connection)
        .await?;
    Ok(id)
}

pub(super) async fn attempts_since(
    connection: &mut Connection<Contact>,
    login: &str,
    since: DateTime<Utc>,
) -> Result<i64> {
    let recent =
        sign_in_attempt::table.filter(sign_in_attempt::login.eq(login).and(sign_in_attempt::tried_at.gt(since)));
    Ok(recent.count().get_result(&mut **connection).await?)
}

pub(super) async fn forget_attempt(connection: &mut Connection<Contact>, id: Uuid) -> Result<()> {
    diesel::delete(sign_in_attempt::table.find(id)).execute(&mut **connection).await?;
    Ok(())
}

/// After a right password.
pub(super) async fn forget_attempts(transaction: &mut Connection<Contact>, login: &str) -> Result<()> {
    diesel::delete(sign_in_attempt::table.filter(sign_in_attempt::login.eq(login))).execute(&mut **transaction).await?;
    Ok(())
}

pub(super) async fn open_session(
    transaction: &mut Connection<Contact>,
    digest: &[u8],
    staff_id: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(staff_session::table)
        .values((
            staff_session::token_digest.eq(digest),
            staff_session::staff_id.eq(staff_id),
            staff_session::created_at.eq(now),
            staff_session::last_seen_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn close_session(transaction: &mut Connection<Contact>, digest: &[u8]) -> Result<()> {
    diesel::delete(staff_session::table.find(digest)).execute(&mut **transaction).await?;
    Ok(())
}

pub(super) async fn touch_session(
    connection: &mut Connection<Contact>,
    digest: &[u8],
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(staff_session::table.find(digest))
        .set(staff_session::last_seen_at.eq(now))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

pub(super) async fn find_session(connection: &mut Connection<Contact>, digest: &[u8]) -> Result<Option<Session>> {
    Ok(staff_session::table
        .inner_join(staff::table)
        .filter(staff_session::token_digest.eq(digest))
        .select((
            staff_session::staff_id,
            staff_session::created_at,
            staff_session::last_seen_at,
            staff::login,
            staff::name,
            staff::role,
            staff::place_code,
            staff::disabled_at,
        ))
        .first(&mut **connection)
        .await
        .optional()?)
}

/// Everybody's name by id, as text.
pub(super) async fn names(connection: &mut Connection<Contact>) -> Result<Vec<(Uuid, String)>> {
    Ok(staff::table.select((staff::id, staff::name)).load(&mut **connection).await?)
}

/// Those of a role who may act in a place and are not shut out, by name.
pub(super) async fn of_role(
    connection: &mut Connection<Contact>,
    role: Role,
    place: &str,
) -> Result<Vec<(Uuid, String, String)>> {
    let wanted =
        staff::role.eq(role.name()).and(staff::disabled_at.is_null()).and(staff::place_code.eq_any([place, "VN"]));
    Ok(staff::table
        .filter(wanted)
        .order((staff::name, staff::login))
        .select((staff::id, staff::name, staff::login))
        .load(&mut **connection)
        .await?)
}

/// An account as the list of people shows it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = staff)]
pub struct Listed {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    pub(super) role: String,
    pub place_code: String,
    pub disabled_at: Option<DateTime<Utc>>,
}

/// Everybody of a place (`VN`: all), those shut out last.
pub(super) async fn list(connection: &mut Connection<Contact>, place: &str) -> Result<Vec<Listed>> {
    let mut people = staff::table.into_boxed();
    if place != "VN" {
        people = people.filter(staff::place_code.eq(place.to_owned()));
    }
    let people = people.order((staff::disabled_at.is_not_null(), staff::role, staff::place_code, staff::login));
    Ok(people.select(Listed::as_select()).load(&mut **connection).await?)
}

pub(super) async fn set_password(transaction: &mut Connection<Contact>, id: Uuid, hash: &str) -> Result<()> {
    diesel::update(staff::table.find(id)).set(staff::password_hash.eq(hash)).execute(&mut **transaction).await?;
    close_sessions(transaction, id).await
}

pub(super) async fn set_disabled(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    at: Option<DateTime<Utc>>,
) -> Result<()> {
    diesel::update(staff::table.find(id)).set(staff::disabled_at.eq(at)).execute(&mut **transaction).await?;
    close_sessions(transaction, id).await
}

/// Whoever is signed in with this account is so no more.
async fn close_sessions(transaction: &mut Connection<Contact>, id: Uuid) -> Result<()> {
    diesel::delete(staff_session::table.filter(staff_session::staff_id.eq(id))).execute(&mut **transaction).await?;
    Ok(())
}
