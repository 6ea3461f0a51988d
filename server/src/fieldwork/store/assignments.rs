//! Who has which case, and what can be taken back.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::fieldwork::assignments::Which;
use crate::schema::contact::{assignment_act, field_case};

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = assignment_act)]
pub struct AssignmentAct {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub province_code: String,
    pub interviewer_id: Option<Uuid>,
    pub made_by: String,
    pub made_at: DateTime<Utc>,
    /// Pairs of a case and who had it.
    pub before: Value,
    pub undone_at: Option<DateTime<Utc>>,
}

impl AssignmentAct {
    pub fn cases(&self) -> usize {
        self.before.as_array().map_or(0, Vec::len)
    }
}

#[derive(QueryableByName)]
struct Had {
    #[diesel(sql_type = SqlUuid)]
    invitation_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    interviewer_id: Option<Uuid>,
}

/// The cases that will move, held against a second hand until the transaction ends, with who has them. Answered ones stay.
pub(in crate::fieldwork) async fn lock(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    province: &str,
    communes: &[String],
    which: Which,
    to: Option<Uuid>,
) -> Result<Vec<(Uuid, Option<Uuid>)>> {
    let query = diesel::sql_query(
        "SELECT invitation_id, interviewer_id FROM contact.field_case
         JOIN contact.invitation ON invitation.id = invitation_id
         WHERE field_case.campaign_id = $1 AND field_case.province_code = $2 AND commune_code = ANY($3)
           AND status = 'open' AND (interviewer_id IS NULL OR NOT $4) AND interviewer_id IS DISTINCT FROM $5
         ORDER BY position FOR UPDATE OF field_case",
    );
    let had: Vec<Had> = query
        .bind::<SqlUuid, _>(campaign)
        .bind::<Text, _>(province)
        .bind::<Array<Text>, _>(communes)
        .bind::<Bool, _>(which == Which::Free)
        .bind::<Nullable<SqlUuid>, _>(to)
        .load(&mut **transaction)
        .await?;
    Ok(had.into_iter().map(|had| (had.invitation_id, had.interviewer_id)).collect())
}

pub(in crate::fieldwork) async fn give(
    transaction: &mut Connection<Contact>,
    cases: &[Uuid],
    to: Option<Uuid>,
) -> Result<()> {
    diesel::update(field_case::table.filter(field_case::invitation_id.eq_any(cases)))
        .set(field_case::interviewer_id.eq(to))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::fieldwork) async fn restore(
    transaction: &mut Connection<Contact>,
    before: &[(Uuid, Option<Uuid>)],
    given_to: Option<Uuid>,
) -> Result<usize> {
    let query = diesel::sql_query(
        "UPDATE contact.field_case SET interviewer_id = had.interviewer
         FROM unnest($1::uuid[], $2::uuid[]) AS had (invitation, interviewer)
         WHERE invitation_id = had.invitation AND interviewer_id IS NOT DISTINCT FROM $3",
    );
    Ok(query
        .bind::<Array<SqlUuid>, _>(before.iter().map(|(case, _)| *case).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(before.iter().map(|(_, had)| *had).collect::<Vec<_>>())
        .bind::<Nullable<SqlUuid>, _>(given_to)
        .execute(&mut **transaction)
        .await?)
}

pub(in crate::fieldwork) async fn note(transaction: &mut Connection<Contact>, made: &AssignmentAct) -> Result<()> {
    diesel::insert_into(assignment_act::table).values(made).execute(&mut **transaction).await?;
    Ok(())
}

/// Held until the transaction ends, so that an act is undone once.
pub(in crate::fieldwork) async fn find(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    id: Uuid,
) -> Result<Option<AssignmentAct>> {
    let made = assignment_act::table.filter(assignment_act::id.eq(id).and(assignment_act::campaign_id.eq(campaign)));
    Ok(made.select(AssignmentAct::as_select()).for_update().first(&mut **transaction).await.optional()?)
}

pub(in crate::fieldwork) async fn close(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(assignment_act::table.find(id))
        .set(assignment_act::undone_at.eq(now))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::fieldwork) async fn since(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    since: DateTime<Utc>,
) -> Result<Vec<AssignmentAct>> {
    let recent = assignment_act::campaign_id
        .eq(campaign)
        .and(assignment_act::made_at.ge(since))
        .and(assignment_act::undone_at.is_null());
    Ok(assignment_act::table
        .filter(recent)
        .order(assignment_act::made_at.desc())
        .select(AssignmentAct::as_select())
        .load(&mut **connection)
        .await?)
}
