//! What the flush reads and writes.

use std::collections::{BTreeMap, HashSet};

use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use crate::base::db::{Answers, Connection};
use crate::error::Result;
use crate::schema::answers::{allowed, draft, free_text, inbox, paradata_waiting, refusal, response, spent};

/// Rows of one insert: five values each stay far below the 65,535 a statement may bind.
const INSERTED_AT_ONCE: usize = 5_000;

/// A row of the inbox or a refusal, still sealed.
#[derive(Clone, Queryable)]
pub struct Waiting {
    pub tag: Vec<u8>,
    pub day: i32,
    pub sealed: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = response)]
pub struct NewResponse {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub psu: String,
    pub mode: String,
    pub answers: Value,
}

#[derive(Insertable)]
#[diesel(table_name = free_text)]
pub struct NewText {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub unit: String,
    pub content: String,
}

type Counts = BTreeMap<String, usize>;

fn counted(rows: Vec<(String, i64)>) -> Counts {
    rows.into_iter().map(|(psu, count)| (psu, usize::try_from(count).unwrap_or(0))).collect()
}

pub async fn inbox_counts(connection: &mut Connection<Answers>, campaign: Uuid) -> Result<Counts> {
    let rows =
        inbox::table.filter(inbox::campaign_id.eq(campaign)).group_by(inbox::psu).select((inbox::psu, count_star()));
    Ok(counted(rows.load(&mut **connection).await?))
}

pub async fn refusal_counts(connection: &mut Connection<Answers>, campaign: Uuid) -> Result<Counts> {
    let rows = refusal::table
        .filter(refusal::campaign_id.eq(campaign))
        .group_by(refusal::psu)
        .select((refusal::psu, count_star()));
    Ok(counted(rows.load(&mut **connection).await?))
}

pub async fn inbox_of(connection: &mut Connection<Answers>, campaign: Uuid, psus: &[String]) -> Result<Vec<Waiting>> {
    let rows = inbox::table.filter(inbox::campaign_id.eq(campaign).and(inbox::psu.eq_any(psus)));
    Ok(rows.select((inbox::tag, inbox::day_key, inbox::sealed)).load(&mut **connection).await?)
}

pub async fn refusals_of(
    connection: &mut Connection<Answers>,
    campaign: Uuid,
    psus: &[String],
) -> Result<Vec<Waiting>> {
    let rows = refusal::table.filter(refusal::campaign_id.eq(campaign).and(refusal::psu.eq_any(psus)));
    Ok(rows.select((refusal::tag, refusal::day_key, refusal::sealed)).load(&mut **connection).await?)
}

/// Takes these tags out of the inbox and gives what really stood there: somebody may have withdrawn a moment ago. Drafts left
/// over from a second tab go too.
pub async fn take(transaction: &mut Connection<Answers>, tags: &[Vec<u8>]) -> Result<Vec<(Waiting, String)>> {
    diesel::delete(draft::table.filter(draft::tag.eq_any(tags))).execute(&mut **transaction).await?;
    let rows = diesel::delete(inbox::table.filter(inbox::tag.eq_any(tags))).returning((
        inbox::tag,
        inbox::day_key,
        inbox::sealed,
        inbox::psu,
    ));
    let rows: Vec<(Vec<u8>, i32, Vec<u8>, String)> = rows.get_results(&mut **transaction).await?;
    Ok(rows.into_iter().map(|(tag, day, sealed, psu)| (Waiting { tag, day, sealed }, psu)).collect())
}

/// Marks tags as recorded, in the order given; returns those that were not before.
pub async fn spend(
    transaction: &mut Connection<Answers>,
    campaign: Uuid,
    tags: &[Vec<u8>],
) -> Result<HashSet<Vec<u8>>> {
    let mut new = HashSet::new();
    for tags in tags.chunks(INSERTED_AT_ONCE) {
        let rows: Vec<_> = tags.iter().map(|tag| (spent::tag.eq(tag), spent::campaign_id.eq(campaign))).collect();
        let inserted = diesel::insert_into(spent::table).values(rows).on_conflict_do_nothing().returning(spent::tag);
        new.extend(inserted.get_results::<Vec<u8>>(&mut **transaction).await?);
    }
    Ok(new)
}

/// Inserts in the order given.
pub async fn insert(transaction: &mut Connection<Answers>, responses: &[NewResponse], texts: &[NewText]) -> Result<()> {
    for responses in responses.chunks(INSERTED_AT_ONCE) {
        diesel::insert_into(response::table).values(responses).execute(&mut **transaction).await?;
    }
    for texts in texts.chunks(INSERTED_AT_ONCE) {
        diesel::insert_into(free_text::table).values(texts).execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Commune and answers of the responses in these communes, and in one other: its answers were given by other people.
pub async fn answers_around(
    transaction: &mut Connection<Answers>,
    campaign: Uuid,
    psus: &[String],
) -> Result<Vec<(String, Value)>> {
    let of_campaign = response::table.filter(response::campaign_id.eq(campaign));
    let another = of_campaign.filter(response::psu.ne_all(psus)).select(response::psu).order(response::psu);
    let another: Option<String> = another.first(&mut **transaction).await.optional()?;
    let wanted: Vec<&String> = psus.iter().chain(another.as_ref()).collect();
    let rows = of_campaign.filter(response::psu.eq_any(wanted)).order((response::psu, response::id));
    Ok(rows.select((response::psu, response::answers)).load(&mut **transaction).await?)
}

pub async fn delete_refusals(transaction: &mut Connection<Answers>, rows: &[Waiting]) -> Result<()> {
    // Only what was told: a refusal renewed since then has another seal.
    let (tags, seals): (Vec<_>, Vec<_>) = rows.iter().map(|row| (&row.tag, &row.sealed)).unzip();
    let told = refusal::tag.eq_any(tags).and(refusal::sealed.eq_any(seals));
    diesel::delete(refusal::table.filter(told)).execute(&mut **transaction).await?;
    Ok(())
}

/// Inbox rows sealed before `day`.
pub async fn older_inbox(connection: &mut Connection<Answers>, campaign: Uuid, day: i32) -> Result<Vec<Waiting>> {
    let rows = inbox::table.filter(inbox::campaign_id.eq(campaign).and(inbox::day_key.lt(day)));
    Ok(rows.select((inbox::tag, inbox::day_key, inbox::sealed)).load(&mut **connection).await?)
}

pub async fn older_refusals(connection: &mut Connection<Answers>, campaign: Uuid, day: i32) -> Result<Vec<Waiting>> {
    let rows = refusal::table.filter(refusal::campaign_id.eq(campaign).and(refusal::day_key.lt(day)));
    Ok(rows.select((refusal::tag, refusal::day_key, refusal::sealed)).load(&mut **connection).await?)
}

/// Replaces a seal, unless the row has changed or gone since it was read.
pub async fn reseal_inbox(
    transaction: &mut Connection<Answers>,
    before: &Waiting,
    day: i32,
    sealed: &[u8],
) -> Result<()> {
    let row = inbox::table.filter(inbox::tag.eq(&before.tag).and(inbox::sealed.eq(&before.sealed)));
    diesel::update(row).set((inbox::day_key.eq(day), inbox::sealed.eq(sealed))).execute(&mut **transaction).await?;
    Ok(())
}

pub async fn reseal_refusal(
    transaction: &mut Connection<Answers>,
    before: &Waiting,
    day: i32,
    sealed: &[u8],
) -> Result<()> {
    let row = refusal::table.filter(refusal::tag.eq(&before.tag).and(refusal::sealed.eq(&before.sealed)));
    diesel::update(row).set((refusal::day_key.eq(day), refusal::sealed.eq(sealed))).execute(&mut **transaction).await?;
    Ok(())
}

/// Days under whose key anything is still sealed, and whether anybody may still answer in any campaign.
pub async fn keys_in_use(connection: &mut Connection<Answers>) -> Result<(HashSet<i32>, bool)> {
    let mut days: HashSet<i32> =
        inbox::table.select(inbox::day_key).distinct().load(&mut **connection).await?.into_iter().collect();
    days.extend(refusal::table.select(refusal::day_key).distinct().load::<i32>(&mut **connection).await?);
    days.extend(
        paradata_waiting::table.select(paradata_waiting::day_key).distinct().load::<i32>(&mut **connection).await?,
    );
    let anybody = diesel::select(exists(allowed::table.select(allowed::tag))).get_result(&mut **connection).await?;
    Ok((days, anybody))
}

/// After the close nobody sends again, so nobody needs to be known any more.
pub async fn delete_spent(transaction: &mut Connection<Answers>, campaign: Uuid) -> Result<()> {
    diesel::delete(spent::table.filter(spent::campaign_id.eq(campaign))).execute(&mut **transaction).await?;
    Ok(())
}

pub async fn delete_drafts(transaction: &mut Connection<Answers>, campaign: Uuid) -> Result<()> {
    diesel::delete(draft::table.filter(draft::campaign_id.eq(campaign))).execute(&mut **transaction).await?;
    Ok(())
}

/// True when nothing of the campaign waits any more.
pub async fn is_empty(connection: &mut Connection<Answers>, campaign: Uuid) -> Result<bool> {
    let inbox = inbox::table.filter(inbox::campaign_id.eq(campaign));
    let refusals = refusal::table.filter(refusal::campaign_id.eq(campaign));
    Ok(diesel::select(not(exists(inbox)).and(not(exists(refusals)))).get_result(&mut **connection).await?)
}
