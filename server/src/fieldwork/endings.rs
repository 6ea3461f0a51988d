//! How the cases of a campaign ended, for the weights of those who answered.

use std::collections::{BTreeMap, HashMap};

use analysis::draw::Stage;
use analysis::weights::Cases;

use super::outcome::{Outcome, ending};
use super::store;
use crate::app::App;
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::{invitations, samples};

/// What the sample and the fieldwork say of everybody who was invited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Endings {
    /// Everybody with an invitation, replacements too, in the order of the published list; the class is the stratum, named as beside the
    /// answers.
    pub cases: Cases,
    /// Adults of each stratum by the frame.
    pub population: Vec<(String, f64)>,
    /// The province of each stratum.
    pub province_of: BTreeMap<String, String>,
}

/// None before anybody was invited.
pub async fn endings(app: &App, campaign: &Campaign) -> Result<Option<Endings>> {
    let Some((draw, _)) = invitations::issued(app, campaign.id).await? else { return Ok(None) };
    let stands = store::cases::endings(&mut app.database.contact.read().await?, campaign.id).await?;
    let stands: HashMap<&str, (&str, &str)> =
        stands.iter().map(|it| (it.person_code.as_str(), (it.status.as_str(), it.outcome.as_str()))).collect();
    let mut told = Endings::default();
    let mut population: BTreeMap<String, f64> = BTreeMap::new();
    for unit in samples::units(app, draw).await? {
        let stratum = invitations::stratum(&unit);
        match unit.stage {
            // Each commune tells of how many people it was drawn from.
            Stage::Commune => _ = population.insert(stratum, real(unit.parent_size)),
            Stage::Village | Stage::Household => {}
            Stage::Person => {
                let Some((status, outcome)) = stands.get(unit.code.as_str()) else { continue };
                told.province_of.entry(stratum.clone()).or_insert_with(|| unit.province().to_owned());
                told.cases.probability.push(unit.weight().recip());
                told.cases.outcome.push(ending(status, Outcome::from_name(outcome)));
                told.cases.class.push(stratum.clone());
                told.cases.stratum.push(stratum);
                told.cases.code.push(unit.code);
            }
        }
    }
    told.population = population.into_iter().collect();
    Ok(Some(told).filter(|told| !told.cases.code.is_empty()))
}

#[expect(clippy::cast_precision_loss, reason = "populations are far below 2^53")]
fn real(people: u64) -> f64 {
    people as f64
}
