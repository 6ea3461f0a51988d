//! Rules, messages, and who wants none.

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::contact::{invitation, message, message_rule, opt_out};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = message_rule)]
pub(in crate::invitations) struct Rule {
    pub id: Uuid,
    pub campaign_id: Uuid,
    /// `email`, `sms` or `zalo`.
    pub channel: String,
    /// `open`: all who have not answered; `unwritten`: those of them who were sent no message yet.
    pub audience: String,
    /// `hand`, `before_close` or `after_opening`.
    pub moment: String,
    pub days: i32,
    pub subject: String,
    pub body: String,
    pub written_by: String,
    pub written_at: DateTime<Utc>,
    pub started_by: Option<String>,
    pub started_at: Option<DateTime<Utc>>,
    pub withdrawn_at: Option<DateTime<Utc>>,
}

pub(in crate::invitations) async fn insert_rule(transaction: &mut Connection<Contact>, rule: &Rule) -> Result<()> {
    diesel::insert_into(message_rule::table).values(rule).execute(&mut **transaction).await?;
    Ok(())
}

pub(in crate::invitations) async fn rules(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Rule>> {
    let rules =
        message_rule::table.filter(message_rule::campaign_id.eq(campaign)).order(message_rule::written_at.desc());
    Ok(rules.select(Rule::as_select()).load(&mut **connection).await?)
}

pub(in crate::invitations) async fn find_rule(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<Rule>> {
    Ok(message_rule::table.find(id).select(Rule::as_select()).first(&mut **connection).await.optional()?)
}

/// The first start counts; a rule that was withdrawn is not started. Says whether it is a rule to work on.
pub(in crate::invitations) async fn start(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let fresh =
        message_rule::id.eq(id).and(message_rule::started_at.is_null()).and(message_rule::withdrawn_at.is_null());
    diesel::update(message_rule::table.filter(fresh))
        .set((message_rule::started_by.eq(by), message_rule::started_at.eq(now)))
        .execute(&mut **transaction)
        .await?;
    let standing = message_rule::table.filter(message_rule::id.eq(id).and(message_rule::withdrawn_at.is_null()));
    Ok(diesel::select(exists(standing)).get_result(&mut **transaction).await?)
}

pub(in crate::invitations) async fn withdraw(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(message_rule::table.filter(message_rule::id.eq(id).and(message_rule::withdrawn_at.is_null())))
        .set(message_rule::withdrawn_at.eq(now))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Somebody a rule may write to.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = invitation)]
pub(in crate::invitations) struct Recipient {
    pub id: Uuid,
    pub draw_id: Uuid,
    pub person_code: String,
    pub province_code: String,
    pub code_digest: Vec<u8>,
}

/// Who has not answered, did not say no, wants messages, and has none under this rule yet (or one that could not be handed over).
pub(in crate::invitations) async fn recipients(
    connection: &mut Connection<Contact>,
    rule: &Rule,
) -> Result<Vec<Recipient>> {
    let of_this = message::table.filter(message::invitation_id.eq(invitation::id));
    let settled = of_this.filter(message::rule_id.eq(rule.id).and(message::state.ne("waiting")));
    let silent =
        opt_out::table.filter(opt_out::invitation_id.eq(invitation::id).and(opt_out::opted_out_at.is_not_null()));
    let mut query = invitation::table
        .filter(invitation::campaign_id.eq(rule.campaign_id).and(invitation::status.eq("open")))
        .filter(not(exists(settled)))
        .filter(not(exists(silent)))
        .into_boxed();
    if rule.audience == "unwritten" {
        query = query.filter(not(exists(of_this.filter(message::rule_id.ne(rule.id)))));
    }
    let query = query.order((invitation::province_code, invitation::person_code));
    Ok(query.select(Recipient::as_select()).load(&mut **connection).await?)
}

pub(in crate::invitations) struct NewMessage {
    pub id: Uuid,
    pub invitation: Uuid,
    pub province: String,
}

/// Written before anything leaves. One row to a rule and person: only who wrote it, or takes over one that waits, sends.
const CLAIM: &str = "
INSERT INTO contact.message (id, campaign_id, rule_id, invitation_id, province_code, channel, state)
SELECT id, $1, $2, invitation, province, $3, 'sending'
FROM unnest($4::uuid[], $5::uuid[], $6::text[]) AS planned (id, invitation, province)
ON CONFLICT (rule_id, invitation_id) DO UPDATE SET state = 'sending', reason = '' WHERE message.state = 'waiting'
RETURNING id, invitation_id";

#[derive(QueryableByName)]
pub(in crate::invitations) struct Claimed {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub invitation_id: Uuid,
}

pub(in crate::invitations) async fn claim(
    transaction: &mut Connection<Contact>,
    rule: &Rule,
    messages: &[NewMessage],
) -> Result<Vec<Claimed>> {
    Ok(diesel::sql_query(CLAIM)
        .bind::<SqlUuid, _>(rule.campaign_id)
        .bind::<SqlUuid, _>(rule.id)
        .bind::<Text, _>(&rule.channel)
        .bind::<Array<SqlUuid>, _>(messages.iter().map(|message| message.id).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(messages.iter().map(|message| message.invitation).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(messages.iter().map(|message| message.province.as_str()).collect::<Vec<_>>())
        .load(&mut **transaction)
        .await?)
}

/// The outcome of messages that are being sent.
pub(in crate::invitations) async fn settle(
    transaction: &mut Connection<Contact>,
    outcomes: &[(Uuid, &'static str, String)],
) -> Result<()> {
    for (id, state, reason) in outcomes {
        let sending = message::id.eq(id).and(message::state.eq_any(["sending", "unknown"]));
        diesel::update(message::table.filter(sending))
            .set((message::state.eq(state), message::reason.eq(reason)))
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

/// What an interrupted run left: nobody knows whether it went out.
pub(in crate::invitations) async fn give_up(transaction: &mut Connection<Contact>, rule: Uuid) -> Result<usize> {
    let left = message::table.filter(message::rule_id.eq(rule).and(message::state.eq("sending")));
    Ok(diesel::update(left).set(message::state.eq("unknown")).execute(&mut **transaction).await?)
}

/// The gateway's later word on a message. False when there is no such message.
pub(in crate::invitations) async fn report(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    state: &str,
    reason: &str,
) -> Result<bool> {
    let changed = diesel::update(message::table.find(id))
        .set((message::state.eq(state), message::reason.eq(reason)))
        .execute(&mut **transaction)
        .await?;
    Ok(changed == 1)
}

pub(in crate::invitations) async fn invitation_of(
    connection: &mut Connection<Contact>,
    id: Uuid,
) -> Result<Option<(Uuid, Uuid, String)>> {
    let row = message::table.find(id).select((message::invitation_id, message::campaign_id, message::province_code));
    Ok(row.first(&mut **connection).await.optional()?)
}

/// Rule, channel, state and how many, of a place or of all.
pub(in crate::invitations) async fn counts(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    within: Option<&str>,
) -> Result<Vec<(Uuid, String, String, i64)>> {
    let mut query = message::table
        .group_by((message::rule_id, message::channel, message::state))
        .select((message::rule_id, message::channel, message::state, count_star()))
        .filter(message::campaign_id.eq(campaign))
        .into_boxed();
    if let Some(province) = within {
        query = query.filter(message::province_code.eq(province));
    }
    Ok(query.order((message::channel, message::state)).load(&mut **connection).await?)
}

/// Gives each of these its token's digest, unless it has one.
const TOKENS: &str = "
INSERT INTO contact.opt_out (invitation_id, campaign_id, province_code, token_digest)
SELECT invitation, $1, province, digest FROM unnest($2::uuid[], $3::text[], $4::bytea[]) AS told (invitation, province, digest)
ON CONFLICT DO NOTHING";

pub(in crate::invitations) async fn keep_tokens(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    tokens: &[(Uuid, String, Vec<u8>)],
) -> Result<()> {
    diesel::sql_query(TOKENS)
        .bind::<SqlUuid, _>(campaign)
        .bind::<Array<SqlUuid>, _>(tokens.iter().map(|(invitation, ..)| *invitation).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(tokens.iter().map(|(_, province, _)| province.as_str()).collect::<Vec<_>>())
        .bind::<Array<diesel::sql_types::Binary>, _>(tokens.iter().map(|(.., digest)| digest).collect::<Vec<_>>())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The campaign of a token.
pub(in crate::invitations) async fn find_token(
    connection: &mut Connection<Contact>,
    digest: &[u8],
) -> Result<Option<(Uuid, Uuid)>> {
    let row = opt_out::table.filter(opt_out::token_digest.eq(digest));
    Ok(row.select((opt_out::invitation_id, opt_out::campaign_id)).first(&mut **connection).await.optional()?)
}

pub(in crate::invitations) async fn leave(
    transaction: &mut Connection<Contact>,
    invitation: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    let first = opt_out::invitation_id.eq(invitation).and(opt_out::opted_out_at.is_null());
    diesel::update(opt_out::table.filter(first))
        .set((opt_out::opted_out_at.eq(now), opt_out::opted_out_by.eq(by)))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::invitations) async fn left(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    within: Option<&str>,
) -> Result<i64> {
    let gone = opt_out::campaign_id.eq(campaign).and(opt_out::opted_out_at.is_not_null());
    let mut query = opt_out::table.filter(gone).into_boxed();
    if let Some(province) = within {
        query = query.filter(opt_out::province_code.eq(province));
    }
    Ok(query.count().get_result(&mut **connection).await?)
}
