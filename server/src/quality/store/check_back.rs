//! Draws of check-backs, the checks, tries, and the sealed facts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::{Error, Result};
use crate::schema::contact::{check_back, check_back_draw, check_back_fact, check_back_try};

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = check_back_draw)]
pub struct Draw {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub province_code: String,
    pub share: i16,
    pub seed: String,
    pub candidates: i64,
    pub candidate_digest: Vec<u8>,
    pub drawn: i64,
    pub made_by: String,
    pub made_at: DateTime<Utc>,
}

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = check_back)]
pub struct Check {
    pub invitation_id: Uuid,
    pub campaign_id: Uuid,
    pub province_code: String,
    pub draw_id: Uuid,
    pub interviewer_id: Uuid,
    pub checker_id: Uuid,
    /// `open`, `done` or `unreached`.
    pub state: String,
    pub attempts: i32,
    pub came: String,
    pub about_when: String,
    pub length: String,
    pub filled_by: String,
    pub pressure: String,
    pub note: String,
}

#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = check_back_try)]
pub struct Try {
    pub id: Uuid,
    pub invitation_id: Uuid,
    pub campaign_id: Uuid,
    pub province_code: String,
    pub checker_id: Uuid,
    pub tried_on: chrono::NaiveDate,
    pub reached: bool,
}

/// Answers to the neutral questions, with the interviewer inside the seal.
#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = check_back_fact)]
pub struct Fact {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub province_code: String,
    pub sealed: Vec<u8>,
}

/// A person who answered and whom an interviewer had.
#[derive(Clone, Debug, QueryableByName)]
pub(in crate::quality) struct Candidate {
    #[diesel(sql_type = SqlUuid)]
    pub(in crate::quality) invitation_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub(in crate::quality) interviewer_id: Uuid,
    /// Asked again already.
    #[diesel(sql_type = Bool)]
    pub(in crate::quality) drawn: bool,
}

/// Everybody a province could ask again; held until the transaction ends, so that two draws at once do not draw for each other.
pub(in crate::quality) async fn lock_candidates(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    province: &str,
) -> Result<Vec<Candidate>> {
    let lock = diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))");
    lock.bind::<Text, _>(format!("check-back {campaign} {province}")).execute(&mut **transaction).await?;
    let query = diesel::sql_query(
        "SELECT field_case.invitation_id, field_case.interviewer_id, check_back.invitation_id IS NOT NULL AS drawn
         FROM contact.field_case
         JOIN contact.invitation ON invitation.id = field_case.invitation_id
         LEFT JOIN contact.check_back ON check_back.invitation_id = field_case.invitation_id
         WHERE field_case.campaign_id = $1 AND field_case.province_code = $2
           AND invitation.status = 'responded' AND field_case.interviewer_id IS NOT NULL
         ORDER BY field_case.invitation_id",
    );
    Ok(query.bind::<SqlUuid, _>(campaign).bind::<Text, _>(province).load(&mut **transaction).await?)
}

pub(in crate::quality) async fn insert(
    transaction: &mut Connection<Contact>,
    draw: &Draw,
    checks: &[Check],
) -> Result<()> {
    diesel::insert_into(check_back_draw::table).values(draw).execute(&mut **transaction).await?;
    for checks in checks.chunks(2_000) {
        diesel::insert_into(check_back::table).values(checks).execute(&mut **transaction).await?;
    }
    Ok(())
}

pub(in crate::quality) async fn draws(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Draw>> {
    let draws = check_back_draw::table.filter(check_back_draw::campaign_id.eq(campaign));
    Ok(draws.order(check_back_draw::made_at.desc()).select(Draw::as_select()).load(&mut **connection).await?)
}

pub(in crate::quality) async fn checks(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Check>> {
    let checks = check_back::table.filter(check_back::campaign_id.eq(campaign));
    let order = (check_back::state.ne("open"), check_back::province_code, check_back::invitation_id);
    Ok(checks.order(order).select(Check::as_select()).load(&mut **connection).await?)
}

pub(in crate::quality) async fn check(connection: &mut Connection<Contact>, case: Uuid) -> Result<Option<Check>> {
    Ok(check_back::table.find(case).select(Check::as_select()).first(&mut **connection).await.optional()?)
}

/// False when this very try is known already.
pub(in crate::quality) async fn try_once(transaction: &mut Connection<Contact>, new: &Try) -> Result<bool> {
    let known = diesel::insert_into(check_back_try::table).values(new).on_conflict_do_nothing();
    Ok(known.execute(&mut **transaction).await? == 1)
}

/// What a try came to, of a check that is still open and this checker's; a conflict otherwise.
pub(in crate::quality) async fn close(transaction: &mut Connection<Contact>, check: &Check) -> Result<()> {
    let open = check_back::state.eq("open").and(check_back::checker_id.eq(check.checker_id));
    let told = (
        check_back::state.eq(&check.state),
        check_back::attempts.eq(check_back::attempts + 1),
        check_back::came.eq(&check.came),
        check_back::about_when.eq(&check.about_when),
        check_back::length.eq(&check.length),
        check_back::filled_by.eq(&check.filled_by),
        check_back::pressure.eq(&check.pressure),
        check_back::note.eq(&check.note),
    );
    let closed = diesel::update(check_back::table.filter(check_back::invitation_id.eq(check.invitation_id).and(open)))
        .set(told)
        .execute(&mut **transaction)
        .await?;
    if closed == 1 { Ok(()) } else { Err(Error::conflict("check-back-recorded")) }
}

/// Gives an open check to somebody else.
pub(in crate::quality) async fn give(transaction: &mut Connection<Contact>, case: Uuid, checker: Uuid) -> Result<()> {
    let open = check_back::invitation_id.eq(case).and(check_back::state.eq("open"));
    diesel::update(check_back::table.filter(open))
        .set(check_back::checker_id.eq(checker))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::quality) async fn keep_fact(transaction: &mut Connection<Contact>, fact: &Fact) -> Result<()> {
    diesel::insert_into(check_back_fact::table).values(fact).execute(&mut **transaction).await?;
    Ok(())
}

pub(in crate::quality) async fn facts(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Fact>> {
    let facts = check_back_fact::table.filter(check_back_fact::campaign_id.eq(campaign));
    Ok(facts.order(check_back_fact::id).select(Fact::as_select()).load(&mut **connection).await?)
}
