//! Cases: one per invitation.

use analysis::draw::Unit;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::fieldwork::outcome::Outcome;
use crate::fieldwork::role_name;
use crate::schema::contact::field_case;

/// A case with where its invitation stands and who has it.
#[derive(Clone, Debug, QueryableByName)]
pub struct Case {
    #[diesel(sql_type = SqlUuid)]
    pub invitation_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub campaign_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub draw_id: Uuid,
    #[diesel(sql_type = Text)]
    pub person_code: String,
    #[diesel(sql_type = Text)]
    pub province_code: String,
    #[diesel(sql_type = Text)]
    pub commune_code: String,
    #[diesel(sql_type = Text)]
    pub village_code: String,
    #[diesel(sql_type = Text)]
    pub role: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub interviewer_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    pub interviewer: String,
    #[diesel(sql_type = Integer)]
    pub attempts: i32,
    #[diesel(sql_type = Text)]
    pub(in crate::fieldwork) outcome: String,
    #[diesel(sql_type = Nullable<diesel::sql_types::Date>)]
    pub outcome_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    pub appointment: String,
    /// Of the invitation: `open`, `responded`, `refused`, `cancelled`.
    #[diesel(sql_type = Text)]
    pub status: String,
}

impl Case {
    /// How the last visit ended; `None` before the first.
    pub fn outcome(&self) -> Option<Outcome> {
        Outcome::from_name(&self.outcome)
    }
}

/// Where an invited person stands.
#[derive(Clone, Debug, QueryableByName)]
pub(in crate::fieldwork) struct Stands {
    #[diesel(sql_type = Text)]
    pub person_code: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    /// Of the last visit; empty before the first.
    #[diesel(sql_type = Text)]
    pub outcome: String,
}

/// Everybody invited in a campaign, whether the fieldwork was prepared or not. Invitations that were withdrawn are no cases.
pub(in crate::fieldwork) async fn endings(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Stands>> {
    let query = diesel::sql_query(
        "SELECT invitation.person_code, invitation.status, coalesce(field_case.outcome, '') AS outcome
         FROM contact.invitation LEFT JOIN contact.field_case ON field_case.invitation_id = invitation.id
         WHERE invitation.campaign_id = $1 AND invitation.status <> 'cancelled'",
    );
    Ok(query.bind::<SqlUuid, _>(campaign).load(&mut **connection).await?)
}

const INSERT: &str = "
INSERT INTO contact.field_case (invitation_id, campaign_id, draw_id, person_code, province_code, commune_code, village_code, role, position)
SELECT invitation.id, $1, $2, invitation.person_code, invitation.province_code, commune, village, role, position
FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::int[]) AS drawn (person, commune, village, role, position)
JOIN contact.invitation ON invitation.draw_id = $2 AND invitation.person_code = drawn.person
ON CONFLICT DO NOTHING";

pub(in crate::fieldwork) async fn insert(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    draw: Uuid,
    units: &[Unit],
) -> Result<usize> {
    let texts = |text: fn(&Unit) -> &str| units.iter().map(text).collect::<Vec<_>>();
    let positions: Vec<i32> = (0..).take(units.len()).collect();
    Ok(diesel::sql_query(INSERT)
        .bind::<SqlUuid, _>(campaign)
        .bind::<SqlUuid, _>(draw)
        .bind::<Array<Text>, _>(texts(|unit| &unit.code))
        .bind::<Array<Text>, _>(texts(Unit::commune))
        .bind::<Array<Text>, _>(texts(Unit::village))
        .bind::<Array<Text>, _>(texts(|unit| role_name(unit.role)))
        .bind::<Array<Integer>, _>(positions)
        .execute(&mut **transaction)
        .await?)
}

const SELECT: &str = "
SELECT field_case.*, coalesce(staff.name, '') AS interviewer, invitation.status
FROM contact.field_case
JOIN contact.invitation ON invitation.id = field_case.invitation_id
LEFT JOIN office.staff ON staff.id = field_case.interviewer_id
WHERE ";

pub(in crate::fieldwork) async fn find(connection: &mut Connection<Contact>, invitation: Uuid) -> Result<Option<Case>> {
    let query = diesel::sql_query(format!("{SELECT} field_case.invitation_id = $1"));
    Ok(query.bind::<SqlUuid, _>(invitation).get_result(&mut **connection).await.optional()?)
}

/// Which cases a list shows; an empty text is no condition.
#[derive(Clone, Debug, Default)]
pub(in crate::fieldwork) struct Wanted {
    pub province: String,
    pub commune: String,
    /// `none` for those nobody has.
    pub interviewer: String,
    /// An outcome, a status, or `untouched`.
    pub state: String,
}

/// In the order of the route, `limit` of them after `offset`.
pub(in crate::fieldwork) async fn list(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    wanted: &Wanted,
    limit: i64,
    offset: i64,
) -> Result<Vec<Case>> {
    let query = diesel::sql_query(format!(
        "{SELECT} field_case.campaign_id = $1 AND $2 IN ('', field_case.province_code) AND $3 IN ('', commune_code)
           AND ($4 = '' OR ($4 = 'none' AND interviewer_id IS NULL) OR interviewer_id::text = $4)
           AND ($5 IN ('', outcome, status) OR ($5 = 'untouched' AND outcome = '' AND status = 'open'))
         ORDER BY position LIMIT $6 OFFSET $7"
    ));
    Ok(query
        .bind::<SqlUuid, _>(campaign)
        .bind::<Text, _>(&wanted.province)
        .bind::<Text, _>(&wanted.commune)
        .bind::<Text, _>(&wanted.interviewer)
        .bind::<Text, _>(&wanted.state)
        .bind::<BigInt, _>(limit)
        .bind::<BigInt, _>(offset)
        .load(&mut **connection)
        .await?)
}

/// The province of a commune that has cases.
pub(in crate::fieldwork) async fn province_of(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    commune: &str,
) -> Result<Option<String>> {
    let cases =
        field_case::table.filter(field_case::campaign_id.eq(campaign).and(field_case::commune_code.eq(commune)));
    Ok(cases.select(field_case::province_code).first(&mut **connection).await.optional()?)
}

/// What an interviewer still has to do, in the order of the route: neither answered nor ended.
pub(in crate::fieldwork) async fn of_interviewer(
    connection: &mut Connection<Contact>,
    interviewer: Uuid,
) -> Result<Vec<Case>> {
    let query = diesel::sql_query(format!(
        "{SELECT} field_case.interviewer_id = $1
           AND field_case.campaign_id IN (SELECT id FROM office.campaign WHERE state = 'open') ORDER BY position"
    ));
    Ok(query.bind::<SqlUuid, _>(interviewer).load(&mut **connection).await?)
}
