//! The form as a whole: its words, languages and indicators, and what is gone.

use std::collections::BTreeSet;

use super::{Difference, Position};
use crate::form::{Form, Unit};
use crate::indicators::{Indicator, Level};
use crate::rule::{Condition, Rule};

pub(super) struct Comparison<'f> {
    pub(super) old: &'f Form,
    pub(super) new: &'f Form,
    language: &'f str,
    /// What was already looked at: a grid can go on over a page break, and a scale is shared.
    seen: BTreeSet<String>,
    pub(super) told: Vec<Difference>,
}

impl<'f> Comparison<'f> {
    pub(super) fn new(old: &'f Form, new: &'f Form, language: &'f str) -> Self {
        let offered = |form: &Form| form.languages.iter().any(|offered| offered == language);
        let language = if offered(old) && offered(new) { language } else { new.source_language() };
        Self { old, new, language, seen: BTreeSet::new(), told: Vec::new() }
    }

    pub(super) fn differences(mut self) -> Vec<Difference> {
        let (old, new) = (self.old, self.new);
        self.words("title");
        let added = new.languages.iter().filter(|language| !old.languages.contains(language));
        self.told.extend(added.map(|language| Difference::LanguageAdded { language: language.clone() }));
        if old.method != new.method {
            self.told.push(Difference::MethodChanged { old: old.method.clone(), new: new.method.clone() });
        }
        self.pages();
        for key in keys(new) {
            self.words(key);
        }
        self.indicators();
        self.removed();
        self.told
    }

    /// A text that the new form has and no other difference speaks of.
    pub(super) fn words(&mut self, key: &str) {
        let (old, new) = (self.stated(self.old, key), self.stated(self.new, key));
        if new.is_some() && old != new && self.first(key.to_owned()) {
            self.told.push(Difference::WordsChanged { key: key.to_owned(), old, new });
        }
    }

    fn stated(&self, form: &Form, key: &str) -> Option<String> {
        let told_elsewhere = match key.split('.').collect::<Vec<_>>().as_slice() {
            ["pages" | "items" | "scales", ..] | ["questions", _, "choices", ..] => true,
            ["questions", question, "stem"] => form.unit(question).is_some(),
            _ => false,
        };
        if told_elsewhere { None } else { form.words(self.language).text(key).map(|phrase| phrase.text) }
    }

    fn indicators(&mut self) {
        for indicator in indicators(self.new) {
            let before = indicators(self.old).find(|other| other.code == indicator.code);
            let (old, new) = (before.map(parts).unwrap_or_default(), parts(indicator));
            if old != new {
                self.told.push(Difference::IndicatorChanged { code: indicator.code.clone(), old, new });
            }
        }
    }

    fn removed(&mut self) {
        let (old, new) = (self.old, self.new);
        for language in old.languages.iter().filter(|language| !new.languages.contains(language)) {
            self.told.push(Difference::LanguageRemoved { language: language.clone() });
        }
        for page in old.pages.iter().filter(|page| new.page(&page.code).is_none()) {
            let title = self.label(old, &format!("pages.{}", page.code));
            self.told.push(Difference::PageRemoved { page: page.code.clone(), title });
        }
        for unit in old.units.iter().filter(|unit| new.unit(&unit.code).is_none()) {
            let text = self.label(old, &old.label_key(unit));
            self.told.push(Difference::Removed { code: unit.code.clone(), number: unit.number, text });
        }
        for key in keys(old) {
            if let (Some(gone), None) = (self.stated(old, key), self.stated(new, key)) {
                self.told.push(Difference::WordsChanged { key: key.to_owned(), old: Some(gone), new: None });
            }
        }
        for gone in indicators(old).filter(|gone| indicators(new).all(|other| other.code != gone.code)) {
            let (code, old) = (gone.code.clone(), parts(gone));
            self.told.push(Difference::IndicatorChanged { code, old, new: Vec::new() });
        }
    }

    pub(super) fn label(&self, form: &Form, key: &str) -> String {
        form.words(self.language).needed(key).text
    }

    pub(super) fn first(&mut self, what: String) -> bool {
        self.seen.insert(what)
    }
}

pub(super) fn conditions(rules: &[Rule]) -> Vec<Condition> {
    rules.iter().map(|rule| rule.condition.clone()).collect()
}

pub(super) fn position(form: &Form, unit: &Unit) -> Position {
    let page = form.pages.get(unit.page).map(|page| page.code.clone()).unwrap_or_default();
    let question = form.question_of(unit).map(|question| question.code.clone()).unwrap_or_default();
    Position { page, question, number: unit.number }
}

/// Every wording key, in whatever language it is filled.
fn keys(form: &Form) -> BTreeSet<&str> {
    form.wordings.values().flat_map(|wording| wording.texts.keys().map(String::as_str)).collect()
}

fn indicators(form: &Form) -> impl Iterator<Item = &Indicator> {
    form.indicators.iter().flat_map(Indicator::walk).filter(|indicator| indicator.level != Level::Item)
}

fn parts(indicator: &Indicator) -> Vec<String> {
    indicator.parts.iter().map(|part| part.code.clone()).collect()
}
