//! Runs jobs one at a time. What a job does is in the slice that owns it; `app::run_job` says which.

use std::cell::Cell;
use std::time::{Duration, Instant};

use actix_web::web::Data;
use serde_json::Value;
use tokio::sync::watch;

use super::queue::{self, Leased};
use crate::app::{self, App};
use crate::error::Result;

const IDLE: Duration = Duration::from_millis(200);
/// How often an idle worker looks for work whose time has come.
const SCHEDULE: Duration = Duration::from_secs(5);
const HEARTBEAT: Duration = Duration::from_secs(10);
const REPORT_EVERY: Duration = Duration::from_millis(300);

/// A job's way to say how far it is; also keeps its lease alive.
pub struct Progress<'a> {
    app: &'a App,
    leased: &'a Leased,
    last: Cell<Option<Instant>>,
    told: Cell<(&'static str, i64, i64)>,
}

impl Progress<'_> {
    pub fn requested_by(&self) -> &str {
        &self.leased.requested_by
    }

    /// Tells the page `done` of `total` of `step` (a key of the texts). Cheap: most calls write nothing.
    pub async fn report(&self, step: &'static str, done: usize, total: usize) -> Result<()> {
        let (before, ..) = self.told.replace((
            step,
            i64::try_from(done).unwrap_or(i64::MAX),
            i64::try_from(total).unwrap_or(i64::MAX),
        ));
        let due = before != step || done == total || self.last.get().is_none_or(|last| last.elapsed() >= REPORT_EVERY);
        if due { self.write().await } else { Ok(()) }
    }

    async fn write(&self) -> Result<()> {
        self.last.set(Some(Instant::now()));
        let (step, done, total) = self.told.get();
        queue::report(&self.app.database.contact, &self.app.clock, self.leased, step, done, total).await
    }

    async fn keep_alive(&self) -> Result<()> {
        loop {
            tokio::time::sleep(HEARTBEAT).await;
            self.write().await?;
        }
    }
}

/// Runs until `stop` turns true. Meant for a thread of its own: a long job must not hold up web requests.
pub async fn run(app: Data<App>, mut stop: watch::Receiver<bool>) {
    let mut looked: Option<Instant> = None;
    while !*stop.borrow() {
        let worked = match run_next(&app).await {
            Ok(worked) => worked,
            Err(error) => {
                tracing::error!(%error, "the queue cannot be reached");
                false
            }
        };
        if !worked && looked.is_none_or(|looked| looked.elapsed() >= SCHEDULE) {
            looked = Some(Instant::now());
            if let Err(error) = app::due_jobs(&app).await {
                tracing::error!(%error, "work that is due cannot be asked for");
            }
        }
        if !worked {
            tokio::select! {
                () = tokio::time::sleep(IDLE) => {}
                _ = stop.changed() => {}
            }
        }
    }
}

/// Runs the next job, if there is one, and says whether there was.
pub async fn run_next(app: &Data<App>) -> Result<bool> {
    let Some(leased) = queue::lease_next(&app.database.contact, &app.clock).await? else { return Ok(false) };
    let kind = leased.job.kind();
    let outcome = run_leased(app, &leased).await;
    app.metrics.jobs.with_label_values(&[kind, if outcome.is_ok() { "done" } else { "failed" }]).inc();
    match outcome {
        Ok(outcome) => queue::finish(&app.database.contact, &app.clock, &leased, outcome).await?,
        Err(error) => {
            tracing::warn!(job = %leased.id, kind, attempt = leased.attempts, %error, "a job failed");
            queue::fail(&app.database.contact, &app.clock, &leased, &error).await?;
        }
    }
    Ok(true)
}

async fn run_leased(app: &Data<App>, leased: &Leased) -> Result<Value> {
    let progress = Progress { app, leased, last: Cell::new(None), told: Cell::new(("", 0, 0)) };
    tokio::select! {
        outcome = app::run_job(app, &leased.job, &progress) => outcome,
        lost = progress.keep_alive() => lost.map(|()| Value::Null),
    }
}
