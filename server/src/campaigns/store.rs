//! Every query on the campaigns' tables.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{NewCampaign, State};
use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::office::campaign;

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
