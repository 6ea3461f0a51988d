//! What the worker runs: the check of a list that was sent, and its taking.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;

use super::check::{Beside, Checked, Watch, check_watched, digest};
use super::desk::Verdict;
use super::imports::desk;
use super::provinces::Answers;
use super::store::imports::{self, Import};
use super::store::{self, Judged, Plan};
use super::{Holds, Taken, keep, marked, wanted};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::text::{Language, Texts};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::jobs::worker::Progress;

const LOOK_EVERY: Duration = Duration::from_millis(250);
const WORKER: Actor = Actor::System("worker");

/// Judges the list and keeps the verdict beside it; a second run finds it kept.
pub async fn check(app: &App, id: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let (import, campaign) = find(app, id).await?;
    if import.state != "received" {
        return Ok(outcome(&campaign, &import));
    }
    progress.report("check-open", 0, 1).await?;
    let beside = beside(app, campaign.id).await?;
    let answers: Answers = serde_json::from_value(import.answers.clone())?;
    let texts = Texts::new(Language::from_code(&import.language).unwrap_or_default());
    let (watch, desk) = (Arc::new(Watch::default()), desk(app, id));
    let seen = Arc::clone(&watch);
    let mut work = pin!(blocking::run(move || {
        let mut file = desk.list()?;
        let checked = check_watched(&mut file, Holds::Everything, answers, beside, &seen)?;
        if !seen.stop.load(Ordering::Relaxed) {
            let (verdict, left_out, findings) = told(checked);
            if let Some(kind) = verdict.kind.filter(|_| verdict.marked) {
                desk.mark(|out| marked::write(&mut file, kind, findings, texts, out))?;
            }
            desk.keep_verdict(&verdict, &left_out)?;
        }
        Ok(())
    }));
    // Whoever drops this future, as the queue does when the lease is lost, stops the reading too.
    let _stop = StopWhenDropped(Arc::clone(&watch));
    loop {
        tokio::select! {
            done = &mut work => {
                done?;
                break;
            }
            () = tokio::time::sleep(LOOK_EVERY) => {
                let done = watch.done.load(Ordering::Relaxed);
                let total = watch.total.load(Ordering::Relaxed).max(done);
                progress.report("check-rows", count(done), count(total)).await?;
                if find(app, id).await?.0.state != "received" {
                    watch.stop.store(true, Ordering::Relaxed);
                }
            }
        }
    }
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &WORKER, verb: "frames.check", subject: campaign.slug.clone(), details: json!({ "import": id }) },
        async |transaction| imports::step(transaction, id, &["received"], "checked").await,
    )
    .await?;
    let (import, _) = find(app, id).await?;
    if import.state == "cancelled" {
        super::imports::desk(app, id).clear();
    }
    Ok(outcome(&campaign, &import))
}

/// Puts the rows that are taken in the place of the campaign's frame; a second run finds them taken.
pub async fn import(app: &App, id: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let (import, campaign) = find(app, id).await?;
    if import.state != "importing" {
        return Ok(outcome(&campaign, &import));
    }
    let kept = desk(app, id);
    let (file, verdict, left_out, file_digest) = blocking::run(move || {
        let mut file = kept.list()?;
        let file_digest = digest(&mut file)?;
        Ok((file, kept.verdict()?, kept.left_out()?, file_digest))
    })
    .await?;
    let Some(kind) = verdict.kind.filter(|_| file_digest == verdict.file_digest) else {
        return Err(Error::internal("frame-file-changed"));
    };
    let plan = Plan { kind, answers: serde_json::from_value(import.answers.clone())?, left_out };
    let judged =
        Judged { level: verdict.level, counts: verdict.counts, frame_digest: verdict.frame_digest, file_digest };
    let details = json!({ "import": id, "left_out": verdict.left_out, "sent_by": import.sent_by });
    let list = Taken { file_name: &import.file_name, synthetic: campaign.synthetic, judged, details };
    let total = judged.rows();
    let taken = keep(app, &WORKER, &campaign, &list, &file, &plan, async |transaction, rows| {
        progress.report("import-rows", rows, total).await?;
        if rows < total {
            // Asked outside the transaction, which may see an older state.
            let state = find(app, id).await?.0.state;
            return if state == "importing" { Ok(()) } else { Err(cancelled()) };
        }
        let ours = imports::step(transaction, id, &["importing"], "imported").await?;
        if ours { Ok(()) } else { Err(cancelled()) }
    })
    .await;
    match taken {
        Err(error) if error.code != cancelled().code => return Err(error),
        _ => {}
    }
    desk(app, id).clear();
    Ok(outcome(&campaign, &find(app, id).await?.0))
}

/// What the list that was sent is held against.
async fn beside(app: &App, campaign: Uuid) -> Result<Beside> {
    let mut connection = app.database.contact.read().await?;
    let within = wanted(&mut connection, campaign).await?;
    let drawn = match within {
        Some(draw) => Some(store::drawn(&mut connection, draw).await?),
        None => None,
    };
    let earlier = match store::of_campaign(&mut connection, campaign).await? {
        Some(frame) if frame.within_draw == within => Some(store::earlier(&mut connection, &frame).await?),
        _ => None,
    };
    Ok(Beside { earlier, drawn })
}

async fn find(app: &App, id: Uuid) -> Result<(Import, Campaign)> {
    let import = imports::find(&mut app.database.contact.read().await?, id).await?;
    let campaign = campaigns::find(app, import.campaign_id).await?;
    Ok((import, campaign))
}

fn told(checked: Checked) -> (Verdict, Vec<u32>, super::Findings) {
    let Checked { level, counts, findings, frame_digest, file_digest, rows, left_out, names, compared, kind, .. } =
        checked;
    let verdict = Verdict {
        kind,
        rows,
        left_out: left_out.len(),
        level,
        counts,
        frame_digest,
        file_digest,
        kinds: findings.kinds(),
        names,
        compared,
        marked: rows > 0 && !findings.is_empty(),
    };
    (verdict, left_out, findings)
}

fn outcome(campaign: &Campaign, import: &Import) -> Value {
    json!({ "address": super::routes::address(campaign), "state": import.state })
}

fn cancelled() -> Error {
    Error::conflict("frame-import-changed")
}

fn count(rows: u64) -> usize {
    usize::try_from(rows).unwrap_or(usize::MAX)
}

struct StopWhenDropped(Arc<Watch>);

impl Drop for StopWhenDropped {
    fn drop(&mut self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }
}
