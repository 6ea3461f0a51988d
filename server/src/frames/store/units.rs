//! The rows of a frame: persons, or places with sizes.

use std::collections::BTreeMap;
use std::fs::File;

use analysis::draw::Stage;
use analysis::frame::{FrameBuilder, Person, Places, SamplingFrame};
use diesel::prelude::*;
use diesel::query_builder::BoxedSqlQuery;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use futures_util::TryStreamExt as _;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::Frame;
use crate::base::db::{Connection, Contact};
use crate::error::{Error, Result};
use crate::frames::compare::Earlier;
use crate::frames::damaged;
use crate::frames::drawn::Drawn;
use crate::frames::list::{self, COLUMNS, Holds};
use crate::frames::provinces::{Answers, Provinces};
use crate::frames::reading::{FileKind, Go};
use crate::frames::roll::area;
use crate::schema::contact::frame_unit;

/// Name and address of one person of the list.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = frame_unit)]
pub struct Addressee {
    #[diesel(column_name = code)]
    pub person: String,
    pub commune_name: String,
    pub village_name: String,
    pub household: String,
    pub name: String,
    pub address: String,
    /// `0912345678`; empty when unknown, as is the e-mail address.
    pub phone: String,
    pub email: String,
}

/// Rows that travel in one statement.
const BATCH: usize = 10_000;

/// One vector per column of the file.
pub(in crate::frames) type Batch = [Vec<String>; COLUMNS.len()];

/// How the checked file is read again.
#[derive(Clone, Debug)]
pub(in crate::frames) struct Plan {
    pub kind: FileKind,
    pub answers: Answers,
    /// Rows that are not taken, ascending.
    pub left_out: Vec<u32>,
}

/// Reads the checked file again, on a thread of its own, a little ahead of the database.
pub(in crate::frames) fn batches(mut file: File, plan: Plan) -> mpsc::Receiver<Result<Batch>> {
    let (sender, receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut batch = Batch::default();
        let mut out = plan.left_out.iter().map(|row| u64::from(*row)).peekable();
        let mut provinces = Provinces::new(plan.answers);
        let read = list::each_line(&mut file, plan.kind, Holds::Everything, &mut provinces, &mut |line, _| {
            while out.next_if(|row| *row < line.row).is_some() {}
            if out.next_if_eq(&line.row).is_some() {
                return Ok(Go::Continue(()));
            }
            for (column, cell) in batch.iter_mut().zip(&line.cells) {
                column.push(cell.clone());
            }
            // Nobody listens any more once the transaction failed.
            let gone = batch[0].len() == BATCH && sender.blocking_send(Ok(std::mem::take(&mut batch))).is_err();
            Ok(if gone { Go::Break(()) } else { Go::Continue(()) })
        });
        let last = match read {
            Ok(Ok(())) => Ok(batch),
            Ok(Err(_changed)) => Err(Error::internal("frame-file-changed")),
            Err(cause) => Err(cause.into()),
        };
        sender.blocking_send(last).ok();
    });
    receiver
}

const INSERT: &str = "
INSERT INTO contact.frame_unit
    (frame_id, code, province_code, commune_code, area, village_code, commune_name, village_name, household, name, address, phone, email, size)
SELECT $1, code, province, commune, area, village, commune_name, village_name, household, name, address, phone, email, coalesce(size::bigint, 1) FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
    $12::text[], $13::text[], $14::text[]) AS row (code, province, commune, area, village, commune_name, village_name, household, name, address, phone, email, size)";

pub(in crate::frames) async fn insert_persons(
    transaction: &mut Connection<Contact>,
    id: Uuid,
    batch: Batch,
) -> Result<()> {
    let query = diesel::sql_query(INSERT).into_boxed().bind::<diesel::sql_types::Uuid, _>(id);
    let query = batch.into_iter().fold(query, BoxedSqlQuery::bind::<Array<Text>, _>);
    query.execute(&mut **transaction).await?;
    Ok(())
}

/// One row by codes.
#[derive(Queryable, Selectable)]
#[diesel(table_name = frame_unit)]
struct Codes {
    code: String,
    province_code: String,
    commune_code: String,
    area: String,
    village_code: String,
    household: String,
    size: i64,
}

impl Codes {
    fn person(&self) -> Result<Person<'_>> {
        Ok(Person {
            code: &self.code,
            village: &self.village_code,
            commune: &self.commune_code,
            area: area(&self.area).ok_or_else(damaged)?,
            province: &self.province_code,
        })
    }
}

/// All persons, given to the builder one after the other: a nation does not fit into memory as rows.
pub(in crate::frames) async fn persons(
    connection: &mut Connection<Contact>,
    id: Uuid,
    households: bool,
) -> Result<FrameBuilder> {
    let mut builder = FrameBuilder::default();
    let persons = frame_unit::table.filter(frame_unit::frame_id.eq(id)).select(Codes::as_select());
    let mut persons = persons.load_stream(&mut **connection).await?;
    while let Some(row) = persons.try_next().await? {
        let person = row.person()?;
        if households { builder.member(person, &row.household) } else { builder.person(person) }
    }
    Ok(builder)
}

/// A frame of places with their sizes.
pub(in crate::frames) async fn places(connection: &mut Connection<Contact>, frame: &Frame) -> Result<SamplingFrame> {
    let rows = frame_unit::table.filter(frame_unit::frame_id.eq(frame.id)).select(Codes::as_select());
    let rows: Vec<Codes> = rows.load(&mut **connection).await?;
    let size = |row: &Codes| u64::try_from(row.size).map_err(|_negative| damaged());
    let units: Result<Vec<(Person<'_>, u64)>> = rows.iter().map(|row| Ok((row.person()?, size(row)?))).collect();
    SamplingFrame::from_units(frame.level(), units?).map_err(|defects| damaged().with("defects", defects.len()))
}

/// One person as kept.
#[derive(Queryable, Selectable)]
#[diesel(table_name = frame_unit)]
struct Kept {
    code: String,
    province_code: String,
    commune_code: String,
    area: String,
    village_code: String,
    commune_name: String,
    village_name: String,
    household: String,
    name: String,
    address: String,
    phone: String,
    email: String,
    size: i64,
}

/// The list the campaign has, to compare another one with.
pub(in crate::frames) async fn earlier(connection: &mut Connection<Contact>, frame: &Frame) -> Result<Earlier> {
    let mut earlier = Earlier::default();
    let persons = frame_unit::table.filter(frame_unit::frame_id.eq(frame.id)).select(Kept::as_select());
    let mut persons = persons.load_stream(&mut **connection).await?;
    while let Some(it) = persons.try_next().await? {
        let size = (frame.level() != Stage::Person).then(|| it.size.to_string());
        let cells = [
            it.code,
            it.province_code,
            it.commune_code,
            it.area,
            it.village_code,
            it.commune_name,
            it.village_name,
            it.household,
            it.name,
            it.address,
            it.phone,
            it.email,
        ];
        earlier.add(&cells.into_iter().chain(size).collect::<Vec<_>>());
    }
    Ok(earlier.sorted())
}

/// Villages with how many adults they have.
pub(in crate::frames) async fn sizes(connection: &mut Connection<Contact>, frame: &Frame) -> Result<Places> {
    let place = (frame_unit::province_code, frame_unit::area, frame_unit::commune_code, frame_unit::village_code);
    // A sum of whole numbers would come as a decimal.
    let adults = diesel::dsl::sql::<diesel::sql_types::BigInt>("sum(size)::bigint");
    let villages: Vec<((String, String, String, String), i64)> = frame_unit::table
        .filter(frame_unit::frame_id.eq(frame.id))
        .group_by(place)
        .select((place, adults))
        .load(&mut **connection)
        .await?;
    let sized = villages.iter().filter_map(|((province, kind, commune, village), persons)| {
        let person = Person { code: "", village, commune, area: area(kind)?, province };
        Some((person, u64::try_from(*persons).ok()?))
    });
    Ok(Places::of_villages(frame.level(), sized))
}

/// The list as it is published: codes of places and persons, no names; or places with their sizes.
pub(in crate::frames) async fn codes_only(
    connection: &mut Connection<Contact>,
    frame: &Frame,
    households: bool,
) -> Result<Vec<u8>> {
    let persons = frame.level() == Stage::Person;
    let mut file = csv::Writer::from_writer(Vec::new());
    let write = |cause: csv::Error| Error::internal("csv").caused_by(cause);
    let place = ["province", "commune", "area", "village"];
    let own = if persons { "person" } else { "size" };
    file.write_record([own].into_iter().chain(place).chain((persons && households).then_some("household")))
        .map_err(write)?;
    let rows =
        frame_unit::table.filter(frame_unit::frame_id.eq(frame.id)).order(frame_unit::code).select(Codes::as_select());
    let mut rows = rows.load_stream(&mut **connection).await?;
    while let Some(row) = rows.try_next().await? {
        let own = if persons { row.code.clone() } else { row.size.to_string() };
        let codes = [&own, &row.province_code, &row.commune_code, &row.area, &row.village_code];
        file.write_record(codes.into_iter().chain((persons && households).then_some(&row.household))).map_err(write)?;
    }
    drop(rows);
    file.into_inner().map_err(|cause| Error::internal("csv").caused_by(cause.to_string()))
}

#[derive(QueryableByName)]
struct DrawnPlace {
    #[diesel(sql_type = Text)]
    place: String,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Text)]
    stage: String,
}

/// The last draw from this frame: the list of its smallest places, when it drew no persons.
pub(in crate::frames) async fn last_draw(connection: &mut Connection<Contact>, frame: Uuid) -> Result<Option<Uuid>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let query = diesel::sql_query(
        "SELECT id FROM contact.draw WHERE frame_id = $1 AND state = 'drawn' ORDER BY drawn_at DESC, id DESC LIMIT 1",
    );
    let found: Option<Found> = query.bind::<SqlUuid, _>(frame).get_result(&mut **connection).await.optional()?;
    Ok(found.map(|found| found.id))
}

/// The places of a draw whose people are to be listed: the smallest that were drawn. The group of a stratum is left out.
pub(in crate::frames) async fn drawn(connection: &mut Connection<Contact>, draw: Uuid) -> Result<Drawn> {
    let query = diesel::sql_query(
        "SELECT regexp_replace(path, '^([^/]*/[^/.]*)[^/]*', '\\1') || '/' || code AS place, role, stage FROM contact.drawn_unit
         WHERE draw_id = $1 AND stage = (SELECT CASE WHEN bool_or(stage = 'village') THEN 'village' ELSE 'commune' END
                                         FROM contact.drawn_unit WHERE draw_id = $1)",
    );
    let rows: Vec<DrawnPlace> = query.bind::<SqlUuid, _>(draw).load(&mut **connection).await?;
    let communes = rows.iter().any(|row| row.stage == Stage::Commune.name());
    let places: BTreeMap<String, bool> = rows.into_iter().map(|row| (row.place, row.role == "main")).collect();
    Ok(Drawn { level: if communes { Stage::Commune } else { Stage::Village }, places })
}

pub(in crate::frames) async fn addressees(
    connection: &mut Connection<Contact>,
    id: Uuid,
    persons: &[String],
) -> Result<Vec<Addressee>> {
    let wanted = frame_unit::table.filter(frame_unit::frame_id.eq(id).and(frame_unit::code.eq_any(persons)));
    Ok(wanted.select(Addressee::as_select()).load(&mut **connection).await?)
}
