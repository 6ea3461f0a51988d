//! What checked persons say to the neutral questions: sealed by itself, opened only to be added up.

use std::collections::BTreeMap;

use analysis::quality::{LEAST_FORMS, contrast};
use serde::{Deserialize, Serialize};
use survey_forms::{ChoiceCode, Form};
use uuid::Uuid;

use super::store::check_back::Fact;
use super::store::figures::Contrasted;
use crate::app::App;
use crate::base::seal::Key;
use crate::error::{Error, Result};
use crate::responses::padding::{pad, unpad};
use crate::responses::paradata;

/// One size for all.
const STEP: usize = 512;

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    interviewer: Uuid,
    /// By question.
    answers: BTreeMap<String, ChoiceCode>,
}

fn key(app: &App) -> Result<Key> {
    app.keys.purpose("check-back facts")
}

/// A row that names nobody and comes under an id of its own.
pub(super) fn sealed(
    app: &App,
    campaign: Uuid,
    province: &str,
    interviewer: Uuid,
    answers: BTreeMap<String, ChoiceCode>,
) -> Result<Fact> {
    let id = Uuid::new_v4();
    let plain = serde_json::to_vec(&Told { interviewer, answers })?;
    let sealed = key(app)?.seal(id.as_bytes(), &pad(&plain, STEP))?;
    Ok(Fact { id, campaign_id: campaign, province_code: province.to_owned(), sealed })
}

/// Forms by interviewer, question and choice.
pub(super) type Counts = BTreeMap<String, BTreeMap<String, BTreeMap<ChoiceCode, u64>>>;

/// Main file beside check-back: by interviewer where both have ten answers, the others of a province together. `main` is by the
/// interviewers' ids.
pub(super) fn contrasts(
    app: &App,
    campaign: Uuid,
    form: &Form,
    facts: &[Fact],
    main: &Counts,
) -> Result<Vec<Contrasted>> {
    let key = key(app)?;
    let mut by_place: BTreeMap<&str, Counts> = BTreeMap::new();
    for fact in facts {
        let damaged = || Error::internal("check-back-damaged");
        let plain = key.open(fact.id.as_bytes(), &fact.sealed).ok_or_else(damaged)?;
        let told: Told = serde_json::from_slice(unpad(&plain).ok_or_else(damaged)?)?;
        let counts = by_place.entry(&fact.province_code).or_default().entry(told.interviewer.to_string()).or_default();
        for (unit, choice) in told.answers {
            *counts.entry(unit).or_default().entry(choice).or_default() += 1;
        }
    }
    let mut rows = Vec::new();
    for (province, checked) in by_place {
        for unit in paradata::neutral(form) {
            let choices = unit.choices().map(|choices| choices.codes.clone()).unwrap_or_default();
            let counted = |counts: &Counts, interviewer: &str| -> Vec<u64> {
                let of_unit = counts.get(interviewer).and_then(|units| units.get(unit.code()));
                choices
                    .iter()
                    .map(|choice| of_unit.and_then(|counts| counts.get(choice)).copied().unwrap_or(0))
                    .collect()
            };
            let mut pooled = (vec![0; choices.len()], vec![0; choices.len()]);
            let mut compared = Vec::new();
            for interviewer in checked.keys() {
                let (in_main, in_check) = (counted(main, interviewer), counted(&checked, interviewer));
                if in_main.iter().sum::<u64>() < LEAST_FORMS {
                    continue;
                }
                if in_check.iter().sum::<u64>() >= LEAST_FORMS {
                    compared.push((interviewer.as_str(), in_main, in_check));
                } else {
                    let add = |sums: &mut Vec<u64>, counts: Vec<u64>| {
                        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
                    };
                    add(&mut pooled.0, in_main);
                    add(&mut pooled.1, in_check);
                }
            }
            compared.push(("", pooled.0, pooled.1));
            for (interviewer, in_main, in_check) in compared {
                let Some(found) = contrast(&in_main, &in_check) else { continue };
                rows.push(Contrasted {
                    campaign_id: campaign,
                    province_code: province.to_owned(),
                    interviewer: interviewer.to_owned(),
                    unit: unit.code().to_owned(),
                    forms: i64::try_from(found.forms).unwrap_or(i64::MAX),
                    checked: i64::try_from(found.checked).unwrap_or(i64::MAX),
                    probability: found.test.map(|(_, _, above)| above),
                    choice: choices.get(found.largest.choice).copied().map_or(0, i32::from),
                    difference: found.largest.value,
                    low: found.largest.interval.low,
                    high: found.largest.interval.high,
                });
            }
        }
    }
    Ok(rows)
}
