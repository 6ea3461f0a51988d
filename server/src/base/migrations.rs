//! Runs the migrations of both sides. Each side keeps its own list of what was run, in its own schema.

use diesel::dsl::sql;
use diesel::migration::{Migration, MigrationSource as _};
use diesel::pg::Pg;
use diesel::sql_types::{BigInt, Bool, Text};
use diesel_async::{
    AsyncConnection as _, AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use crate::error::{Error, Kind, Result};

const CONTACT: EmbeddedMigrations = embed_migrations!("../migrations/contact");
const ANSWERS: EmbeddedMigrations = embed_migrations!("../migrations/answers");

/// Brings both sides up to date. The harness blocks: call this before the web server starts, on a multi-threaded runtime.
pub async fn up(contact_url: &str, answers_url: &str) -> Result<()> {
    harness(contact_url, "office").await?.run_pending_migrations(CONTACT).map_err(failed)?;
    harness(answers_url, "answers").await?.run_pending_migrations(ANSWERS).map_err(failed)?;
    Ok(())
}

/// Takes everything down again, newest first. For tests and for a mistake on an empty database.
pub async fn down(contact_url: &str, answers_url: &str) -> Result<()> {
    harness(answers_url, "answers").await?.revert_all_migrations(ANSWERS).map_err(failed)?;
    harness(contact_url, "office").await?.revert_all_migrations(CONTACT).map_err(failed)?;
    Ok(())
}

/// How many migrations were not run yet, over both sides. Changes nothing.
pub async fn waiting(contact_url: &str, answers_url: &str) -> Result<usize> {
    Ok(waiting_on(contact_url, "office", &CONTACT).await? + waiting_on(answers_url, "answers", &ANSWERS).await?)
}

async fn waiting_on(url: &str, schema: &str, all: &EmbeddedMigrations) -> Result<usize> {
    let all: Vec<Box<dyn Migration<Pg>>> = all.migrations().map_err(failed)?;
    let mut connection = connect(url).await?;
    let table = format!("{schema}.__diesel_schema_migrations");
    let stands = diesel::select(sql::<Bool>("to_regclass(").bind::<Text, _>(&table).sql(") IS NOT NULL"));
    if !stands.get_result::<bool>(&mut connection).await? {
        return Ok(all.len());
    }
    let count = diesel::select(sql::<BigInt>(&format!("(SELECT count(*) FROM {table})")));
    let run: i64 = count.get_result(&mut connection).await?;
    Ok(all.len().saturating_sub(usize::try_from(run).unwrap_or(usize::MAX)))
}

async fn connect(url: &str) -> Result<AsyncPgConnection> {
    AsyncPgConnection::establish(url).await.map_err(|cause| Error::new(Kind::Unavailable, "database").caused_by(cause))
}

async fn harness(url: &str, schema: &str) -> Result<AsyncMigrationHarness<AsyncPgConnection>> {
    let mut connection = connect(url).await?;
    // Two processes may start at once: the second waits here until the first is through.
    connection
        .batch_execute(&format!(
            "SELECT pg_advisory_lock(hashtext('sipas migrations')); CREATE SCHEMA IF NOT EXISTS {schema}; SET search_path TO {schema}, public"
        ))
        .await?;
    Ok(AsyncMigrationHarness::new(connection))
}

fn failed(cause: Box<dyn std::error::Error + Send + Sync>) -> Error {
    Error::internal("migration").caused_by(cause)
}
