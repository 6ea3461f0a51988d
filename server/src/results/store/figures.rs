//! The figures of runs.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Double, Nullable, SmallInt, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::result_cell;

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
    /// As it may be told; none where the figure is hidden.
    pub n: Option<i64>,
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

/// Keeps the figures of a run that was just kept.
pub(super) async fn insert(transaction: &mut Connection<Contact>, run: Uuid, figures: &[Figure]) -> Result<()> {
    let texts = |value: fn(&Figure) -> &String| figures.iter().map(|figure| value(figure).as_str()).collect::<Vec<_>>();
    let numbers = |value: fn(&Figure) -> Option<f64>| figures.iter().map(value).collect::<Vec<_>>();
    diesel::sql_query(INSERT_FIGURES)
        .bind::<SqlUuid, _>(run)
        .bind::<Array<Text>, _>(texts(|figure| &figure.level))
        .bind::<Array<Text>, _>(texts(|figure| &figure.place_code))
        .bind::<Array<Text>, _>(texts(|figure| &figure.indicator))
        .bind::<Array<Text>, _>(texts(|figure| &figure.rule))
        .bind::<Array<Nullable<BigInt>>, _>(figures.iter().map(|figure| figure.n).collect::<Vec<_>>())
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

pub(in crate::results) async fn figures_of_rule(
    connection: &mut Connection<Contact>,
    run: Uuid,
    rule: &str,
) -> Result<Vec<Figure>> {
    let wanted = result_cell::run_id.eq(run).and(result_cell::rule.eq(rule)).and(result_cell::answer.eq(0));
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
