//! What the judging found, and what reviewers say of it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::contact::{check_back_figure, quality_group, quality_note};
use crate::schema::office::quality_rule;

/// A threshold and what it found, of those who answered `alone` or with an `interviewer`.
#[derive(Clone, Debug, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = quality_rule)]
pub struct Rule {
    pub campaign_id: Uuid,
    pub mode: String,
    pub kind: String,
    pub threshold: Option<i16>,
    pub origin: String,
    pub left_out: i32,
    pub forms: i64,
    pub flagged: i64,
    pub honest: f64,
    pub judged_at: DateTime<Utc>,
}

/// An interviewer with ten forms or more.
#[derive(Clone, Debug, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = quality_group)]
pub struct Group {
    pub campaign_id: Uuid,
    pub province_code: String,
    pub interviewer_id: Uuid,
    pub kind: String,
    pub forms: i64,
    pub flagged: i64,
    pub low: f64,
    pub high: f64,
    pub expected: f64,
    pub stands_out: bool,
}

/// Main file beside check-back, for an interviewer or (empty) for those of a province together who have too few.
#[derive(Clone, Debug, PartialEq, Insertable, Queryable, Selectable)]
#[diesel(table_name = check_back_figure)]
pub struct Contrasted {
    pub campaign_id: Uuid,
    pub province_code: String,
    pub interviewer: String,
    pub unit: String,
    pub forms: i64,
    pub checked: i64,
    pub probability: Option<f64>,
    /// The choice that differs most.
    pub choice: i32,
    pub difference: f64,
    pub low: f64,
    pub high: f64,
}

#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = quality_note)]
pub struct Note {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub province_code: String,
    pub interviewer_id: Uuid,
    pub kind: String,
    /// `explained` or `check`.
    pub verdict: String,
    pub reason: String,
    pub made_by: String,
    pub made_at: DateTime<Utc>,
}

/// All figures of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    pub rules: Vec<Rule>,
    pub groups: Vec<Group>,
    pub contrasts: Vec<Contrasted>,
}

/// Values of one row times rows stay below the 65,535 a statement may bind.
const INSERTED_AT_ONCE: usize = 5_000;

/// Puts these figures in the place of the earlier ones.
pub(in crate::quality) async fn replace(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    figures: &Figures,
) -> Result<()> {
    diesel::delete(quality_rule::table.filter(quality_rule::campaign_id.eq(campaign)))
        .execute(&mut **transaction)
        .await?;
    diesel::delete(quality_group::table.filter(quality_group::campaign_id.eq(campaign)))
        .execute(&mut **transaction)
        .await?;
    diesel::delete(check_back_figure::table.filter(check_back_figure::campaign_id.eq(campaign)))
        .execute(&mut **transaction)
        .await?;
    diesel::insert_into(quality_rule::table).values(&figures.rules).execute(&mut **transaction).await?;
    for groups in figures.groups.chunks(INSERTED_AT_ONCE) {
        diesel::insert_into(quality_group::table).values(groups).execute(&mut **transaction).await?;
    }
    for contrasts in figures.contrasts.chunks(INSERTED_AT_ONCE) {
        diesel::insert_into(check_back_figure::table).values(contrasts).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// The figures that the reader may see; interviewers whose interval begins highest first.
pub(in crate::quality) async fn figures(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Figures> {
    let rules = quality_rule::table.filter(quality_rule::campaign_id.eq(campaign));
    let groups = quality_group::table.filter(quality_group::campaign_id.eq(campaign));
    let contrasts = check_back_figure::table.filter(check_back_figure::campaign_id.eq(campaign));
    let place = (check_back_figure::province_code, check_back_figure::interviewer, check_back_figure::unit);
    Ok(Figures {
        rules: rules.select(Rule::as_select()).load(&mut **connection).await?,
        groups: groups
            .order((quality_group::low.desc(), quality_group::interviewer_id, quality_group::kind))
            .select(Group::as_select())
            .load(&mut **connection)
            .await?,
        contrasts: contrasts.order(place).select(Contrasted::as_select()).load(&mut **connection).await?,
    })
}

pub(in crate::quality) async fn group(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    interviewer: Uuid,
    kind: &str,
) -> Result<Option<Group>> {
    let group = quality_group::table.find((campaign, interviewer, kind.to_owned()));
    Ok(group.select(Group::as_select()).first(&mut **connection).await.optional()?)
}

pub(in crate::quality) async fn note(transaction: &mut Connection<Contact>, note: &Note) -> Result<()> {
    diesel::insert_into(quality_note::table).values(note).execute(&mut **transaction).await?;
    Ok(())
}

/// The newest first.
pub(in crate::quality) async fn notes(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Note>> {
    let notes = quality_note::table.filter(quality_note::campaign_id.eq(campaign));
    let newest = notes.order((quality_note::made_at.desc(), quality_note::id.desc()));
    Ok(newest.select(Note::as_select()).load(&mut **connection).await?)
}
