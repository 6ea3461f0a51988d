//! The flush: what waits in the inbox becomes responses that lead back to nobody.
//!
//! It may be killed between any two statements and run again. The contact side is told first, because telling it twice does
//! no harm; then one transaction on the answers side moves the rows.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use actix_web::web::Data;
use chrono::Duration;
use serde_json::{Value, json};
use uuid::Uuid;

use super::body::{Body, Reason, Refusal, from_hex};
use super::citizen::day_number;
use super::store::flush as store;
use super::store::flush::{NewResponse, NewText, Waiting};
use super::store::paradata as store_paradata;
use super::{copy, paradata, response_set, rules};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::chance;
use crate::base::seal::{Key, hex};
use crate::campaigns::{self, Campaign, State};
use crate::error::{Error, Result};
use crate::invitations::{self, Status};
use crate::jobs::worker::Progress;
use crate::jobs::{Job, queue};

/// Communes are moved together up to about this many rows: the larger the batch, the less its moment says.
const BATCH_ROWS: usize = 4_000;

/// Enqueues a flush for every open campaign whose last one was asked for long enough ago. The worker calls it when idle.
pub async fn due(app: &Data<App>) -> Result<()> {
    let every = Duration::minutes(app.config.flush.minutes);
    for campaign in campaigns::list(app).await?.into_iter().filter(|campaign| campaign.state() == State::Open) {
        let job = Job::Flush { campaign: campaign.id };
        let last = queue::last_requested(&mut app.database.contact.read().await?, &job).await?;
        if last.is_none_or(|last| app.clock.now() - last >= every) {
            let actor = Actor::System("schedule");
            app.database
                .contact
                .transaction("responses.due", async |transaction| {
                    queue::enqueue(transaction, &app.clock, &job, &actor).await
                })
                .await?;
        }
    }
    Ok(())
}

pub async fn flush(app: &Data<App>, campaign: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let campaign = campaigns::find(app, campaign).await?;
    let closed = campaign.state() == State::Closed;
    if closed {
        app.database
            .answers
            .transaction("responses.end", async |transaction| {
                invitations::end(transaction, campaign.id).await?;
                store::delete_drafts(transaction, campaign.id).await
            })
            .await?;
    }
    let moved = move_answers(app, &campaign, closed, progress).await?;
    let told = paradata::settle(app, &campaign, closed).await?;
    let (refused, reasons) = tell_refusals(app, &campaign, closed).await?;
    reseal(app, &campaign).await?;
    if told > 0 {
        judge(app, &campaign).await?;
    }
    if closed {
        certify(app, &campaign).await?;
    }
    destroy_day_keys(app).await?;
    // Last, when nothing leads back to anybody any more: a full disk keeps the copy waiting, nothing else.
    copy::current(app, &campaign).await?;
    Ok(json!({ "responses": moved, "refusals": refused, "reasons": reasons }))
}

async fn move_answers(app: &Data<App>, campaign: &Campaign, closed: bool, progress: &Progress<'_>) -> Result<usize> {
    let counts = store::inbox_counts(&mut app.database.answers.read().await?, campaign.id).await?;
    let mut psus = rules::due(&counts, at_least(campaign), closed);
    chance::shuffle(&mut psus)?;
    let total: usize = psus.iter().filter_map(|psu| counts.get(psu)).sum();
    progress.report("flush", 0, total).await?;
    let mut moved = 0;
    for batch in batches(&psus, &counts) {
        moved += move_batch(app, campaign, &batch).await?;
        progress.report("flush", moved, total).await?;
    }
    Ok(moved)
}

fn at_least(campaign: &Campaign) -> usize {
    usize::try_from(campaign.flush_at_least).unwrap_or(usize::MAX)
}

fn batches(psus: &[String], counts: &BTreeMap<String, usize>) -> Vec<Vec<String>> {
    let (mut batches, mut rows) = (vec![Vec::new()], 0);
    for psu in psus {
        rows += counts.get(psu).copied().unwrap_or(0);
        if let Some(batch) = batches.last_mut() {
            batch.push(psu.clone());
        }
        if rows >= BATCH_ROWS {
            batches.push(Vec::new());
            rows = 0;
        }
    }
    batches
}

async fn move_batch(app: &Data<App>, campaign: &Campaign, batch: &[String]) -> Result<usize> {
    let waiting = store::inbox_of(&mut app.database.answers.read().await?, campaign.id, batch).await?;
    let tags: Vec<_> = waiting.iter().map(|row| row.tag.clone()).collect();
    let bodies = open_all(app, waiting, Body::open).await?;
    let digests = bodies.iter().map(|(_, body)| contact_digest(&body.contact_digest)).collect::<Result<Vec<_>>>()?;
    invitations::mark(app, campaign.id, &digests, Status::Responded).await?;
    let form = campaign.form(app).await?;
    let today = day_number(app.clock.today());
    let key = app.keys.make_day(today)?;
    app.database
        .answers
        .transaction("responses.flush", async |transaction| {
            let taken = store::take(transaction, &tags).await?;
            let psus: HashMap<_, _> = taken.iter().map(|(row, psu)| (row.tag.clone(), psu.clone())).collect();
            let mut bodies = open_all(app, taken.into_iter().map(|(row, _)| row).collect(), Body::open).await?;
            let mut spent: Vec<_> = bodies.iter().map(|(tag, _)| tag.clone()).collect();
            chance::shuffle(&mut spent)?;
            let new = store::spend(transaction, campaign.id, &spent).await?;
            // A resend that slipped in beside an earlier flush: its answers are recorded already.
            bodies.retain(|(tag, _)| new.contains(tag));
            let others = store::answers_around(transaction, campaign.id, batch).await?;
            let measured = paradata::measured(&form, &bodies, &psus, others)?;
            let waiting = paradata::sealed(campaign.id, today, &key, measured)?;
            store_paradata::wait(transaction, &waiting).await?;
            let (responses, texts) = anonymous(campaign.id, bodies, &psus)?;
            store::insert(transaction, &responses, &texts).await?;
            Ok(responses.len())
        })
        .await
}

/// Responses and texts without tag or order; texts without commune as well.
fn anonymous(
    campaign_id: Uuid,
    bodies: Vec<(Vec<u8>, Body)>,
    psus: &HashMap<Vec<u8>, String>,
) -> Result<(Vec<NewResponse>, Vec<NewText>)> {
    let (mut responses, mut texts) = (Vec::new(), Vec::new());
    for (tag, body) in bodies {
        let psu = psus.get(&tag).cloned().ok_or_else(|| Error::internal("inbox-damaged"))?;
        texts.extend(body.texts.into_iter().map(|(unit, content)| NewText {
            id: Uuid::new_v4(),
            campaign_id,
            unit,
            content,
        }));
        responses.push(NewResponse {
            id: Uuid::new_v4(),
            campaign_id,
            psu,
            mode: body.mode,
            answers: serde_json::to_value(body.answers)?,
        });
    }
    chance::shuffle(&mut responses)?;
    chance::shuffle(&mut texts)?;
    Ok((responses, texts))
}

async fn tell_refusals(
    app: &Data<App>,
    campaign: &Campaign,
    closed: bool,
) -> Result<(usize, BTreeMap<&'static str, usize>)> {
    let counts = store::refusal_counts(&mut app.database.answers.read().await?, campaign.id).await?;
    let psus = rules::due(&counts, at_least(campaign), closed);
    let waiting = store::refusals_of(&mut app.database.answers.read().await?, campaign.id, &psus).await?;
    let refusals = open_all(app, waiting.clone(), Refusal::open).await?;
    let digests =
        refusals.iter().map(|(_, refusal)| contact_digest(&refusal.contact_digest)).collect::<Result<Vec<_>>>()?;
    invitations::mark(app, campaign.id, &digests, Status::Refused).await?;
    app.database
        .answers
        .transaction("responses.refusals", async |transaction| store::delete_refusals(transaction, &waiting).await)
        .await?;
    let mut reasons = BTreeMap::new();
    for (_, refusal) in &refusals {
        *reasons.entry(refusal.reason.map_or("none", Reason::name)).or_default() += 1;
    }
    Ok((refusals.len(), reasons))
}

/// What must wait is sealed anew, so that the keys of past days can go.
async fn reseal(app: &Data<App>, campaign: &Campaign) -> Result<()> {
    let today = day_number(app.clock.today());
    let key = app.keys.make_day(today)?;
    let inbox = store::older_inbox(&mut app.database.answers.read().await?, campaign.id, today).await?;
    let refusals = store::older_refusals(&mut app.database.answers.read().await?, campaign.id, today).await?;
    let resealed = |row: &Waiting| -> Result<Vec<u8>> {
        let before = app.keys.day(row.day)?.ok_or_else(|| Error::internal("key-missing"))?;
        let plain = before.open(&row.tag, &row.sealed).ok_or_else(|| Error::internal("inbox-damaged"))?;
        key.seal(&row.tag, &plain)
    };
    app.database
        .answers
        .transaction("responses.reseal", async |transaction| {
            for row in &inbox {
                store::reseal_inbox(transaction, row, today, &resealed(row)?).await?;
            }
            for row in &refusals {
                store::reseal_refusal(transaction, row, today, &resealed(row)?).await?;
            }
            Ok(())
        })
        .await
}

/// After the close: the set of responses is named by its digest, the results are asked for, and the campaign's key goes.
async fn certify(app: &Data<App>, campaign: &Campaign) -> Result<()> {
    // Without the key all of this was done before.
    if app.keys.wave(campaign.id)?.is_none() {
        return Ok(());
    }
    if !store::is_empty(&mut app.database.answers.read().await?, campaign.id).await? {
        return Err(Error::internal("inbox-not-empty"));
    }
    app.database
        .answers
        .transaction("responses.certify", async |transaction| store::delete_spent(transaction, campaign.id).await)
        .await?;
    let set = response_set(app, campaign).await?;
    let actor = Actor::System("flush");
    let details = json!({ "responses": set.count, "digest": hex(&set.digest), "wave_key": "destroyed" });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "responses.certify", subject: campaign.slug.clone(), details },
        async |transaction| {
            queue::enqueue(transaction, &app.clock, &Job::Results { campaign: campaign.id }, &actor).await
        },
    )
    .await?;
    app.keys.destroy_wave(campaign.id)
}

/// More is known of how forms come about.
async fn judge(app: &Data<App>, campaign: &Campaign) -> Result<()> {
    let actor = Actor::System("flush");
    app.database
        .contact
        .transaction("responses.judge", async |transaction| {
            queue::enqueue(transaction, &app.clock, &Job::Quality { campaign: campaign.id }, &actor).await
        })
        .await?;
    Ok(())
}

async fn destroy_day_keys(app: &Data<App>) -> Result<()> {
    let today = day_number(app.clock.today());
    let (in_use, anybody) = store::keys_in_use(&mut app.database.answers.read().await?).await?;
    for day in app.keys.days()? {
        if rules::key_is_spent(day, today, in_use.contains(&day), anybody) {
            app.keys.destroy_day(day)?;
        }
    }
    Ok(())
}

/// Opens rows on a thread of its own; the tag of each comes back with what was in it.
async fn open_all<T: Send + 'static>(
    app: &Data<App>,
    rows: Vec<Waiting>,
    open: fn(&Key, &[u8], &[u8]) -> Result<T>,
) -> Result<Vec<(Vec<u8>, T)>> {
    let mut keys = HashMap::new();
    for row in &rows {
        if let Entry::Vacant(missing) = keys.entry(row.day) {
            missing.insert(app.keys.day(row.day)?.ok_or_else(|| Error::internal("key-missing"))?);
        }
    }
    let work = move || {
        rows.into_iter()
            .filter_map(|row| {
                Some(keys.get(&row.day).map(|key| open(key, &row.tag, &row.sealed))?.map(|value| (row.tag, value)))
            })
            .collect()
    };
    tokio::task::spawn_blocking(work).await.map_err(|cause| Error::internal("job").caused_by(cause))?
}

fn contact_digest(hexadecimal: &str) -> Result<Vec<u8>> {
    from_hex(hexadecimal).ok_or_else(|| Error::internal("inbox-damaged"))
}
