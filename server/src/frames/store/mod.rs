//! Every query on the frames' tables.

pub(super) mod imports;
mod units;

pub use units::Addressee;
pub(super) use units::{
    Plan, addressees, batches, codes_only, drawn, earlier, insert_persons, last_draw, persons, places, sizes,
};

use analysis::draw::Stage;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::check::Checked;
use super::roll::Counts;
use crate::base::db::{Connection, Contact};
use crate::error::{Error, Result};
use crate::schema::contact::{frame, frame_unit};

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = frame)]
pub struct Frame {
    pub id: Uuid,
    pub file_name: String,
    pub frame_digest: Vec<u8>,
    pub synthetic: bool,
    pub provinces: i32,
    pub communes: i32,
    pub villages: i32,
    pub persons: i64,
    pub imported_at: DateTime<Utc>,
    pub frozen_at: Option<DateTime<Utc>>,
    level: String,
    /// The draw of places whose people it lists.
    pub within_draw: Option<Uuid>,
}

impl Frame {
    /// What one row of the list stands for.
    pub fn level(&self) -> Stage {
        // The database knows these names only.
        let known = [Stage::Commune, Stage::Village].into_iter().find(|level| level.name() == self.level);
        known.unwrap_or(Stage::Person)
    }
}

#[derive(Insertable)]
#[diesel(table_name = frame)]
pub(super) struct NewFrame {
    id: Uuid,
    campaign_id: Uuid,
    file_name: String,
    file_digest: Vec<u8>,
    frame_digest: Vec<u8>,
    synthetic: bool,
    provinces: i32,
    communes: i32,
    villages: i32,
    persons: i64,
    imported_at: DateTime<Utc>,
    level: String,
    within_draw: Option<Uuid>,
}

/// What a frame is made of, as its list was judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub level: Stage,
    pub counts: Counts,
    pub frame_digest: [u8; 32],
    pub file_digest: [u8; 32],
}

impl Judged {
    /// Rows that are taken.
    pub(super) fn rows(&self) -> usize {
        self.counts.rows(self.level)
    }

    pub(super) fn of(checked: &Checked) -> Self {
        Self {
            level: checked.level,
            counts: checked.counts,
            frame_digest: checked.frame_digest,
            file_digest: checked.file_digest,
        }
    }
}

impl NewFrame {
    pub(super) fn new(
        id: Uuid,
        (campaign_id, within_draw): (Uuid, Option<Uuid>),
        file_name: &str,
        judged: &Judged,
        synthetic: bool,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let too_many = |cause| Error::internal("frame-too-large").caused_by(cause);
        let counts = judged.counts;
        Ok(Self {
            id,
            campaign_id,
            file_name: file_name.to_owned(),
            file_digest: judged.file_digest.to_vec(),
            frame_digest: judged.frame_digest.to_vec(),
            synthetic,
            provinces: counts.provinces.try_into().map_err(too_many)?,
            communes: counts.communes.try_into().map_err(too_many)?,
            villages: counts.villages.try_into().map_err(too_many)?,
            persons: counts.persons.try_into().map_err(too_many)?,
            imported_at: now,
            level: judged.level.name().to_owned(),
            within_draw,
        })
    }
}

/// Removes the earlier list of the same kind and enters the new one, still without rows.
pub(super) async fn replace(transaction: &mut Connection<Contact>, new: &NewFrame) -> Result<()> {
    let same = frame::campaign_id.eq(new.campaign_id).and(frame::within_draw.is_not_distinct_from(new.within_draw));
    let earlier = frame::table.filter(same).select(frame::id);
    diesel::delete(frame_unit::table.filter(frame_unit::frame_id.eq_any(earlier))).execute(&mut **transaction).await?;
    diesel::delete(frame::table.filter(same)).execute(&mut **transaction).await?;
    diesel::insert_into(frame::table).values(new).execute(&mut **transaction).await?;
    Ok(())
}

/// False when the frame is gone or frozen already.
pub(super) async fn freeze(transaction: &mut Connection<Contact>, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let open = frame::table.filter(frame::id.eq(id).and(frame::frozen_at.is_null()));
    Ok(diesel::update(open).set(frame::frozen_at.eq(now)).execute(&mut **transaction).await? == 1)
}

pub(super) async fn of_campaign(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<Frame>> {
    Ok(frame::table
        .filter(frame::campaign_id.eq(campaign))
        .order((frame::within_draw.is_null(), frame::imported_at.desc()))
        .select(Frame::as_select())
        .first(&mut **connection)
        .await
        .optional()?)
}

/// The list that the campaign's first draws are made from.
pub(super) async fn whole(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Option<Frame>> {
    let whole = frame::table.filter(frame::campaign_id.eq(campaign).and(frame::within_draw.is_null()));
    Ok(whole.select(Frame::as_select()).first(&mut **connection).await.optional()?)
}

pub(super) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Frame> {
    Ok(frame::table.find(id).select(Frame::as_select()).first(&mut **connection).await?)
}
