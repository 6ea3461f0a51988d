//! Every query on the exported files.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::export_file;

#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = export_file)]
pub struct ExportFile {
    pub id: Uuid,
    pub campaign_id: Uuid,
    /// The names of an `ExportContents` and an `ExportFormat`.
    pub contents: String,
    pub format: String,
    /// The name it is downloaded under.
    pub file_name: String,
    /// SHA-256 of the content.
    pub digest: Vec<u8>,
    pub bytes: i64,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

pub(super) async fn insert(transaction: &mut Connection<Contact>, file: &ExportFile) -> Result<()> {
    diesel::insert_into(export_file::table).values(file).execute(&mut **transaction).await?;
    Ok(())
}

/// Forgets what has expired and gives those whose content nobody refers to any more.
pub(super) async fn forget_expired(
    transaction: &mut Connection<Contact>,
    now: DateTime<Utc>,
) -> Result<Vec<ExportFile>> {
    let mut expired: Vec<ExportFile> = diesel::delete(export_file::table.filter(export_file::expires_at.le(now)))
        .returning(ExportFile::as_returning())
        .get_results(&mut **transaction)
        .await?;
    let kept: Vec<Vec<u8>> = export_file::table.select(export_file::digest).load(&mut **transaction).await?;
    expired.retain(|file| !kept.contains(&file.digest));
    Ok(expired)
}

pub(super) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<ExportFile>> {
    Ok(export_file::table.find(id).select(ExportFile::as_select()).first(&mut **connection).await.optional()?)
}

pub(super) async fn list(connection: &mut Connection<Contact>, now: DateTime<Utc>) -> Result<Vec<ExportFile>> {
    let kept = export_file::table
        .filter(export_file::expires_at.gt(now))
        .order((export_file::created_at.desc(), export_file::id.desc()));
    Ok(kept.select(ExportFile::as_select()).load(&mut **connection).await?)
}
