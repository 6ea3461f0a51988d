//! E-mail, SMS and Zalo messages to people who were invited: by rules that a person writes, sees the effect of, and starts, or whose day comes.
//!
//! Invariants: one message to a rule and person; it is recorded before it leaves and its outcome after, so a killed job repeats nothing; who
//! answered, said no or wants no messages is not written to; the text is kept with its places, never with a code in them.

pub mod jobs;
pub(super) mod leaving;
pub(super) mod preview;
mod text;

pub(super) use text::{PLACES, Text};

use chrono::{Duration, NaiveDate, Timelike as _};
use serde_json::json;
use uuid::Uuid;

use super::store::messages::{self, Rule};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::clock::in_viet_nam;
use crate::base::message::segments;
use crate::campaigns::{self, Campaign, State};
use crate::error::{Error, Result};
use crate::jobs::{Job, queue};

pub(super) const CHANNELS: [&str; 3] = ["email", "sms", "zalo"];
pub(super) const AUDIENCES: [&str; 2] = ["open", "unwritten"];
pub(super) const MOMENTS: [&str; 3] = ["hand", "before_close", "after_opening"];
const MOST_SUBJECT: usize = 150;
const MOST_BODY: usize = 3_000;
/// A telephone shows longer ones in pieces, and each piece is paid for.
pub(super) const MOST_SEGMENTS: usize = 2;
/// Nobody is woken: hours in Viet Nam when a rule starts by itself.
const WAKING: std::ops::Range<u32> = 8..20;

/// Whether the operator has set the channel up.
pub(super) fn is_on(app: &App, channel: &str) -> bool {
    if channel == "email" { app.config.mail.is_some() } else { app.config.gateway.is_some() }
}

/// What a rule is told by the page.
pub(super) struct NewRule<'r> {
    pub channel: &'r str,
    pub audience: &'r str,
    pub moment: &'r str,
    pub days: i32,
    pub subject: &'r str,
    pub body: &'r str,
}

/// Keeps a rule; nothing is sent by that.
pub(super) async fn write(app: &App, actor: &Actor, campaign: &Campaign, new: &NewRule<'_>) -> Result<Uuid> {
    let (subject, body) = (new.subject.trim(), new.body.replace("\r\n", "\n").trim().to_owned());
    let known = CHANNELS.contains(&new.channel) && AUDIENCES.contains(&new.audience) && MOMENTS.contains(&new.moment);
    if !known || !(0..=365).contains(&new.days) {
        return Err(Error::invalid("rule-incomplete"));
    }
    let fits = |text: &str, most: usize| !text.is_empty() && text.chars().count() <= most;
    if !fits(&body, MOST_BODY) || (new.channel == "email" && !fits(subject, MOST_SUBJECT)) {
        return Err(Error::invalid("rule-words").with("subject", MOST_SUBJECT).with("body", MOST_BODY));
    }
    if new.channel == "sms" {
        let pieces = segments(&Text::longest(app, campaign, &body));
        if pieces > MOST_SEGMENTS {
            return Err(Error::invalid("rule-sms-long").with("n", pieces).with("most", MOST_SEGMENTS));
        }
    }
    let rule = Rule {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        channel: new.channel.to_owned(),
        audience: new.audience.to_owned(),
        moment: new.moment.to_owned(),
        days: new.days,
        subject: subject.to_owned(),
        body,
        written_by: actor.to_string(),
        written_at: app.clock.now(),
        started_by: None,
        started_at: None,
        withdrawn_at: None,
    };
    let details = json!({ "rule": rule.id, "channel": rule.channel, "audience": rule.audience, "moment": rule.moment, "days": rule.days });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.write_rule", subject: campaign.slug.clone(), details },
        async |transaction| messages::insert_rule(transaction, &rule).await,
    )
    .await?;
    Ok(rule.id)
}

/// The rules of an earlier survey that stood to its end, none of them started.
pub async fn copy_rules(app: &App, actor: &Actor, from: &Campaign, to: &Campaign) -> Result<()> {
    let mut rules = messages::rules(&mut app.database.contact.read().await?, from.id).await?;
    rules.retain(|rule| rule.withdrawn_at.is_none());
    for Rule { channel, audience, moment, days, subject, body, .. } in rules.iter().rev() {
        write(app, actor, to, &NewRule { channel, audience, moment, days: *days, subject, body }).await?;
    }
    Ok(())
}

/// Whether a rule will start by itself on its day.
pub async fn self_starting(app: &App, campaign: &Campaign) -> Result<bool> {
    let rules = messages::rules(&mut app.database.contact.read().await?, campaign.id).await?;
    Ok(rules.iter().any(|rule| rule.withdrawn_at.is_none() && due(rule, campaign).is_some()))
}

pub(super) async fn find(app: &App, campaign: &Campaign, id: Uuid) -> Result<Rule> {
    messages::find_rule(&mut app.database.contact.read().await?, id)
        .await?
        .filter(|rule| rule.campaign_id == campaign.id)
        .ok_or_else(|| Error::not_found("page-missing"))
}

/// Sends what the rule says, now. Started again it goes on with what could not be handed over, and with whoever has become reachable.
pub(super) async fn start(app: &App, actor: &Actor, campaign: &Campaign, rule: &Rule) -> Result<Uuid> {
    if campaign.state() != State::Open || app.clock.today() > campaign.closes_on {
        return Err(Error::conflict("campaign-state").with("state", campaign.state().name()));
    }
    if !is_on(app, &rule.channel) {
        return Err(Error::conflict("channel-off"));
    }
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor,
            verb: "invitations.start_rule",
            subject: campaign.slug.clone(),
            details: json!({ "rule": rule.id }),
        },
        async |transaction| {
            if messages::start(transaction, rule.id, &actor.to_string(), app.clock.now()).await? {
                queue::enqueue(transaction, &app.clock, &Job::Messages { rule: rule.id }, actor).await
            } else {
                Err(Error::conflict("rule-withdrawn"))
            }
        },
    )
    .await
}

/// Nothing more is sent under this rule.
pub(super) async fn withdraw(app: &App, actor: &Actor, campaign: &Campaign, rule: &Rule) -> Result<()> {
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor,
            verb: "invitations.withdraw_rule",
            subject: campaign.slug.clone(),
            details: json!({ "rule": rule.id }),
        },
        async |transaction| messages::withdraw(transaction, rule.id, app.clock.now()).await,
    )
    .await
}

/// The day a rule starts by itself; none for one that a person starts.
pub(super) fn due(rule: &Rule, campaign: &Campaign) -> Option<NaiveDate> {
    let days = Duration::days(i64::from(rule.days));
    match rule.moment.as_str() {
        "before_close" => campaign.closes_on.checked_sub_signed(days),
        "after_opening" => campaign.opens_on.checked_add_signed(days),
        _ => None,
    }
}

/// Starts the rules whose day has come; the worker calls it when it has nothing to do.
pub async fn start_due(app: &App) -> Result<()> {
    if !WAKING.contains(&in_viet_nam(app.clock.now()).hour()) {
        return Ok(());
    }
    let today = app.clock.today();
    for campaign in campaigns::list(app).await? {
        if campaign.state() != State::Open || today > campaign.closes_on {
            continue;
        }
        for rule in messages::rules(&mut app.database.contact.read().await?, campaign.id).await? {
            let fresh = rule.started_at.is_none() && rule.withdrawn_at.is_none() && is_on(app, &rule.channel);
            if fresh && due(&rule, &campaign).is_some_and(|day| day <= today) {
                start(app, &Actor::System("schedule"), &campaign, &rule).await?;
            }
        }
    }
    Ok(())
}
