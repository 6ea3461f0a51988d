//! What the fieldwork tells of interviewers, without any answer.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;

/// Interviews an interviewer reported whose forms have not come.
#[derive(Clone, Debug, QueryableByName)]
pub(in crate::quality) struct Claimed {
    #[diesel(sql_type = SqlUuid)]
    pub interviewer_id: Uuid,
    #[diesel(sql_type = BigInt)]
    pub cases: i64,
}

/// Reported on `until` or before, and the commune has enough of them for a flush: fewer may still be waiting for company.
pub(in crate::quality) async fn claimed(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    until: NaiveDate,
    at_least: i32,
) -> Result<Vec<Claimed>> {
    let query = diesel::sql_query(
        "SELECT interviewer_id, count(*) AS cases
         FROM (SELECT interviewer_id, count(*) OVER (PARTITION BY commune_code) AS together
               FROM contact.field_case JOIN contact.invitation ON invitation.id = field_case.invitation_id
               WHERE field_case.campaign_id = $1 AND outcome = 'interviewed' AND status = 'open' AND outcome_on <= $2) AS missing
         WHERE interviewer_id IS NOT NULL AND together >= $3
         GROUP BY interviewer_id",
    );
    Ok(query
        .bind::<SqlUuid, _>(campaign)
        .bind::<Date, _>(until)
        .bind::<Integer, _>(at_least)
        .load(&mut **connection)
        .await?)
}

/// Visits of an interviewer on a day.
#[derive(Clone, Debug, QueryableByName)]
pub(in crate::quality) struct Day {
    #[diesel(sql_type = SqlUuid)]
    pub interviewer_id: Uuid,
    #[diesel(sql_type = Date)]
    pub visited_on: NaiveDate,
    #[diesel(sql_type = BigInt)]
    pub visits: i64,
}

pub(in crate::quality) async fn days(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Day>> {
    let query = diesel::sql_query(
        "SELECT interviewer_id, visited_on, count(*) AS visits FROM contact.visit WHERE campaign_id = $1
         GROUP BY interviewer_id, visited_on ORDER BY interviewer_id, visited_on",
    );
    Ok(query.bind::<SqlUuid, _>(campaign).load(&mut **connection).await?)
}
