//! Visits, in the order they were made.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::contact::{field_case, visit};

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = visit)]
pub struct Visit {
    pub id: Uuid,
    pub invitation_id: Uuid,
    pub campaign_id: Uuid,
    pub province_code: String,
    pub interviewer_id: Uuid,
    pub visited_on: NaiveDate,
    pub outcome: String,
    /// Day and hour agreed on, as typed; empty when none.
    pub appointment: String,
    pub note: String,
}

/// False when this very visit is known already.
pub(in crate::fieldwork) async fn insert(transaction: &mut Connection<Contact>, new: &Visit) -> Result<bool> {
    let known = diesel::insert_into(visit::table).values(new).on_conflict_do_nothing();
    if known.execute(&mut **transaction).await? == 0 {
        return Ok(false);
    }
    // A tablet may send visits late and out of order: the last day counts.
    let case = field_case::table.find(new.invitation_id);
    diesel::update(case).set(field_case::attempts.eq(field_case::attempts + 1)).execute(&mut **transaction).await?;
    let newer = field_case::outcome_on.is_null().or(field_case::outcome_on.le(new.visited_on));
    diesel::update(field_case::table.filter(field_case::invitation_id.eq(new.invitation_id).and(newer)))
        .set((
            field_case::outcome.eq(&new.outcome),
            field_case::outcome_on.eq(new.visited_on),
            field_case::appointment.eq(&new.appointment),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(true)
}

pub(in crate::fieldwork) async fn of_case(
    connection: &mut Connection<Contact>,
    invitation: Uuid,
) -> Result<Vec<Visit>> {
    let visits = visit::table.filter(visit::invitation_id.eq(invitation));
    Ok(visits.order((visit::visited_on, visit::id)).select(Visit::as_select()).load(&mut **connection).await?)
}
