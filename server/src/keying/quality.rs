//! How well people key: fields that two people and, where they differed, a third have settled, and how many of them each keyed otherwise.
//! A slip that both made alike is not seen.

use std::collections::BTreeMap;

use survey_forms::Transcript;
use uuid::Uuid;

use super::pile::Keyed;
use super::store::{self, Tally};
use crate::app::App;
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::responses::citizen::Citizen;
use crate::staff;

/// Rates of fewer forms would say more of the forms than of the person.
pub(super) const LEAST_FORMS: i64 = 10;

/// Adds one form to the sums of both who keyed it.
pub(super) async fn count(app: &App, citizen: &Citizen, truth: &Transcript, keyed: &[Keyed]) -> Result<()> {
    let mut tallies: Vec<_> = keyed
        .iter()
        .map(|keyed| {
            let (fields, wrong) = keyed.sheet.mistakes(truth, &citizen.form);
            Tally {
                campaign_id: citizen.campaign.id,
                staff_id: keyed.by,
                forms: 1,
                fields: i64::try_from(fields).unwrap_or(i64::MAX),
                wrong: i64::try_from(wrong).unwrap_or(i64::MAX),
            }
        })
        .collect();
    // Always in this order, so that two forms of the same two people cannot wait for each other.
    tallies.sort_by_key(|tally| tally.staff_id);
    app.database
        .contact
        .transaction("keying.count", async |transaction| {
            for tally in &tallies {
                store::add(transaction, tally).await?;
            }
            Ok(())
        })
        .await
}

/// How one person keyed in a campaign. Every field is counted: nothing here is estimated.
pub(super) struct Quality {
    pub name: String,
    pub forms: i64,
    pub fields: i64,
    /// Wrong fields, and their share of all in per cent; none while there are too few forms.
    pub wrong: Option<(i64, f64)>,
}

/// Of everybody, or of one person.
pub(super) async fn of(app: &App, campaign: &Campaign, only: Option<Uuid>) -> Result<Vec<Quality>> {
    let mut connection = app.database.contact.read().await?;
    let names: BTreeMap<String, String> = staff::names(&mut connection).await?;
    let tallies = store::tallies(&mut connection, campaign.id).await?;
    let shown = tallies.into_iter().filter(|tally| only.is_none_or(|only| only == tally.staff_id));
    let mut all: Vec<_> = shown
        .map(|tally| Quality {
            name: names.get(&tally.staff_id.to_string()).cloned().unwrap_or_default(),
            forms: tally.forms,
            fields: tally.fields,
            wrong: (tally.forms >= LEAST_FORMS).then(|| (tally.wrong, percent(&tally))),
        })
        .collect();
    all.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(all)
}

#[expect(clippy::cast_precision_loss, reason = "counts of fields are far below 2^53")]
fn percent(tally: &Tally) -> f64 {
    100.0 * tally.wrong as f64 / tally.fields.max(1) as f64
}
