//! Who wants no more messages: by the link in one, by an answer to the gateway.

use uuid::Uuid;

use serde_json::json;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::seal::hex;
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::invitations::store::messages;

/// What the link of an invitation holds instead of its code. The same each time, so that every link that was sent works.
pub(super) fn token(app: &App, invitation: Uuid) -> Result<String> {
    let whole = app.keys.purpose("opt-out token")?.digest(invitation.as_bytes())?;
    Ok(hex(&whole).chars().take(32).collect())
}

/// What the database knows a token by.
pub(super) fn digest(app: &App, token: &str) -> Result<Vec<u8>> {
    Ok(app.keys.purpose("opt-out digest")?.digest(token.as_bytes())?.to_vec())
}

/// The invitation and campaign of a token.
pub(in crate::invitations) async fn find(app: &App, token: &str) -> Result<(Uuid, Campaign)> {
    let digest = digest(app, token)?;
    let found = messages::find_token(&mut app.database.contact.read().await?, &digest).await?;
    let (invitation, campaign) = found.ok_or_else(|| Error::not_found("page-missing"))?;
    Ok((invitation, campaigns::find(app, campaign).await?))
}

/// From here on every rule passes this invitation by. `by` is `link` or `gateway`.
pub(in crate::invitations) async fn leave(app: &App, campaign: Uuid, invitation: Uuid, by: &'static str) -> Result<()> {
    let actor = Actor::System(by);
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor: &actor,
            verb: "invitations.opt_out",
            subject: campaign.to_string(),
            details: json!({ "invitation": invitation }),
        },
        async |transaction| messages::leave(transaction, invitation, by, app.clock.now()).await,
    )
    .await
}
