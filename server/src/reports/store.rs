//! Every query on the reports.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::report_file;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = report_file)]
pub struct ReportFile {
    pub edition_id: Uuid,
    /// In the order that lists show.
    pub place_order: i32,
    pub place_code: String,
    pub language: String,
    /// The name of a `Kind`.
    pub kind: String,
    /// The name it is downloaded under.
    pub file_name: String,
    /// SHA-256 of the file.
    pub digest: Vec<u8>,
    pub bytes: i64,
    pub made_at: DateTime<Utc>,
}

/// Made again by another version of the program, a report takes the place of the one before.
pub(super) async fn keep(transaction: &mut Connection<Contact>, files: &[ReportFile]) -> Result<()> {
    let again = (
        report_file::digest.eq(excluded(report_file::digest)),
        report_file::bytes.eq(excluded(report_file::bytes)),
        report_file::made_at.eq(excluded(report_file::made_at)),
    );
    diesel::insert_into(report_file::table)
        .values(files)
        .on_conflict((report_file::edition_id, report_file::file_name))
        .do_update()
        .set(again)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn of(connection: &mut Connection<Contact>, editions: &[Uuid]) -> Result<Vec<ReportFile>> {
    let files = report_file::table
        .filter(report_file::edition_id.eq_any(editions))
        .order((report_file::edition_id, report_file::place_order));
    Ok(files.select(ReportFile::as_select()).load(&mut **connection).await?)
}
