//! Every query on the frames' tables.

pub(super) mod imports;

use std::fs::File;

use analysis::frame::{FrameBuilder, Person, Places};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::query_builder::BoxedSqlQuery;
use diesel::sql_types::{Array, Text};
use diesel_async::RunQueryDsl;
use futures_util::TryStreamExt as _;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::check::Checked;
use super::compare::Earlier;
use super::list::{self, COLUMNS, Holds};
use super::provinces::{Answers, Provinces};
use super::reading::{FileKind, Go};
use super::roll::{Counts, area};
use crate::base::db::{Connection, Contact};
use crate::error::{Error, Result};
use crate::schema::contact::{frame, frame_person};

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
}

/// What a frame is made of, as its list was judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub counts: Counts,
    pub frame_digest: [u8; 32],
    pub file_digest: [u8; 32],
}

impl Judged {
    pub(super) fn of(checked: &Checked) -> Self {
        Self { counts: checked.counts, frame_digest: checked.frame_digest, file_digest: checked.file_digest }
    }
}

impl NewFrame {
    pub(super) fn new(
        id: Uuid,
        campaign_id: Uuid,
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
        })
    }
}

/// Name and address of one person of the list.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = frame_person)]
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

/// Removes the campaign's earlier list and enters the new one, still without persons.
pub(super) async fn replace(transaction: &mut Connection<Contact>, new: &NewFrame) -> Result<()> {
    let earlier = frame::table.filter(frame::campaign_id.eq(new.campaign_id)).select(frame::id);
    diesel::delete(frame_person::table.filter(frame_person::frame_id.eq_any(earlier)))
        .execute(&mut **transaction)
        .await?;
    diesel::delete(frame::table.filter(frame::campaign_id.eq(new.campaign_id))).execute(&mut **transaction).await?;
    diesel::insert_into(frame::table).values(new).execute(&mut **transaction).await?;
    Ok(())
}

/// Rows that travel in one statement.
const BATCH: usize = 10_000;

/// One vector per column of the file.
pub(super) type Batch = [Vec<String>; COLUMNS.len()];

/// How the checked file is read again.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub kind: FileKind,
    pub answers: Answers,
    /// Rows that are not taken, ascending.
    pub left_out: Vec<u32>,
}

/// Reads the checked file again, on a thread of its own, a little ahead of the database.
pub(super) fn batches(mut file: File, plan: Plan) -> mpsc::Receiver<Result<Batch>> {
    let (sender, receiver) = mpsc::channel(2);
    tokio::task::spawn_blocking(move || {
        let mut batch = Batch::default();
        let mut out = plan.left_out.iter().map(|row| u64::from(*row)).peekable();
        let mut provinces = Provinces::new(plan.answers);
        let read = list::each_line(&mut file, plan.kind, Holds::Everything, &mut provinces, &mut |line| {
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
INSERT INTO contact.frame_person
    (frame_id, code, province_code, commune_code, area, village_code, commune_name, village_name, household, name, address, phone, email)
SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
    $12::text[], $13::text[])";

pub(super) async fn insert_persons(transaction: &mut Connection<Contact>, id: Uuid, batch: Batch) -> Result<()> {
    let query = diesel::sql_query(INSERT).into_boxed().bind::<diesel::sql_types::Uuid, _>(id);
    let query = batch.into_iter().fold(query, BoxedSqlQuery::bind::<Array<Text>, _>);
    query.execute(&mut **transaction).await?;
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
        .select(Frame::as_select())
        .first(&mut **connection)
        .await
        .optional()?)
}

pub(super) async fn find(connection: &mut Connection<Contact>, id: Uuid) -> Result<Frame> {
    Ok(frame::table.find(id).select(Frame::as_select()).first(&mut **connection).await?)
}

/// One person by codes.
#[derive(Queryable, Selectable)]
#[diesel(table_name = frame_person)]
struct Codes {
    code: String,
    province_code: String,
    commune_code: String,
    area: String,
    village_code: String,
    household: String,
}

/// All persons, given to the builder one after the other: a nation does not fit into memory as rows.
pub(super) async fn rows(connection: &mut Connection<Contact>, id: Uuid, households: bool) -> Result<FrameBuilder> {
    let mut builder = FrameBuilder::default();
    let persons = frame_person::table.filter(frame_person::frame_id.eq(id)).select(Codes::as_select());
    let mut persons = persons.load_stream(&mut **connection).await?;
    while let Some(row) = persons.try_next().await? {
        let area = area(&row.area).ok_or_else(super::damaged)?;
        let person = Person {
            code: &row.code,
            village: &row.village_code,
            commune: &row.commune_code,
            area,
            province: &row.province_code,
        };
        if households { builder.member(person, &row.household) } else { builder.person(person) }
    }
    Ok(builder)
}

/// One person as kept.
#[derive(Queryable, Selectable)]
#[diesel(table_name = frame_person)]
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
}

/// The list the campaign has, to compare another one with.
pub(super) async fn earlier(connection: &mut Connection<Contact>, id: Uuid) -> Result<Earlier> {
    let mut earlier = Earlier::default();
    let persons = frame_person::table.filter(frame_person::frame_id.eq(id)).select(Kept::as_select());
    let mut persons = persons.load_stream(&mut **connection).await?;
    while let Some(it) = persons.try_next().await? {
        earlier.add(&[
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
        ]);
    }
    Ok(earlier.sorted())
}

pub(super) async fn sizes(connection: &mut Connection<Contact>, id: Uuid) -> Result<Places> {
    let place =
        (frame_person::province_code, frame_person::area, frame_person::commune_code, frame_person::village_code);
    let villages: Vec<((String, String, String, String), i64)> = frame_person::table
        .filter(frame_person::frame_id.eq(id))
        .group_by(place)
        .select((place, diesel::dsl::count_star()))
        .load(&mut **connection)
        .await?;
    let sized = villages.iter().filter_map(|((province, kind, commune, village), persons)| {
        let person = Person { code: "", village, commune, area: area(kind)?, province };
        Some((person, u64::try_from(*persons).ok()?))
    });
    Ok(Places::of_villages(sized))
}

pub(super) async fn codes_only(connection: &mut Connection<Contact>, id: Uuid, households: bool) -> Result<Vec<u8>> {
    let mut file = csv::Writer::from_writer(Vec::new());
    let write = |cause: csv::Error| Error::internal("csv").caused_by(cause);
    let household = households.then_some("household");
    file.write_record(Holds::CodesOnly.columns().iter().copied().chain(household)).map_err(write)?;
    let persons =
        frame_person::table.filter(frame_person::frame_id.eq(id)).order(frame_person::code).select(Codes::as_select());
    let mut persons = persons.load_stream(&mut **connection).await?;
    while let Some(person) = persons.try_next().await? {
        let codes = [&person.code, &person.province_code, &person.commune_code, &person.area, &person.village_code];
        file.write_record(codes.into_iter().chain(households.then_some(&person.household))).map_err(write)?;
    }
    drop(persons);
    file.into_inner().map_err(|cause| Error::internal("csv").caused_by(cause.to_string()))
}

pub(super) async fn addressees(
    connection: &mut Connection<Contact>,
    id: Uuid,
    persons: &[String],
) -> Result<Vec<Addressee>> {
    let wanted = frame_person::table.filter(frame_person::frame_id.eq(id).and(frame_person::code.eq_any(persons)));
    Ok(wanted.select(Addressee::as_select()).load(&mut **connection).await?)
}
