//! The check-back: some of those an interviewer had are asked again by somebody else, whether anybody came and how it went.

use std::collections::BTreeMap;

use serde_json::json;
use survey_forms::ChoiceCode;
use uuid::Uuid;

use super::store::check_back::{self as store, Check, Draw, Try};
use super::{facts, rules};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::seal::hex;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::responses::paradata;
use crate::staff::{self, Person};

/// Per cent of each interviewer's interviews.
pub const SHARES: std::ops::RangeInclusive<i16> = 5..=10;
const MOST_LETTERS: usize = 200;
/// After so many tries in vain a person counts as not reached.
pub const TRIES: i32 = 3;

/// What the person says of the interview. Each answer is one of the words of its question.
pub const CAME: &[&str] = &["yes", "no", "unsure"];
pub const WHEN: &[&str] = &["week", "month", "earlier", "unsure"];
pub const LENGTH: &[&str] = &["under-10", "10-30", "over-30", "unsure"];
pub const FILLED_BY: &[&str] = &["self", "interviewer", "other", "unsure"];
pub const PRESSURE: &[&str] = &["none", "gift", "pressure", "unsure"];

/// One try, as the form brings it; the id is the form's.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub id: Uuid,
    pub reached: bool,
    pub came: String,
    pub about_when: String,
    pub length: String,
    pub filled_by: String,
    pub pressure: String,
    pub note: String,
    /// Neutral questions that were answered.
    pub facts: BTreeMap<String, ChoiceCode>,
}

impl Check {
    /// What must not be: nobody came, somebody else filled the form in, or it was not free.
    pub fn is_alarming(&self) -> bool {
        self.came == "no" || self.filled_by == "other" || self.pressure == "pressure"
    }
}

/// Draws who is asked again in a province, until `share` per cent of each interviewer's interviews are, and gives them to checkers in turn.
/// Says how many.
pub async fn draw(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    province: &str,
    share: i16,
    seed: &str,
) -> Result<usize> {
    let seed = seed.trim();
    if !SHARES.contains(&share) {
        return Err(Error::invalid("check-back-share"));
    }
    if seed.is_empty() || seed.chars().count() > MOST_LETTERS {
        return Err(Error::invalid("check-back-seed"));
    }
    let checkers = staff::checkers(app, province).await?;
    if checkers.is_empty() {
        return Err(Error::invalid("check-back-nobody"));
    }
    let id = Uuid::now_v7();
    let details = json!({ "draw": id, "province": province, "share": share, "seed": seed });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "quality.check_back_draw", subject: campaign.slug.clone(), details },
        async |transaction| {
            let candidates = store::lock_candidates(transaction, campaign.id, province).await?;
            let drawn = rules::choose(&candidates, usize::from(share.unsigned_abs()), seed);
            if drawn.cases.is_empty() {
                return Err(Error::conflict("check-back-enough"));
            }
            let draw = Draw {
                id,
                campaign_id: campaign.id,
                province_code: province.to_owned(),
                share,
                seed: seed.to_owned(),
                candidates: i64::try_from(drawn.candidates).unwrap_or(i64::MAX),
                candidate_digest: drawn.digest.0.to_vec(),
                drawn: i64::try_from(drawn.cases.len()).unwrap_or(i64::MAX),
                made_by: actor.to_string(),
                made_at: app.clock.now(),
            };
            let turn = checkers.iter().cycle();
            let checks: Vec<Check> = drawn
                .cases
                .iter()
                .zip(turn)
                .map(|((case, interviewer), checker)| Check {
                    invitation_id: *case,
                    campaign_id: campaign.id,
                    province_code: province.to_owned(),
                    draw_id: id,
                    interviewer_id: *interviewer,
                    checker_id: checker.id,
                    state: "open".to_owned(),
                    attempts: 0,
                    came: String::new(),
                    about_when: String::new(),
                    length: String::new(),
                    filled_by: String::new(),
                    pressure: String::new(),
                    note: String::new(),
                })
                .collect();
            store::insert(transaction, &draw, &checks).await?;
            Ok(checks.len())
        },
    )
    .await
}

/// Open checks of people who cannot do them any more go to those who can, in turn. Says how many.
pub async fn give_anew(app: &App, actor: &Actor, campaign: &Campaign, province: &str) -> Result<usize> {
    let checkers = staff::checkers(app, province).await?;
    let left = |check: &Check| {
        check.state == "open" && check.province_code == province && !checkers.iter().any(|it| it.id == check.checker_id)
    };
    let orphans: Vec<Check> = list(app, campaign.id).await?.into_iter().filter(left).collect();
    if checkers.is_empty() {
        return Err(Error::invalid("check-back-nobody"));
    }
    let details = json!({ "province": province, "checks": orphans.len() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "quality.check_back_give", subject: campaign.slug.clone(), details },
        async |transaction| {
            for (check, checker) in orphans.iter().zip(checkers.iter().cycle()) {
                store::give(transaction, check.invitation_id, checker.id).await?;
            }
            Ok(orphans.len())
        },
    )
    .await
}

/// Records one try by the checker who has the case; the same try again changes nothing.
pub async fn record(
    app: &App,
    actor: &Actor,
    checker: Uuid,
    campaign: &Campaign,
    check: &Check,
    told: Told,
) -> Result<()> {
    if check.checker_id != checker {
        return Err(Error::new(crate::error::Kind::Forbidden, "check-back-of-another"));
    }
    let form = campaign.form(app).await?;
    let sound = sound(check, &told)?;
    let neutral = paradata::neutral(&form);
    let asked = |unit: &str, choice: ChoiceCode| {
        let unit = neutral.iter().find(|known| known.code() == unit);
        unit.and_then(|unit| unit.choices()).is_some_and(|choices| choices.codes.contains(&choice))
    };
    if told.facts.iter().any(|(unit, choice)| !asked(unit, *choice)) {
        return Err(Error::invalid("check-back-fact"));
    }
    let fact = (told.reached && sound.came != "no" && !told.facts.is_empty())
        .then(|| facts::sealed(app, campaign.id, &check.province_code, check.interviewer_id, told.facts.clone()))
        .transpose()?;
    let new = Try {
        id: told.id,
        invitation_id: check.invitation_id,
        campaign_id: campaign.id,
        province_code: check.province_code.clone(),
        checker_id: checker,
        tried_on: app.clock.today(),
        reached: told.reached,
    };
    let details = json!({ "reached": told.reached, "came": sound.came });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "quality.check_back", subject: check.invitation_id.to_string(), details },
        async |transaction| {
            if !store::try_once(transaction, &new).await? {
                return Ok(());
            }
            store::close(transaction, &sound).await?;
            match &fact {
                Some(fact) => store::keep_fact(transaction, fact).await,
                None => Ok(()),
            }
        },
    )
    .await
}

/// The check as it stands after this try, or what is wrong with the try.
fn sound(check: &Check, told: &Told) -> Result<Check> {
    let note = told.note.trim();
    if note.chars().count() > MOST_LETTERS {
        return Err(Error::invalid("check-back-note"));
    }
    if !told.reached {
        let state = if check.attempts + 1 >= TRIES { "unreached" } else { "open" };
        return Ok(Check { state: state.to_owned(), note: note.to_owned(), ..check.clone() });
    }
    if !CAME.contains(&told.came.as_str()) {
        return Err(Error::invalid("check-back-came"));
    }
    // Where nobody came there is nothing more to tell.
    let after = |word: &str, words: &[&str]| match (told.came == "no", words.contains(&word)) {
        (true, _) => Ok(String::new()),
        (false, true) => Ok(word.to_owned()),
        (false, false) => Err(Error::invalid("check-back-process")),
    };
    Ok(Check {
        state: "done".to_owned(),
        came: told.came.clone(),
        about_when: after(&told.about_when, WHEN)?,
        length: after(&told.length, LENGTH)?,
        filled_by: after(&told.filled_by, FILLED_BY)?,
        pressure: after(&told.pressure, PRESSURE)?,
        note: note.to_owned(),
        ..check.clone()
    })
}

/// All checks of a campaign that the reader may see, the open ones first.
pub async fn list(app: &App, campaign: Uuid) -> Result<Vec<Check>> {
    store::checks(&mut app.database.contact.read().await?, campaign).await
}

/// The check of a case, as far as who asks may see it.
pub async fn find(app: &App, case: Uuid) -> Result<Check> {
    let found = store::check(&mut app.database.contact.read().await?, case).await?;
    found.ok_or_else(|| Error::not_found("check-back-missing"))
}

/// The draws, the newest first, each with the digest of those it was drawn from.
pub async fn draws(app: &App, campaign: Uuid) -> Result<Vec<(Draw, String)>> {
    let draws = store::draws(&mut app.database.contact.read().await?, campaign).await?;
    Ok(draws.into_iter().map(|draw| (draw.clone(), hex(&draw.candidate_digest))).collect())
}

/// Those who may check in a province.
pub async fn checkers(app: &App, province: &str) -> Result<Vec<Person>> {
    staff::checkers(app, province).await
}
