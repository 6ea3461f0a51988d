//! Counts of cases, added up by the database.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::contact::day_count;

/// How many cases are alike in everything a board tells apart.
#[derive(Clone, Debug, QueryableByName)]
pub(in crate::fieldwork) struct Tally {
    /// A province, a commune or an interviewer's id, as asked.
    #[diesel(sql_type = Text)]
    pub group: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = Text)]
    pub outcome: String,
    #[diesel(sql_type = Bool)]
    pub reserve: bool,
    #[diesel(sql_type = Bool)]
    pub assigned: bool,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// What a line of a board stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::fieldwork) enum By {
    Province,
    Commune,
    Interviewer,
}

impl By {
    fn column(self) -> &'static str {
        match self {
            Self::Province => "invitation.province_code",
            Self::Commune => "coalesce(field_case.commune_code, '')",
            Self::Interviewer => "coalesce(field_case.interviewer_id::text, '')",
        }
    }
}

/// Invitations without a case (the fieldwork is not prepared yet) are counted too. An empty province or commune is no condition.
pub(in crate::fieldwork) async fn tallies(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    by: By,
    province: &str,
    commune: &str,
) -> Result<Vec<Tally>> {
    let query = diesel::sql_query(format!(
        "SELECT {group} AS group, invitation.status, coalesce(outcome, '') AS outcome,
                coalesce(role = 'reserve', false) AS reserve, interviewer_id IS NOT NULL AS assigned, count(*) AS count
         FROM contact.invitation LEFT JOIN contact.field_case ON field_case.invitation_id = invitation.id
         WHERE invitation.campaign_id = $1 AND $2 IN ('', invitation.province_code) AND $3 IN ('', field_case.commune_code)
         GROUP BY 1, 2, 3, 4, 5",
        group = by.column()
    ));
    Ok(query
        .bind::<SqlUuid, _>(campaign)
        .bind::<Text, _>(province)
        .bind::<Text, _>(commune)
        .load(&mut **connection)
        .await?)
}

/// The names of communes as the list wrote them.
pub(in crate::fieldwork) async fn commune_names(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    province: &str,
) -> Result<Vec<(String, String)>> {
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = Text)]
        code: String,
        #[diesel(sql_type = Text)]
        name: String,
    }
    // One person of each commune is enough to know its name.
    let query = diesel::sql_query(
        "SELECT commune.code, person.commune_name AS name
         FROM (SELECT commune_code AS code, min(person_code) AS person, (array_agg(draw_id))[1] AS draw_id
               FROM contact.field_case WHERE campaign_id = $1 AND $2 IN ('', province_code) GROUP BY commune_code) AS commune
         JOIN contact.draw ON draw.id = commune.draw_id
         JOIN contact.frame_unit AS person ON person.frame_id = draw.frame_id AND person.code = commune.person
         ORDER BY person.commune_name COLLATE \"vi-x-icu\", commune.code",
    );
    let rows: Vec<Named> = query.bind::<SqlUuid, _>(campaign).bind::<Text, _>(province).load(&mut **connection).await?;
    Ok(rows.into_iter().map(|named| (named.code, named.name)).collect())
}

const NOTE: &str = "
INSERT INTO contact.day_count (campaign_id, province_code, commune_code, day, responded)
SELECT $1, invitation.province_code, coalesce(field_case.commune_code, ''), $2, count(*) FILTER (WHERE status = 'responded')
FROM contact.invitation LEFT JOIN contact.field_case ON field_case.invitation_id = invitation.id
WHERE invitation.campaign_id = $1
GROUP BY 2, 3
ON CONFLICT (campaign_id, commune_code, province_code, day) DO UPDATE SET responded = excluded.responded";

/// Notes how many have answered by this day.
pub(in crate::fieldwork) async fn note_day(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    day: NaiveDate,
) -> Result<()> {
    let query = diesel::sql_query(NOTE).bind::<SqlUuid, _>(campaign).bind::<Date, _>(day);
    query.execute(&mut **transaction).await?;
    Ok(())
}

pub(in crate::fieldwork) async fn is_noted(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    day: NaiveDate,
) -> Result<bool> {
    let noted = day_count::table.filter(day_count::campaign_id.eq(campaign).and(day_count::day.eq(day)));
    Ok(diesel::select(diesel::dsl::exists(noted)).get_result(&mut **connection).await?)
}

#[derive(QueryableByName)]
struct Day {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = BigInt)]
    responded: i64,
}

/// Days and how many had answered by then, of a place.
pub(in crate::fieldwork) async fn days(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    province: &str,
    commune: &str,
) -> Result<Vec<(NaiveDate, i64)>> {
    let query = diesel::sql_query(
        "SELECT day, sum(responded) AS responded FROM contact.day_count
         WHERE campaign_id = $1 AND $2 IN ('', province_code) AND $3 IN ('', commune_code) GROUP BY day ORDER BY day",
    );
    let rows: Vec<Day> = query
        .bind::<SqlUuid, _>(campaign)
        .bind::<Text, _>(province)
        .bind::<Text, _>(commune)
        .load(&mut **connection)
        .await?;
    Ok(rows.into_iter().map(|day| (day.day, day.responded)).collect())
}
