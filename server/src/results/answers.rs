//! From the columnar copy of the responses and the design of the sample to what is estimated from: columns, one row per person.

use std::collections::HashMap;

use analysis::frame::{Answers, CodedAnswers, Texts};

use super::questions::{Question, Wanted};
use super::store::answers::Unit;
use crate::error::{Error, Result};

/// One row per person; then one of weight 0 for each commune without any: the variance counts the communes drawn, not those that answered.
#[derive(Clone, Debug, Default)]
pub(super) struct Answered {
    pub psu: Texts,
    pub stratum: Texts,
    pub province: Texts,
    pub weight: Vec<f64>,
    /// One column per column wanted: levels from 1, or 97, 98, 99; nothing when it was not asked.
    pub levels: Vec<Vec<Option<u8>>>,
}

impl Answered {
    pub(super) fn new(coded: &CodedAnswers, design: &[Unit], questions: &[Question]) -> Result<Self> {
        let place: HashMap<&str, usize> = design.iter().map(|unit| unit.psu.as_str()).zip(0..).collect();
        let mut silent = vec![true; design.len()];
        let mut unit_of = Vec::with_capacity(coded.psu.different().len());
        for psu in coded.psu.different() {
            let place = place.get(psu.as_str()).copied();
            let unit = place.and_then(|place| Some((silent.get_mut(place)?, design.get(place)?)));
            let (silent, unit) = unit.ok_or_else(|| Error::internal("results-design"))?;
            *silent = false;
            unit_of.push(unit);
        }
        let persons =
            coded.psu.codes().iter().filter_map(|code| unit_of.get((*code as usize).checked_sub(1)?).copied());
        let nobody = design.iter().zip(silent).filter(|(_, silent)| *silent).map(|(unit, _)| (unit, 0.0));
        let rows: Vec<(&Unit, f64)> = persons.map(|unit| (unit, unit.weight)).chain(nobody).collect();
        let text = |of: fn(&Unit) -> &String| rows.iter().map(|(unit, _)| of(unit)).collect();
        let wanted = questions.iter().flat_map(Question::wanted);
        Ok(Self {
            psu: text(|unit| &unit.psu),
            stratum: text(|unit| &unit.stratum),
            province: text(|unit| &unit.province_code),
            weight: rows.iter().map(|(_, weight)| *weight).collect(),
            levels: wanted.map(|wanted| levels(&wanted, coded, rows.len())).collect::<Result<_>>()?,
        })
    }
}

fn levels(wanted: &Wanted, coded: &CodedAnswers, rows: usize) -> Result<Vec<Option<u8>>> {
    let mut levels: Vec<Option<u8>> = match coded.unit(&wanted.unit) {
        Some(Answers::Codes(choices)) => choices.iter().map(|code| level(wanted, *code)).collect(),
        Some(Answers::Values(values)) => {
            let known: Vec<_> = values.different().iter().map(|json| level_of_list(wanted, json)).collect();
            let level = |code: &u32| known.get((*code as usize).checked_sub(1)?).copied().flatten();
            values.codes().iter().map(level).collect()
        }
        None => return Err(Error::internal("results-columns")),
    };
    levels.resize(rows, None);
    Ok(levels)
}

/// Where a choice is named: 2 if it was made, 1 if not.
fn level(wanted: &Wanted, code: u8) -> Option<u8> {
    match (code, wanted.choice) {
        (0, _) => None,
        (97..=99, _) | (_, None) => Some(code),
        (_, Some(choice)) => Some(1 + u8::from(choice == u16::from(code))),
    }
}

/// The same of several choices, `[1,40]`, or of the code of nothing in their place.
fn level_of_list(wanted: &Wanted, json: &str) -> Option<u8> {
    if let Ok(code) = json.parse() {
        return level(wanted, code);
    }
    let choices: Vec<u16> = serde_json::from_str(json).ok()?;
    wanted.choice.map(|choice| 1 + u8::from(choices.contains(&choice)))
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
