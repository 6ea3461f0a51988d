//! Every query on the campaigns' tables.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::{NewCampaign, State};
use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::office::{campaign, campaign_draft};

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
    /// Who proposed to open it; somebody else opens it.
    pub opening_proposed_by: Option<String>,
    pub opening_proposed_at: Option<DateTime<Utc>>,
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

/// False when the campaign is no longer in preparation.
pub(super) async fn propose_opening(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let preparing = campaign::table.filter(campaign::id.eq(id).and(campaign::state.eq(State::Preparing.name())));
    let proposed = diesel::update(preparing)
        .set((campaign::opening_proposed_by.eq(by), campaign::opening_proposed_at.eq(now)))
        .execute(&mut **transaction)
        .await?;
    Ok(proposed == 1)
}

/// Who opened it and when, beside the state.
pub(super) async fn note_opening(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(campaign::table.find(id))
        .set((campaign::opened_by.eq(by), campaign::opened_at.eq(now)))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// What somebody has typed of a new campaign, and when it was kept.
#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = campaign_draft)]
pub struct Draft {
    pub login: String,
    pub fields: Value,
    pub saved_at: DateTime<Utc>,
}

pub(super) async fn draft(connection: &mut Connection<Contact>, login: &str) -> Result<Option<Draft>> {
    let draft = campaign_draft::table.find(login).select(Draft::as_select());
    Ok(draft.first(&mut **connection).await.optional()?)
}

pub(super) async fn keep_draft(connection: &mut Connection<Contact>, draft: &Draft) -> Result<()> {
    diesel::insert_into(campaign_draft::table)
        .values(draft)
        .on_conflict(campaign_draft::login)
        .do_update()
        .set((campaign_draft::fields.eq(&draft.fields), campaign_draft::saved_at.eq(draft.saved_at)))
        .execute(&mut **connection)
        .await?;
    Ok(())
}

pub(super) async fn forget_draft(connection: &mut Connection<Contact>, login: &str) -> Result<()> {
    diesel::delete(campaign_draft::table.find(login)).execute(&mut **connection).await?;
    Ok(())
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
