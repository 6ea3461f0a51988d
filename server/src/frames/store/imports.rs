//! Lists on their way in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::contact::frame_import;

#[derive(Clone, Debug, Insertable, Queryable, Selectable)]
#[diesel(table_name = frame_import)]
pub(in crate::frames) struct Import {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub job_id: Uuid,
    pub file_name: String,
    pub language: String,
    pub state: String,
    pub answers: Value,
    pub sent_by: String,
    pub sent_at: DateTime<Utc>,
}

const OPEN: [&str; 3] = ["received", "checked", "importing"];

pub(in crate::frames) async fn insert(transaction: &mut Connection<Contact>, new: &Import) -> Result<()> {
    match diesel::insert_into(frame_import::table).values(new).execute(&mut **transaction).await {
        // Somebody else's list came in between.
        Err(cause) if is_duplicate(&cause) => Err(Error::conflict("frame-import-changed")),
        inserted => Ok(inserted.map(|_| ())?),
    }
}

/// The list of this campaign that is neither taken nor cancelled.
pub(in crate::frames) async fn open_one(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
) -> Result<Option<Import>> {
    let open = frame_import::campaign_id.eq(campaign).and(frame_import::state.eq_any(OPEN));
    let found = frame_import::table.filter(open).select(Import::as_select()).first(&mut **connection).await;
    Ok(found.optional()?)
}

/// Lists sent before this moment that nobody took.
pub(in crate::frames) async fn waiting_since(
    connection: &mut Connection<Contact>,
    before: DateTime<Utc>,
) -> Result<Vec<Import>> {
    let waiting = frame_import::sent_at.lt(before).and(frame_import::state.eq_any(["received", "checked"]));
    Ok(frame_import::table.filter(waiting).select(Import::as_select()).load(&mut **connection).await?)
}

pub(in crate::frames) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Import> {
    Ok(frame_import::table.find(id).select(Import::as_select()).first(&mut **connection).await?)
}

/// Leads from one state to the next; false when it was not in the first any more.
pub(in crate::frames) async fn step(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    from: &[&str],
    to: &str,
) -> Result<bool> {
    let here = frame_import::table.filter(frame_import::id.eq(id).and(frame_import::state.eq_any(from)));
    Ok(diesel::update(here).set(frame_import::state.eq(to)).execute(&mut **transaction).await? == 1)
}

/// The job that works on it now, and what unclear names mean.
pub(in crate::frames) async fn follow(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    job: Uuid,
    answers: &Value,
) -> Result<()> {
    let here = frame_import::table.find(id);
    diesel::update(here)
        .set((frame_import::job_id.eq(job), frame_import::answers.eq(answers)))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
