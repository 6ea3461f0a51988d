//! Every query on the messages.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::feedback;

/// So many are listed.
const LISTED: i64 = 100;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = feedback)]
pub struct Feedback {
    pub id: Uuid,
    /// Twelve digits.
    pub receipt: String,
    pub topic: String,
    pub words: String,
    /// Empty once it is answered.
    pub contact: String,
    pub language: String,
    pub received_on: NaiveDate,
    pub answer: String,
    pub published: bool,
    pub answered_by: Option<String>,
    pub answered_at: Option<DateTime<Utc>>,
}

/// The same form sent again changes nothing.
pub(super) async fn insert(transaction: &mut Connection<Contact>, fresh: &Feedback) -> Result<()> {
    diesel::insert_into(feedback::table)
        .values(fresh)
        .on_conflict(feedback::id)
        .do_nothing()
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<Feedback>> {
    Ok(feedback::table.find(id).select(Feedback::as_select()).first(&mut **connection).await.optional()?)
}

pub(super) async fn with_receipt(connection: &mut Connection<Contact>, receipt: &str) -> Result<Option<Feedback>> {
    let found = feedback::table.filter(feedback::receipt.eq(receipt)).select(Feedback::as_select());
    Ok(found.first(&mut **connection).await.optional()?)
}

/// The oldest first.
pub(super) async fn waiting(connection: &mut Connection<Contact>) -> Result<Vec<Feedback>> {
    let waiting = feedback::table.filter(feedback::answered_by.is_null()).order((feedback::received_on, feedback::id));
    Ok(waiting.limit(LISTED).select(Feedback::as_select()).load(&mut **connection).await?)
}

pub(super) async fn published(connection: &mut Connection<Contact>) -> Result<Vec<Feedback>> {
    let published = feedback::table.filter(feedback::published).order(feedback::answered_at.desc());
    Ok(published.limit(LISTED).select(Feedback::as_select()).load(&mut **connection).await?)
}

/// False where it is answered already, or was never sent.
pub(super) async fn answer(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    words: &str,
    publish: bool,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let open = feedback::id.eq(id).and(feedback::answered_by.is_null());
    let answered = (
        feedback::answer.eq(words),
        feedback::published.eq(publish),
        feedback::contact.eq(""),
        feedback::answered_by.eq(by),
        feedback::answered_at.eq(now),
    );
    Ok(diesel::update(feedback::table.filter(open)).set(answered).execute(&mut **transaction).await? == 1)
}
