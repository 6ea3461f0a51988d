//! Every query on the invitations' tables, each side apart.

use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Text};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::Status;
use crate::base::db::{Answers, Connection, Contact};
use crate::error::Result;
use crate::schema::answers::{allowed, sampling_unit};
use crate::schema::contact::invitation;

/// Rows of one statement of diesel's, which may bind 65,535 values.
const BATCH: usize = 5_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = allowed)]
pub(super) struct AllowedRow {
    pub tag: Vec<u8>,
    pub campaign_id: Uuid,
    pub psu: String,
}

#[derive(Insertable)]
#[diesel(table_name = sampling_unit)]
pub(super) struct SamplingUnit {
    pub campaign_id: Uuid,
    pub psu: String,
    pub stratum: String,
    pub province_code: String,
    pub area: String,
    pub weight: f64,
    pub invited: i32,
}

pub(super) async fn insert_sampling_units(transaction: &mut Connection<Answers>, units: &[SamplingUnit]) -> Result<()> {
    for batch in units.chunks(BATCH) {
        diesel::insert_into(sampling_unit::table)
            .values(batch)
            .on_conflict_do_nothing()
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

const ALLOW: &str = "
INSERT INTO answers.allowed (tag, campaign_id, psu)
SELECT tag, $1, psu FROM unnest($2::bytea[], $3::text[]) AS sampled (tag, psu)
ON CONFLICT DO NOTHING";

pub(super) async fn insert_allowed(
    transaction: &mut Connection<Answers>,
    campaign: Uuid,
    rows: &[AllowedRow],
) -> Result<()> {
    diesel::sql_query(ALLOW)
        .bind::<diesel::sql_types::Uuid, _>(campaign)
        .bind::<Array<Binary>, _>(rows.iter().map(|row| &row.tag).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(rows.iter().map(|row| &row.psu).collect::<Vec<_>>())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn find_allowed(connection: &mut Connection<Answers>, tags: &[Vec<u8>]) -> Result<Option<AllowedRow>> {
    let rows = allowed::table.filter(allowed::tag.eq_any(tags)).select(AllowedRow::as_select());
    Ok(rows.first(&mut **connection).await.optional()?)
}

pub(super) async fn disallow(transaction: &mut Connection<Answers>, tag: &[u8]) -> Result<()> {
    diesel::delete(allowed::table.find(tag)).execute(&mut **transaction).await?;
    Ok(())
}

pub(super) async fn disallow_all(transaction: &mut Connection<Answers>, campaign: Uuid) -> Result<()> {
    diesel::delete(allowed::table.filter(allowed::campaign_id.eq(campaign))).execute(&mut **transaction).await?;
    Ok(())
}

pub(super) struct InvitationRow {
    pub person: String,
    pub province: String,
    pub stratum: String,
    pub digest: Vec<u8>,
}

/// Ids are random, not by time: they must not tell the order either.
const INSERT: &str = "
INSERT INTO contact.invitation (id, campaign_id, draw_id, person_code, province_code, stratum, code_digest, status)
SELECT gen_random_uuid(), $1, $2, person, province, stratum, digest, 'open'
FROM unnest($3::text[], $4::text[], $5::text[], $6::bytea[]) AS sampled (person, province, stratum, digest)
ON CONFLICT DO NOTHING";

pub(super) async fn insert_invitations(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    draw: Uuid,
    rows: &[InvitationRow],
) -> Result<()> {
    let texts = |text: fn(&InvitationRow) -> &String| rows.iter().map(text).collect::<Vec<_>>();
    diesel::sql_query(INSERT)
        .bind::<diesel::sql_types::Uuid, _>(campaign)
        .bind::<diesel::sql_types::Uuid, _>(draw)
        .bind::<Array<Text>, _>(texts(|row| &row.person))
        .bind::<Array<Text>, _>(texts(|row| &row.province))
        .bind::<Array<Text>, _>(texts(|row| &row.stratum))
        .bind::<Array<Binary>, _>(rows.iter().map(|row| &row.digest).collect::<Vec<_>>())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// How many invitations this draw has.
pub(super) async fn issued(connection: &mut Connection<Contact>, draw: Uuid) -> Result<i64> {
    Ok(invitation::table.filter(invitation::draw_id.eq(draw)).count().get_result(&mut **connection).await?)
}

/// The draw whose persons have the campaign's codes.
pub(super) async fn issued_draw(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<Uuid>> {
    let draws = invitation::table.filter(invitation::campaign_id.eq(campaign)).select(invitation::draw_id);
    Ok(draws.first(&mut **connection).await.optional()?)
}

pub(super) struct Found {
    pub campaign: Uuid,
    pub province: String,
    pub status: String,
}

pub(super) async fn find_by_digest(connection: &mut Connection<Contact>, digest: &[u8]) -> Result<Option<Found>> {
    let rows = invitation::table.filter(invitation::code_digest.eq(digest));
    let row = rows
        .select((invitation::campaign_id, invitation::province_code, invitation::status))
        .first(&mut **connection)
        .await
        .optional()?;
    Ok(row.map(|(campaign, province, status)| Found { campaign, province, status }))
}

/// Sets `to` where the status is one it may follow; says how many changed.
pub(super) async fn set_status(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    digests: &[Vec<u8>],
    to: Status,
) -> Result<usize> {
    let from: Vec<_> = to.follows().iter().map(|status| status.name()).collect();
    let wanted = invitation::campaign_id
        .eq(campaign)
        .and(invitation::code_digest.eq_any(digests))
        .and(invitation::status.eq_any(from));
    Ok(diesel::update(invitation::table.filter(wanted))
        .set(invitation::status.eq(to.name()))
        .execute(&mut **transaction)
        .await?)
}

/// Province, status and how many.
pub(super) async fn counts(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<(String, String, i64)>> {
    Ok(invitation::table
        .filter(invitation::campaign_id.eq(campaign))
        .group_by((invitation::province_code, invitation::status))
        .select((invitation::province_code, invitation::status, diesel::dsl::count_star()))
        .load(&mut **connection)
        .await?)
}
