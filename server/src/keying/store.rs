//! Half-keyed paper on the answers side; sums of how well it was keyed on the other.

use diesel::prelude::*;
use diesel::sql_types::{Binary, SmallInt};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::base::db::{Answers, Connection, Contact};
use crate::error::Result;
use crate::schema::answers::{inbox, keying, spent};
use crate::schema::office::keying_tally;

pub(super) async fn find(connection: &mut Connection<Answers>, tag: &[u8]) -> Result<Option<Vec<u8>>> {
    Ok(keying::table.find(tag).select(keying::sealed).first(&mut **connection).await.optional()?)
}

/// The lock holds off the close and a cancellation, which delete the allowed row: whoever gets it first decides. An answer may have come since
/// the page was asked for.
const BEGIN: &str = "
INSERT INTO answers.keying (tag, campaign_id, keyed, sealed)
SELECT tag, campaign_id, $2, $3 FROM answers.allowed
WHERE tag = $1 AND NOT EXISTS (SELECT FROM answers.inbox WHERE tag = $1) AND NOT EXISTS (SELECT FROM answers.spent WHERE tag = $1)
FOR KEY SHARE
ON CONFLICT DO NOTHING";

/// Keeps a first keying; false when another stands there by now, the code has its answer, or may not answer any more.
pub(super) async fn begin(transaction: &mut Connection<Answers>, tag: &[u8], sealed: &[u8]) -> Result<bool> {
    let inserted = diesel::sql_query(BEGIN)
        .bind::<Binary, _>(tag.to_vec())
        .bind::<SmallInt, _>(1_i16)
        .bind::<Binary, _>(sealed.to_vec())
        .execute(&mut **transaction)
        .await?;
    Ok(inserted == 1)
}

/// Puts two keyings that differ where the first, `before`, stood; false when that is not so any more.
pub(super) async fn disagree(
    transaction: &mut Connection<Answers>,
    tag: &[u8],
    before: &[u8],
    sealed: &[u8],
) -> Result<bool> {
    let updated = diesel::update(keying::table.filter(keying::tag.eq(tag).and(keying::sealed.eq(before))))
        .set((keying::keyed.eq(2_i16), keying::sealed.eq(sealed)))
        .execute(&mut **transaction)
        .await?;
    Ok(updated == 1)
}

/// False when nothing stood there: somebody else has ended it.
pub(super) async fn end(transaction: &mut Connection<Answers>, tag: &[u8]) -> Result<bool> {
    Ok(diesel::delete(keying::table.find(tag)).execute(&mut **transaction).await? == 1)
}

/// How many forms of the campaign were keyed once, and by two who differ. Those whose code has an answer by now wait for nobody.
pub(super) async fn waiting(connection: &mut Connection<Answers>, campaign: Uuid) -> Result<(i64, i64)> {
    use diesel::dsl::{count_star, exists, not};
    let rows: Vec<(i16, i64)> = keying::table
        .filter(keying::campaign_id.eq(campaign))
        .filter(not(exists(inbox::table.filter(inbox::tag.eq(keying::tag)))))
        .filter(not(exists(spent::table.filter(spent::tag.eq(keying::tag)))))
        .group_by(keying::keyed)
        .select((keying::keyed, count_star()))
        .load(&mut **connection)
        .await?;
    let of = |keyed| rows.iter().find(|(times, _)| *times == keyed).map_or(0, |(_, count)| *count);
    Ok((of(1), of(2)))
}

/// How somebody keyed: one form, or all of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = keying_tally)]
pub(super) struct Tally {
    pub campaign_id: Uuid,
    pub staff_id: Uuid,
    pub forms: i64,
    pub fields: i64,
    pub wrong: i64,
}

pub(super) async fn add(transaction: &mut Connection<Contact>, tally: &Tally) -> Result<()> {
    diesel::insert_into(keying_tally::table)
        .values(tally)
        .on_conflict((keying_tally::campaign_id, keying_tally::staff_id))
        .do_update()
        .set((
            keying_tally::forms.eq(keying_tally::forms + tally.forms),
            keying_tally::fields.eq(keying_tally::fields + tally.fields),
            keying_tally::wrong.eq(keying_tally::wrong + tally.wrong),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn tallies(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Tally>> {
    let rows = keying_tally::table.filter(keying_tally::campaign_id.eq(campaign)).order(keying_tally::staff_id);
    Ok(rows.select(Tally::as_select()).load(&mut **connection).await?)
}
