//! Every query on the campaigns' tables.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use survey_forms::Source;
use uuid::Uuid;

use super::{NewCampaign, State};
use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::office::{campaign, form_version};

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = campaign)]
pub struct Campaign {
    pub id: Uuid,
    pub slug: String,
    pub name_vi: String,
    pub name_en: String,
    pub year: i32,
    pub form_version_id: Uuid,
    pub(super) state: String,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub results_on: NaiveDate,
    pub hotline: String,
    pub synthetic: bool,
    pub flush_at_least: i32,
}

/// The id of the version with this digest; the same text is the same version.
pub(super) async fn pin_form(
    transaction: &mut Connection<Contact>,
    code: &str,
    digest: &str,
    source: &Source,
    now: DateTime<Utc>,
) -> Result<Uuid> {
    diesel::insert_into(form_version::table)
        .values((
            form_version::id.eq(Uuid::now_v7()),
            form_version::form_code.eq(code),
            form_version::digest.eq(digest),
            form_version::source.eq(serde_json::to_value(source)?),
            form_version::created_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut **transaction)
        .await?;
    Ok(form_version::table
        .filter(form_version::digest.eq(digest))
        .select(form_version::id)
        .first(&mut **transaction)
        .await?)
}

pub(super) async fn form_source(connection: &mut Connection<Contact>, version: Uuid) -> Result<Source> {
    let source: Value = form_version::table.find(version).select(form_version::source).first(&mut **connection).await?;
    Ok(serde_json::from_value(source)?)
}

pub(super) async fn insert(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    version: Uuid,
    new: &NewCampaign,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(campaign::table)
        .values((
            campaign::id.eq(id),
            campaign::slug.eq(&new.slug),
            campaign::name_vi.eq(&new.name_vi),
            campaign::name_en.eq(&new.name_en),
            campaign::year.eq(new.year),
            campaign::form_version_id.eq(version),
            campaign::state.eq(State::Preparing.name()),
            campaign::opens_on.eq(new.opens_on),
            campaign::closes_on.eq(new.closes_on),
            campaign::results_on.eq(new.results_on),
            campaign::hotline.eq(&new.hotline),
            campaign::synthetic.eq(new.synthetic),
            campaign::flush_at_least.eq(new.flush_at_least),
            campaign::created_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await
        .map_err(|cause| {
            if is_duplicate(&cause) { Error::conflict("campaign-taken").with("slug", &new.slug) } else { cause.into() }
        })?;
    Ok(())
}

/// False when the campaign is not in state `from`.
pub(super) async fn set_state(transaction: &mut Connection<Contact>, id: Uuid, from: State, to: State) -> Result<bool> {
    let changed = diesel::update(campaign::table.filter(campaign::id.eq(id).and(campaign::state.eq(from.name()))))
        .set(campaign::state.eq(to.name()))
        .execute(&mut **transaction)
        .await?;
    Ok(changed == 1)
}

pub(super) async fn list(connection: &mut Connection<Contact>) -> Result<Vec<Campaign>> {
    Ok(campaign::table.order(campaign::created_at.desc()).select(Campaign::as_select()).load(&mut **connection).await?)
}

pub(super) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<Campaign>> {
    Ok(campaign::table.find(id).select(Campaign::as_select()).first(&mut **connection).await.optional()?)
}

pub(super) async fn find_by_slug(connection: &mut Connection<Contact>, slug: &str) -> Result<Option<Campaign>> {
    Ok(campaign::table
        .filter(campaign::slug.eq(slug))
        .select(Campaign::as_select())
        .first(&mut **connection)
        .await
        .optional()?)
}
