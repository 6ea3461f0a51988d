//! Earlier answers inside later texts: "Ông/Bà nói đã đến {a4}." Doubled braces are braces themselves.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::answer::Answer;
use crate::defects::Fault;
use crate::form::Form;
use crate::interview::Interview;
use crate::read::File;
use crate::wording::{Phrase, Words, Written};

/// Stands where the answer is not known.
pub(crate) const UNKNOWN: &str = "…";

/// The text with each hole filled; a brace without its partner stays as it is.
pub(crate) fn fill<'t>(text: &'t str, mut answer: impl FnMut(&'t str) -> String) -> Cow<'t, str> {
    if !text.contains(['{', '}']) {
        return Cow::Borrowed(text);
    }
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.find(['{', '}']).map(|at| rest.split_at(at)) {
        filled.push_str(before);
        rest = if let Some(after) = from.strip_prefix("{{") {
            filled.push('{');
            after
        } else if let Some(after) = from.strip_prefix("}}") {
            filled.push('}');
            after
        } else if let Some((code, after)) = from.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            filled.push_str(&answer(code));
            after
        } else {
            let mut letters = from.chars();
            filled.extend(letters.next());
            letters.as_str()
        };
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

impl Interview<'_> {
    /// A text of the form with the answers it speaks of.
    pub(crate) fn told(&self, words: Words, key: &str) -> Phrase {
        let mut phrase = words.needed(key);
        if let Cow::Owned(filled) = fill(&phrase.text, |code| self.said(words, code)) {
            phrase.text = filled;
        }
        phrase
    }

    /// What the person answered, in words.
    fn said(&self, words: Words, code: &str) -> String {
        let path = self.path();
        let Some(unit) = self.form().unit(code) else {
            return UNKNOWN.to_owned();
        };
        let label = |choice| unit.choices().map(|choices| words.needed(&choices.key(choice)).text).unwrap_or_default();
        match path.answer(unit) {
            Some(Answer::Choice(choice)) => label(*choice),
            Some(Answer::Choices(choices)) => {
                choices.iter().map(|choice| label(*choice)).collect::<Vec<_>>().join(", ")
            }
            Some(Answer::Text(text)) => text.clone(),
            Some(Answer::Quantity(quantity)) => quantity.written(words.language()),
            Some(Answer::Skipped | Answer::DontKnow | Answer::Never) | None => UNKNOWN.to_owned(),
        }
    }
}

/// Reports holes for answers that are not there yet where the text is read, or never.
pub(crate) fn check(form: &Form, written: &Written, file: &File) {
    let pages = pages_of_texts(form);
    for (key, at) in written.texts() {
        fill(&at.value, |code| {
            let fault = match (form.unit(code), pages.get(key)) {
                (_, None) => Some(Fault::WrongValue {
                    key: key.clone(),
                    wanted: "without {…}: answers are told in titles, questions, helps, items and a question's own choices",
                }),
                (None, _) => Some(Fault::UnknownReference { kind: "question", code: code.to_owned() }),
                (Some(unit), Some(page)) if unit.page >= *page => {
                    Some(Fault::ConditionNotEarlier { unit: code.to_owned() })
                }
                _ => None,
            };
            if let Some(fault) = fault {
                file.report(at.line, fault);
            }
            String::new()
        });
    }
}

/// Each text that is read on a page of its own, and the first page where it is.
fn pages_of_texts(form: &Form) -> BTreeMap<String, usize> {
    let mut pages = BTreeMap::new();
    for (number, page) in form.pages.iter().enumerate() {
        let mut read_here = |key: String| {
            pages.entry(key).or_insert(number);
        };
        read_here(format!("pages.{}", page.code));
        for question in page.shown.iter().filter_map(|shown| form.questions.get(shown.question)) {
            read_here(format!("questions.{}.stem", question.code));
            read_here(format!("questions.{}.help", question.code));
        }
        for unit in form.units_on(page) {
            read_here(form.label_key(unit));
            let own = unit.choices().filter(|choices| choices.scale.is_none());
            own.into_iter()
                .flat_map(|choices| choices.codes.iter().map(|code| choices.key(*code)))
                .for_each(&mut read_here);
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_and_doubled_braces_are_braces() {
        let filled = |text| fill(text, str::to_uppercase).into_owned();
        assert_eq!(filled("Ông/Bà nói {a4}, {a5}."), "Ông/Bà nói A4, A5.");
        assert_eq!(filled("{{a}} {a}}} {{{a}"), "{a} A} {A");
        assert_eq!(filled("lẻ } và { loi"), "lẻ } và { loi");
    }
}
