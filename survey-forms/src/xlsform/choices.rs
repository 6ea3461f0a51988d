//! The lists of choices, and the codes of ours that their names become.

use std::collections::BTreeMap;

use super::names::code;
use super::refusal::{Reason, Refusal};
use super::texts::{Texts, Translator};
use super::workbook::{Row, Sheet};
use crate::answer::{ChoiceCode, SKIPPED, WayOut};
use crate::limits::MOST_CHOICES;

/// Lists of our own, beside those of the form.
pub(crate) const TOPICS: &str = "sipas_topics";
pub(crate) const WAYS_OUT: &str = "sipas_ways_out";

#[derive(Debug, Default)]
pub(crate) struct List {
    pub(crate) choices: Vec<Choice>,
    pub(crate) way_out: Option<WayOut>,
    /// The code of the scale, when it is marked as one.
    pub(crate) scale: Option<String>,
    pub(crate) row: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) name: String,
    pub(crate) code: ChoiceCode,
    pub(crate) label: Texts,
    pub(crate) row: u32,
}

/// Every list by its name.
pub(crate) fn read(sheet: &Sheet, words: &Translator, refusals: &mut Vec<Refusal>) -> BTreeMap<String, List> {
    let mut rows: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for row in &sheet.rows {
        let (list, name) = (list_name(sheet, row), sheet.cell(row, "name"));
        if list.is_empty() && name.is_empty() {
            continue;
        }
        if list.is_empty() || name.is_empty() {
            let column = if list.is_empty() { "list_name" } else { "name" };
            refusals.push(sheet.refusal(row.number, column, "", Reason::Missing));
        }
        rows.entry(list.to_owned()).or_default().push(row);
    }
    rows.into_iter().map(|(name, rows)| (name.clone(), list(&name, &rows, sheet, words, refusals))).collect()
}

fn list_name<'a>(sheet: &'a Sheet, row: &'a Row) -> &'a str {
    let name = sheet.cell(row, "list_name");
    if name.is_empty() { sheet.cell(row, "list name") } else { name }
}

fn list(name: &str, rows: &[&Row], sheet: &Sheet, words: &Translator, refusals: &mut Vec<Refusal>) -> List {
    let mut list = List { row: rows.first().map_or(0, |row| row.number), ..List::default() };
    let is_ours = [TOPICS, WAYS_OUT].contains(&name);
    // What is beyond is refused with the whole list, and compared with nothing.
    let most = MOST_CHOICES + 3;
    for row in rows.iter().take(most) {
        let scale = sheet.cell(row, "sipas_scale");
        if !scale.is_empty() {
            list.scale = Some(code(scale));
        }
        let name = sheet.cell(row, "name");
        let label = words.texts(sheet, row, "label");
        let mut refuse = |reason| refusals.push(sheet.refusal(row.number, "name", name, reason));
        match whole(name).filter(|code| (SKIPPED..SKIPPED + 3).contains(code) && !is_ours) {
            Some(code) if !is_way_out(code, &label) => refuse(Reason::ReservedChoice),
            Some(SKIPPED) => continue,
            Some(code) => {
                let way_out = [WayOut::DontKnow, WayOut::Never].into_iter().find(|way_out| way_out.code() == code);
                if list.way_out.is_some() {
                    refuse(Reason::TooManyChoices);
                }
                list.way_out = way_out;
                continue;
            }
            None => (),
        }
        if list.choices.iter().any(|choice| choice.name == name) {
            refuse(Reason::Clash { code: name.to_owned() });
        }
        list.choices.push(Choice { name: name.to_owned(), code: 0, label, row: row.number });
    }
    if list.choices.len() > MOST_CHOICES || rows.len() > most {
        refusals.push(sheet.refusal(list.row, "list_name", name, Reason::TooManyChoices));
    }
    number(&mut list.choices);
    list
}

/// Names that are all different codes stay; else all are numbered in their order.
fn number(choices: &mut [Choice]) {
    let mut kept: Vec<_> = choices.iter().filter_map(|choice| whole(&choice.name)).collect();
    kept.retain(|code| (1..SKIPPED).contains(code));
    kept.sort_unstable();
    kept.dedup();
    let keeps = kept.len() == choices.len();
    for (number, choice) in (1..).zip(choices) {
        choice.code = whole(&choice.name).filter(|_| keeps).unwrap_or(number);
    }
}

fn whole(name: &str) -> Option<ChoiceCode> {
    name.parse().ok().filter(|_| name.bytes().all(|digit| digit.is_ascii_digit()))
}

/// Whether a choice called 97, 98 or 99 says what that code says.
fn is_way_out(code: ChoiceCode, label: &Texts) -> bool {
    let words: &[&str] = match code {
        SKIPPED => &["bỏ qua", "skip", "skipped"],
        98 => &["không biết", "don't know", "don’t know", "do not know"],
        _ => &["chưa từng dùng", "never used", "never"],
    };
    label.iter().all(|(_, text)| words.contains(&text.trim().to_lowercase().as_str()))
}
