//! Every query on the recipes and on what is known of populations.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::Recipe;
use crate::audit::Actor;
use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::{margin, margin_file, weight_recipe};

/// A file of population counts.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = margin_file)]
pub struct MarginFile {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub name: String,
    /// Who counted.
    pub source: String,
    /// Of which day the counts are.
    pub as_of: NaiveDate,
    /// Names source, day and counts.
    pub digest: Vec<u8>,
    pub loaded_by: String,
    pub loaded_at: DateTime<Utc>,
}

/// How many people of a place would give this answer.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = margin)]
pub struct Margin {
    pub question: String,
    pub choice: i32,
    /// A province, or the whole country.
    pub place_code: String,
    pub people: i64,
}

pub(super) async fn recipe(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<String>> {
    let chosen = weight_recipe::table.find(campaign).select(weight_recipe::recipe);
    Ok(chosen.first(&mut **connection).await.optional()?)
}

pub(super) async fn choose(
    transaction: &mut Connection<Contact>,
    campaign: Uuid,
    recipe: Recipe,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    let chosen = (
        weight_recipe::recipe.eq(recipe.code()),
        weight_recipe::chosen_by.eq(actor.to_string()),
        weight_recipe::chosen_at.eq(now),
    );
    diesel::insert_into(weight_recipe::table)
        .values((weight_recipe::campaign_id.eq(campaign), chosen.clone()))
        .on_conflict(weight_recipe::campaign_id)
        .do_update()
        .set(chosen)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The file in force.
pub(super) async fn newest(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<MarginFile>> {
    let files = margin_file::table.filter(margin_file::campaign_id.eq(campaign));
    let newest = files.order((margin_file::loaded_at.desc(), margin_file::id.desc())).select(MarginFile::as_select());
    Ok(newest.first(&mut **connection).await.optional()?)
}

/// By question, place and choice.
pub(super) async fn margins(connection: &mut Connection<Contact>, file: Uuid) -> Result<Vec<Margin>> {
    let margins = margin::table.filter(margin::file_id.eq(file)).select(Margin::as_select());
    let mut margins = margins.load(&mut **connection).await?;
    sort(&mut margins);
    Ok(margins)
}

/// By code, whatever the language of the database.
pub(super) fn sort(margins: &mut [Margin]) {
    margins.sort_by(|a, b| (&a.question, &a.place_code, a.choice).cmp(&(&b.question, &b.place_code, b.choice)));
}

pub(super) async fn insert(transaction: &mut Connection<Contact>, file: &MarginFile, margins: &[Margin]) -> Result<()> {
    diesel::insert_into(margin_file::table).values(file).execute(&mut **transaction).await?;
    let rows: Vec<_> = margins.iter().map(|row| (margin::file_id.eq(file.id), row)).collect();
    // Five parameters a row, and Postgres takes 65,535.
    for some in rows.chunks(10_000) {
        diesel::insert_into(margin::table).values(some.to_vec()).execute(&mut **transaction).await?;
    }
    Ok(())
}
