//! Every query on the editions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::office::edition;

/// An edition without its document.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = edition)]
pub struct Edition {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub number: i32,
    pub run_id: Uuid,
    /// SHA-256 of the document.
    pub digest: Vec<u8>,
    pub checks: Value,
    /// Whether every check that must hold holds.
    pub sound: bool,
    /// Why there is another edition; empty for the first.
    pub note_vi: String,
    pub note_en: String,
    pub frozen_by: String,
    pub frozen_at: DateTime<Utc>,
    pub approved_by: Option<String>,
    pub approved_at: Option<DateTime<Utc>>,
    pub released_by: Option<String>,
    pub ordered_at: Option<DateTime<Utc>>,
    pub release_at: Option<DateTime<Utc>>,
}

/// An edition as it is frozen.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = edition)]
pub(super) struct NewEdition {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub number: i32,
    pub run_id: Uuid,
    pub content: Vec<u8>,
    pub digest: Vec<u8>,
    pub checks: Value,
    pub sound: bool,
    pub note_vi: String,
    pub note_en: String,
    pub frozen_by: String,
    pub frozen_at: DateTime<Utc>,
}

/// # Errors
/// Conflict, if another one took the number.
pub(super) async fn insert(transaction: &mut Connection<Contact>, new: &NewEdition) -> Result<()> {
    let inserted = diesel::insert_into(edition::table).values(new).execute(&mut **transaction).await;
    match inserted {
        Err(cause) if is_duplicate(&cause) => Err(Error::conflict("edition-state").caused_by(cause)),
        inserted => Ok(inserted.map(|_| ())?),
    }
}

pub(super) async fn of(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Edition>> {
    let editions = edition::table.filter(edition::campaign_id.eq(campaign)).order(edition::number.desc());
    Ok(editions.select(Edition::as_select()).load(&mut **connection).await?)
}

pub(super) async fn ordered(connection: &mut Connection<Contact>) -> Result<Vec<Edition>> {
    let editions = edition::table.filter(edition::release_at.is_not_null()).order(edition::release_at);
    Ok(editions.select(Edition::as_select()).load(&mut **connection).await?)
}

pub(super) async fn content(connection: &mut Connection<Contact>, id: Uuid) -> Result<Vec<u8>> {
    Ok(edition::table.find(id).select(edition::content).first(&mut **connection).await?)
}

pub(super) async fn newest_ordered(transaction: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<i32>> {
    let ordered = edition::table.filter(edition::campaign_id.eq(campaign).and(edition::release_at.is_not_null()));
    Ok(ordered.select(diesel::dsl::max(edition::number)).first(&mut **transaction).await?)
}

/// False where it is approved already.
pub(super) async fn approve(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let open = edition::id.eq(id).and(edition::approved_by.is_null());
    let approved = (edition::approved_by.eq(by), edition::approved_at.eq(now));
    Ok(diesel::update(edition::table.filter(open)).set(approved).execute(&mut **transaction).await? == 1)
}

/// False where it is not approved, or its release is ordered already.
pub(super) async fn order(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &str,
    now: DateTime<Utc>,
    moment: DateTime<Utc>,
) -> Result<bool> {
    let may = edition::approved_by.is_not_null().and(edition::release_at.is_null());
    let ordered = (edition::released_by.eq(by), edition::ordered_at.eq(now), edition::release_at.eq(moment));
    Ok(diesel::update(edition::table.filter(edition::id.eq(id).and(may)))
        .set(ordered)
        .execute(&mut **transaction)
        .await?
        == 1)
}

/// False where nothing is ordered, or the moment has come.
pub(super) async fn stop(transaction: &mut Connection<Contact>, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let none = (
        edition::released_by.eq(None::<String>),
        edition::ordered_at.eq(None::<DateTime<Utc>>),
        edition::release_at.eq(None::<DateTime<Utc>>),
    );
    let ahead = edition::id.eq(id).and(edition::release_at.gt(now));
    Ok(diesel::update(edition::table.filter(ahead)).set(none).execute(&mut **transaction).await? == 1)
}
