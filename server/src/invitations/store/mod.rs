//! Every query on the invitations' tables, each side apart.

pub(super) mod files;
pub(super) mod messages;
pub(super) mod texts;

use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Text};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use analysis::draw::Unit;

use super::Status;
use super::code::Code;
use crate::base::db::{Answers, Connection, Contact};
use crate::base::seal::Key;
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

pub(super) async fn province_of(
    connection: &mut Connection<Answers>,
    campaign: Uuid,
    psu: &str,
) -> Result<Option<String>> {
    let unit = sampling_unit::table.find((campaign, psu)).select(sampling_unit::province_code);
    Ok(unit.first(&mut **connection).await.optional()?)
}

pub(super) async fn disallow(transaction: &mut Connection<Answers>, tag: &[u8]) -> Result<()> {
    diesel::delete(allowed::table.find(tag)).execute(&mut **transaction).await?;
    Ok(())
}

pub(super) async fn disallow_all(transaction: &mut Connection<Answers>, campaign: Uuid) -> Result<()> {
    diesel::delete(allowed::table.filter(allowed::campaign_id.eq(campaign))).execute(&mut **transaction).await?;
    Ok(())
}

/// What stands instead of `$1`, unless its answer is under way or done: an answer that was given stays the only one. The office is not told
/// which: it would learn who answered, and when.
const REPLACE: &str = "
INSERT INTO answers.allowed (tag, campaign_id, psu)
SELECT $2, campaign_id, psu FROM answers.allowed AS old
WHERE old.tag = $1 AND NOT EXISTS (SELECT FROM answers.inbox WHERE tag = $1) AND NOT EXISTS (SELECT FROM answers.spent WHERE tag = $1)
ON CONFLICT DO NOTHING";

/// The new tag may answer where the old one could, and the old one no more.
pub(super) async fn replace_allowed(transaction: &mut Connection<Answers>, old: &[u8], new: &[u8]) -> Result<()> {
    // Waits for a sending under way, which holds a lock on the row.
    let held = allowed::table.filter(allowed::tag.eq(old)).select(allowed::tag).for_update();
    let _held: Option<Vec<u8>> = held.first(&mut **transaction).await.optional()?;
    diesel::sql_query(REPLACE)
        .bind::<Binary, _>(old.to_vec())
        .bind::<Binary, _>(new.to_vec())
        .execute(&mut **transaction)
        .await?;
    disallow(transaction, old).await
}

pub(super) struct InvitationRow {
    person: String,
    province: String,
    stratum: String,
    digest: Vec<u8>,
}

impl InvitationRow {
    pub(super) fn new(unit: &Unit, code: &Code, contact: &Key) -> Result<Self> {
        Ok(Self {
            person: unit.code.clone(),
            province: unit.province().to_owned(),
            stratum: unit.stratum(),
            digest: code.contact_digest(contact)?.to_vec(),
        })
    }
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

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = invitation)]
pub(super) struct Invitation {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub draw_id: Uuid,
    pub person_code: String,
    pub province_code: String,
    pub code_digest: Vec<u8>,
    pub status: String,
}

pub(super) async fn find_by_digest(connection: &mut Connection<Contact>, digest: &[u8]) -> Result<Option<Invitation>> {
    let rows = invitation::table.filter(invitation::code_digest.eq(digest));
    Ok(rows.select(Invitation::as_select()).first(&mut **connection).await.optional()?)
}

pub(super) async fn find_by_id(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<Invitation>> {
    Ok(invitation::table.find(id).select(Invitation::as_select()).first(&mut **connection).await.optional()?)
}

pub(super) async fn find_by_person(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    person: &str,
) -> Result<Option<Invitation>> {
    let rows = invitation::table.filter(invitation::campaign_id.eq(campaign).and(invitation::person_code.eq(person)));
    Ok(rows.select(Invitation::as_select()).first(&mut **connection).await.optional()?)
}

/// False when the invitation has another code by now, or is over.
pub(super) async fn replace_digest(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    old: &[u8],
    new: &[u8],
) -> Result<bool> {
    let living = invitation::id
        .eq(id)
        .and(invitation::code_digest.eq(old))
        .and(invitation::status.eq_any([Status::Open.name(), Status::Refused.name()]));
    let changed = diesel::update(invitation::table.filter(living))
        .set(invitation::code_digest.eq(new))
        .execute(&mut **transaction)
        .await?;
    Ok(changed == 1)
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

/// Codes of the persons of a province who have answered, as far as we were told.
pub(super) async fn responded(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    province: &str,
) -> Result<Vec<String>> {
    let responded = invitation::campaign_id
        .eq(campaign)
        .and(invitation::province_code.eq(province))
        .and(invitation::status.eq(Status::Responded.name()));
    let rows = invitation::table.filter(responded).order(invitation::person_code).select(invitation::person_code);
    Ok(rows.load(&mut **connection).await?)
}
