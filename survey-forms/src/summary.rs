//! What was answered so far, section by section, for the person to look over before sending.

use crate::answer::Answer;
use crate::form::Unit;
use crate::interview::Interview;
use crate::path::Path;
use crate::wording::{Phrase, Words};

#[derive(Clone, Debug)]
pub struct SectionSummary {
    pub code: String,
    pub title: Phrase,
    pub answered: u16,
    /// Skipped, or never come to.
    pub open: u16,
    pub rows: Vec<Row>,
}

/// One numbered unit.
#[derive(Clone, Debug)]
pub struct Row {
    pub unit: String,
    pub number: u16,
    /// The page where it can be changed.
    pub page: String,
    pub question: Phrase,
    /// The labels chosen, the way out among them; empty for a text and where nothing was answered.
    pub answers: Vec<Phrase>,
    /// What the person wrote, as an answer or beside a choice; a number or day as it is written.
    pub words: Option<String>,
    pub open: bool,
}

impl Interview<'_> {
    /// The sections on the path, in order, in a language.
    pub fn summary(&self, language: &str) -> Vec<SectionSummary> {
        let path = self.path();
        let words = self.form().words(language);
        let mut sections: Vec<SectionSummary> = Vec::new();
        for step in path.steps() {
            let Some(code) = self.form().sections.get(step.page.section) else {
                continue;
            };
            if sections.last().is_none_or(|last| last.code != *code) {
                let title = words.needed(&format!("sections.{code}"));
                sections.push(SectionSummary { code: code.clone(), title, answered: 0, open: 0, rows: Vec::new() });
            }
            let Some(section) = sections.last_mut() else {
                continue;
            };
            for row in step.units().filter_map(|unit| self.row(unit, &step.page.code, &path, words)) {
                if row.open {
                    section.open += 1;
                } else {
                    section.answered += 1;
                }
                section.rows.push(row);
            }
        }
        sections
    }

    /// None for a write-in, whose words stand in the row of its unit.
    fn row(&self, unit: &Unit, page: &str, path: &Path, words: Words) -> Option<Row> {
        let answer = path.answer(unit);
        let text = |unit: &Unit| match path.answer(unit) {
            Some(Answer::Text(text)) => Some(text.clone()),
            _ => None,
        };
        let measured = match answer {
            Some(Answer::Quantity(quantity)) => Some(quantity.written(words.language())),
            _ => None,
        };
        let key = |code| unit.choices().map(|choices| choices.key(code)).unwrap_or_default();
        let answers = match answer {
            Some(Answer::Choice(code)) => vec![self.told(words, &key(*code))],
            Some(Answer::Choices(codes)) => codes.iter().map(|code| self.told(words, &key(*code))).collect(),
            Some(Answer::DontKnow) => vec![words.needed("ways_out.dont_know")],
            Some(Answer::Never) => vec![words.needed("ways_out.never")],
            Some(Answer::Text(_) | Answer::Quantity(_) | Answer::Skipped) | None => Vec::new(),
        };
        Some(Row {
            unit: unit.code.clone(),
            number: unit.number?,
            page: page.to_owned(),
            question: self.told(words, &self.form().label_key(unit)),
            answers,
            words: measured.or_else(|| text(unit)).or_else(|| self.form().write_in_of(unit).and_then(text)),
            open: answer.is_none_or(|answer| *answer == Answer::Skipped),
        })
    }
}
