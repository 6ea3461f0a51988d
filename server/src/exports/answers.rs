//! Single answers as columns: everything, for the analysis room of the ministry.

use std::collections::BTreeMap;

use analysis::frame::{Answers, CodedAnswers, Texts};
use serde_json::Value;
use survey_forms::{Column as About, ColumnKind, Form, Unit, UnitKind};

use super::table::{Column, NONE, Table, Values};
use super::variables::one_of_several;
use crate::results::WeightedAnswers;

/// Of weights and of amounts that were asked.
pub(super) const DECIMALS: u8 = 6;
/// Codes from here on say nothing: skipped, don't know, never.
const NOTHING: u8 = 97;

/// One row per response, by commune: the design (`_province`, `_stratum`, `_psu`, `_area`), `_mode`, `_weight` of the run, then every answer but words
/// of one's own. A unit's code begins with a small letter: what begins with `_` is no answer.
pub(super) fn everything(form: &Form, answers: &WeightedAnswers) -> Table {
    let WeightedAnswers { coded, stratum, province, area, weight, .. } = answers;
    let mut columns = vec![
        Column::text("_province", province.clone()),
        Column::text("_stratum", stratum.clone()),
        Column::text("_psu", coded.psu.clone()),
        Column::text("_area", area.clone()),
        Column::text("_mode", coded.mode.clone()),
        Column::number("_weight", weight.clone(), DECIMALS),
    ];
    let book = form.codebook();
    columns.extend(form.units().iter().zip(&book.columns).flat_map(|(unit, about)| of_unit(unit, about, coded)));
    Table { rows: coded.rows(), columns }
}

/// One choice is its code. Several are one column for each, `unit_choice`: 1 chosen, 0 not. 97, 98 and 99 say that nothing was answered. Numbers
/// and days are themselves, and empty where nothing was answered.
pub(super) fn of_unit(unit: &Unit, about: &About, coded: &CodedAnswers) -> Vec<Column> {
    match (coded.unit(unit.code()), unit.kind()) {
        (Some(Answers::Codes(choices)), _) => {
            let choices = choices.iter().map(|code| if *code == 0 { NONE } else { *code });
            vec![Column { about: about.clone(), values: Values::Codes(choices.collect()) }]
        }
        (Some(Answers::Values(values)), UnitKind::Many(choices)) => {
            let column = |choice: &u16| Column {
                about: one_of_several(about, *choice),
                values: Values::Codes(each(values, |json| chosen(json, *choice))),
            };
            choices.codes.iter().map(column).collect()
        }
        (Some(Answers::Values(values)), UnitKind::Quantity(_)) => {
            // Saying nothing is no number and no day.
            let about = About { codes: Vec::new(), ..about.clone() };
            vec![Column { values: amounts(values, about.kind), about }]
        }
        _ => Vec::new(),
    }
}

/// What each different answer means, row by row; none where nothing was asked.
fn each(values: &Texts, meaning: impl Fn(&str) -> u8) -> Vec<u8> {
    let known: Vec<u8> = values.different().iter().map(|json| meaning(json)).collect();
    let of_row = |code: &u32| (*code as usize).checked_sub(1).and_then(|place| known.get(place)).copied();
    values.codes().iter().map(|code| of_row(code).unwrap_or(NONE)).collect()
}

/// `[1,40]`, or the code of nothing in its place.
fn chosen(json: &str, choice: u16) -> u8 {
    if let Ok(code) = json.parse::<u8>() {
        return if code >= NOTHING { code } else { NONE };
    }
    serde_json::from_str::<Vec<u16>>(json).map_or(NONE, |choices| u8::from(choices.contains(&choice)))
}

/// `{"number":"12.5"}` or `{"day":"2026-11-05"}`.
fn amounts(values: &Texts, kind: ColumnKind) -> Values {
    let mut read: BTreeMap<&str, String> = BTreeMap::new();
    for json in values.different() {
        let Ok(Value::Object(fields)) = serde_json::from_str(json) else { continue };
        if let Some(text) = fields.values().next().and_then(Value::as_str) {
            read.insert(json, text.to_owned());
        }
    }
    let texts = values.iter().map(|json| read.get(json).map_or("", String::as_str));
    if kind == ColumnKind::Date {
        Values::Text(texts.collect())
    } else {
        Values::number(texts.map(|text| text.parse().unwrap_or(f64::NAN)).collect(), DECIMALS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::variables::ours;

    #[test]
    fn each_choice_of_several_is_a_column_and_nothing_stays_nothing() {
        assert_eq!([chosen("[1,40]", 40), chosen("[1,40]", 2), chosen("97", 2)], [1, 0, 97]);
        let values: Texts = ["[1]", "", "98"].into_iter().collect();
        assert_eq!(each(&values, |json| chosen(json, 1)), [1, NONE, 98]);
    }

    #[test]
    fn numbers_and_days_are_read_from_their_json() {
        let cells = |values: &Texts, kind| {
            let column = Column { about: ours("x", kind), values: amounts(values, kind) };
            [0, 1, 2].map(|row| column.cell(row))
        };
        let numbers: Texts = [r#"{"number":"12.5"}"#, "97", ""].into_iter().collect();
        assert_eq!(cells(&numbers, ColumnKind::Number), ["12.500000", "", ""]);
        let days: Texts = [r#"{"day":"2026-11-05"}"#, "98", ""].into_iter().collect();
        assert_eq!(cells(&days, ColumnKind::Date), ["2026-11-05", "", ""]);
    }
}
