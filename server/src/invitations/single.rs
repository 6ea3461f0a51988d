//! One invitation at a time: its letter printed again, its code made anew, a person of the reserve let in.
//!
//! The answers side and the contact side know a code by different values, so only who has the old code, on a list or on the letter, can make
//! it worthless. Each act writes its line on the later list first and can be repeated from there: killed anywhere, asked for again, it ends
//! with one code that counts.

use analysis::draw::{Role, Unit};
use serde_json::json;
use uuid::Uuid;

use super::code::Code;
use super::jobs::{allowed_row, sampling_units};
use super::list::{self, Line};
use super::store::{Invitation, InvitationRow};
use super::{Status, contact_key, print, store};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::seal::hex;
use crate::base::{blocking, chance};
use crate::campaigns::{Campaign, State};
use crate::error::{Error, Result};
use crate::{frames, places, samples};

/// The invitation, if it is of this campaign and of a place the asker may see.
pub(super) async fn find(app: &App, campaign: &Campaign, within: &str, id: Uuid) -> Result<Invitation> {
    let found = store::find_by_id(&mut app.database.contact.read().await?, id).await?;
    seen(found, campaign, within)
}

pub(super) async fn find_by_person(app: &App, campaign: &Campaign, within: &str, person: &str) -> Result<Invitation> {
    let found = store::find_by_person(&mut app.database.contact.read().await?, campaign.id, person).await?;
    seen(found, campaign, within)
}

pub(super) async fn find_by_code(app: &App, campaign: &Campaign, within: &str, code: &Code) -> Result<Invitation> {
    let digest = code.contact_digest(&contact_key(app)?)?;
    let found = store::find_by_digest(&mut app.database.contact.read().await?, &digest).await?;
    seen(found, campaign, within)
}

/// What is elsewhere is as unknown as what is nowhere.
fn seen(found: Option<Invitation>, campaign: &Campaign, within: &str) -> Result<Invitation> {
    found
        .filter(|found| found.campaign_id == campaign.id)
        .filter(|found| within == places::COUNTRY || within == found.province_code)
        .ok_or_else(|| Error::invalid("person-unknown"))
}

/// The line of this invitation's present code, while a list has it.
pub(super) async fn line_of(app: &App, invitation: &Invitation) -> Result<Option<Line>> {
    let lists = [list::later_path(app, invitation.draw_id), list::path(app, invitation.draw_id)];
    let (key, digest, person) = (contact_key(app)?, invitation.code_digest.clone(), invitation.person_code.clone());
    blocking::run(move || {
        for path in lists {
            for line in list::read(&path)? {
                let line = line?;
                if line.person == person && line.code.contact_digest(&key)?.as_slice() == digest {
                    return Ok(Some(line));
                }
            }
        }
        Ok(None)
    })
    .await
}

/// The letter of one person once more; voids nothing.
pub async fn print_again(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    invitation: Uuid,
    languages: &[String],
) -> Result<Vec<u8>> {
    let found = find(app, campaign, places::COUNTRY, invitation).await?;
    if found.status == Status::Cancelled.name() {
        return Err(Error::conflict("code-cancelled"));
    }
    let line = line_of(app, &found).await?.ok_or_else(|| Error::conflict("print-list-gone"))?;
    let letters = print::letters(app, campaign, languages).await?;
    let title = campaign.name_vi.clone();
    let pdf = blocking::run(move || {
        letters.print(&title, &[line]).map_err(|cause| Error::internal("paper").caused_by(cause))
    })
    .await?;
    let details = json!({ "invitation": invitation, "province": found.province_code });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.print_one", subject: campaign.slug.clone(), details },
        async |_transaction| Ok(()),
    )
    .await?;
    Ok(pdf)
}

/// A new code instead of the one `invitation` has; the old one is worthless from here on. `typed` is the old code where somebody has it.
pub(super) async fn new_code(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    invitation: &Invitation,
    typed: Option<Code>,
) -> Result<()> {
    match invitation.status.as_str() {
        "responded" => return Err(Error::conflict("code-responded")),
        "cancelled" => return Err(Error::conflict("code-cancelled")),
        _ if campaign.state() == State::Closed => {
            return Err(Error::conflict("campaign-state").with("state", campaign.state().name()));
        }
        _ => {}
    }
    let key = contact_key(app)?;
    let old = match typed {
        Some(code) => Some(code),
        None => line_of(app, invitation).await?.map(|line| line.code),
    };
    let old = old.ok_or_else(|| Error::conflict("old-code-needed"))?;
    if old.contact_digest(&key)?.as_slice() != invitation.code_digest {
        return Err(Error::conflict("code-changed"));
    }
    let unit = unit(app, invitation).await?;
    let replaces = hex(&invitation.code_digest);
    let line = add(app, invitation.draw_id, &unit, replaces).await?;

    let wave = app.keys.wave(campaign.id)?.ok_or_else(|| Error::conflict("no-codes"))?;
    let (old, new) = (old.tag(&wave)?, line.code.tag(&wave)?);
    app.database
        .answers
        .transaction("invitations.new_code", async |transaction| store::replace_allowed(transaction, &old, &new).await)
        .await?;
    let digest = line.code.contact_digest(&key)?;
    let details = json!({ "invitation": invitation.id, "province": invitation.province_code });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.new_code", subject: campaign.slug.clone(), details },
        async |transaction| {
            if store::replace_digest(transaction, invitation.id, &invitation.code_digest, &digest).await? {
                Ok(())
            } else {
                Err(Error::conflict("code-changed"))
            }
        },
    )
    .await
}

/// Lets in persons of the reserve: a code, and a letter among those to print, for each who has none yet.
pub async fn admit(app: &App, actor: &Actor, campaign: &Campaign, persons: &[Unit]) -> Result<()> {
    if campaign.state() == State::Closed {
        return Err(Error::conflict("campaign-state").with("state", campaign.state().name()));
    }
    if persons.iter().any(|unit| unit.role != Role::Reserve) {
        return Err(Error::conflict("not-a-reserve"));
    }
    let draw = store::issued_draw(&mut app.database.contact.read().await?, campaign.id).await?;
    let draw = draw.ok_or_else(|| Error::conflict("no-codes"))?;
    let wave = app.keys.wave(campaign.id)?.ok_or_else(|| Error::conflict("no-codes"))?;
    let contact = contact_key(app)?;
    let (mut allowed, mut rows) = (Vec::new(), Vec::new());
    for unit in persons {
        let mut connection = app.database.contact.read().await?;
        if store::find_by_person(&mut connection, campaign.id, &unit.code).await?.is_some() {
            continue;
        }
        drop(connection);
        let line = add(app, draw, unit, String::new()).await?;
        allowed.push(allowed_row(campaign.id, &wave, unit, &line.code)?);
        rows.push(InvitationRow::new(unit, &line.code, &contact)?);
    }
    if rows.is_empty() {
        return Ok(());
    }
    let units = sampling_units(campaign.id, &wave, persons)?;
    // In another order on each side, as when all codes are made.
    chance::shuffle(&mut allowed)?;
    chance::shuffle(&mut rows)?;
    app.database
        .answers
        .transaction("invitations.admit", async |transaction| {
            store::insert_sampling_units(transaction, &units).await?;
            store::insert_allowed(transaction, campaign.id, &allowed).await
        })
        .await?;
    let codes: Vec<_> = persons.iter().map(|unit| unit.code.as_str()).collect();
    let details = json!({ "draw": draw, "persons": codes, "province": persons.first().map(Unit::province) });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "invitations.admit", subject: campaign.slug.clone(), details },
        async |transaction| store::insert_invitations(transaction, campaign.id, draw, &rows).await,
    )
    .await
}

async fn unit(app: &App, invitation: &Invitation) -> Result<Unit> {
    let persons = samples::persons(app, invitation.draw_id).await?;
    persons.into_iter().find(|unit| unit.code == invitation.person_code).ok_or_else(|| Error::internal("draw-damaged"))
}

/// The person's line of the later list, made unless it stands there.
async fn add(app: &App, draw: Uuid, unit: &Unit, replaces: String) -> Result<Line> {
    let frame = samples::find(app, draw).await?.frame_id;
    let found = frames::addressees(app, frame, std::slice::from_ref(&unit.code)).await?;
    let to = found.into_iter().next().ok_or_else(|| Error::internal("frame-damaged"))?;
    let (path, unit) = (list::later_path(app, draw), unit.clone());
    blocking::run(move || {
        list::find_or_add(
            &path,
            |line| line.person == unit.code && line.replaces == replaces,
            |code| Line { replaces: replaces.clone(), ..Line::new(code, &unit, &to) },
        )
    })
    .await
}
