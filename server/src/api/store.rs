//! Every query on the tokens.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::office::api_token;

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
