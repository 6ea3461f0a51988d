//! The provinces: 34 valid from 1 July 2025, and the 63 they came from.
//!
//! Invariants: the list is the one of Resolution 202/2025/QH15 in `data/provinces_63_to_34.csv`; a place is never removed, it
//! ends. Communes and villages are not places but codes of a frame: no table of them is kept here.
//! Tables: `office.place`, `office.place_predecessor`.

mod official;
mod store;

pub use official::{Province, province_name, provinces};
pub use store::Place;

use serde_json::json;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::error::{Error, Kind, Result};
use crate::staff::session::SignedIn;

/// The code of the whole country, and of a scope that sees all of it.
pub const COUNTRY: &str = "VN";

/// Writes the official list; what stands there already stays, so it may run at every start.
pub async fn load(app: &App, actor: &Actor) -> Result<()> {
    if list(app).await?.len() == provinces().len() {
        return Ok(());
    }
    let details = json!({ "provinces": provinces().len() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "places.load", subject: COUNTRY.to_owned(), details },
        async |transaction| store::insert(transaction, provinces()).await,
    )
    .await
}

/// The provinces of today in the order of the Vietnamese alphabet.
pub async fn list(app: &App) -> Result<Vec<Place>> {
    store::list(&mut app.database.contact.read().await?).await
}

/// Acts on a whole campaign are for those who see the whole country.
pub fn national_only(signed_in: &SignedIn) -> Result<()> {
    if signed_in.place_code == COUNTRY { Ok(()) } else { Err(Error::new(Kind::Forbidden, "scope-national")) }
}
