//! What the worker calls.

use std::collections::BTreeMap;

use actix_web::web::Data;
use analysis::quality::{Judgement, Kind, Origin, Tally, judge};
use serde_json::{Value, json};
use uuid::Uuid;

use super::facts::{self, Counts};
use super::store;
use super::store::figures::{Figures, Group, Rule};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::campaigns;
use crate::error::Result;
use crate::jobs::worker::Progress;
use crate::places::COUNTRY;
use crate::responses::paradata::{self, ELSEWHERE, ITEM};
use crate::staff::{self, Role};

const STEPS: usize = 2;

/// Judges what the flushes have counted, compares the check-backs with it, and puts all figures in the place of the earlier ones.
pub async fn compute(app: &Data<App>, campaign: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let campaign = campaigns::find(app, campaign).await?;
    let form = campaign.form(app).await?;
    let mut people = BTreeMap::new();
    for person in staff::list(app, COUNTRY).await?.into_iter().filter(|person| person.role() == Some(Role::Interviewer))
    {
        people.insert(paradata::pseudonym(app, campaign.id, person.id)?, (person.id, person.place_code));
    }
    progress.report("quality", 0, STEPS).await?;
    let (mut alone, mut led, mut main) = (Tally::default(), Tally::default(), Counts::new());
    for count in paradata::counts(app, campaign.id).await? {
        let (forms, step) = (count.forms.unsigned_abs(), count.step.unsigned_abs());
        let tally = if count.interviewer.is_empty() { &mut alone } else { &mut led };
        let small = u8::try_from(step).unwrap_or(u8::MAX);
        if count.measure == ELSEWHERE {
            tally.add_elsewhere(small, forms);
        } else if let Some(kind) = Kind::from_name(&count.measure) {
            tally.add_forms(&count.interviewer, kind, small, forms);
        } else if let (Some(unit), Some((person, _))) =
            (count.measure.strip_prefix(ITEM), people.get(&count.interviewer))
        {
            let of_unit = main.entry(person.to_string()).or_default().entry(unit.to_owned()).or_default();
            *of_unit.entry(step).or_default() += forms;
        }
    }
    let facts = store::check_back::facts(&mut app.database.contact.read().await?, campaign.id).await?;
    progress.report("quality", 1, STEPS).await?;
    let (alone, led) = (judge(&alone), judge(&led));
    let now = app.clock.now();
    let rules = |judgement: &Judgement, mode: &str| -> Vec<Rule> {
        let rule = |rule: &analysis::quality::Rule| Rule {
            campaign_id: campaign.id,
            mode: mode.to_owned(),
            kind: rule.kind.name().to_owned(),
            threshold: rule.from.map(i16::from),
            origin: origin(rule.origin).0.to_owned(),
            left_out: origin(rule.origin).1,
            forms: whole(rule.forms),
            flagged: whole(rule.flagged),
            honest: rule.honest,
            judged_at: now,
        };
        // Fewer than ten forms are not told of.
        judgement.rules.iter().filter(|rule| rule.from.is_some()).map(rule).collect()
    };
    let group = |group: &analysis::quality::Group| {
        let (interviewer_id, place) = people.get(&group.name)?;
        Some(Group {
            campaign_id: campaign.id,
            province_code: place.clone(),
            interviewer_id: *interviewer_id,
            kind: group.kind.name().to_owned(),
            forms: whole(group.forms),
            flagged: whole(group.flagged),
            low: group.interval.low,
            high: group.interval.high,
            expected: group.expected,
            stands_out: group.stands_out,
        })
    };
    let figures = Figures {
        rules: [rules(&alone, "alone"), rules(&led, "interviewer")].concat(),
        groups: led.groups.iter().filter_map(group).collect(),
        contrasts: facts::contrasts(app, campaign.id, &form, &facts, &main)?,
    };
    let actor = Actor::System("worker");
    let details =
        json!({ "rules": figures.rules.len(), "groups": figures.groups.len(), "contrasts": figures.contrasts.len() });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "quality.compute", subject: campaign.slug.clone(), details },
        async |transaction| store::figures::replace(transaction, campaign.id, &figures).await,
    )
    .await?;
    progress.report("quality", STEPS, STEPS).await?;
    Ok(json!({ "address": super::pages::address(&campaign.slug) }))
}

fn origin(origin: Origin) -> (&'static str, i32) {
    match origin {
        Origin::NormalTail => ("normal-tail", 0),
        Origin::OtherPlaces => ("other-places", 0),
        Origin::UsualGroups { left_out } => ("usual-groups", i32::try_from(left_out).unwrap_or(i32::MAX)),
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
