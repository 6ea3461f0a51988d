//! The check before sending: sections with counts, what was skipped first, and a way to change each answer.

use askama::Template;
use survey_forms::{Interview, PageView, UnitView};

use crate::base::page::Page;

/// More skipped questions than this are folded away like the sections.
const SKIPPED_SHOWN: usize = 7;

pub struct Row {
    pub question: String,
    pub answer: String,
    /// Back to its page, and from there to the check again.
    pub change: String,
    pub what: String,
    answered: bool,
}

pub struct Section {
    pub title: String,
    pub counts: String,
    pub rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "citizen/check.html")]
pub struct CheckPage {
    page: Page,
    skipped: Vec<Row>,
    fold_skipped: bool,
    sections: Vec<Section>,
    /// The last page of questions.
    back: String,
}

impl CheckPage {
    pub fn new(page: Page, interview: &Interview<'_>) -> Self {
        let language = page.language.code();
        let mut sections: Vec<Section> = Vec::new();
        for step in interview.path().steps() {
            let Some(view) = interview.page(step.page.code(), language, &[], &[]) else { continue };
            let rows = view.blocks.iter().flat_map(|block| &block.units).map(|unit| row(&page, &view, unit));
            match sections.last_mut().filter(|section| section.title == view.section.text) {
                Some(section) => section.rows.extend(rows),
                None => sections.push(Section {
                    title: view.section.text.clone(),
                    counts: String::new(),
                    rows: rows.collect(),
                }),
            }
        }
        let mut skipped = Vec::new();
        for section in &mut sections {
            // Each question stands in one place only: what was skipped first, by itself.
            let (answered, open): (Vec<_>, Vec<_>) =
                std::mem::take(&mut section.rows).into_iter().partition(|row| row.answered);
            let numbers = [("answered", answered.len()), ("skipped", open.len())];
            section.counts = page.texts.with("check-counts", numbers).into_owned();
            section.rows = answered;
            skipped.extend(open);
        }
        let last = interview.path().steps().last().map(|step| format!("/khao-sat/{}", step.page.code()));
        Self { back: last.unwrap_or_default(), fold_skipped: skipped.len() > SKIPPED_SHOWN, skipped, sections, page }
    }
}

fn row(page: &Page, view: &PageView, unit: &UnitView) -> Row {
    let texts = page.texts;
    let mut parts: Vec<&str> = Vec::new();
    for option in unit.options.iter().filter(|option| option.chosen) {
        parts.push(&option.label.text);
        parts.extend(option.write_in.as_ref().map(|text| text.value.as_str()).filter(|text| !text.is_empty()));
    }
    parts.extend(unit.text.as_ref().map(|text| text.value.as_str()).filter(|text| !text.is_empty()));
    Row {
        question: format!("{}. {}", unit.number, unit.legend),
        answer: if parts.is_empty() { texts.get("check-no-answer").into_owned() } else { parts.join("; ") },
        change: format!("/khao-sat/{}?ve=kiem-tra#{}", view.code, unit.code),
        what: texts.with("check-change-hidden", [("number", unit.number.to_string())]).into_owned(),
        answered: !parts.is_empty(),
    }
}
