//! Sealed rows that wait for company, and the counts they become.

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Answers, Connection};
use crate::error::Result;
use crate::schema::answers::{paradata_count, paradata_waiting};

/// Five values each stay far below the 65,535 a statement may bind.
const INSERTED_AT_ONCE: usize = 5_000;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = paradata_waiting)]
pub struct Row {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub day_key: i32,
    pub sealed: Vec<u8>,
}

/// Forms of an interviewer with this step of a measure.
#[derive(Clone, Debug, PartialEq, Eq, Insertable, Queryable, Selectable)]
#[diesel(table_name = paradata_count)]
pub struct Count {
    pub campaign_id: Uuid,
    pub interviewer: String,
    pub measure: String,
    pub step: i16,
    pub forms: i64,
}

/// Inserts in the order given.
pub async fn wait(transaction: &mut Connection<Answers>, rows: &[Row]) -> Result<()> {
    for rows in rows.chunks(INSERTED_AT_ONCE) {
        diesel::insert_into(paradata_waiting::table).values(rows).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Takes out everything that waits.
pub async fn take(transaction: &mut Connection<Answers>, campaign: Uuid) -> Result<Vec<Row>> {
    let rows = diesel::delete(paradata_waiting::table.filter(paradata_waiting::campaign_id.eq(campaign)));
    Ok(rows.returning(Row::as_returning()).get_results(&mut **transaction).await?)
}

pub async fn add(transaction: &mut Connection<Answers>, counts: &[Count]) -> Result<()> {
    for counts in counts.chunks(INSERTED_AT_ONCE) {
        diesel::insert_into(paradata_count::table)
            .values(counts)
            .on_conflict((
                paradata_count::campaign_id,
                paradata_count::interviewer,
                paradata_count::measure,
                paradata_count::step,
            ))
            .do_update()
            .set(paradata_count::forms.eq(paradata_count::forms + excluded(paradata_count::forms)))
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

pub async fn counts(connection: &mut Connection<Answers>, campaign: Uuid) -> Result<Vec<Count>> {
    let rows = paradata_count::table.filter(paradata_count::campaign_id.eq(campaign));
    let order = (paradata_count::interviewer, paradata_count::measure, paradata_count::step);
    Ok(rows.order(order).select(Count::as_select()).load(&mut **connection).await?)
}
