//! What only shows in the finished texts, told at the cell it comes from.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::names::code;
use super::refusal::{Reason, Refusal};
use super::survey::ASKED_BY;
use super::workbook::Sheet;
use crate::defects::{Defect, Fault};
use crate::source::Source;

/// Each defect at the row of the question, page or indicator in whose text it stands, as well as can be told.
pub(crate) fn placed(defects: Vec<Defect>, source: &Source, desk: &Desk, indicators: &Sheet) -> Vec<Refusal> {
    let survey = desk.survey;
    let keys = keys_of_definition(&source.definition.text);
    let wordings: BTreeMap<_, _> =
        source.wordings.iter().map(|(_, file)| (&file.name, keys_of_wording(&file.text))).collect();
    let one = |defect: Defect| {
        if let Fault::BrokenIndicators { code, .. } = &defect.fault {
            let (row, value) = (row_of_indicator(indicators, code), code.clone());
            return indicators.refusal(row, "code", &value, Reason::Defect { fault: defect.fault });
        }
        let of_line = |keys: &[String]| keys.get(defect.line.saturating_sub(1)).cloned().unwrap_or_default();
        let key = match &defect.fault {
            Fault::MissingTranslation { key, .. } => key.clone(),
            _ => wordings.get(&defect.file).map_or_else(|| of_line(&keys), |keys| of_line(keys)),
        };
        let column = match &defect.fault {
            Fault::MissingTranslation { language, .. } => format!("label::{}", desk.words.column(language)),
            Fault::ConditionNotEarlier { .. } | Fault::Unreachable { .. } if !wordings.contains_key(&defect.file) => {
                "relevant".to_owned()
            }
            Fault::LeftToInterviewers { .. } => ASKED_BY.to_owned(),
            Fault::NothingAsked => "type".to_owned(),
            _ if wordings.contains_key(&defect.file) => "label".to_owned(),
            _ => "name".to_owned(),
        };
        let row = row_near(&key, &desk.places);
        let shown = survey.rows.iter().find(|shown| shown.number == row);
        let value = shown.map_or(key.as_str(), |shown| survey.cell(shown, &column)).to_owned();
        survey.refusal(row, &column, &value, Reason::Defect { fault: defect.fault })
    };
    defects.into_iter().map(one).collect()
}

/// The row of what a key such as `questions.q1.choices.2` belongs to; 0 when no row is known.
fn row_near(key: &str, places: &BTreeMap<String, u32>) -> u32 {
    let mut key = key;
    loop {
        if let Some(row) = places.get(key) {
            return *row;
        }
        match key.rsplit_once('.') {
            Some((shorter, _)) => key = shorter,
            None => return 0,
        }
    }
}

fn row_of_indicator(sheet: &Sheet, wanted: &str) -> u32 {
    let named = sheet.rows.iter().find(|row| code(sheet.cell(row, "code")) == wanted);
    let parent = || {
        let is_child = |child: &str| code(child) == wanted;
        sheet.rows.iter().find(|row| sheet.cell(row, "children").split_whitespace().any(is_child))
    };
    named.or_else(parent).map_or(0, |row| row.number)
}

/// For each line of a definition we wrote: the last code before it, under the kind of table it stands in.
fn keys_of_definition(text: &str) -> Vec<String> {
    let mut kind = "";
    let mut key = String::new();
    let mut keys = Vec::new();
    for line in text.lines() {
        kind = match line {
            "[[pages]]" => "pages",
            "[[questions]]" => "questions",
            "[[questions.items]]" => "items",
            _ => kind,
        };
        if let Some(code) = line.strip_prefix("code = \"").and_then(|code| code.strip_suffix('"')) {
            key = format!("{kind}.{code}");
        }
        keys.push(key.clone());
    }
    keys
}

/// For each line of a wording we wrote: the key of its text.
fn keys_of_wording(text: &str) -> Vec<String> {
    let mut table = "";
    let mut key = String::new();
    let mut keys = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            table = name;
        } else if let Some((name, _)) = line.split_once(" = ") {
            key = format!("{table}.{name}");
        }
        keys.push(key.clone());
    }
    keys
}
