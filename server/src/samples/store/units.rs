//! The units of a draw: they come once and never change.

use analysis::draw::{Stage, Unit};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::too_large;
use crate::base::db::{Connection, Contact};
use crate::error::{Error, Result};
use crate::samples::list;
use crate::schema::contact::drawn_unit;

const INSERT: &str = "
INSERT INTO contact.drawn_unit
    (draw_id, stage, path, code, role, method, probability, overall_probability, order_number, n, population, size, parent_size)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::integer[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[])";

/// Enters some units of a draw.
pub(in crate::samples) async fn insert_units(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    units: &[Unit],
) -> Result<()> {
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
    let value = unit.fields().into_iter().find(|(field, _)| *field == name).map(|(_, value)| value).unwrap_or_default();
    // Codes of households are unique in their village only, and no code has a slash.
    if name == "code" && unit.stage == Stage::Household { format!("{}/{value}", unit.village()) } else { value }
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
            code: self.code.rsplit('/').next().unwrap_or_default().to_owned(),
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
pub(in crate::samples) async fn units(
    connection: &mut Connection<Contact>,
    id: Uuid,
    stage: Option<Stage>,
) -> Result<Vec<Unit>> {
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
