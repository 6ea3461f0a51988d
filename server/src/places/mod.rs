//! Places with dates: country, regions, provinces, districts (until June 2025), communes, villages; what stood where on a day, what
//! became of it, what it was made of.
//!
//! Invariants: a place is never removed, it ends; the same code with another name, kind or extent is another row; rows of one code
//! never share a day; whatever people of a place came to another are at most all of them.
//! Tables: `office.place`, `office.place_origin`, `office.place_file`.

pub mod file;
mod key;
mod official;
mod pages;
mod place;
pub mod routes;
mod store;

pub use key::key;
pub use official::{Province, province_name, provinces, regions};
pub use place::{ALWAYS, Level, Place, STILL};

use chrono::NaiveDate;
use serde_json::json;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::seal::{hex, sha256};
use crate::error::{Error, Kind, Result};
use crate::staff::session::SignedIn;
use file::{Defect, Row};

/// The code of the whole country, and of a scope that sees all of it.
pub const COUNTRY: &str = "VN";

/// Writes the product's own list unless this very list was loaded before, so it may run at every start.
pub async fn load(app: &App, actor: &Actor) -> Result<()> {
    if store::is_loaded(&mut app.database.contact.read().await?, &sha256(official::FILE)).await? {
        return Ok(());
    }
    match add(app, actor, "places.csv", official::FILE).await? {
        Ok(_) => Ok(()),
        Err(defects) => Err(Error::internal("places-damaged").with("defects", defects.len())),
    }
}

/// Loads a file over what stands, all of it or nothing; the inner error names every defect. Says how many rows it has.
pub async fn add(
    app: &App,
    actor: &Actor,
    name: &str,
    bytes: &[u8],
) -> Result<std::result::Result<usize, Vec<Defect>>> {
    let rows = match file::read(bytes) {
        Ok(rows) => rows,
        Err(defects) => return Ok(Err(defects)),
    };
    let digest = sha256(bytes);
    let details = json!({ "file": name, "digest": hex(&digest), "places": rows.len() });
    let loaded = act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "places.load", subject: COUNTRY.to_owned(), details },
        async |transaction| {
            let standing = others(store::all(transaction).await?, &rows);
            let defects = file::fit(&rows, &standing);
            if !defects.is_empty() {
                return Err(Error::conflict("places-defects"));
            }
            if store::note_file(transaction, &digest, name, rows.len(), &actor.to_string(), app.clock.now()).await? {
                store::save(transaction, &rows, &standing).await?;
            }
            Ok(())
        },
    )
    .await;
    match loaded {
        Err(error) if error.code == "places-defects" => {
            let standing = others(store::all(&mut app.database.contact.read().await?).await?, &rows);
            Ok(Err(file::fit(&rows, &standing)))
        }
        loaded => loaded.map(|()| Ok(rows.len())),
    }
}

/// What the file does not bring anew.
fn others(standing: Vec<Place>, rows: &[Row]) -> Vec<Place> {
    let new: std::collections::HashSet<_> =
        rows.iter().map(|row| (row.place.code.as_str(), row.place.valid_from)).collect();
    standing.into_iter().filter(|place| !new.contains(&(place.code.as_str(), place.valid_from))).collect()
}

/// The provinces of today in the order of the Vietnamese alphabet.
pub async fn list(app: &App) -> Result<Vec<Place>> {
    of_level(app, Level::Province, app.clock.today()).await
}

/// All places of a level on a day, in the order of the Vietnamese alphabet.
pub async fn of_level(app: &App, level: Level, day: NaiveDate) -> Result<Vec<Place>> {
    store::of_level(&mut app.database.contact.read().await?, level, day).await
}

/// What lay right inside a place on a day, in the order of the Vietnamese alphabet.
pub async fn inside(app: &App, parent: &str, day: NaiveDate) -> Result<Vec<Place>> {
    store::inside(&mut app.database.contact.read().await?, parent, day).await
}

/// The place with this code on a day.
pub async fn find(app: &App, code: &str, day: NaiveDate) -> Result<Option<Place>> {
    let versions = store::versions(&mut app.database.contact.read().await?, code).await?;
    Ok(versions.into_iter().find(|place| place.stands_on(day)))
}

/// Places whose name holds the text, with or without its marks, the likeliest first.
pub async fn search(app: &App, text: &str, limit: i64) -> Result<Vec<Place>> {
    if key(text).is_empty() {
        return Ok(Vec::new());
    }
    store::search(&mut app.database.contact.read().await?, text.trim(), limit).await
}

/// What a place was made of on an earlier day: each earlier place with the part of its people that came into this one.
pub async fn made_of(app: &App, place: &Place, day: NaiveDate) -> Result<Vec<(Place, f64)>> {
    reached(app, place, store::Way::Before, day).await
}

/// What a place had become by a later day: each later place with the part of this one's people that went there.
pub async fn became(app: &App, place: &Place, day: NaiveDate) -> Result<Vec<(Place, f64)>> {
    reached(app, place, store::Way::After, day).await
}

async fn reached(app: &App, place: &Place, way: store::Way, day: NaiveDate) -> Result<Vec<(Place, f64)>> {
    let mut reached = store::reached(&mut app.database.contact.read().await?, place, way).await?;
    reached.retain(|(place, _)| place.stands_on(day));
    Ok(reached)
}

/// Acts on a whole campaign are for those who see the whole country.
pub fn national_only(signed_in: &SignedIn) -> Result<()> {
    if signed_in.place_code == COUNTRY { Ok(()) } else { Err(Error::new(Kind::Forbidden, "scope-national")) }
}

/// The province an address names, or the reader's own; refused when it is not theirs to see.
pub fn asked(signed_in: &SignedIn, asked: &str) -> Result<String> {
    let own = signed_in.place_code.as_str();
    let province = if asked.is_empty() && own != COUNTRY { own } else { asked };
    if !province.is_empty() {
        if province_name(province).is_none() {
            return Err(Error::not_found("place-missing"));
        }
        covers(signed_in, province)?;
    }
    Ok(province.to_owned())
}

/// Refuses whoever may see neither the whole country nor this province.
pub fn covers(signed_in: &SignedIn, province: &str) -> Result<()> {
    if [COUNTRY, province].contains(&signed_in.place_code.as_str()) {
        Ok(())
    } else {
        Err(Error::new(Kind::Forbidden, "scope-other"))
    }
}
