//! Every query on the answers' tables: here what a citizen's click needs, in `flush` what the flush does, in `copy` what the analysis reads.

pub mod copy;
pub mod flush;
pub mod paradata;
mod statements;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Answers, Connection};
use crate::error::Result;
use crate::schema::answers::{allowed, draft, inbox, refusal};
use statements::{PutDraft, Stand, Submit};

/// All that the answers side knows of a tag.
#[derive(Clone, Queryable)]
pub struct Standing {
    /// Still invited: a cancelled code and one of a closed campaign are not.
    pub allowed: bool,
    /// The sealed draft.
    pub draft: Option<Vec<u8>>,
    /// The digest of the answers that wait in the inbox.
    pub sent: Option<Vec<u8>>,
    /// The flush has made the answers anonymous.
    pub recorded: bool,
    pub refused: bool,
}

pub async fn standing(connection: &mut Connection<Answers>, tag: &[u8]) -> Result<Standing> {
    Ok(Stand { tag }.get_result(&mut **connection).await?)
}

/// Puts `sealed` where `before` stood; false when something else stands there by now, or the tag may not answer any more.
pub async fn put_draft(
    connection: &mut Connection<Answers>,
    tag: &[u8],
    sealed: &[u8],
    before: Option<&[u8]>,
) -> Result<bool> {
    Ok(PutDraft { tag, sealed, before }.execute(&mut **connection).await? == 1)
}

/// A body on its way into the inbox.
pub struct NewBody<'a> {
    pub tag: &'a [u8],
    pub day: i32,
    pub digest: &'a [u8],
    pub sealed: &'a [u8],
}

/// One statement, so one transaction: the inbox's row comes, draft and refusal go. False when no row came; why is for
/// [`standing`] to say.
pub async fn submit(connection: &mut Connection<Answers>, body: &NewBody<'_>) -> Result<bool> {
    let written: i64 = Submit { tag: body.tag, day: body.day, digest: body.digest, sealed: body.sealed }
        .get_result(&mut **connection)
        .await?;
    Ok(written == 1)
}

/// Notes a refusal, or replaces the one that stands. False when the tag may not answer any more.
pub async fn refuse(transaction: &mut Connection<Answers>, tag: &[u8], day: i32, sealed: &[u8]) -> Result<bool> {
    let invited: Option<(Uuid, String)> = allowed::table
        .find(tag)
        .select((allowed::campaign_id, allowed::psu))
        .for_key_share()
        .first(&mut **transaction)
        .await
        .optional()?;
    let Some((campaign, psu)) = invited else { return Ok(false) };
    diesel::delete(refusal::table.find(tag)).execute(&mut **transaction).await?;
    let row = (
        refusal::tag.eq(tag),
        refusal::campaign_id.eq(campaign),
        refusal::psu.eq(psu),
        refusal::day_key.eq(day),
        refusal::sealed.eq(sealed),
    );
    diesel::insert_into(refusal::table).values(row).on_conflict_do_nothing().execute(&mut **transaction).await?;
    Ok(true)
}

pub async fn forget_refusal(connection: &mut Connection<Answers>, tag: &[u8]) -> Result<()> {
    diesel::delete(refusal::table.find(tag)).execute(&mut **connection).await?;
    Ok(())
}

/// Deletes what was sent and saved; false when nothing was.
pub async fn withdraw(transaction: &mut Connection<Answers>, tag: &[u8]) -> Result<bool> {
    let sent = diesel::delete(inbox::table.find(tag)).execute(&mut **transaction).await?;
    let saved = diesel::delete(draft::table.find(tag)).execute(&mut **transaction).await?;
    Ok(sent + saved > 0)
}
