//! Every query on the invitations' tables, each side apart.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::Status;
use crate::base::db::{Answers, Connection, Contact};
use crate::error::Result;
use crate::schema::answers::allowed;
use crate::schema::contact::invitation;

#[derive(Queryable)]
pub(super) struct AllowedRow {
    pub tag: Vec<u8>,
    pub campaign: Uuid,
    pub psu: String,
}

pub(super) async fn find_allowed(connection: &mut Connection<Answers>, tags: &[Vec<u8>]) -> Result<Option<AllowedRow>> {
    let row = allowed::table.filter(allowed::tag.eq_any(tags)).select((allowed::tag, allowed::campaign_id, allowed::psu));
    Ok(row.first(&mut **connection).await.optional()?)
}

pub(super) async fn disallow(transaction: &mut Connection<Answers>, tag: &[u8]) -> Result<()> {
    diesel::delete(allowed::table.find(tag)).execute(&mut **transaction).await?;
    Ok(())
}

/// Campaign and status of the invitation with this code.
pub(super) async fn find_by_digest(connection: &mut Connection<Contact>, digest: &[u8]) -> Result<Option<(Uuid, String)>> {
    let row = invitation::table.filter(invitation::code_digest.eq(digest)).select((invitation::campaign_id, invitation::status));
    Ok(row.first(&mut **connection).await.optional()?)
}

/// Sets `to` where the status is one of `from`; says how many changed.
pub(super) async fn set_status(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    digests: &[Vec<u8>],
    from: &[Status],
    to: Status,
) -> Result<usize> {
    let from: Vec<_> = from.iter().map(|status| status.name()).collect();
    let wanted = invitation::campaign_id.eq(campaign).and(invitation::code_digest.eq_any(digests)).and(invitation::status.eq_any(from));
    Ok(diesel::update(invitation::table.filter(wanted)).set(invitation::status.eq(to.name())).execute(&mut **transaction).await?)
}
