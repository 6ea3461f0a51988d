//! What is asked before letters are printed: which languages, which places.

use actix_web::web::Data;
use uuid::Uuid;

use super::super::{list, progress, wording};
use super::{board, scope};
use crate::app::App;
use crate::base::blocking;
use crate::base::page::Link;
use crate::base::parts::{Choice, Choices};
use crate::base::text::Texts;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::staff::session::SignedIn;

pub(super) struct Form {
    pub(super) first: Choices,
    pub(super) second: Choices,
    pub(super) places: Choices,
    /// Where the communes of one province can be chosen.
    pub(super) communes: Vec<Link>,
    /// The province whose communes are chosen from.
    pub(super) province: String,
}

impl Form {
    /// The places that were chosen before.
    pub(super) fn mark(&mut self, chosen: &[String]) {
        for option in &mut self.places.options {
            option.chosen = chosen.contains(&option.value);
        }
    }
}

pub(super) async fn form(
    app: &Data<App>,
    texts: Texts,
    campaign: &Campaign,
    signed_in: &SignedIn,
    draw: Uuid,
    province: &str,
) -> Result<Form> {
    let languages = wording::printable(app, campaign).await?;
    let choice = |at: usize| {
        move |(place, (code, name)): (usize, &(String, String))| Choice::new(code.clone(), name.clone(), place == at)
    };
    let question = |id: &str, key: &str, options: Vec<Choice>| Choices {
        id: id.to_owned(),
        name: id.to_owned(),
        legend: texts.get(key).into_owned(),
        options,
        ..Choices::default()
    };
    let first = languages.iter().enumerate().map(choice(0)).collect();
    let none = Choice::new("", texts.get("print-one-language"), false);
    let second = languages.iter().enumerate().map(choice(1)).chain([none]).collect();

    let provinces = progress(app, campaign.id, &signed_in.place_code).await?;
    let (options, communes) = if province.is_empty() {
        let label =
            |name: &str, open: u64| texts.with("print-place", [("name", name.to_owned()), ("n", texts.number(open))]);
        let all = scope(signed_in).is_some();
        let options = provinces.iter().map(|it| Choice::new(&it.province_code, label(&it.name, it.open), all));
        let communes = provinces
            .iter()
            .map(|it| Link::new(it.name.clone(), format!("{}/in?tinh={}", board(campaign), it.province_code)));
        (options.collect(), communes.collect())
    } else {
        if !provinces.iter().any(|it| it.province_code == province) {
            return Err(Error::not_found("page-missing"));
        }
        (communes_of(app, draw, province).await?, Vec::new())
    };
    let key = if province.is_empty() { "print-provinces" } else { "print-communes" };
    let mut places = question("dia-ban", key, options);
    places.many = true;
    Ok(Form {
        first: question("tieng", "print-first", first),
        second: question("tieng-hai", "print-second", second),
        places,
        communes,
        province: province.to_owned(),
    })
}

/// Code and name, each once, in the order of the list.
async fn communes_of(app: &Data<App>, draw: Uuid, province: &str) -> Result<Vec<Choice>> {
    let (path, province) = (list::path(app, draw), province.to_owned());
    blocking::run(move || {
        let mut communes: Vec<Choice> = Vec::new();
        for line in list::read(&path)? {
            let line = line?;
            let known = communes.last().is_some_and(|last| last.value == line.commune_code);
            if line.province_code == province && !known {
                communes.push(Choice::new(line.commune_code, line.commune, false));
            }
        }
        Ok(communes)
    })
    .await
}
