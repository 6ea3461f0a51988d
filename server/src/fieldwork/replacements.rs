//! Somebody else is asked instead: the next reserve of the same village, never a name of anybody's choice. And the loss of a whole
//! commune, which is an act of its own.
//!
//! Whoever asks says why; somebody else decides. A replaced person stays what they are, a non-response.

use analysis::draw::{Role, Stage, Unit, asked_in, reserve_communes};
use serde_json::json;
use uuid::Uuid;

use super::outcome::may_be_replaced;
use super::{Case, store};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::campaigns::{self, Campaign, State};
use crate::error::{Error, Result};
use crate::{invitations, samples};

pub use store::replacements::{Loss, Replacement};

const LETTERS: std::ops::RangeInclusive<usize> = 5..=500;

/// Asks for a replacement of a case. Once per case, unless the last request was refused.
pub async fn request(app: &App, actor: &Actor, case: &Case, reason: &str) -> Result<Uuid> {
    let reason = reason.trim();
    if !LETTERS.contains(&reason.chars().count()) {
        return Err(Error::invalid("replacement-reason"));
    }
    if !may_be_replaced(&case.status, case.outcome(), case.attempts) {
        return Err(Error::conflict("replacement-too-early"));
    }
    let id = Uuid::now_v7();
    let row = Replacement {
        id,
        invitation_id: case.invitation_id,
        campaign_id: case.campaign_id,
        draw_id: case.draw_id,
        province_code: case.province_code.clone(),
        village_code: case.village_code.clone(),
        reason: reason.to_owned(),
        attempts: case.attempts,
        requested_by: actor.to_string(),
        requested_at: app.clock.now(),
        state: "requested".to_owned(),
        decided_by: None,
        decided_at: None,
        decision: String::new(),
        reserve_code: None,
    };
    act(
        &app.database.contact,
        &app.clock,
        Act {
            actor,
            verb: "fieldwork.replacement_request",
            subject: case.invitation_id.to_string(),
            details: json!({ "replacement": id }),
        },
        async |transaction| store::replacements::insert(transaction, &row).await,
    )
    .await?;
    Ok(id)
}

/// What a second person says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Approve,
    Refuse,
}

/// Decides a request of somebody else. An approval takes the village's next reserve that is still there, gives it a code and a case
/// for the same interviewer.
pub async fn decide(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    id: Uuid,
    decision: Decision,
    words: &str,
) -> Result<()> {
    let words = words.trim();
    let asked = store::replacements::find(&mut app.database.contact.read().await?, campaign.id, id)
        .await?
        .ok_or_else(|| Error::not_found("replacement-missing"))?;
    if asked.requested_by == actor.to_string() {
        return Err(Error::conflict("replacement-own"));
    }
    if decision == Decision::Refuse && !LETTERS.contains(&words.chars().count()) {
        return Err(Error::invalid("replacement-reason"));
    }
    let units = match decision {
        Decision::Approve => reserves(app, &asked).await?,
        Decision::Refuse => Vec::new(),
    };
    let details = json!({ "replacement": id, "approved": decision == Decision::Approve });
    let taken = act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "fieldwork.replacement_decide", subject: asked.invitation_id.to_string(), details },
        async |transaction| {
            let used = store::replacements::lock_used(transaction, asked.draw_id, &asked.village_code).await?;
            let next = units.iter().find(|unit| !used.contains(&unit.code));
            if decision == Decision::Approve && next.is_none() {
                return Err(Error::conflict("reserves-exhausted"));
            }
            let reserve = next.map(|unit| unit.code.as_str());
            let decided = store::replacements::decide(transaction, id, actor, words, reserve, app.clock.now()).await?;
            if decided { Ok(next.cloned()) } else { Err(Error::conflict("replacement-decided")) }
        },
    )
    .await?;
    // Killed here, the reserve is taken but has no code yet: `make_up` will see to it.
    if taken.is_some() { admit_all(app, actor, campaign).await } else { Ok(()) }
}

/// The reserves of the village, in the order they were drawn.
async fn reserves(app: &App, asked: &Replacement) -> Result<Vec<Unit>> {
    let mut units = samples::persons(app, asked.draw_id).await?;
    units.retain(|unit| unit.role == Role::Reserve && unit.village() == asked.village_code);
    units.sort_by_key(|unit| unit.order);
    Ok(units)
}

/// Every approved reserve has a code and a case; those that lack one get it now: of a replacement, and of a whole commune.
pub async fn admit_all(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    admit_persons(app, actor, campaign).await?;
    admit_communes(app, actor, campaign).await
}

async fn admit_communes(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    let waiting =
        store::replacements::communes_without_case(&mut app.database.contact.read().await?, campaign.id).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let Some((draw, _)) = invitations::issued(app, campaign.id).await? else { return Ok(()) };
    let units = samples::units(app, draw).await?;
    for commune in waiting {
        let persons: Vec<Unit> = asked_in(&units, &commune).into_iter().cloned().collect();
        invitations::admit(app, actor, campaign, &persons).await?;
        super::enter(app, actor, campaign, draw, &persons).await?;
    }
    Ok(())
}

/// What was killed between a decision and the codes it means is made up for. The worker asks whenever it has nothing to do.
pub async fn make_up(app: &App) -> Result<()> {
    for campaign in campaigns::list(app).await?.iter().filter(|campaign| campaign.state() == State::Open) {
        admit_all(app, &Actor::System("schedule"), campaign).await?;
    }
    Ok(())
}

async fn admit_persons(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    let waiting = store::replacements::without_case(&mut app.database.contact.read().await?, campaign.id).await?;
    let Some(draw) = waiting.first().map(|replacement| replacement.draw_id) else { return Ok(()) };
    let units = samples::persons(app, draw).await?;
    for replacement in waiting {
        let reserve = replacement.reserve_code.unwrap_or_default();
        let unit = units.iter().find(|unit| unit.code == reserve).ok_or_else(|| Error::internal("draw-damaged"))?;
        invitations::admit(app, actor, campaign, std::slice::from_ref(unit)).await?;
        super::enter(app, actor, campaign, draw, std::slice::from_ref(unit)).await?;
        let details = json!({ "replacement": replacement.id });
        act(
            &app.database.contact,
            &app.clock,
            Act { actor, verb: "fieldwork.replacement_hand_over", subject: campaign.slug.clone(), details },
            async |transaction| {
                store::replacements::hand_over(transaction, draw, &reserve, replacement.invitation_id).await
            },
        )
        .await?;
    }
    Ok(())
}

/// All requests of a campaign that the reader may see, those to decide first.
pub async fn of(app: &App, campaign: Uuid) -> Result<Vec<Replacement>> {
    store::replacements::of_campaign(&mut app.database.contact.read().await?, campaign).await
}

/// Says that a commune cannot be surveyed.
pub async fn lose_commune(app: &App, actor: &Actor, campaign: &Campaign, commune: &str, reason: &str) -> Result<()> {
    let reason = reason.trim();
    if !LETTERS.contains(&reason.chars().count()) {
        return Err(Error::invalid("replacement-reason"));
    }
    // Whoever sees one province only finds that one's communes.
    let province = store::cases::province_of(&mut app.database.contact.read().await?, campaign.id, commune)
        .await?
        .ok_or_else(|| Error::invalid("loss-commune"))?;
    let loss = Loss {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        province_code: province,
        commune_code: commune.to_owned(),
        reason: reason.to_owned(),
        requested_by: actor.to_string(),
        requested_at: app.clock.now(),
        confirmed_by: None,
        confirmed_at: None,
        reserve_code: None,
    };
    let details = json!({ "commune": commune, "reason": reason });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "fieldwork.lose_commune", subject: campaign.slug.clone(), details },
        async |transaction| store::replacements::insert_loss(transaction, &loss).await,
    )
    .await
}

/// A second person confirms the loss of a commune. The next reserve commune of its stratum takes its place: whom the draw would have asked there
/// gets a code and a case. Where the design has no reserve left, the commune is just lost.
pub async fn confirm_loss(app: &App, actor: &Actor, campaign: &Campaign, loss: &Loss) -> Result<()> {
    let reserves = reserves_of(app, campaign, &loss.commune_code).await?;
    let details = json!({ "loss": loss.id });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "fieldwork.confirm_loss", subject: campaign.slug.clone(), details },
        async |transaction| {
            let used = store::replacements::lock_used_communes(transaction, campaign.id).await?;
            let next = reserves.iter().find(|code| !used.contains(code));
            let now = app.clock.now();
            if store::replacements::confirm_loss(transaction, loss.id, actor, next.map(String::as_str), now).await? {
                Ok(())
            } else {
                Err(Error::conflict("loss-own"))
            }
        },
    )
    .await?;
    admit_all(app, actor, campaign).await
}

/// The reserve communes of a commune's stratum, the next first.
async fn reserves_of(app: &App, campaign: &Campaign, commune: &str) -> Result<Vec<String>> {
    let Some((draw, _)) = invitations::issued(app, campaign.id).await? else { return Ok(Vec::new()) };
    let units = samples::units(app, draw).await?;
    let lost = units.iter().find(|unit| unit.stage == Stage::Commune && unit.code == commune);
    let reserves = lost.map(|lost| reserve_communes(&units, &lost.stratum())).unwrap_or_default();
    Ok(reserves.into_iter().map(|unit| unit.code.clone()).collect())
}

pub async fn losses(app: &App, campaign: Uuid) -> Result<Vec<Loss>> {
    store::replacements::losses(&mut app.database.contact.read().await?, campaign).await
}
