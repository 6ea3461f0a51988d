//! Files of letters.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::contact::{invitation, letter_file};

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = letter_file)]
pub(in crate::invitations) struct LetterFile {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub draw_id: Uuid,
    pub run: Uuid,
    pub province_code: String,
    pub number: i32,
    pub letters: i32,
    /// Their codes, `vi+en`.
    pub languages: String,
    /// SHA-256 of the content.
    pub digest: Vec<u8>,
    pub bytes: i64,
    pub made_at: DateTime<Utc>,
    pub destroyed_at: Option<DateTime<Utc>>,
}

/// Holds off whoever prints while somebody destroys, and the other way round, until the transaction ends.
pub(in crate::invitations) async fn lock(transaction: &mut Connection<Contact>, draw: Uuid) -> Result<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
        .bind::<Text, _>(format!("letters {draw}"))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::invitations) async fn insert(transaction: &mut Connection<Contact>, file: &LetterFile) -> Result<()> {
    diesel::insert_into(letter_file::table).values(file).on_conflict_do_nothing().execute(&mut **transaction).await?;
    Ok(())
}

/// How many letters this file of the run has, if an earlier try made it.
pub(in crate::invitations) async fn made(
    connection: &mut Connection<Contact>,
    run: Uuid,
    province: &str,
    number: i32,
) -> Result<Option<i32>> {
    let file =
        letter_file::run.eq(run).and(letter_file::province_code.eq(province)).and(letter_file::number.eq(number));
    let files = letter_file::table.filter(file).select(letter_file::letters);
    Ok(files.first(&mut **connection).await.optional()?)
}

/// Of the campaign within a place (all when none), the newest run first, then by province and number.
pub(in crate::invitations) async fn list(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    within: Option<&str>,
) -> Result<Vec<LetterFile>> {
    let mut query = letter_file::table.filter(letter_file::campaign_id.eq(campaign)).into_boxed();
    if let Some(province) = within {
        query = query.filter(letter_file::province_code.eq(province));
    }
    // Ids of runs grow with time.
    let query = query.order((letter_file::run.desc(), letter_file::province_code, letter_file::number));
    Ok(query.select(LetterFile::as_select()).load(&mut **connection).await?)
}

pub(in crate::invitations) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<LetterFile>> {
    Ok(letter_file::table.find(id).select(LetterFile::as_select()).first(&mut **connection).await.optional()?)
}

/// Notes that the files of a draw are gone.
pub(in crate::invitations) async fn destroy(
    transaction: &mut Connection<Contact>,
    draw: Uuid,
    now: DateTime<Utc>,
) -> Result<()> {
    let standing = letter_file::table.filter(letter_file::draw_id.eq(draw).and(letter_file::destroyed_at.is_null()));
    diesel::update(standing).set(letter_file::destroyed_at.eq(now)).execute(&mut **transaction).await?;
    Ok(())
}

/// Those of these digests whose invitations are open.
pub(in crate::invitations) async fn open_digests(
    connection: &mut Connection<Contact>,
    digests: &[Vec<u8>],
) -> Result<HashSet<Vec<u8>>> {
    let open = invitation::table.filter(invitation::code_digest.eq_any(digests).and(invitation::status.eq("open")));
    let rows: Vec<Vec<u8>> = open.select(invitation::code_digest).load(&mut **connection).await?;
    Ok(rows.into_iter().collect())
}
