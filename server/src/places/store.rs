//! Every query on the places' tables.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use super::COUNTRY;
use super::official::{Province, SINCE, UNTIL};
use crate::base::db::{Connection, Contact};
use crate::error::Result;
use crate::schema::office::{place, place_predecessor};

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = place)]
pub struct Place {
    pub code: String,
    pub name: String,
}

pub(super) async fn insert(transaction: &mut Connection<Contact>, provinces: &[Province]) -> Result<()> {
    let kind = |city: bool| place::kind.eq(if city { "city" } else { "province" });
    let country = (
        place::id.eq(COUNTRY),
        place::code.eq(COUNTRY),
        place::level.eq("country"),
        place::kind.eq("country"),
        place::name.eq("Việt Nam"),
    );
    diesel::insert_into(place::table).values(country).on_conflict_do_nothing().execute(&mut **transaction).await?;

    let mut places = Vec::new();
    let mut came_from = Vec::new();
    for province in provinces {
        let row = |id, code, name| {
            (
                place::id.eq(id),
                place::code.eq(code),
                place::level.eq("province"),
                place::name.eq(name),
                place::parent_id.eq(COUNTRY),
            )
        };
        places.push((
            row(province.code, province.code, province.name),
            kind(province.city),
            place::valid_from.eq(SINCE),
            place::valid_until.eq(None),
        ));
        for old in &province.predecessors {
            places.push((
                row(&old.id, &old.id, old.name),
                kind(old.city),
                place::valid_from.eq(None),
                place::valid_until.eq(UNTIL),
            ));
            came_from
                .push((place_predecessor::place_id.eq(province.code), place_predecessor::predecessor_id.eq(&old.id)));
        }
    }
    diesel::insert_into(place::table).values(places).on_conflict_do_nothing().execute(&mut **transaction).await?;
    diesel::insert_into(place_predecessor::table)
        .values(came_from)
        .on_conflict_do_nothing()
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

pub(super) async fn list(connection: &mut Connection<Contact>) -> Result<Vec<Place>> {
    // The order of the Vietnamese alphabet (… d, đ, e …), which the default collation does not know.
    let alphabet = diesel::dsl::sql::<Text>("name COLLATE \"vi-x-icu\"");
    let of_today = place::level.eq("province").and(place::valid_until.is_null());
    Ok(place::table.filter(of_today).order(alphabet).select(Place::as_select()).load(&mut **connection).await?)
}
