//! The communes that were drawn, as the answers know them: the one look at the answers' side beside the copy of the responses.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::app::App;
use crate::error::Result;
use crate::schema::answers::sampling_unit;

/// A commune under its pseudonym.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = sampling_unit)]
pub(in crate::results) struct Unit {
    pub psu: String,
    pub stratum: String,
    pub province_code: String,
    pub area: String,
    pub weight: f64,
    pub invited: i32,
}

/// In the order of their pseudonyms.
pub(in crate::results) async fn design(app: &App, campaign: Uuid) -> Result<Vec<Unit>> {
    let units = sampling_unit::table.filter(sampling_unit::campaign_id.eq(campaign)).select(Unit::as_select());
    let mut units: Vec<Unit> = units.load(&mut *app.database.answers.read().await?).await?;
    units.sort_by(|one, other| one.psu.cmp(&other.psu));
    Ok(units)
}

/// SHA-256 of the communes drawn in the order of their pseudonyms: one line each of pseudonym, stratum, province, area, weight and
/// invited persons, separated by tabs.
pub(in crate::results) fn design_digest(units: &[Unit]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for Unit { psu, stratum, province_code, area, weight, invited } in units {
        hash.update(format!("{psu}\t{stratum}\t{province_code}\t{area}\t{weight:?}\t{invited}\n"));
    }
    hash.finalize().to_vec()
}
