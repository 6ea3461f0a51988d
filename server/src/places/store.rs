//! Every query on the places' tables.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Double, Text};
use diesel_async::RunQueryDsl;

use super::file::{Row, predecessor};
use super::key::key;
use super::place::{Level, Place, STILL};
use crate::base::db::{Connection, Contact};
use crate::error::{Error, Result};
use crate::schema::office::{place, place_file};

/// Vietnamese letters in their order (… d, đ, e …), which the default collation does not know.
const ALPHABET: &str = "name COLLATE \"vi-x-icu\", code";
const BATCH: usize = 5_000;

#[derive(Queryable, Selectable, QueryableByName)]
#[diesel(table_name = place)]
struct Stored {
    code: String,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    level: String,
    kind: String,
    name: String,
    parent_code: String,
}

impl TryFrom<Stored> for Place {
    type Error = Error;
    fn try_from(stored: Stored) -> Result<Self> {
        let Stored { code, valid_from, valid_until, level, kind, name, parent_code: parent } = stored;
        let level = Level::from_name(&level).ok_or_else(|| Error::internal("place-damaged"))?;
        Ok(Self { level, code, kind, name, parent, valid_from, valid_until })
    }
}

fn places(stored: Vec<Stored>) -> Result<Vec<Place>> {
    stored.into_iter().map(Place::try_from).collect()
}

/// A file that was loaded.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = place_file)]
pub(super) struct LoadedFile {
    pub name: String,
    pub places: i32,
    pub loaded_by: String,
    pub loaded_at: DateTime<Utc>,
}

pub(super) async fn is_loaded(connection: &mut Connection<Contact>, digest: &[u8]) -> Result<bool> {
    Ok(diesel::select(diesel::dsl::exists(place_file::table.find(digest))).get_result(&mut **connection).await?)
}

pub(super) async fn files(connection: &mut Connection<Contact>) -> Result<Vec<LoadedFile>> {
    let files = place_file::table.order(place_file::loaded_at.desc());
    Ok(files.select(LoadedFile::as_select()).load(&mut **connection).await?)
}

pub(super) async fn all(connection: &mut Connection<Contact>) -> Result<Vec<Place>> {
    places(place::table.select(Stored::as_select()).load(&mut **connection).await?)
}

const SAVE: &str = "
INSERT INTO office.place (code, valid_from, valid_until, level, kind, name, name_key, parent_code)
SELECT * FROM unnest($1::text[], $2::date[], $3::date[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
ON CONFLICT (code, valid_from) DO UPDATE SET valid_until = excluded.valid_until, level = excluded.level, kind = excluded.kind,
    name = excluded.name, name_key = excluded.name_key, parent_code = excluded.parent_code";

const FORGET_ORIGINS: &str = "
DELETE FROM office.place_origin USING unnest($1::text[], $2::date[]) AS given (code, valid_from)
WHERE place_origin.code = given.code AND place_origin.valid_from = given.valid_from";

const SAVE_ORIGINS: &str = "
INSERT INTO office.place_origin (code, valid_from, origin_code, origin_from, share)
SELECT * FROM unnest($1::text[], $2::date[], $3::text[], $4::date[], $5::float8[])";

/// Writes the rows over those of the same code and first day.
pub(super) async fn save(transaction: &mut Connection<Contact>, rows: &[Row], standing: &[Place]) -> Result<()> {
    for batch in rows.chunks(BATCH) {
        let texts = |of: fn(&Place) -> &str| batch.iter().map(|row| of(&row.place)).collect::<Vec<_>>();
        let days = |of: fn(&Place) -> NaiveDate| batch.iter().map(|row| of(&row.place)).collect::<Vec<_>>();
        let (codes, from) = (texts(|place| &place.code), days(|place| place.valid_from));
        diesel::sql_query(SAVE)
            .bind::<Array<Text>, _>(&codes)
            .bind::<Array<Date>, _>(&from)
            .bind::<Array<Date>, _>(days(|place| place.valid_until))
            .bind::<Array<Text>, _>(texts(|place| place.level.name()))
            .bind::<Array<Text>, _>(texts(|place| &place.kind))
            .bind::<Array<Text>, _>(texts(|place| &place.name))
            .bind::<Array<Text>, _>(batch.iter().map(|row| key(&row.place.name)).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(texts(|place| &place.parent))
            .execute(&mut **transaction)
            .await?;
        diesel::sql_query(FORGET_ORIGINS)
            .bind::<Array<Text>, _>(&codes)
            .bind::<Array<Date>, _>(&from)
            .execute(&mut **transaction)
            .await?;
    }
    let known: Vec<&Place> = rows.iter().map(|row| &row.place).chain(standing).collect();
    let mut by_code = std::collections::HashMap::<&str, Vec<&Place>>::new();
    for place in known {
        by_code.entry(&place.code).or_default().push(place);
    }
    let mut origins = Vec::new();
    for Row { place, origins: named, .. } in rows {
        for origin in named {
            let versions = by_code.get(origin.code.as_str()).map_or(&[][..], Vec::as_slice);
            let before = predecessor(versions, place).ok_or_else(|| Error::internal("place-damaged"))?;
            origins.push((place, before, origin.share));
        }
    }
    diesel::sql_query(SAVE_ORIGINS)
        .bind::<Array<Text>, _>(origins.iter().map(|(place, ..)| &place.code).collect::<Vec<_>>())
        .bind::<Array<Date>, _>(origins.iter().map(|(place, ..)| place.valid_from).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(origins.iter().map(|(_, before, _)| &before.code).collect::<Vec<_>>())
        .bind::<Array<Date>, _>(origins.iter().map(|(_, before, _)| before.valid_from).collect::<Vec<_>>())
        .bind::<Array<Double>, _>(origins.iter().map(|(.., share)| *share).collect::<Vec<_>>())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// False when somebody loaded the same file in the meantime.
pub(super) async fn note_file(
    transaction: &mut Connection<Contact>,
    digest: &[u8],
    name: &str,
    places: usize,
    by: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let new = diesel::insert_into(place_file::table)
        .values((
            place_file::digest.eq(digest),
            place_file::name.eq(name),
            place_file::places.eq(i32::try_from(places).unwrap_or(i32::MAX)),
            place_file::loaded_by.eq(by),
            place_file::loaded_at.eq(now),
        ))
        .on_conflict_do_nothing();
    Ok(new.execute(&mut **transaction).await? == 1)
}

/// The places right inside `parent` on a day.
pub(super) async fn inside(connection: &mut Connection<Contact>, parent: &str, day: NaiveDate) -> Result<Vec<Place>> {
    let inside = place::table.filter(place::parent_code.eq(parent).and(stands_on(day)));
    places(inside.order(diesel::dsl::sql::<Text>(ALPHABET)).select(Stored::as_select()).load(&mut **connection).await?)
}

/// All places of a level on a day.
pub(super) async fn of_level(connection: &mut Connection<Contact>, level: Level, day: NaiveDate) -> Result<Vec<Place>> {
    let wanted = place::table.filter(place::level.eq(level.name()).and(stands_on(day)));
    places(wanted.order(diesel::dsl::sql::<Text>(ALPHABET)).select(Stored::as_select()).load(&mut **connection).await?)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn stands_on(day: NaiveDate) -> _ {
    let until: diesel::dsl::GtEq<place::valid_until, NaiveDate> = place::valid_until.ge(day);
    place::valid_from.le(day).and(until)
}

/// Every row of a code, the oldest first.
pub(super) async fn versions(connection: &mut Connection<Contact>, code: &str) -> Result<Vec<Place>> {
    let rows = place::table.filter(place::code.eq(code)).order(place::valid_from);
    places(rows.select(Stored::as_select()).load(&mut **connection).await?)
}

/// Names beginning with the key first, then those holding it; with the very marks typed before those without; standing places
/// before ended ones.
const SEARCH: &str = "
SELECT code, valid_from, valid_until, level, kind, name, parent_code FROM office.place
WHERE name_key LIKE '%' || $1 || '%' OR code = $2
ORDER BY code <> $2, name_key <> $1, position($3 IN lower(name)) = 0, name_key NOT LIKE $1 || '%', valid_until < $4,
    array_position(ARRAY['country', 'region', 'province', 'district', 'commune', 'village'], level),
    name COLLATE \"vi-x-icu\", code, valid_from DESC
LIMIT $5";

pub(super) async fn search(connection: &mut Connection<Contact>, text: &str, limit: i64) -> Result<Vec<Place>> {
    let key = key(text).replace(['%', '_', '\\'], "");
    let found = diesel::sql_query(SEARCH)
        .bind::<Text, _>(key)
        .bind::<Text, _>(text)
        .bind::<Text, _>(text.to_lowercase())
        .bind::<Date, _>(STILL)
        .bind::<diesel::sql_types::BigInt, _>(limit);
    places(found.load(&mut **connection).await?)
}

/// A place reached through changes, with the part of the people that came along.
#[derive(QueryableByName)]
struct Reached {
    #[diesel(embed)]
    place: Stored,
    #[diesel(sql_type = Double)]
    share: f64,
}

const BEFORE: &str = "
WITH RECURSIVE reached AS (
    SELECT origin_code AS code, origin_from AS valid_from, share FROM office.place_origin WHERE code = $1 AND valid_from = $2
    UNION ALL
    SELECT origin.origin_code, origin.origin_from, reached.share * origin.share
    FROM reached JOIN office.place_origin origin USING (code, valid_from)
)
SELECT place.*, sum(share) AS share FROM reached JOIN office.place place USING (code, valid_from)
GROUP BY place.code, place.valid_from ORDER BY valid_until DESC, name COLLATE \"vi-x-icu\", code";

const AFTER: &str = "
WITH RECURSIVE reached AS (
    SELECT code, valid_from, share FROM office.place_origin WHERE origin_code = $1 AND origin_from = $2
    UNION ALL
    SELECT next.code, next.valid_from, reached.share * next.share
    FROM reached JOIN office.place_origin next ON next.origin_code = reached.code AND next.origin_from = reached.valid_from
)
SELECT place.*, sum(share) AS share FROM reached JOIN office.place place USING (code, valid_from)
GROUP BY place.code, place.valid_from ORDER BY valid_from, name COLLATE \"vi-x-icu\", code";

#[derive(Clone, Copy)]
pub(super) enum Way {
    Before,
    After,
}

/// What a place was made of, or what became of it, with every step between.
pub(super) async fn reached(
    connection: &mut Connection<Contact>,
    place: &Place,
    way: Way,
) -> Result<Vec<(Place, f64)>> {
    let query = diesel::sql_query(match way {
        Way::Before => BEFORE,
        Way::After => AFTER,
    });
    let rows: Vec<Reached> =
        query.bind::<Text, _>(&place.code).bind::<Date, _>(place.valid_from).load(&mut **connection).await?;
    rows.into_iter().map(|reached| Ok((reached.place.try_into()?, reached.share))).collect()
}
