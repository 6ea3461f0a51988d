//! Every query on the questionnaires' tables.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use survey_forms::{Form, Source};
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::{form_release, form_version};

/// A version and where it stands.
#[derive(Clone, Debug, Queryable)]
pub struct Version {
    pub id: Uuid,
    pub form_code: String,
    pub digest: String,
    pub created_at: DateTime<Utc>,
    pub proposed_by: String,
    pub approved_by: Option<String>,
    pub approved_at: Option<DateTime<Utc>>,
}

const COLUMNS: (
    form_version::id,
    form_version::form_code,
    form_version::digest,
    form_version::created_at,
    form_release::proposed_by,
    form_release::approved_by,
    form_release::approved_at,
) = (
    form_version::id,
    form_version::form_code,
    form_version::digest,
    form_version::created_at,
    form_release::proposed_by,
    form_release::approved_by,
    form_release::approved_at,
);

/// The id of the version with this text, which somebody else may have proposed at the same moment.
pub(super) async fn insert(
    transaction: &mut Connection<Contact>,
    form: &Form,
    source: &Source,
    proposed_by: &str,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let new = diesel::insert_into(form_version::table)
        .values((
            form_version::id.eq(id),
            form_version::form_code.eq(form.code()),
            form_version::digest.eq(form.digest()),
            form_version::source.eq(serde_json::to_value(source)?),
            form_version::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut **transaction)
        .await?;
    if new == 0 {
        let stands = form_version::table.filter(form_version::digest.eq(form.digest())).select(form_version::id);
        return Ok(stands.first(&mut **transaction).await?);
    }
    diesel::insert_into(form_release::table)
        .values((
            form_release::version_id.eq(id),
            form_release::proposed_by.eq(proposed_by),
            form_release::proposed_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(id)
}

/// False when it was approved before.
pub(super) async fn approve(
    transaction: &mut Connection<Contact>,
    version: Uuid,
    approved_by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let waiting = form_release::table.find(version).filter(form_release::approved_at.is_null());
    let changed = diesel::update(waiting)
        .set((form_release::approved_by.eq(approved_by), form_release::approved_at.eq(now)))
        .execute(&mut **transaction)
        .await?;
    Ok(changed == 1)
}

pub(super) async fn find(connection: &mut Connection<Contact>, version: Uuid) -> Result<Option<Version>> {
    let versions = form_version::table.inner_join(form_release::table).filter(form_version::id.eq(version));
    Ok(versions.select(COLUMNS).first(&mut **connection).await.optional()?)
}

pub(super) async fn find_by_digest(connection: &mut Connection<Contact>, digest: &str) -> Result<Option<Uuid>> {
    let versions = form_version::table.filter(form_version::digest.eq(digest)).select(form_version::id);
    Ok(versions.first(&mut **connection).await.optional()?)
}

pub(super) async fn list(connection: &mut Connection<Contact>) -> Result<Vec<Version>> {
    let versions = form_version::table.inner_join(form_release::table).order(form_version::created_at.desc());
    Ok(versions.select(COLUMNS).load(&mut **connection).await?)
}

pub(super) async fn source(connection: &mut Connection<Contact>, version: Uuid) -> Result<Option<Source>> {
    let versions = form_version::table.find(version).select(form_version::source);
    let source: Option<Value> = versions.first(&mut **connection).await.optional()?;
    Ok(source.map(serde_json::from_value).transpose()?)
}
