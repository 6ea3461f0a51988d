//! How forms come about, in coarse words: paradata.
//!
//! What a form brings along travels in its sealed body and ends at the flush. There each form is measured, sealed again by itself, and
//! waits, apart from its answers, until ten forms of the same interviewer are together; only their counts are kept.

use std::collections::{BTreeMap, HashMap};

use analysis::quality::{Form as Measured, Kind, LEAST_FORMS, NOT_ASKED, UNRATED, pace_step, steps_of};
use chrono::{DateTime, Timelike as _, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use survey_forms::{Answer, Answers, Form, Interview, Kind as QuestionKind, Unit, UnitKind};
use uuid::Uuid;

use super::body::Body;
use super::citizen::day_number;
use super::padding::{pad, unpad};
use super::store::paradata::{self as store, Count, Row};
use crate::app::App;
use crate::base::chance;
use crate::base::clock::in_viet_nam;
use crate::base::seal::{Key, hex};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};

/// What a question takes on average. It only sets the scale; what is fast, the survey's own median tells.
const SECONDS_PER_QUESTION: u32 = 8;
const DAY: std::ops::Range<u32> = 6..22;
/// So many neutral questions are counted per interviewer.
const NEUTRAL: usize = 5;
/// The counts' name for the similarity to forms of other communes.
pub const ELSEWHERE: &str = "elsewhere";
/// Before the code of a neutral question.
pub const ITEM: &str = "item:";
/// One size for all that waits.
const STEP: usize = 1024;

/// What a body brings along besides its answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paradata {
    /// See [`pseudonym`]; empty for somebody who answered alone.
    pub interviewer: String,
    /// See [`analysis::quality::pace_step`].
    pub pace: Option<u8>,
    pub odd_hour: Option<bool>,
    pub codes: Option<u8>,
}

/// What a tablet says of an interview.
#[derive(Clone, Copy, Debug)]
pub struct Led {
    pub by: Uuid,
    pub seconds: Option<u32>,
    pub odd_hour: Option<bool>,
}

/// What the answers side calls an interviewer in one campaign. Outlives the campaign's key, which is gone when the last forms are judged.
pub fn pseudonym(app: &App, campaign: Uuid, staff: Uuid) -> Result<String> {
    let key = app.keys.purpose("interviewer")?.derive("campaign", campaign.as_bytes())?;
    Ok(hex(&key.digest(staff.as_bytes())?))
}

pub fn pace(interview: &Interview<'_>, seconds: i64) -> Option<u8> {
    let questions = interview.path().units().filter(|unit| unit.number().is_some()).count();
    let expected = u32::try_from(questions).ok()?.checked_mul(SECONDS_PER_QUESTION)?;
    pace_step(u32::try_from(seconds.max(0)).unwrap_or(u32::MAX), expected)
}

pub fn is_odd_hour(now: DateTime<Utc>) -> bool {
    !DAY.contains(&in_viet_nam(now).hour())
}

/// 0 for one code, 1 for two to four, 2 for five and more.
pub fn codes_step(codes: u32) -> u8 {
    match codes {
        0 | 1 => 0,
        2..=4 => 1,
        _ => 2,
    }
}

/// The items whose ratings are looked at for lines and twins: those that indicators rest on, else the items of all grids.
pub fn rated(form: &Form) -> Vec<&Unit> {
    let measured = form.indicators().map(survey_forms::Indicator::items);
    let in_grid = |unit: &&Unit| form.question_of(unit).is_some_and(|question| question.kind() == QuestionKind::Grid);
    let units = form.units().iter().filter(|unit| matches!(unit.kind(), UnitKind::One(_)));
    match measured {
        Some(items) => units.filter(|unit| items.contains(&unit.code())).collect(),
        None => units.filter(in_grid).collect(),
    }
}

/// Questions that a check-back may ask again: one choice of two to eight, no opinion that is measured, on no private page; the first
/// five of the form.
pub fn neutral(form: &Form) -> Vec<&Unit> {
    let measured = form.indicators().map(survey_forms::Indicator::items).unwrap_or_default();
    let is_neutral = |unit: &&Unit| {
        matches!(unit.kind(), UnitKind::One(choices) if (2..=8).contains(&choices.codes.len()))
            && !measured.contains(&unit.code())
    };
    let open = form.pages().iter().filter(|page| !page.is_sensitive());
    open.flat_map(|page| form.units_on(page)).filter(is_neutral).take(NEUTRAL).collect()
}

/// A form's steps by measure, and whose it is.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Waiting {
    interviewer: String,
    steps: BTreeMap<String, i16>,
}

/// Measures the forms of a batch: beside those of the same commune in `others` and in the batch, and beside as many of other communes.
pub(super) fn measured(
    form: &Form,
    batch: &[(Vec<u8>, Body)],
    psus: &HashMap<Vec<u8>, String>,
    others: Vec<(String, Value)>,
) -> Result<Vec<Waiting>> {
    let (rated, neutral) = (rated(form), neutral(form));
    let mut by_place: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for (psu, answers) in others {
        let answers: Answers = serde_json::from_value(answers)?;
        by_place.entry(psu).or_default().push(ratings(&rated, &answers));
    }
    let place_of = |tag: &Vec<u8>| psus.get(tag).cloned().unwrap_or_default();
    // Where each new form stands among those of its place, so that it is not its own twin.
    let mut places = Vec::new();
    for (tag, body) in batch {
        let around = by_place.entry(place_of(tag)).or_default();
        places.push(around.len());
        around.push(ratings(&rated, &body.answers));
    }
    let mut waiting = Vec::new();
    for ((tag, body), own) in batch.iter().zip(places) {
        let Some(paradata) = &body.paradata else { continue };
        let place = place_of(tag);
        let around = by_place.get(&place).map(Vec::as_slice).unwrap_or_default();
        let Some(answers) = around.get(own).cloned() else { continue };
        let near = around.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, other)| other.as_slice());
        let far = by_place.iter().filter(|(other, _)| **other != place).flat_map(|(_, forms)| forms);
        let told = Measured {
            answers,
            place: place.clone(),
            pace: paradata.pace,
            odd_hour: paradata.odd_hour,
            codes: paradata.codes,
        };
        let steps = steps_of(&told, near, far.take(around.len() - 1).map(Vec::as_slice));
        let kinds = Kind::ALL.into_iter().map(|kind| (kind.name().to_owned(), steps.get(kind)));
        let mut steps: BTreeMap<String, i16> = kinds
            .chain([(ELSEWHERE.to_owned(), steps.elsewhere)])
            .filter_map(|(measure, step)| Some((measure, i16::from(step?))))
            .collect();
        if !paradata.interviewer.is_empty() {
            steps.extend(neutral.iter().filter_map(|unit| {
                let code = body.answers.get(unit.code())?.code()?;
                Some((format!("{ITEM}{}", unit.code()), i16::try_from(code).ok()?))
            }));
        }
        waiting.push(Waiting { interviewer: paradata.interviewer.clone(), steps });
    }
    Ok(waiting)
}

fn ratings(rated: &[&Unit], answers: &Answers) -> Vec<u8> {
    let rating = |unit: &&Unit| match answers.get(unit.code()) {
        Some(Answer::Choice(code)) => u8::try_from(*code).unwrap_or(UNRATED),
        // Never used is no lack of an opinion.
        None | Some(Answer::Never) => NOT_ASKED,
        Some(_) => UNRATED,
    };
    rated.iter().map(rating).collect()
}

/// Rows in an order that says nothing.
pub(super) fn sealed(campaign: Uuid, day: i32, key: &Key, mut waiting: Vec<Waiting>) -> Result<Vec<Row>> {
    chance::shuffle(&mut waiting)?;
    let row = |waiting: &Waiting| {
        let id = Uuid::new_v4();
        let sealed = key.seal(id.as_bytes(), &pad(&serde_json::to_vec(waiting)?, STEP))?;
        Ok(Row { id, campaign_id: campaign, day_key: day, sealed })
    };
    waiting.iter().map(row).collect()
}

/// Counts the forms of everybody who has ten or more waiting; seals the rest anew, or drops it after the close. Says how many were counted.
pub(super) async fn settle(app: &App, campaign: &Campaign, closed: bool) -> Result<u64> {
    let today = day_number(app.clock.today());
    let key = app.keys.make_day(today)?;
    app.database
        .answers
        .transaction("responses.settle", async |transaction| {
            let mut by_interviewer: BTreeMap<String, Vec<Waiting>> = BTreeMap::new();
            for row in store::take(transaction, campaign.id).await? {
                let waiting = open(app, &row)?;
                by_interviewer.entry(waiting.interviewer.clone()).or_default().push(waiting);
            }
            let (mut counts, mut kept, mut counted) = (Vec::new(), Vec::new(), 0);
            for (interviewer, forms) in by_interviewer {
                let together = u64::try_from(forms.len()).unwrap_or(u64::MAX);
                if together >= LEAST_FORMS {
                    counted += together;
                    counts.extend(added(campaign.id, &interviewer, &forms));
                } else if !closed {
                    kept.extend(forms);
                }
            }
            store::add(transaction, &counts).await?;
            store::wait(transaction, &sealed(campaign.id, today, &key, kept)?).await?;
            Ok(counted)
        })
        .await
}

fn open(app: &App, row: &Row) -> Result<Waiting> {
    let damaged = || Error::internal("inbox-damaged");
    let key = app.keys.day(row.day_key)?.ok_or_else(|| Error::internal("key-missing"))?;
    let plain = key.open(row.id.as_bytes(), &row.sealed).ok_or_else(damaged)?;
    Ok(serde_json::from_slice(unpad(&plain).ok_or_else(damaged)?)?)
}

fn added(campaign_id: Uuid, interviewer: &str, forms: &[Waiting]) -> Vec<Count> {
    let mut counts: BTreeMap<(&str, i16), i64> = BTreeMap::new();
    for (measure, step) in forms.iter().flat_map(|form| &form.steps) {
        *counts.entry((measure, *step)).or_default() += 1;
    }
    let count = |((measure, step), forms): ((&str, i16), i64)| Count {
        campaign_id,
        interviewer: interviewer.to_owned(),
        measure: measure.to_owned(),
        step,
        forms,
    };
    counts.into_iter().map(count).collect()
}

/// Everything counted of a campaign.
pub async fn counts(app: &App, campaign: Uuid) -> Result<Vec<Count>> {
    store::counts(&mut app.database.answers.read().await?, campaign).await
}
