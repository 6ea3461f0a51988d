//! Every query on the draws' tables.

use analysis::design::Design;
use analysis::draw::{Draw as Drawn, Role, Stage, Unit};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{ALGORITHM, list};
use crate::audit::Actor;
use crate::base::db::{Connection, Contact, is_duplicate};
use crate::base::seal::hex;
use crate::error::{Error, Result};
use crate::frames::Frame;
use crate::schema::contact::{draw, drawn_unit};

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = draw)]
pub struct Draw {
    pub id: Uuid,
    pub campaign_id: Uuid,
    pub frame_id: Uuid,
    /// Canonical JSON.
    pub design: String,
    pub design_digest: Vec<u8>,
    pub frame_digest: Vec<u8>,
    pub seed: String,
    pub algorithm: String,
    pub(super) list_digest: Option<Vec<u8>>,
    pub persons: i32,
    pub reserves: i32,
    pub requested_by: String,
    pub requested_at: DateTime<Utc>,
    pub drawn_at: Option<DateTime<Utc>>,
}

impl Draw {
    pub fn design(&self) -> Result<Design> {
        Ok(serde_json::from_str(&self.design)?)
    }

    /// Hexadecimal; `None` until the job has drawn.
    pub fn list_digest(&self) -> Option<String> {
        self.list_digest.as_deref().map(hex)
    }
}

#[derive(Insertable)]
#[diesel(table_name = draw)]
pub(super) struct NewDraw {
    id: Uuid,
    campaign_id: Uuid,
    frame_id: Uuid,
    design: String,
    design_digest: Vec<u8>,
    frame_digest: Vec<u8>,
    seed: String,
    algorithm: &'static str,
    state: &'static str,
    requested_by: String,
    requested_at: DateTime<Utc>,
}

impl NewDraw {
    pub(super) fn new(
        id: Uuid,
        campaign_id: Uuid,
        frame: &Frame,
        design: &Design,
        seed: &str,
        actor: &Actor,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            campaign_id,
            frame_id: frame.id,
            design: design.canonical_text(),
            design_digest: design.digest().0.to_vec(),
            frame_digest: frame.frame_digest.clone(),
            seed: seed.to_owned(),
            algorithm: ALGORITHM,
            state: "requested",
            requested_by: actor.to_string(),
            requested_at: now,
        }
    }
}

pub(super) async fn insert(transaction: &mut Connection<Contact>, new: &NewDraw) -> Result<()> {
    let inserted = diesel::insert_into(draw::table).values(new).execute(&mut **transaction).await;
    inserted
        .map(|_one| ())
        .map_err(|cause| if is_duplicate(&cause) { Error::conflict("draw-twice") } else { cause.into() })
}

pub(super) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Option<Draw>> {
    Ok(draw::table.find(id).select(Draw::as_select()).first(&mut **connection).await.optional()?)
}

pub(super) async fn of_campaign(connection: &mut Connection<Contact>, campaign: Uuid) -> Result<Vec<Draw>> {
    let draws = draw::table.filter(draw::campaign_id.eq(campaign)).order(draw::requested_at.desc());
    Ok(draws.select(Draw::as_select()).load(&mut **connection).await?)
}

const INSERT: &str = "
INSERT INTO contact.drawn_unit
    (draw_id, stage, path, code, role, method, probability, overall_probability, order_number, n, population, size, parent_size)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::integer[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[])";

/// Enters some units of a draw.
pub(super) async fn insert_units(transaction: &mut Connection<Contact>, id: Uuid, units: &[Unit]) -> Result<()> {
    let mut query = diesel::sql_query(INSERT).into_boxed().bind::<diesel::sql_types::Uuid, _>(id);
    for name in ["stage", "path", "code", "role", "method", "probability", "overall_probability"] {
        query = query.bind::<Array<Text>, _>(units.iter().map(|unit| field(unit, name)).collect::<Vec<_>>());
    }
    let orders: Result<Vec<_>> = units.iter().map(|unit| i32::try_from(unit.order).map_err(too_large)).collect();
    query = query.bind::<Array<Integer>, _>(orders?);
    let numbers: [fn(&Unit) -> u64; 4] = [|unit| unit.n, |unit| unit.of, |unit| unit.size, |unit| unit.parent_size];
    for number in numbers {
        let column: Result<Vec<_>> = units.iter().map(|unit| i64::try_from(number(unit)).map_err(too_large)).collect();
        query = query.bind::<Array<BigInt>, _>(column?);
    }
    query.execute(&mut **transaction).await?;
    Ok(())
}

fn field(unit: &Unit, name: &str) -> String {
    unit.fields().into_iter().find(|(field, _)| *field == name).map(|(_, value)| value).unwrap_or_default()
}

fn too_large(cause: std::num::TryFromIntError) -> Error {
    Error::internal("draw-too-large").caused_by(cause)
}

/// Ends the draw; false when another worker has done so already.
pub(super) async fn finish(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    drawn: &Drawn,
    now: DateTime<Utc>,
) -> Result<bool> {
    let count = |role: Role| i32::try_from(drawn.persons().filter(|unit| unit.role == role).count()).map_err(too_large);
    let changed = diesel::update(draw::table.filter(draw::id.eq(id).and(draw::state.eq("requested"))))
        .set((
            draw::state.eq("drawn"),
            draw::list_digest.eq(drawn.list_digest.0.to_vec()),
            draw::persons.eq(count(Role::Main)?),
            draw::reserves.eq(count(Role::Reserve)?),
            draw::drawn_at.eq(now),
        ))
        .execute(&mut **transaction)
        .await?;
    Ok(changed == 1)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = drawn_unit)]
struct Row {
    stage: String,
    path: String,
    order_number: i32,
    code: String,
    role: String,
    method: String,
    n: i64,
    population: i64,
    size: i64,
    parent_size: i64,
    probability: String,
    overall_probability: String,
}

impl Row {
    fn unit(self) -> Option<Unit> {
        Some(Unit {
            stage: list::named(&self.stage)?,
            path: self.path,
            code: self.code,
            method: list::named(&self.method)?,
            n: self.n.try_into().ok()?,
            of: self.population.try_into().ok()?,
            size: self.size.try_into().ok()?,
            parent_size: self.parent_size.try_into().ok()?,
            probability: list::fraction(&self.probability)?,
            overall_probability: list::fraction(&self.overall_probability)?,
            order: self.order_number.try_into().ok()?,
            role: list::named(&self.role)?,
        })
    }
}

/// In the order of the published list.
pub(super) async fn units(connection: &mut Connection<Contact>, id: Uuid, stage: Option<Stage>) -> Result<Vec<Unit>> {
    let mut query = drawn_unit::table.filter(drawn_unit::draw_id.eq(id)).select(Row::as_select()).into_boxed();
    if stage == Some(Stage::Person) {
        query = query.filter(drawn_unit::stage.eq("person"));
    }
    let rows: Vec<Row> = query.load(&mut **connection).await?;
    let units: Option<Vec<Unit>> = rows.into_iter().map(Row::unit).collect();
    let mut units = units.ok_or_else(|| Error::internal("draw-damaged"))?;
    units.sort_by(|a, b| (a.stage, &a.path, a.order, &a.code).cmp(&(b.stage, &b.path, b.order, &b.code)));
    Ok(units)
}
