//! What the analysts' page says of each token and each address that is told of releases.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::store::{Delivery, Token, Webhook};
use super::tokens::{self, Scope};
use crate::app::App;
use crate::base::text::Texts;
use crate::error::Result;
use crate::{campaigns, editions};

pub(super) struct ListedToken {
    pub id: Uuid,
    pub name: String,
    pub scopes: String,
    pub made: String,
    pub used: String,
    pub state: String,
    pub lives: bool,
}

pub(super) struct ListedWebhook {
    pub id: Uuid,
    pub address: String,
    pub made: String,
    pub state: String,
    pub lives: bool,
}

/// All tokens, the newest first.
pub(super) async fn tokens(app: &App, texts: Texts) -> Result<Vec<ListedToken>> {
    let today = app.clock.today();
    Ok(tokens::list(app).await?.into_iter().map(|it| token(texts, it, today)).collect())
}

fn token(texts: Texts, token: Token, today: NaiveDate) -> ListedToken {
    let lives = token.lives(today);
    let scopes = Scope::ALL.into_iter().filter(|scope| token.opens(*scope));
    let scopes: Vec<_> = scopes.map(|scope| texts.get(&format!("api-scope-{}", scope.name()))).collect();
    let state = match token.revoked_at {
        Some(moment) => texts.with("api-state-revoked", [("day", texts.date(moment))]),
        None if lives => texts.with("api-state-lives", [("day", texts.day(token.expires_on))]),
        None => texts.with("api-state-over", [("day", texts.day(token.expires_on))]),
    };
    ListedToken {
        id: token.id,
        name: token.name,
        scopes: scopes.join(", "),
        made: texts.day(token.made_on),
        used: token.last_used_on.map_or_else(|| texts.get("api-never-used").into_owned(), |day| texts.day(day)),
        state: state.into_owned(),
        lives,
    }
}

/// What is known of an address: the last release it was told of, by its label.
fn webhook(texts: Texts, webhook: Webhook, last: Option<&Delivery>, labels: &HashMap<Uuid, String>) -> ListedWebhook {
    let told = last.map(|last| {
        let label = labels.get(&last.edition_id).cloned().unwrap_or_default();
        let answer = match last.status {
            Some(status) => texts.with("api-answer-status", [("status", status.to_string())]),
            None => texts.get("api-answer-none"),
        };
        let (key, moment) = match (last.delivered_at, last.next_at) {
            (Some(moment), _) => ("api-told", texts.moment(moment)),
            (None, Some(_)) if last.tries == 0 => ("api-told-soon", String::new()),
            (None, Some(moment)) => ("api-told-again", texts.moment(moment)),
            (None, None) => ("api-told-never", String::new()),
        };
        let values =
            [("label", label), ("moment", moment), ("tries", last.tries.to_string()), ("answer", answer.into())];
        texts.with(key, values).into_owned()
    });
    let state = match webhook.revoked_at {
        Some(moment) => texts.with("api-state-revoked", [("day", texts.date(moment))]).into_owned(),
        None => told.unwrap_or_else(|| texts.get("api-told-nothing").into_owned()),
    };
    ListedWebhook {
        id: webhook.id,
        made: texts.date(webhook.made_at),
        state,
        lives: webhook.revoked_at.is_none(),
        address: webhook.address,
    }
}

/// All addresses, the newest first.
pub(super) async fn webhooks(app: &App, texts: Texts) -> Result<Vec<ListedWebhook>> {
    let list = super::webhooks::list(app).await?;
    if list.is_empty() {
        return Ok(Vec::new());
    }
    let campaigns = campaigns::list(app).await?;
    let editions = editions::ordered(app).await?;
    let labels = editions.iter().filter_map(|edition| {
        let campaign = campaigns.iter().find(|campaign| campaign.id == edition.campaign_id)?;
        Some((edition.id, edition.label(campaign)))
    });
    let labels = labels.collect();
    Ok(list.into_iter().map(|(it, last)| webhook(texts, it, last.as_ref(), &labels)).collect())
}
