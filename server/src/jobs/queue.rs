//! The queue's only queries.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Job;
use crate::audit::Actor;
use crate::base::clock::Clock;
use crate::base::db::{Connection, Contact, Side};
use crate::error::{Error, Result};
use crate::schema::office::job;

pub const LEASE: Duration = Duration::seconds(30);
pub const ATTEMPTS: i32 = 5;

/// A job as its page and the worker see it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = job)]
pub struct Row {
    pub id: Uuid,
    pub kind: String,
    pub payload: Value,
    pub state: String,
    pub attempts: i32,
    pub step: String,
    pub done_count: i64,
    pub total_count: i64,
    pub error_code: Option<String>,
    pub outcome: Value,
    pub requested_by: String,
    pub requested_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// A job this worker may run until the lease ends.
pub struct Leased {
    pub id: Uuid,
    pub job: Job,
    pub lease: Uuid,
    pub attempts: i32,
    /// Who asked for it first.
    pub requested_by: String,
}

/// Enqueues `wanted` in the caller's transaction, or joins the open job with the same key. Returns the id of its page.
pub async fn enqueue(
    transaction: &mut Connection<Contact>,
    clock: &Clock,
    wanted: &Job,
    actor: &Actor,
) -> Result<Uuid> {
    let id = Uuid::now_v7();
    let inserted = diesel::insert_into(job::table)
        .values((
            job::id.eq(id),
            job::kind.eq(wanted.kind()),
            job::payload.eq(serde_json::to_value(wanted)?),
            job::dedup_key.eq(wanted.dedup_key()),
            job::state.eq("waiting"),
            job::run_after.eq(clock.now()),
            job::requested_by.eq(actor.to_string()),
            job::requested_at.eq(clock.now()),
        ))
        .on_conflict_do_nothing()
        .execute(&mut **transaction)
        .await?;
    if inserted == 1 {
        return Ok(id);
    }
    job::table
        .filter(job::dedup_key.eq(wanted.dedup_key()).and(job::state.eq_any(["waiting", "running"])))
        .select(job::id)
        .first(&mut **transaction)
        .await
        .optional()?
        // The open job ended between the two statements: the caller presses again.
        .ok_or_else(|| Error::conflict("job-just-ended"))
}

const LEASE_NEXT: &str = "
UPDATE office.job SET state = 'running', attempts = attempts + 1, lease = $1, leased_until = $2, started_at = COALESCE(started_at, $3)
WHERE id = (
    SELECT id FROM office.job
    WHERE (state = 'waiting' AND run_after <= $3) OR (state = 'running' AND leased_until < $3)
    ORDER BY run_after, id
    FOR UPDATE SKIP LOCKED
    LIMIT 1
)
RETURNING id, payload, attempts, requested_by";

#[derive(QueryableByName)]
struct Next {
    #[diesel(sql_type = diesel::sql_types::Uuid)]
    id: Uuid,
    #[diesel(sql_type = diesel::sql_types::Jsonb)]
    payload: Value,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    attempts: i32,
    #[diesel(sql_type = diesel::sql_types::Text)]
    requested_by: String,
}

/// The oldest job that waits, or one whose worker died.
pub async fn lease_next(contact: &Side<Contact>, clock: &Clock) -> Result<Option<Leased>> {
    let lease = Uuid::new_v4();
    let now = clock.now();
    let next: Option<Next> = diesel::sql_query(LEASE_NEXT)
        .bind::<diesel::sql_types::Uuid, _>(lease)
        .bind::<diesel::sql_types::Timestamptz, _>(now + LEASE)
        .bind::<diesel::sql_types::Timestamptz, _>(now)
        .get_result(&mut *contact.read().await?)
        .await
        .optional()?;
    next.map(|next| {
        let job = serde_json::from_value(next.payload)?;
        Ok(Leased { id: next.id, job, lease, attempts: next.attempts, requested_by: next.requested_by })
    })
    .transpose()
}

/// Writes the counts and extends the lease; `Err` when another worker holds the job by now.
pub async fn report(
    contact: &Side<Contact>,
    clock: &Clock,
    leased: &Leased,
    step: &str,
    done: i64,
    total: i64,
) -> Result<()> {
    let changed = diesel::update(job::table.filter(job::id.eq(leased.id).and(job::lease.eq(leased.lease))))
        .set((
            job::step.eq(step),
            job::done_count.eq(done),
            job::total_count.eq(total),
            job::leased_until.eq(clock.now() + LEASE),
        ))
        .execute(&mut *contact.read().await?)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::conflict("lease-lost")) }
}

pub async fn finish(contact: &Side<Contact>, clock: &Clock, leased: &Leased, outcome: Value) -> Result<()> {
    diesel::update(job::table.filter(job::id.eq(leased.id).and(job::lease.eq(leased.lease))))
        .set((
            job::state.eq("done"),
            job::outcome.eq(outcome),
            job::error_code.eq(None::<String>),
            job::finished_at.eq(clock.now()),
            job::leased_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut *contact.read().await?)
        .await?;
    Ok(())
}

/// Puts the job back for a later try, or ends it when trying again cannot help or was tried enough.
pub async fn fail(contact: &Side<Contact>, clock: &Clock, leased: &Leased, error: &Error) -> Result<()> {
    use crate::error::Kind;
    let again = matches!(error.kind, Kind::Internal | Kind::Unavailable) && leased.attempts < ATTEMPTS;
    let now = clock.now();
    diesel::update(job::table.filter(job::id.eq(leased.id).and(job::lease.eq(leased.lease))))
        .set((
            job::state.eq(if again { "waiting" } else { "failed" }),
            job::error_code.eq(error.code),
            job::outcome.eq(json!({ "problem": error.params.iter().cloned().collect::<BTreeMap<_, _>>() })),
            job::run_after.eq(now + Duration::seconds(1 << leased.attempts.clamp(0, 8))),
            job::finished_at.eq((!again).then_some(now)),
            job::leased_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(&mut *contact.read().await?)
        .await?;
    Ok(())
}

pub async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<Row>> {
    Ok(job::table.find(id).select(Row::as_select()).first(&mut **connection).await.optional()?)
}

/// When a job with the same key was last asked for.
pub async fn last_requested(connection: &mut Connection<Contact>, wanted: &Job) -> Result<Option<DateTime<Utc>>> {
    let asked = job::table.filter(job::dedup_key.eq(wanted.dedup_key()));
    Ok(asked.select(diesel::dsl::max(job::requested_at)).get_result(&mut **connection).await?)
}

/// The newest jobs first.
pub async fn newest(connection: &mut Connection<Contact>, limit: i64) -> Result<Vec<Row>> {
    Ok(job::table.order(job::requested_at.desc()).limit(limit).select(Row::as_select()).load(&mut **connection).await?)
}

/// Jobs that wait or run.
pub async fn open_count(connection: &mut Connection<Contact>) -> Result<i64> {
    Ok(job::table.filter(job::state.eq_any(["waiting", "running"])).count().get_result(&mut **connection).await?)
}
