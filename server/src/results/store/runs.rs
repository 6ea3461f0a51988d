//! Runs, and which of them is shown.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::figures::{self, Figure};
use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::{current_run, method_run};

/// One computation over all answers of a campaign; never changed.
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
    pub form_digest: String,
    /// Names the communes drawn, with stratum and weight.
    pub design_digest: Vec<u8>,
    pub recipe: String,
    pub recipe_digest: Vec<u8>,
    pub margin_digest: Option<Vec<u8>>,
    pub case_digest: Option<Vec<u8>>,
    pub engine: String,
    pub seed: i64,
    /// Names all inputs together: the same inputs are the same run.
    pub input_digest: Vec<u8>,
    pub cells: i64,
    pub cells_digest: Vec<u8>,
    /// What each step did to the weights.
    pub steps: Value,
    pub requested_by: String,
}

/// Keeps a run with its figures and shows it; one with the same inputs that came first is shown instead.
pub(in crate::results) async fn keep(
    transaction: &mut Connection<Contact>,
    run: &Run,
    figures: &[Figure],
) -> Result<()> {
    let inserted = diesel::insert_into(method_run::table)
        .values(run)
        .on_conflict(method_run::input_digest)
        .do_nothing()
        .execute(&mut **transaction)
        .await?;
    if inserted == 1 {
        figures::insert(transaction, run.id, figures).await?;
        return show(transaction, run, run.computed_at).await;
    }
    match with_inputs(transaction, &run.input_digest).await? {
        Some(first) => show(transaction, &first, run.computed_at).await,
        None => Ok(()),
    }
}

/// From now on pages and files show this run.
pub(in crate::results) async fn show(
    transaction: &mut Connection<Contact>,
    run: &Run,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(current_run::table)
        .values((
            current_run::campaign_id.eq(run.campaign_id),
            current_run::run_id.eq(run.id),
            current_run::shown_at.eq(now),
        ))
        .on_conflict(current_run::campaign_id)
        .do_update()
        .set((current_run::run_id.eq(run.id), current_run::shown_at.eq(now)))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::results) async fn with_inputs(
    connection: &mut Connection<Contact>,
    digest: &[u8],
) -> Result<Option<Run>> {
    let run = method_run::table.filter(method_run::input_digest.eq(digest)).select(Run::as_select());
    Ok(run.first(&mut **connection).await.optional()?)
}

/// The run that is shown.
pub(in crate::results) async fn run(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<Run>> {
    let shown = method_run::table.inner_join(current_run::table).filter(current_run::campaign_id.eq(campaign));
    Ok(shown.select(Run::as_select()).first(&mut **connection).await.optional()?)
}

/// The shown run of every campaign that has one.
pub(in crate::results) async fn shown(connection: &mut Connection<Contact>) -> Result<Vec<Run>> {
    Ok(method_run::table.inner_join(current_run::table).select(Run::as_select()).load(&mut **connection).await?)
}

/// Every run of a campaign, the newest first.
pub(in crate::results) async fn runs(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Run>> {
    let runs = method_run::table.filter(method_run::campaign_id.eq(campaign));
    let newest_first = (method_run::computed_at.desc(), method_run::id.desc());
    Ok(runs.order(newest_first).select(Run::as_select()).load(&mut **connection).await?)
}
