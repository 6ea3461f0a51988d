//! Runs and their figures.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Double, Nullable, SmallInt, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::{method_run, result_cell};

/// One computation over all answers of a campaign.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = method_run)]
pub struct Run {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub method: String,
    /// Names the set of responses it was computed from: [`crate::responses::ResponseSet`].
    pub response_digest: Vec<u8>,
    pub responses: i64,
    /// The campaign was not closed: more answers may come.
    pub provisional: bool,
    pub computed_at: DateTime<Utc>,
}

/// One indicator in one place by one rule, or the share of one answer to a question. Values are shares between 0 and 1; none where the figure is hidden.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = result_cell)]
pub struct Figure {
    /// `country` or `province`.
    pub level: String,
    pub place_code: String,
    pub indicator: String,
    /// `M` or `T`; of an answer `level`.
    pub rule: String,
    pub n: i64,
    pub estimate: Option<f64>,
    pub se: Option<f64>,
    pub df: Option<f64>,
    pub deff: Option<f64>,
    pub ci_low: Option<f64>,
    pub ci_high: Option<f64>,
    /// One letter per mark.
    pub flags: String,
    /// The choice whose share this is; 0 for an indicator.
    pub answer: i16,
}

const INSERT_FIGURES: &str = "
INSERT INTO office.result_cell (run_id, level, place_code, indicator, rule, n, estimate, se, df, deff, ci_low, ci_high, flags, answer)
SELECT $1, * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

/// Puts `run` with its figures in the place of the earlier run of the same method.
pub(in crate::results) async fn replace(
    transaction: &mut Connection<Contact>,
    run: &Run,
    figures: &[Figure],
) -> Result<()> {
    let earlier =
        method_run::table.filter(method_run::campaign_id.eq(run.campaign_id).and(method_run::method.eq(&run.method)));
    diesel::delete(earlier).execute(&mut **transaction).await?;
    diesel::insert_into(method_run::table).values(run).execute(&mut **transaction).await?;
    let texts = |value: fn(&Figure) -> &String| figures.iter().map(|figure| value(figure).as_str()).collect::<Vec<_>>();
    let numbers = |value: fn(&Figure) -> Option<f64>| figures.iter().map(value).collect::<Vec<_>>();
    diesel::sql_query(INSERT_FIGURES)
        .bind::<SqlUuid, _>(run.id)
        .bind::<Array<Text>, _>(texts(|figure| &figure.level))
        .bind::<Array<Text>, _>(texts(|figure| &figure.place_code))
        .bind::<Array<Text>, _>(texts(|figure| &figure.indicator))
        .bind::<Array<Text>, _>(texts(|figure| &figure.rule))
        .bind::<Array<BigInt>, _>(figures.iter().map(|figure| figure.n).collect::<Vec<_>>())
        .bind::<Array<Nullable<Double>>, _>(numbers(|figure| figure.estimate))
        .bind::<Array<Nullable<Double>>, _>(numbers(|figure| figure.se))
        .bind::<Array<Nullable<Double>>, _>(numbers(|figure| figure.df))
        .bind::<Array<Nullable<Double>>, _>(numbers(|figure| figure.deff))
        .bind::<Array<Nullable<Double>>, _>(numbers(|figure| figure.ci_low))
        .bind::<Array<Nullable<Double>>, _>(numbers(|figure| figure.ci_high))
        .bind::<Array<Text>, _>(texts(|figure| &figure.flags))
        .bind::<Array<SmallInt>, _>(figures.iter().map(|figure| figure.answer).collect::<Vec<_>>())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::results) async fn run(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<Run>> {
    let newest = method_run::table.filter(method_run::campaign_id.eq(campaign)).order(method_run::computed_at.desc());
    Ok(newest.select(Run::as_select()).first(&mut **connection).await.optional()?)
}

pub(in crate::results) async fn runs(connection: &mut Connection<Contact>) -> Result<Vec<Run>> {
    Ok(method_run::table.order(method_run::computed_at.desc()).select(Run::as_select()).load(&mut **connection).await?)
}

pub(in crate::results) async fn figures(connection: &mut Connection<Contact>, run: Uuid) -> Result<Vec<Figure>> {
    Ok(result_cell::table
        .filter(result_cell::run_id.eq(run))
        .select(Figure::as_select())
        .load(&mut **connection)
        .await?)
}

pub(in crate::results) async fn figures_of_indicator(
    connection: &mut Connection<Contact>,
    run: Uuid,
    indicator: &str,
    rule: &str,
) -> Result<Vec<Figure>> {
    let wanted = result_cell::run_id.eq(run).and(result_cell::indicator.eq(indicator)).and(result_cell::rule.eq(rule));
    Ok(result_cell::table.filter(wanted).select(Figure::as_select()).load(&mut **connection).await?)
}

pub(in crate::results) async fn figures_of_place(
    connection: &mut Connection<Contact>,
    run: Uuid,
    place: &str,
    rule: &str,
) -> Result<Vec<Figure>> {
    let wanted = result_cell::run_id.eq(run).and(result_cell::place_code.eq(place)).and(result_cell::rule.eq(rule));
    Ok(result_cell::table.filter(wanted).select(Figure::as_select()).load(&mut **connection).await?)
}

pub(in crate::results) async fn shares(
    connection: &mut Connection<Contact>,
    run: Uuid,
    question: &str,
    place: &str,
) -> Result<Vec<Figure>> {
    let of_question = result_cell::indicator.eq(question).and(result_cell::answer.gt(0));
    let wanted = result_cell::run_id.eq(run).and(result_cell::place_code.eq(place)).and(of_question);
    Ok(result_cell::table
        .filter(wanted)
        .order(result_cell::answer)
        .select(Figure::as_select())
        .load(&mut **connection)
        .await?)
}
