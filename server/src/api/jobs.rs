//! What the worker calls: tells other systems that an edition became public, at least once, and again for a day while nobody takes it.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use serde::Serialize;
use serde_json::{Value, json};

use super::store::{self, Delivery, Webhook};
use super::{shapes, webhooks};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::notice::{self, Messenger};
use crate::base::seal::hex;
use crate::campaigns;
use crate::editions::{self, Edition};
use crate::error::Result;
use crate::jobs::worker::Progress;
use crate::jobs::{Job, queue};

/// So long is it tried.
const LIFE: TimeDelta = TimeDelta::days(1);

/// What is posted.
#[derive(Serialize)]
struct Notice<'a> {
    survey: &'a str,
    number: i32,
    label: String,
    released_at: Option<DateTime<Utc>>,
    sha256: String,
    url: String,
}

/// After a try at `now` that nobody took: each pause is twice the one before, the first a minute, and the last try a day after the release.
fn again(delivery: &Delivery, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let end = delivery.made_at + LIFE;
    let pause = TimeDelta::minutes(1 << delivery.tries.clamp(0, 10));
    (now < end).then(|| (now + pause).min(end))
}

/// Notes which addresses have to be told of which release since they were added, and asks for the job where something waits. The worker
/// calls it when idle.
pub async fn due(app: &App) -> Result<()> {
    let now = app.clock.now();
    let webhooks = store::webhooks(&mut app.database.contact.read().await?).await?;
    let living: Vec<_> = webhooks.into_iter().filter(|webhook| webhook.revoked_at.is_none()).collect();
    if living.is_empty() {
        return Ok(());
    }
    let released = editions::ordered(app).await?;
    let known = store::deliveries(&mut app.database.contact.read().await?).await?;
    let told = |webhook: &Webhook, edition: &Edition| {
        known.iter().any(|it| it.webhook_id == webhook.id && it.edition_id == edition.id)
    };
    let since = |webhook: &Webhook, edition: &Edition| {
        edition.release_at.is_some_and(|moment| (webhook.made_at..=now).contains(&moment))
    };
    let pairs = living.iter().flat_map(|webhook| released.iter().map(move |edition| (webhook, edition)));
    let fresh: Vec<_> = pairs
        .filter(|(webhook, edition)| since(webhook, edition) && !told(webhook, edition))
        .map(|(webhook, edition)| Delivery::new(webhook, edition.id, now))
        .collect();
    let actor = Actor::System("schedule");
    if !fresh.is_empty() {
        let details = json!({ "webhooks": fresh.iter().map(|it| it.webhook_id).collect::<Vec<_>>() });
        act(
            &app.database.contact,
            &app.clock,
            Act { actor: &actor, verb: "api.note_release", subject: "webhooks".to_owned(), details },
            async |transaction| store::insert_deliveries(transaction, &fresh).await,
        )
        .await?;
    }
    if !store::waiting(&mut app.database.contact.read().await?, now).await?.is_empty() {
        app.database
            .contact
            .transaction("api.due", async |transaction| {
                queue::enqueue(transaction, &app.clock, &Job::Webhooks, &actor).await
            })
            .await?;
    }
    Ok(())
}

/// Sends what waits, all at once: an address that does not answer holds nobody up.
pub async fn tell(app: &App, progress: &Progress<'_>) -> Result<Value> {
    let waiting = store::waiting(&mut app.database.contact.read().await?, app.clock.now()).await?;
    progress.report("webhooks-send", 0, waiting.len()).await?;
    let slugs: BTreeMap<_, _> = campaigns::list(app).await?.into_iter().map(|it| (it.id, it.slug)).collect();
    let editions: BTreeMap<_, _> = editions::ordered(app).await?.into_iter().map(|it| (it.id, it)).collect();
    let messenger = Messenger::open()?;
    let sent = join_all(waiting.iter().filter_map(|(delivery, webhook)| {
        let edition = editions.get(&delivery.edition_id)?;
        let slug = slugs.get(&edition.campaign_id)?;
        Some(one(app, &messenger, delivery, webhook, edition, slug))
    }))
    .await;
    let taken = sent.into_iter().collect::<Result<Vec<_>>>()?.into_iter().filter(|taken| *taken).count();
    progress.report("webhooks-send", waiting.len(), waiting.len()).await?;
    Ok(json!({ "address": super::pages::PAGE, "taken": taken }))
}

/// One try. Where the worker dies between the answer and the note, the notice goes out again under the same id.
async fn one(
    app: &App,
    messenger: &Messenger,
    delivery: &Delivery,
    webhook: &Webhook,
    edition: &Edition,
    slug: &str,
) -> Result<bool> {
    let notice = Notice {
        survey: slug,
        number: edition.number,
        label: format!("{slug}/{}", edition.number),
        released_at: edition.release_at,
        sha256: hex(&edition.digest),
        url: shapes::document_address(app, slug, edition.number),
    };
    let secret = webhooks::secret(app, webhook.id)?;
    // The operator may have taken the host from the list since.
    let status = if notice::may_go(&webhook.address, &app.config.api.webhook_hosts) {
        messenger.post(&webhook.address, delivery.id, &secret, serde_json::to_string(&notice)?).await?
    } else {
        None
    };
    let taken = status.is_some_and(|status| (200..300).contains(&status));
    let now = app.clock.now();
    let settled = Delivery {
        tries: delivery.tries + 1,
        status: status.map(i32::from),
        next_at: if taken { None } else { again(delivery, now) },
        delivered_at: taken.then_some(now),
        ..delivery.clone()
    };
    let details = json!({ "webhook": webhook.id, "edition": notice.label, "status": status, "try": settled.tries });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &Actor::System("worker"), verb: "api.send_notice", subject: delivery.id.to_string(), details },
        async |transaction| store::settle(transaction, &settled).await,
    )
    .await?;
    Ok(taken)
}
