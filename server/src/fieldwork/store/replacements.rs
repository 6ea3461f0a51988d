//! Requests to ask somebody else, and lost communes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::audit::Actor;
use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::contact::{commune_loss, field_case, replacement};

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = replacement)]
pub struct Replacement {
    pub id: Uuid,
    pub invitation_id: Uuid,
    pub campaign_id: Uuid,
    pub draw_id: Uuid,
    pub province_code: String,
    pub village_code: String,
    pub reason: String,
    /// Visits there had been when it was asked for.
    pub attempts: i32,
    pub requested_by: String,
    pub requested_at: DateTime<Utc>,
    /// `requested`, `approved`, `refused`.
    pub state: String,
    pub decided_by: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
    pub decision: String,
    pub reserve_code: Option<String>,
}

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = commune_loss)]
pub struct Loss {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub province_code: String,
    pub commune_code: String,
    pub reason: String,
    pub requested_by: String,
    pub requested_at: DateTime<Utc>,
    pub confirmed_by: Option<String>,
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The reserve commune that took its place.
    pub reserve_code: Option<String>,
}

fn once<T>(done: QueryResult<T>, code: &'static str) -> Result<()> {
    match done {
        Ok(_) => Ok(()),
        Err(cause) if is_duplicate(&cause) => Err(Error::conflict(code)),
        Err(cause) => Err(cause.into()),
    }
}

pub(in crate::fieldwork) async fn insert(transaction: &mut Connection<Contact>, row: &Replacement) -> Result<()> {
    once(diesel::insert_into(replacement::table).values(row).execute(&mut **transaction).await, "replacement-asked")
}

pub(in crate::fieldwork) async fn find(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    id: Uuid,
) -> Result<Option<Replacement>> {
    let row = replacement::table.filter(replacement::id.eq(id).and(replacement::campaign_id.eq(campaign)));
    Ok(row.select(Replacement::as_select()).first(&mut **connection).await.optional()?)
}

/// The reserves of a village that were taken, held until the transaction ends: two approvals at once take two reserves.
pub(in crate::fieldwork) async fn lock_used(
    transaction: &mut Connection<Contact>,
    draw: Uuid,
    village: &str,
) -> Result<Vec<String>> {
    let lock = diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
    lock.bind::<Text, _>(format!("reserves {draw} {village}")).execute(&mut **transaction).await?;
    let taken = replacement::draw_id.eq(draw).and(replacement::village_code.eq(village));
    let used: Vec<Option<String>> =
        replacement::table.filter(taken).select(replacement::reserve_code).load(&mut **transaction).await?;
    // In a commune that took a lost one's place the first reserves are asked already.
    let asked = field_case::draw_id.eq(draw).and(field_case::village_code.eq(village));
    let asked: Vec<String> =
        field_case::table.filter(asked).select(field_case::person_code).load(&mut **transaction).await?;
    Ok(used.into_iter().flatten().chain(asked).collect())
}

/// The reserve communes that took a lost one's place, held until the transaction ends.
pub(in crate::fieldwork) async fn lock_used_communes(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
) -> Result<Vec<String>> {
    let lock = diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
    lock.bind::<Text, _>(format!("reserve communes {campaign}")).execute(&mut **transaction).await?;
    let used: Vec<Option<String>> = commune_loss::table
        .filter(commune_loss::campaign_id.eq(campaign))
        .select(commune_loss::reserve_code)
        .load(&mut **transaction)
        .await?;
    Ok(used.into_iter().flatten().collect())
}

/// Communes that took a lost one's place and have no cases yet.
pub(in crate::fieldwork) async fn communes_without_case(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
) -> Result<Vec<String>> {
    let begun =
        field_case::table.filter(field_case::campaign_id.eq(campaign)).select(field_case::commune_code.nullable());
    let waiting = commune_loss::campaign_id.eq(campaign).and(commune_loss::reserve_code.ne_all(begun));
    let codes: Vec<Option<String>> =
        commune_loss::table.filter(waiting).select(commune_loss::reserve_code).load(&mut **connection).await?;
    Ok(codes.into_iter().flatten().collect())
}

/// False when somebody decided before. With a reserve it is an approval.
pub(in crate::fieldwork) async fn decide(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &Actor,
    words: &str,
    reserve: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let undecided = replacement::table.filter(replacement::id.eq(id).and(replacement::state.eq("requested")));
    let decided = diesel::update(undecided)
        .set((
            replacement::state.eq(if reserve.is_some() { "approved" } else { "refused" }),
            replacement::decided_by.eq(by.to_string()),
            replacement::decided_at.eq(now),
            replacement::decision.eq(words),
            replacement::reserve_code.eq(reserve),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(decided == 1)
}

pub(in crate::fieldwork) async fn of_campaign(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
) -> Result<Vec<Replacement>> {
    let rows = replacement::table.filter(replacement::campaign_id.eq(campaign));
    let rows = rows.order((replacement::state.ne("requested"), replacement::requested_at.desc()));
    Ok(rows.select(Replacement::as_select()).load(&mut **connection).await?)
}

/// Approved ones whose reserve has no case yet.
pub(in crate::fieldwork) async fn without_case(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
) -> Result<Vec<Replacement>> {
    let known =
        field_case::table.filter(field_case::campaign_id.eq(campaign)).select(field_case::person_code.nullable());
    let waiting = replacement::campaign_id
        .eq(campaign)
        .and(replacement::state.eq("approved"))
        .and(replacement::reserve_code.ne_all(known));
    let rows = replacement::table.filter(waiting).order(replacement::decided_at);
    Ok(rows.select(Replacement::as_select()).load(&mut **connection).await?)
}

/// The reserve's case goes to the interviewer who had the replaced one.
pub(in crate::fieldwork) async fn hand_over(
    transaction: &mut Connection<Contact>,
    draw: Uuid,
    reserve: &str,
    replaced: Uuid,
) -> Result<()> {
    let query = diesel::sql_query(
        "UPDATE contact.field_case SET interviewer_id = replaced.interviewer_id
         FROM contact.field_case AS replaced
         WHERE field_case.draw_id = $1 AND field_case.person_code = $2 AND replaced.invitation_id = $3",
    );
    query
        .bind::<SqlUuid, _>(draw)
        .bind::<Text, _>(reserve)
        .bind::<SqlUuid, _>(replaced)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::fieldwork) async fn insert_loss(transaction: &mut Connection<Contact>, loss: &Loss) -> Result<()> {
    once(diesel::insert_into(commune_loss::table).values(loss).execute(&mut **transaction).await, "loss-known")
}

/// False when there is none to confirm, or who confirms is who asked.
pub(in crate::fieldwork) async fn confirm_loss(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &Actor,
    reserve: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let unconfirmed = commune_loss::id
        .eq(id)
        .and(commune_loss::confirmed_by.is_null())
        .and(commune_loss::requested_by.ne(by.to_string()));
    let confirmed = diesel::update(commune_loss::table.filter(unconfirmed))
        .set((
            commune_loss::confirmed_by.eq(by.to_string()),
            commune_loss::confirmed_at.eq(now),
            commune_loss::reserve_code.eq(reserve),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(confirmed == 1)
}

pub(in crate::fieldwork) async fn losses(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Loss>> {
    let rows = commune_loss::table.filter(commune_loss::campaign_id.eq(campaign));
    Ok(rows.order(commune_loss::requested_at).select(Loss::as_select()).load(&mut **connection).await?)
}
