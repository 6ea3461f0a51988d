//! Every query on what tables were asked for, and on those that are kept.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::{crosstab_asked, crosstab_saved};

/// People that somebody has seen a table of.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crosstab_asked)]
pub(super) struct Request {
    pub campaign_id: Uuid,
    /// A property and its value; empty for everybody.
    pub part: String,
    /// The property of the columns; empty for none.
    pub split_by: String,
    pub asked_by: String,
    pub asked_on: NaiveDate,
    pub asked_at: DateTime<Utc>,
}

/// A table that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crosstab_saved)]
pub(super) struct Kept {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub name: String,
    /// Of the address that makes it again.
    pub query: String,
    /// A login.
    pub owner: String,
    pub place_code: String,
    pub saved_at: DateTime<Utc>,
}

/// Waits until nobody else asks for a table of this campaign; holds to the end of the transaction.
pub(super) async fn lock(transaction: &mut Connection<Contact>, campaign: Uuid) -> Result<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('crosstab ' || $1, 0))")
        .bind::<Text, _>(campaign.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Everything that was asked of a campaign, in the order asked.
pub(super) async fn asked(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Request>> {
    let of_campaign = crosstab_asked::table.filter(crosstab_asked::campaign_id.eq(campaign));
    Ok(of_campaign.order(crosstab_asked::turn).select(Request::as_select()).load(&mut **connection).await?)
}

/// How many tables of different people somebody asked for on a day, of all campaigns.
pub(super) async fn count(connection: &mut Connection<Contact>, asked_by: &str, day: NaiveDate) -> Result<i64> {
    let of_day = crosstab_asked::asked_by.eq(asked_by).and(crosstab_asked::asked_on.eq(day));
    Ok(crosstab_asked::table.filter(of_day).count().get_result(&mut **connection).await?)
}

/// Keeps what was asked; the same by the same person on the same day is kept once.
pub(super) async fn remember(transaction: &mut Connection<Contact>, asked: &Request) -> Result<()> {
    diesel::insert_into(crosstab_asked::table)
        .values(asked)
        .on_conflict_do_nothing()
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// The kept tables of a campaign whose owners belong to a place; of all places with `None`. By name.
pub(super) async fn saved(
    connection: &mut Connection<Contact>,
    campaign: Uuid,
    place: Option<&str>,
) -> Result<Vec<Kept>> {
    let of_campaign = crosstab_saved::table.filter(crosstab_saved::campaign_id.eq(campaign)).into_boxed();
    let of_place = match place {
        Some(place) => of_campaign.filter(crosstab_saved::place_code.eq(place)),
        None => of_campaign,
    };
    let by_name = (crosstab_saved::name, crosstab_saved::id);
    Ok(of_place.order(by_name).select(Kept::as_select()).load(&mut **connection).await?)
}

pub(super) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<Kept>> {
    let saved = crosstab_saved::table.find(id).select(Kept::as_select());
    Ok(saved.first(&mut **connection).await.optional()?)
}

pub(super) async fn save(transaction: &mut Connection<Contact>, saved: &Kept) -> Result<()> {
    diesel::insert_into(crosstab_saved::table).values(saved).execute(&mut **transaction).await?;
    Ok(())
}

pub(super) async fn delete(transaction: &mut Connection<Contact>, id: Uuid) -> Result<()> {
    diesel::delete(crosstab_saved::table.find(id)).execute(&mut **transaction).await?;
    Ok(())
}
