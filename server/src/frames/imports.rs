//! A list that somebody sends: received, checked by a job, looked at, then taken by another job or cancelled.
//!
//! Invariants: one open list per campaign; nothing of it reaches the frame before a coordinator has seen the verdict and said so;
//! its files are gone when it is taken, cancelled, put aside by another one, or left lying for two weeks.

use std::fs::File;

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use super::desk::{Desk, Verdict};
use super::provinces::Answers;
use super::store::imports::{self, Import};
use super::wanted;
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::text::Language;
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};
use crate::jobs::{Job, queue};
use crate::places;

pub(super) fn desk(app: &App, id: Uuid) -> Desk {
    Desk::of(&app.config.files.uploads, id)
}

/// Keeps what was sent and asks for its check; the open list before it is put aside. Returns the job.
pub(super) async fn receive(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    file_name: &str,
    mut file: File,
    language: Language,
) -> Result<Uuid> {
    wanted(&mut app.database.contact.read().await?, campaign.id).await?;
    let id = Uuid::now_v7();
    let kept = desk(app, id);
    blocking::run(move || kept.keep(&mut file)).await?;
    let received = act(
        &app.database.contact,
        &app.clock,
        Act {
            actor,
            verb: "frames.receive",
            subject: campaign.slug.clone(),
            details: json!({ "file": file_name, "import": id }),
        },
        async |transaction| {
            let before = imports::open_one(transaction, campaign.id).await?;
            if let Some(before) = &before {
                if before.state == "importing" {
                    return Err(Error::conflict("frame-import-running"));
                }
                if !imports::step(transaction, before.id, &["received", "checked"], "cancelled").await? {
                    return Err(Error::conflict("frame-import-changed"));
                }
            }
            let job = queue::enqueue(transaction, &app.clock, &Job::Check { import: id }, actor).await?;
            let new = Import {
                id,
                campaign_id: campaign.id,
                job_id: job,
                file_name: file_name.to_owned(),
                language: language.code().to_owned(),
                state: "received".to_owned(),
                answers: json!({}),
                sent_by: actor.to_string(),
                sent_at: app.clock.now(),
            };
            imports::insert(transaction, &new).await?;
            Ok((job, before.map(|before| before.id)))
        },
    )
    .await;
    match received {
        Ok((job, before)) => {
            if let Some(before) = before {
                desk(app, before).clear();
            }
            Ok(job)
        }
        Err(error) => {
            desk(app, id).clear();
            Err(error)
        }
    }
}

/// The open list of the campaign, and its verdict once it is checked.
pub(super) async fn open_one(app: &App, campaign: Uuid) -> Result<Option<(Import, Option<Verdict>)>> {
    let Some(import) = imports::open_one(&mut app.database.contact.read().await?, campaign).await? else {
        return Ok(None);
    };
    if import.state != "checked" {
        return Ok(Some((import, None)));
    }
    // Who emptied the directory by hand is told so by the page, which can still cancel.
    let verdict = verdict(app, import.id).await.ok();
    Ok(Some((import, verdict)))
}

pub(super) async fn verdict(app: &App, id: Uuid) -> Result<Verdict> {
    let desk = desk(app, id);
    blocking::run(move || desk.verdict()).await
}

/// Says what unclear names mean; the list is checked again. Returns the job.
pub(super) async fn answer(app: &App, actor: &Actor, campaign: &Campaign, id: Uuid, answers: Answers) -> Result<Uuid> {
    if answers.values().any(|code| places::province_name(code).is_none()) {
        return Err(Error::new(Kind::BadRequest, "request-unreadable"));
    }
    // What was said before holds.
    let mut all: Answers = serde_json::from_value(current(app, campaign, id).await?.answers)?;
    all.extend(answers);
    let answers = &all;
    let details = json!({ "import": id, "answers": answers });
    go_on(
        app,
        Act { actor, verb: "frames.answer", subject: campaign.slug.clone(), details },
        campaign,
        id,
        Next::Check(answers),
    )
    .await
}

/// Asks for the rows to be taken. With errors among them it has to be said that those rows are left out. Returns the job.
pub(super) async fn accept(app: &App, actor: &Actor, campaign: &Campaign, id: Uuid, valid_only: bool) -> Result<Uuid> {
    wanted(&mut app.database.contact.read().await?, campaign.id).await?;
    current(app, campaign, id).await?;
    let verdict = verdict(app, id).await?;
    if verdict.counts.persons == 0 {
        return Err(Error::invalid("frame-nothing-valid"));
    }
    if verdict.left_out > 0 && !valid_only {
        return Err(Error::invalid("frame-has-errors").with("n", verdict.left_out));
    }
    let details = json!({ "import": id, "persons": verdict.counts.persons, "left_out": verdict.left_out });
    go_on(
        app,
        Act { actor, verb: "frames.accept", subject: campaign.slug.clone(), details },
        campaign,
        id,
        Next::Import,
    )
    .await
}

pub(super) async fn cancel(app: &App, actor: &Actor, campaign: &Campaign, id: Uuid) -> Result<()> {
    current(app, campaign, id).await?;
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "frames.cancel", subject: campaign.slug.clone(), details: json!({ "import": id }) },
        async |transaction| {
            if imports::step(transaction, id, &["received", "checked", "importing"], "cancelled").await? {
                Ok(())
            } else {
                Err(Error::conflict("frame-import-changed"))
            }
        },
    )
    .await?;
    desk(app, id).clear();
    Ok(())
}

/// Days after which a list that nobody took goes: it names persons.
const KEPT_DAYS: i64 = 14;

/// Cancels lists that wait too long; the worker calls it when it has nothing to do.
pub async fn expire(app: &App) -> Result<()> {
    let before = app.clock.now() - TimeDelta::days(KEPT_DAYS);
    let stale = imports::waiting_since(&mut app.database.contact.read().await?, before).await?;
    for import in stale {
        let details = json!({ "import": import.id });
        act(
            &app.database.contact,
            &app.clock,
            Act {
                actor: &Actor::System("worker"),
                verb: "frames.expire",
                subject: import.campaign_id.to_string(),
                details,
            },
            async |transaction| imports::step(transaction, import.id, &["received", "checked"], "cancelled").await,
        )
        .await?;
        desk(app, import.id).clear();
    }
    Ok(())
}

enum Next<'a> {
    Check(&'a Answers),
    Import,
}

async fn go_on(app: &App, done: Act<'_>, campaign: &Campaign, id: Uuid, next: Next<'_>) -> Result<Uuid> {
    let import = current(app, campaign, id).await?;
    let actor = done.actor;
    act(&app.database.contact, &app.clock, done, async |transaction| {
        let (job, state, answers) = match &next {
            Next::Check(answers) => (Job::Check { import: id }, "received", serde_json::to_value(answers)?),
            Next::Import => (Job::Import { import: id }, "importing", import.answers.clone()),
        };
        if !imports::step(transaction, id, &["checked"], state).await? {
            return Err(Error::conflict("frame-import-changed"));
        }
        let job = queue::enqueue(transaction, &app.clock, &job, actor).await?;
        imports::follow(transaction, id, job, &answers).await?;
        Ok(job)
    })
    .await
}

/// The list on the page that was read: another may have been sent since, or this one taken.
async fn current(app: &App, campaign: &Campaign, id: Uuid) -> Result<Import> {
    let open = imports::open_one(&mut app.database.contact.read().await?, campaign.id).await?;
    open.filter(|open| open.id == id).ok_or_else(|| Error::conflict("frame-import-changed"))
}
