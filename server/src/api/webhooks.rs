//! Addresses that other systems want to be told at: each has a secret of its own, shown once to whoever adds it.

use serde_json::json;
use uuid::Uuid;

use super::store::{self, Delivery, Webhook};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::notice;
use crate::base::seal::hex;
use crate::error::{Error, Result};

const LONGEST_ADDRESS: usize = 500;

/// An address as it is asked for.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Made with the form: the same form sent again is no second address.
    pub form: Uuid,
    pub address: String,
}

/// What the notices of an address are signed with. It is derived each time, so that whoever reads the database cannot sign.
pub(super) fn secret(app: &App, webhook: Uuid) -> Result<String> {
    Ok(hex(&app.keys.purpose("webhook")?.digest(webhook.as_bytes())?))
}

/// Adds an address and gives its secret: the only time that anybody sees it.
///
/// # Errors
/// Invalid, if nothing may be sent there; conflict, if it is there already.
pub(super) async fn add(app: &App, actor: &Actor, wanted: &Wanted) -> Result<String> {
    let address = wanted.address.trim();
    if address.len() > LONGEST_ADDRESS || !notice::may_go(address, &app.config.api.webhook_hosts) {
        return Err(Error::invalid("api-address"));
    }
    let webhook = Webhook {
        id: wanted.form,
        address: address.to_owned(),
        made_by: actor.to_string(),
        made_at: app.clock.now(),
        revoked_by: None,
        revoked_at: None,
    };
    let details = json!({ "address": address });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "api.add_webhook", subject: webhook.id.to_string(), details },
        async |transaction| store::insert_webhook(transaction, &webhook).await,
    )
    .await?;
    secret(app, webhook.id)
}

/// Nothing more is sent there, also not what waits.
///
/// # Errors
/// Conflict, if it was revoked before or never added.
pub(super) async fn revoke(app: &App, actor: &Actor, id: Uuid) -> Result<()> {
    let now = app.clock.now();
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "api.revoke_webhook", subject: id.to_string(), details: json!({}) },
        async |transaction| {
            let done = store::revoke_webhook(transaction, id, &actor.to_string(), now).await?;
            if done { Ok(()) } else { Err(Error::conflict("api-revoked")) }
        },
    )
    .await
}

/// All that were added, the newest first, each with what it was told last.
pub(super) async fn list(app: &App) -> Result<Vec<(Webhook, Option<Delivery>)>> {
    let mut connection = app.database.contact.read().await?;
    let webhooks = store::webhooks(&mut connection).await?;
    let deliveries = store::deliveries(&mut connection).await?;
    let last = |webhook: &Webhook| deliveries.iter().find(|delivery| delivery.webhook_id == webhook.id).cloned();
    Ok(webhooks
        .into_iter()
        .map(|webhook| {
            let last = last(&webhook);
            (webhook, last)
        })
        .collect())
}
