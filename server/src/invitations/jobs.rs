//! What the worker runs.

use std::collections::{BTreeMap, HashMap};

use actix_web::web::Data;
use analysis::draw::{Role, Unit};
use serde_json::{Value, json};
use uuid::Uuid;

use super::code::Code;
use super::list::{self, Line};
use super::store::{AllowedRow, InvitationRow, SamplingUnit};
use super::{contact_key, refuse_other_draw, store};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::chance;
use crate::base::seal::{Key, hex};
use crate::error::{Error, Result};
use crate::jobs::worker::Progress;
use crate::samples;

/// Issues one code per sampled person: print file, then answers side, then contact side. Each step finds what an earlier run
/// left and adds only what is missing; the last step is the one that makes the issue complete.
pub async fn issue(app: &Data<App>, draw: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let draw = samples::find(app, draw).await?;
    let issued = store::issued(&mut app.database.contact.read().await?, draw.id).await?;
    if issued > 0 {
        return Ok(json!({ "invitations": issued }));
    }
    refuse_other_draw(app, &draw).await?;
    let persons: Vec<Unit> =
        samples::persons(app, draw.id).await?.into_iter().filter(|unit| unit.role == Role::Main).collect();
    let total = persons.len();
    progress.report("invite-letters", 0, total).await?;
    let letters = list::make(app, &draw, &persons).await?;
    let wave = app.keys.make_wave(draw.campaign_id)?;
    let both = join(&persons, letters)?;

    progress.report("invite-answers", 0, total).await?;
    let units = sampling_units(draw.campaign_id, &wave, &persons)?;
    let allowed = allowed(draw.campaign_id, &wave, &both)?;
    app.database
        .answers
        .transaction("invitations.issue", async |transaction| {
            store::insert_sampling_units(transaction, &units).await?;
            store::insert_allowed(transaction, draw.campaign_id, &allowed).await
        })
        .await?;

    progress.report("invite-contact", 0, total).await?;
    let rows = invitations(&contact_key(app)?, &both)?;
    let actor = Actor::System("worker");
    let details = json!({ "draw": draw.id, "invitations": total });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "invitations.issue", subject: draw.campaign_id.to_string(), details },
        async |transaction| store::insert_invitations(transaction, draw.campaign_id, draw.id, &rows).await,
    )
    .await?;
    progress.report("invite-contact", total, total).await?;
    Ok(json!({ "invitations": total }))
}

type Invited<'a> = (&'a Unit, Line);

fn join(persons: &[Unit], letters: Vec<Line>) -> Result<Vec<Invited<'_>>> {
    let by_code: HashMap<&str, &Unit> = persons.iter().map(|unit| (unit.code.as_str(), unit)).collect();
    let both: Option<Vec<_>> =
        letters.into_iter().map(|letter| Some((*by_code.get(letter.person.as_str())?, letter))).collect();
    both.filter(|both| both.len() == persons.len()).ok_or_else(|| Error::internal("letters-damaged"))
}

/// What the answers side calls a commune in this campaign.
fn pseudonym(wave: &Key, commune: &str) -> Result<String> {
    Ok(hex(&wave.digest(format!("psu:{commune}").as_bytes())?).chars().take(16).collect())
}

/// One per commune, with the mean base weight of its persons: a person's own weight would tell the village.
pub(super) fn sampling_units(campaign: Uuid, wave: &Key, persons: &[Unit]) -> Result<Vec<SamplingUnit>> {
    let mut communes: BTreeMap<&str, Vec<&Unit>> = BTreeMap::new();
    for unit in persons {
        communes.entry(unit.commune()).or_default().push(unit);
    }
    let mut units = Vec::new();
    for (commune, persons) in communes {
        let Some(first) = persons.first() else { continue };
        let invited =
            i32::try_from(persons.len()).map_err(|cause| Error::internal("draw-too-large").caused_by(cause))?;
        units.push(SamplingUnit {
            campaign_id: campaign,
            psu: pseudonym(wave, commune)?,
            stratum: super::stratum(first),
            province_code: first.province().to_owned(),
            area: first.area().to_owned(),
            weight: persons.iter().map(|unit| unit.weight()).sum::<f64>() / f64::from(invited),
            invited,
        });
    }
    chance::shuffle(&mut units)?;
    Ok(units)
}

fn allowed(campaign: Uuid, wave: &Key, both: &[Invited<'_>]) -> Result<Vec<AllowedRow>> {
    let row = |(unit, letter): &Invited<'_>| allowed_row(campaign, wave, unit, &letter.code);
    let mut rows = both.iter().map(row).collect::<Result<Vec<_>>>()?;
    chance::shuffle(&mut rows)?;
    Ok(rows)
}

pub(super) fn allowed_row(campaign: Uuid, wave: &Key, unit: &Unit, code: &Code) -> Result<AllowedRow> {
    Ok(AllowedRow { tag: code.tag(wave)?.to_vec(), campaign_id: campaign, psu: pseudonym(wave, unit.commune())? })
}

fn invitations(contact: &Key, both: &[Invited<'_>]) -> Result<Vec<InvitationRow>> {
    let row = |(unit, letter): &Invited<'_>| InvitationRow::new(unit, &letter.code, contact);
    let mut rows = both.iter().map(row).collect::<Result<Vec<_>>>()?;
    chance::shuffle(&mut rows)?;
    Ok(rows)
}
