//! Runs the migrations of both sides. Each side keeps its own list of what was run, in its own schema.

use diesel_async::{AsyncConnection as _, AsyncMigrationHarness, AsyncPgConnection, SimpleAsyncConnection as _};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness as _, embed_migrations};

use crate::error::{Error, Result};

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

async fn harness(url: &str, schema: &str) -> Result<AsyncMigrationHarness<AsyncPgConnection>> {
    let mut connection =
        AsyncPgConnection::establish(url).await.map_err(|cause| Error::new(crate::error::Kind::Unavailable, "database").caused_by(cause))?;
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
