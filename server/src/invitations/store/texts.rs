//! A campaign's own words on its letter.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::contact::letter_text;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = letter_text)]
pub(in crate::invitations) struct LetterText {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub language: String,
    pub title: String,
    pub body: String,
    pub written_by: String,
    pub written_at: DateTime<Utc>,
    pub approved_by: Option<String>,
    pub approved_at: Option<DateTime<Utc>>,
}

pub(in crate::invitations) async fn insert(transaction: &mut Connection<Contact>, text: &LetterText) -> Result<()> {
    diesel::insert_into(letter_text::table).values(text).execute(&mut **transaction).await?;
    Ok(())
}

pub(in crate::invitations) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<LetterText>> {
    Ok(letter_text::table.find(id).select(LetterText::as_select()).first(&mut **connection).await.optional()?)
}

pub(in crate::invitations) async fn approve(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(letter_text::table.filter(letter_text::id.eq(id).and(letter_text::approved_at.is_null())))
        .set((letter_text::approved_by.eq(by), letter_text::approved_at.eq(now)))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The last one approved.
pub(in crate::invitations) async fn approved(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    language: &str,
) -> Result<Option<LetterText>> {
    let approved = letter_text::campaign_id
        .eq(campaign)
        .and(letter_text::language.eq(language))
        .and(letter_text::approved_at.is_not_null());
    let texts = letter_text::table.filter(approved).order(letter_text::approved_at.desc());
    Ok(texts.select(LetterText::as_select()).first(&mut **connection).await.optional()?)
}

pub(in crate::invitations) async fn newest(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
) -> Result<Vec<LetterText>> {
    let texts = letter_text::table
        .filter(letter_text::campaign_id.eq(campaign))
        .distinct_on(letter_text::language)
        .order((letter_text::language, letter_text::written_at.desc()));
    Ok(texts.select(LetterText::as_select()).load(&mut **connection).await?)
}
