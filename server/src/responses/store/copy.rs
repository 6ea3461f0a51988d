//! Which file is the copy of a survey's responses, and what goes into it.

use analysis::frame::DesignUnit;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Answers, Connection};
use crate::error::Result;
use crate::schema::answers::{response, response_copy, sampling_unit};

#[derive(Insertable, AsChangeset, Queryable, Selectable)]
#[diesel(table_name = response_copy)]
pub struct Kept {
    pub campaign_id: Uuid,
    pub responses: i64,
    pub response_digest: Vec<u8>,
    pub file_digest: Vec<u8>,
}

/// Waits until nobody else looks after the copy of this survey; holds to the end of the transaction.
pub async fn lock(transaction: &mut Connection<Answers>, campaign: Uuid) -> Result<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('response_copy ' || $1, 0))")
        .bind::<Text, _>(campaign.to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub async fn kept(transaction: &mut Connection<Answers>, campaign: Uuid) -> Result<Option<Kept>> {
    let kept = response_copy::table.find(campaign).select(Kept::as_select());
    Ok(kept.first(&mut **transaction).await.optional()?)
}

pub async fn keep(transaction: &mut Connection<Answers>, kept: &Kept) -> Result<()> {
    diesel::insert_into(response_copy::table)
        .values(kept)
        .on_conflict(response_copy::campaign_id)
        .do_update()
        .set(kept)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub async fn count(connection: &mut Connection<Answers>, campaign: Uuid) -> Result<i64> {
    Ok(response::table.filter(response::campaign_id.eq(campaign)).count().get_result(&mut **connection).await?)
}

pub async fn design(connection: &mut Connection<Answers>, campaign: Uuid) -> Result<Vec<DesignUnit>> {
    let units = sampling_unit::table.filter(sampling_unit::campaign_id.eq(campaign)).select((
        sampling_unit::psu,
        sampling_unit::stratum,
        sampling_unit::province_code,
        sampling_unit::area,
        sampling_unit::weight,
    ));
    let units: Vec<(String, String, String, String, f64)> = units.load(&mut **connection).await?;
    let unit = |(psu, stratum, province, area, weight)| DesignUnit { psu, stratum, province, area, weight };
    Ok(units.into_iter().map(unit).collect())
}

/// Every response, in the binary format. A copy takes no parameters; an id has no signs that could end the text.
pub fn all(campaign: Uuid) -> String {
    format!(
        "COPY (SELECT id, psu, mode, answers FROM answers.response WHERE campaign_id = '{campaign}') TO STDOUT (FORMAT binary)"
    )
}
