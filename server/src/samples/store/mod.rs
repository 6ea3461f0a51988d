//! Every query on the draws' tables.

mod designs;
mod units;

pub use designs::SavedDesign;
pub(super) use designs::{design, designs, insert_design, update_design};
pub(super) use units::{insert_units, units};

use analysis::design::Design;
use analysis::draw::{Draw as Drawn, Role};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{ALGORITHM, State};
use crate::audit::Actor;
use crate::base::db::{Connection, Contact, is_duplicate};
use crate::base::seal::hex;
use crate::error::{Error, Result};
use crate::schema::contact::{draw, invitation};

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = draw)]
pub struct Draw {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub frame_id: Uuid,
    /// Canonical JSON.
    pub design: String,
    pub design_digest: Vec<u8>,
    /// Of the frame in the detail the design needs: with households, or persons alone.
    pub frame_digest: Vec<u8>,
    /// Where the seed was said to come from, before it could be known.
    pub seed_source: String,
    /// Empty until it is known.
    pub seed: String,
    pub algorithm: String,
    state: String,
    pub(super) list_digest: Option<Vec<u8>>,
    pub persons: i32,
    pub reserves: i32,
    pub committed_by: String,
    pub committed_at: DateTime<Utc>,
    pub seeded_by: Option<String>,
    pub seeded_at: Option<DateTime<Utc>>,
    pub confirmed_by: Option<String>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub withdrawn_by: Option<String>,
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub drawn_at: Option<DateTime<Utc>>,
}

impl Draw {
    pub fn design(&self) -> Result<Design> {
        Ok(serde_json::from_str(&self.design)?)
    }

    pub fn state(&self) -> State {
        State::from_name(&self.state)
    }

    /// Whether it names the persons to ask: a draw that ended with places does not.
    pub fn names_persons(&self) -> bool {
        self.persons > 0
    }

    /// Hexadecimal; `None` until the job has drawn.
    pub fn list_digest(&self) -> Option<String> {
        self.list_digest.as_deref().map(hex)
    }
}

#[derive(Insertable)]
#[diesel(table_name = draw)]
pub(super) struct Commitment {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub frame_id: Uuid,
    pub design_id: Uuid,
    pub design: String,
    pub design_digest: Vec<u8>,
    pub frame_digest: Vec<u8>,
    pub seed_source: String,
    pub committed_by: String,
    pub committed_at: DateTime<Utc>,
}

pub(super) async fn insert(transaction: &mut Connection<Contact>, new: &Commitment) -> Result<()> {
    let rest = (draw::seed.eq(""), draw::algorithm.eq(ALGORITHM), draw::state.eq(State::Committed.name()));
    let inserted = diesel::insert_into(draw::table).values((new, rest)).execute(&mut **transaction).await;
    match inserted {
        Ok(_one) => designs::mark_used(transaction, new.design_id, new.committed_at).await,
        Err(cause) if is_duplicate(&cause) => Err(Error::conflict("draw-committed-twice")),
        Err(cause) => Err(cause.into()),
    }
}

pub(super) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<Draw>> {
    Ok(draw::table.find(id).select(Draw::as_select()).first(&mut **connection).await.optional()?)
}

/// The draw, which nobody else changes until the transaction ends.
pub(super) async fn lock(transaction: &mut Connection<Contact>, id: Uuid) -> Result<Draw> {
    Ok(draw::table.find(id).select(Draw::as_select()).for_update().get_result(&mut **transaction).await?)
}

pub(super) async fn of_campaign(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Draw>> {
    let draws = draw::table.filter(draw::campaign_id.eq(campaign)).order((draw::committed_at.desc(), draw::id.desc()));
    Ok(draws.select(Draw::as_select()).load(&mut **connection).await?)
}

/// Whether codes of the campaign are out: a look at what the invitations have written, nothing more.
pub(super) async fn codes_issued(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<bool> {
    let issued = invitation::table.filter(invitation::campaign_id.eq(campaign));
    Ok(diesel::select(diesel::dsl::exists(issued)).get_result(&mut **connection).await?)
}

/// The seed as it was typed in; an empty one takes it back.
pub(super) async fn set_seed(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    seed: &str,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    let known = !seed.is_empty();
    let state = if known { State::Seeded } else { State::Committed };
    let set = diesel::update(draw::table.find(id))
        .set((
            draw::seed.eq(seed),
            draw::state.eq(state.name()),
            draw::seeded_by.eq(known.then(|| by.to_string())),
            draw::seeded_at.eq(known.then_some(now)),
        ))
        .execute(&mut **transaction)
        .await;
    match set {
        Err(cause) if is_duplicate(&cause) => Err(Error::conflict("draw-twice")),
        set => Ok(set.map(|_one| ())?),
    }
}

pub(super) async fn set_confirmed(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(draw::table.find(id))
        .set((
            draw::state.eq(State::Confirmed.name()),
            draw::confirmed_by.eq(by.to_string()),
            draw::confirmed_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn set_withdrawn(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    by: &Actor,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(draw::table.find(id))
        .set((
            draw::state.eq(State::Withdrawn.name()),
            draw::withdrawn_by.eq(by.to_string()),
            draw::withdrawn_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Ends the draw, whose units stand by now.
pub(super) async fn finish(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    drawn: &Drawn,
    now: DateTime<Utc>,
) -> Result<()> {
    let count = |role: Role| i32::try_from(drawn.persons().filter(|unit| unit.role == role).count()).map_err(too_large);
    diesel::update(draw::table.find(id))
        .set((
            draw::state.eq(State::Drawn.name()),
            draw::list_digest.eq(drawn.list_digest.0.to_vec()),
            draw::persons.eq(count(Role::Main)?),
            draw::reserves.eq(count(Role::Reserve)?),
            draw::drawn_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn too_large(cause: std::num::TryFromIntError) -> Error {
    Error::internal("draw-too-large").caused_by(cause)
}
