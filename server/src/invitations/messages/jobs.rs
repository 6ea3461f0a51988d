//! What the worker calls: sends a rule's messages, a few at a time.

use std::collections::HashMap;

use actix_web::web::Data;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{MOST_SEGMENTS, Text, is_on, leaving};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::gateway::Gateway;
use crate::base::mail::{Letter, Mail};
use crate::base::message::{Outcome, segments};
use crate::campaigns::{self, Campaign, State};
use crate::error::{Error, Kind, Result};
use crate::frames::Addressee;
use crate::invitations::code::Code;
use crate::invitations::store::messages::{self, NewMessage, Recipient, Rule};
use crate::invitations::{contact_key, list};
use crate::jobs::worker::Progress;
use crate::{frames, samples};

/// So many may be left in doubt when the worker is killed.
const AT_A_TIME: usize = 20;

enum Channel {
    Mail(Mail),
    Gateway(Gateway),
}

pub async fn send(app: &Data<App>, rule: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let found = messages::find_rule(&mut app.database.contact.read().await?, rule).await?;
    let rule = found.ok_or_else(|| Error::internal("rule-missing"))?;
    let campaign = campaigns::find(app, rule.campaign_id).await?;
    let over = campaign.state() != State::Open || app.clock.today() > campaign.closes_on;
    let address = format!("{}/thu-moi/tin/{}", campaign.address(), rule.id);
    if over || rule.withdrawn_at.is_some() || !is_on(app, &rule.channel) {
        return Ok(json!({ "address": address, "sent": 0 }));
    }
    let actor = Actor::System("worker");
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor: &actor,
            verb: "invitations.give_up_messages",
            subject: campaign.slug.clone(),
            details: json!({ "rule": rule.id }),
        },
        async |transaction| messages::give_up(transaction, rule.id).await,
    )
    .await?;
    let recipients = messages::recipients(&mut app.database.contact.read().await?, &rule).await?;
    let total = recipients.len();
    progress.report("messages-send", 0, total).await?;
    let post = Post {
        channel: open(app, &rule).await?,
        codes: codes(app, &recipients).await?,
        text: Text::new(app, &campaign),
        app,
        campaign: &campaign,
        rule: &rule,
    };
    let (mut done, mut sent) = (0, 0);
    for batch in recipients.chunks(AT_A_TIME) {
        if withdrawn(app, rule.id).await? {
            break;
        }
        sent += post.batch(batch).await?;
        done += batch.len();
        progress.report("messages-send", done, total).await?;
    }
    Ok(json!({ "address": address, "sent": sent }))
}

async fn withdrawn(app: &App, rule: Uuid) -> Result<bool> {
    let rule = messages::find_rule(&mut app.database.contact.read().await?, rule).await?;
    Ok(rule.is_none_or(|rule| rule.withdrawn_at.is_some()))
}

async fn open(app: &App, rule: &Rule) -> Result<Channel> {
    let off = || Error::conflict("channel-off");
    if rule.channel == "email" {
        Ok(Channel::Mail(Mail::open(app.config.mail.as_ref().ok_or_else(off)?).await?))
    } else {
        Ok(Channel::Gateway(Gateway::open(app.config.gateway.as_ref().ok_or_else(off)?)?))
    }
}

/// The codes the lists still have, by invitation. Without lists there are none: the message then says where the code stands.
async fn codes(app: &App, recipients: &[Recipient]) -> Result<HashMap<Uuid, Code>> {
    let Some(first) = recipients.first() else { return Ok(HashMap::new()) };
    let lists = [list::path(app, first.draw_id), list::later_path(app, first.draw_id)];
    let wanted: HashMap<Vec<u8>, Uuid> = recipients.iter().map(|it| (it.code_digest.clone(), it.id)).collect();
    let key = contact_key(app)?;
    blocking::run(move || {
        let mut codes = HashMap::new();
        for path in lists {
            for line in list::read(&path)? {
                let code = line?.code;
                if let Some(id) = wanted.get(code.contact_digest(&key)?.as_slice()) {
                    codes.insert(*id, code);
                }
            }
        }
        Ok(codes)
    })
    .await
}

/// Name and address of each of these persons.
pub(super) async fn addressees(app: &App, persons: &[Recipient]) -> Result<HashMap<String, Addressee>> {
    let Some(first) = persons.first() else { return Ok(HashMap::new()) };
    let frame = samples::find(app, first.draw_id).await?.frame_id;
    let codes: Vec<String> = persons.iter().map(|person| person.person_code.clone()).collect();
    let found = frames::addressees(app, frame, &codes).await?;
    Ok(found.into_iter().map(|to| (to.person.clone(), to)).collect())
}

/// Where a message of this channel goes; empty when the list does not say.
pub(super) fn reach<'a>(channel: &str, to: &'a Addressee) -> &'a str {
    if channel == "email" { &to.email } else { &to.phone }
}

struct Post<'p> {
    channel: Channel,
    codes: HashMap<Uuid, Code>,
    text: Text,
    app: &'p Data<App>,
    campaign: &'p Campaign,
    rule: &'p Rule,
}

impl Post<'_> {
    /// Records, sends, records what became of it. An error when the other side takes nothing at the moment.
    async fn batch(&self, batch: &[Recipient]) -> Result<usize> {
        let addressees = addressees(self.app, batch).await?;
        let reachable = |it: &&Recipient| {
            addressees.get(&it.person_code).is_some_and(|to| !reach(&self.rule.channel, to).is_empty())
        };
        let mut planned = Vec::new();
        let mut tokens = Vec::new();
        for it in batch.iter().filter(reachable) {
            planned.push(NewMessage { id: Uuid::new_v4(), invitation: it.id, province: it.province_code.clone() });
            let digest = leaving::digest(self.app, &leaving::token(self.app, it.id)?)?;
            tokens.push((it.id, it.province_code.clone(), digest));
        }
        if planned.is_empty() {
            return Ok(0);
        }
        let claimed = self
            .act("invitations.send_messages", planned.len(), async |transaction| {
                messages::keep_tokens(transaction, self.campaign.id, &tokens).await?;
                messages::claim(transaction, self.rule, &planned).await
            })
            .await?;
        let (mut outcomes, mut sent, mut later) = (Vec::new(), 0, 0);
        for claim in claimed {
            let to = batch.iter().find(|it| it.id == claim.invitation_id);
            let Some(to) = to.and_then(|it| addressees.get(&it.person_code)) else { continue };
            let (state, reason) = match self.one(claim.id, claim.invitation_id, to).await? {
                Outcome::Sent => ("sent", String::new()),
                Outcome::Refused(reason) if self.rule.channel == "email" => ("bounced", reason),
                Outcome::Refused(reason) => ("refused", reason),
                Outcome::Later => ("waiting", String::new()),
                Outcome::Unknown => ("unknown", String::new()),
            };
            sent += usize::from(state == "sent");
            later += usize::from(state == "waiting");
            outcomes.push((claim.id, state, reason));
        }
        self.act("invitations.settle_messages", outcomes.len(), async |transaction| {
            messages::settle(transaction, &outcomes).await
        })
        .await?;
        if later > 0 && later == outcomes.len() {
            return Err(Error::new(Kind::Unavailable, "channel-unreachable"));
        }
        Ok(sent)
    }

    async fn one(&self, id: Uuid, invitation: Uuid, to: &Addressee) -> Result<Outcome> {
        let (code, token) = (self.codes.get(&invitation), leaving::token(self.app, invitation)?);
        let text = self.text.fill(&self.rule.body, &to.name, code, &token);
        Ok(match &self.channel {
            Channel::Mail(mail) => {
                let subject = self.text.fill(&self.rule.subject, &to.name, code, &token);
                let leave = self.text.leave(&token);
                mail.send(&Letter { id, to: &to.email, name: &to.name, subject: &subject, text: &text, leave: &leave })
                    .await
            }
            Channel::Gateway(_) if self.rule.channel == "sms" && segments(&text) > MOST_SEGMENTS => {
                Outcome::Refused("too long".to_owned())
            }
            Channel::Gateway(gateway) => gateway.send(id, &self.rule.channel, &to.phone, &text).await,
        })
    }

    async fn act<T>(
        &self,
        verb: &'static str,
        count: usize,
        work: impl AsyncFn(&mut crate::base::db::Connection<crate::base::db::Contact>) -> Result<T>,
    ) -> Result<T> {
        let actor = Actor::System("worker");
        let details = json!({ "rule": self.rule.id, "count": count });
        let subject = self.campaign.slug.clone();
        act(&self.app.database.contact, &self.app.clock, Act { actor: &actor, verb, subject, details }, work).await
    }
}
