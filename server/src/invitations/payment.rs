//! Who took part, to sign for their pay: names of a commune's people from five answers on. It comes from what the contact side is told in
//! batches, knows neither when nor what anybody answered, and nothing of it leads to an answer.

mod paper;

use std::collections::{BTreeMap, HashMap};

use serde_json::json;

use super::store;
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::sheet::plain_cell;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::{frames, places, samples};

/// Fewer names beside a commune's answers would point at their people.
pub(super) const FEWEST: usize = 5;

pub(super) struct Person {
    pub name: String,
    pub village: String,
    pub address: String,
}

pub(super) struct Commune {
    pub name: String,
    pub persons: Vec<Person>,
}

/// What a list shows, and what it cannot show yet.
#[derive(Default)]
pub(super) struct List {
    pub communes: Vec<Commune>,
    /// Persons who took part in communes of fewer than five.
    pub held_back: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Pdf,
}

impl Format {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        [("csv", Self::Csv), ("pdf", Self::Pdf)].into_iter().find(|(known, _)| *known == name).map(|(_, format)| format)
    }

    pub(super) fn name(self) -> &'static str {
        if self == Self::Csv { "csv" } else { "pdf" }
    }
}

/// The list of one province.
pub(super) async fn list(app: &App, campaign: &Campaign, province: &str) -> Result<List> {
    let mut connection = app.database.contact.read().await?;
    let Some(draw) = store::issued_draw(&mut connection, campaign.id).await? else { return Ok(List::default()) };
    let responded = store::responded(&mut connection, campaign.id, province).await?;
    drop(connection);
    let found = frames::addressees(app, samples::find(app, draw).await?.frame_id, &responded).await?;
    let units = samples::persons(app, draw).await?;
    let communes: HashMap<&str, &str> = units.iter().map(|unit| (unit.code.as_str(), unit.commune())).collect();
    let mut by_commune: BTreeMap<&str, Commune> = BTreeMap::new();
    for to in found {
        let Some(commune) = communes.get(to.person.as_str()) else { continue };
        let empty = || Commune { name: to.commune_name.clone(), persons: Vec::new() };
        let person = Person { name: to.name, village: to.village_name, address: to.address };
        by_commune.entry(commune).or_insert_with(empty).persons.push(person);
    }
    let mut list = List::default();
    for mut commune in by_commune.into_values() {
        if commune.persons.len() < FEWEST {
            list.held_back += commune.persons.len();
            continue;
        }
        // By name: neither the draw's order nor that of the answers.
        commune.persons.sort_by(|a, b| (&a.village, &a.name, &a.address).cmp(&(&b.village, &b.name, &b.address)));
        list.communes.push(commune);
    }
    Ok(list)
}

/// The list as a file, and a note of who took it.
pub(super) async fn export(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    province: &str,
    format: Format,
) -> Result<Vec<u8>> {
    let list = list(app, campaign, province).await?;
    let persons: usize = list.communes.iter().map(|commune| commune.persons.len()).sum();
    if persons == 0 {
        return Err(Error::conflict("payment-nobody"));
    }
    let (title, place) = (campaign.name_vi.clone(), places::province_name(province).unwrap_or_default());
    let file = blocking::run(move || match format {
        Format::Csv => csv_of(&list),
        Format::Pdf => paper::print(&title, place, &list).map_err(|cause| Error::internal("paper").caused_by(cause)),
    })
    .await?;
    let details = json!({ "province": province, "format": format.name(), "persons": persons });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.take_payment_list", subject: campaign.slug.clone(), details },
        async |_transaction| Ok(()),
    )
    .await?;
    Ok(file)
}

/// With the mark that tells spreadsheets the file is UTF-8.
fn csv_of(list: &List) -> Result<Vec<u8>> {
    let failed = |cause: csv::Error| Error::internal("csv").caused_by(cause);
    let mut lines = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    lines.write_record(["commune", "village", "name", "address", "signature"]).map_err(failed)?;
    for commune in &list.communes {
        for person in &commune.persons {
            let cells = [&commune.name, &person.village, &person.name, &person.address].map(|text| plain_cell(text));
            lines.write_record(cells.iter().map(AsRef::as_ref).chain([""])).map_err(failed)?;
        }
    }
    lines.into_inner().map_err(|cause| Error::internal("csv").caused_by(cause.to_string()))
}
