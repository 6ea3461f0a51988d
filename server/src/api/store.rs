//! Every query on the tokens, the addresses that are told of releases, and what became of that.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::office::{api_token, webhook, webhook_delivery};

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_token)]
pub(super) struct Token {
    pub id: Uuid,
    pub name: String,
    /// SHA-256 of what the machine sends.
    pub digest: Vec<u8>,
    pub reads_progress: bool,
    pub reads_exports: bool,
    pub made_by: String,
    pub made_on: NaiveDate,
    /// The last day on which it opens anything.
    pub expires_on: NaiveDate,
    pub revoked_by: Option<String>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub last_used_on: Option<NaiveDate>,
}

/// # Errors
/// Conflict, if the same form made one before.
pub(super) async fn insert(transaction: &mut Connection<Contact>, token: &Token) -> Result<()> {
    let inserted = diesel::insert_into(api_token::table).values(token).execute(&mut **transaction).await;
    match inserted {
        Err(cause) if is_duplicate(&cause) => Err(Error::conflict("api-token-made").caused_by(cause)),
        inserted => Ok(inserted.map(|_| ())?),
    }
}

pub(super) async fn list(connection: &mut Connection<Contact>) -> Result<Vec<Token>> {
    let tokens = api_token::table.order((api_token::made_on.desc(), api_token::id.desc()));
    Ok(tokens.select(Token::as_select()).load(&mut **connection).await?)
}

pub(super) async fn with_digest(connection: &mut Connection<Contact>, digest: &[u8]) -> Result<Option<Token>> {
    let found = api_token::table.filter(api_token::digest.eq(digest)).select(Token::as_select());
    Ok(found.first(&mut **connection).await.optional()?)
}

/// False where it is revoked already, or was never made.
pub(super) async fn revoke(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let living = api_token::table.filter(api_token::id.eq(id).and(api_token::revoked_at.is_null()));
    let revoked = (api_token::revoked_by.eq(by), api_token::revoked_at.eq(now));
    Ok(diesel::update(living).set(revoked).execute(&mut **transaction).await? == 1)
}

pub(super) async fn note_use(connection: &mut Connection<Contact>, id: Uuid, day: NaiveDate) -> Result<()> {
    diesel::update(api_token::table.find(id)).set(api_token::last_used_on.eq(day)).execute(&mut **connection).await?;
    Ok(())
}

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook)]
pub(super) struct Webhook {
    pub id: Uuid,
    pub address: String,
    pub made_by: String,
    pub made_at: DateTime<Utc>,
    pub revoked_by: Option<String>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// One release told to one address.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_delivery)]
pub(super) struct Delivery {
    pub id: Uuid,
    pub webhook_id: Uuid,
    pub edition_id: Uuid,
    pub made_at: DateTime<Utc>,
    pub tries: i32,
    /// Of HTTP, as the last try was answered; none without an answer.
    pub status: Option<i32>,
    /// When it is sent, or sent again; none once nothing more is sent.
    pub next_at: Option<DateTime<Utc>>,
    pub delivered_at: Option<DateTime<Utc>>,
}

impl Delivery {
    /// One that is to be sent now.
    pub(super) fn new(webhook: &Webhook, edition_id: Uuid, now: DateTime<Utc>) -> Self {
        Self {
            id: Uuid::new_v4(),
            webhook_id: webhook.id,
            edition_id,
            made_at: now,
            tries: 0,
            status: None,
            next_at: Some(now),
            delivered_at: None,
        }
    }
}

/// # Errors
/// Conflict, if the same form added one before, or the address is there already.
pub(super) async fn insert_webhook(transaction: &mut Connection<Contact>, fresh: &Webhook) -> Result<()> {
    let inserted = diesel::insert_into(webhook::table).values(fresh).execute(&mut **transaction).await;
    match inserted {
        Err(cause) if is_duplicate(&cause) => Err(Error::conflict("api-webhook-there").caused_by(cause)),
        inserted => Ok(inserted.map(|_| ())?),
    }
}

/// The newest first.
pub(super) async fn webhooks(connection: &mut Connection<Contact>) -> Result<Vec<Webhook>> {
    let webhooks = webhook::table.order((webhook::made_at.desc(), webhook::id.desc()));
    Ok(webhooks.select(Webhook::as_select()).load(&mut **connection).await?)
}

/// False where it is revoked already, or was never added.
pub(super) async fn revoke_webhook(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let living = webhook::table.filter(webhook::id.eq(id).and(webhook::revoked_at.is_null()));
    let revoked = (webhook::revoked_by.eq(by), webhook::revoked_at.eq(now));
    Ok(diesel::update(living).set(revoked).execute(&mut **transaction).await? == 1)
}

/// What another server noted at the same moment stays as it is.
pub(super) async fn insert_deliveries(transaction: &mut Connection<Contact>, fresh: &[Delivery]) -> Result<()> {
    diesel::insert_into(webhook_delivery::table)
        .values(fresh)
        .on_conflict_do_nothing()
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The newest first.
pub(super) async fn deliveries(connection: &mut Connection<Contact>) -> Result<Vec<Delivery>> {
    let deliveries = webhook_delivery::table.order((webhook_delivery::made_at.desc(), webhook_delivery::id));
    Ok(deliveries.select(Delivery::as_select()).load(&mut **connection).await?)
}

/// What is to be sent by now, and where to.
pub(super) async fn waiting(
    connection: &mut Connection<Contact>,
    now: DateTime<Utc>,
) -> Result<Vec<(Delivery, Webhook)>> {
    let due = webhook_delivery::table.inner_join(webhook::table);
    let due = due.filter(webhook_delivery::next_at.le(now).and(webhook::revoked_at.is_null()));
    let due = due.order((webhook_delivery::next_at, webhook_delivery::id));
    Ok(due.select((Delivery::as_select(), Webhook::as_select())).load(&mut **connection).await?)
}

/// What became of a try.
pub(super) async fn settle(transaction: &mut Connection<Contact>, tried: &Delivery) -> Result<()> {
    let outcome = (
        webhook_delivery::tries.eq(tried.tries),
        webhook_delivery::status.eq(tried.status),
        webhook_delivery::next_at.eq(tried.next_at),
        webhook_delivery::delivered_at.eq(tried.delivered_at),
    );
    diesel::update(webhook_delivery::table.find(tried.id)).set(outcome).execute(&mut **transaction).await?;
    Ok(())
}
