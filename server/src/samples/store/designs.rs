//! Designs as they are saved.

use analysis::design::Design;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::audit::Actor;
use crate::base::db::{Connection, Contact, is_duplicate};
use crate::error::{Error, Result};
use crate::schema::contact::design;

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = design)]
pub struct SavedDesign {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub name: String,
    /// Canonical JSON.
    pub definition: String,
    pub digest: Vec<u8>,
    pub saved_by: String,
    pub saved_at: DateTime<Utc>,
    /// Committed to, and final since.
    pub used_at: Option<DateTime<Utc>>,
}

impl SavedDesign {
    pub fn design(&self) -> Result<Design> {
        Ok(serde_json::from_str(&self.definition)?)
    }
}

pub(in crate::samples) async fn insert_design(
    transaction: &mut Connection<Contact>,
    (id, campaign): (Uuid, Uuid),
    new: &Design,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    let inserted = diesel::insert_into(design::table)
        .values((
            design::id.eq(id),
            design::campaign_id.eq(campaign),
            design::name.eq(&new.name),
            design::definition.eq(new.canonical_text()),
            design::digest.eq(new.digest().0.to_vec()),
            design::saved_by.eq(by.to_string()),
            design::saved_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await;
    inserted.map(|_one| ()).map_err(name_taken)
}

/// Another text of a design that nobody has committed to.
pub(in crate::samples) async fn update_design(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    new: &Design,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    let changed = diesel::update(design::table.filter(design::id.eq(id).and(design::used_at.is_null())))
        .set((
            design::name.eq(&new.name),
            design::definition.eq(new.canonical_text()),
            design::digest.eq(new.digest().0.to_vec()),
            design::saved_by.eq(by.to_string()),
            design::saved_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await
        .map_err(name_taken)?;
    if changed == 1 { Ok(()) } else { Err(Error::conflict("design-used")) }
}

fn name_taken(cause: diesel::result::Error) -> Error {
    if is_duplicate(&cause) { Error::conflict("design-name-taken") } else { cause.into() }
}

/// The same text may be committed to again after a withdrawal: the first moment stays.
pub(super) async fn mark_used(transaction: &mut Connection<Contact>, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    diesel::update(design::table.filter(design::id.eq(id).and(design::used_at.is_null())))
        .set(design::used_at.eq(now))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(in crate::samples) async fn design(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<SavedDesign>> {
    Ok(design::table.find(id).select(SavedDesign::as_select()).first(&mut **connection).await.optional()?)
}

/// The campaign's designs, the newest first.
pub(in crate::samples) async fn designs(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
) -> Result<Vec<SavedDesign>> {
    let designs = design::table.filter(design::campaign_id.eq(campaign)).order((design::saved_at.desc(), design::id));
    Ok(designs.select(SavedDesign::as_select()).load(&mut **connection).await?)
}
