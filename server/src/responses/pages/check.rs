//! The check before sending: sections with counts, what was skipped first, and a way to change each answer.

use askama::Template;
use survey_forms::Interview;

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
        let mut sections: Vec<_> = interview
            .summary(page.spoken())
            .into_iter()
            .map(|section| Section {
                title: section.title.text,
                counts: String::new(),
                rows: section.rows.iter().map(|asked| row(&page, asked)).collect(),
            })
            .collect();
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

fn row(page: &Page, asked: &survey_forms::Row) -> Row {
    let texts = page.texts;
    let words = asked.words.as_deref().into_iter();
    let parts: Vec<_> = asked.answers.iter().map(|answer| answer.text.as_str()).chain(words).collect();
    Row {
        question: format!("{}. {}", asked.number, asked.question.text),
        answer: if parts.is_empty() { texts.get("check-no-answer").into_owned() } else { parts.join("; ") },
        change: format!("/khao-sat/{}?ve=kiem-tra#{}", asked.page, asked.unit),
        what: texts.with("check-change-hidden", [("number", asked.number.to_string())]).into_owned(),
        answered: !asked.open,
    }
}
