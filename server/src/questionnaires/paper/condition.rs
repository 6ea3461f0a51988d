//! When a question is asked, in words.

use survey_forms::{Condition, Form, Quantity, Sign};

use crate::base::text::{Texts, Value};

pub(super) struct Conditions<'f> {
    pub(super) form: &'f Form,
    pub(super) language: &'f str,
    pub(super) texts: Texts,
}

impl Conditions<'_> {
    /// What must hold, to stand after "if"; none when nothing must.
    pub(super) fn all(&self, conditions: &[Condition]) -> Option<String> {
        match conditions {
            [] => None,
            [one] => Some(self.said(one)),
            several => Some(self.joined(several, "when-and")),
        }
    }

    fn said(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) => self.joined(parts, "when-and"),
            Condition::Any(parts) => self.joined(parts, "when-or"),
            Condition::Not(inner) => {
                let condition = self.inner(inner);
                self.texts.with("when-not", [("condition", condition)]).into_owned()
            }
            Condition::OneOf { unit, choices } => {
                let key = if choices.len() == 1 { "when-one" } else { "when-one-of" };
                let choices: Vec<_> = choices.iter().map(|choice| self.choice(unit, *choice)).collect();
                self.chosen(key, unit, choices.join("; "))
            }
            Condition::Chosen { unit, choice } => self.chosen("when-chosen", unit, self.choice(unit, *choice)),
            Condition::Compares { unit, sign, to } => self.comparison(unit, *sign, *to),
            Condition::Answered { unit } => {
                self.texts.with("when-answered", [("number", self.number(unit))]).into_owned()
            }
        }
    }

    /// As a part of a longer condition: in brackets when it has parts of its own.
    fn inner(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(parts) | Condition::Any(parts) if parts.len() > 1 => format!("({})", self.said(condition)),
            _ => self.said(condition),
        }
    }

    fn joined(&self, parts: &[Condition], word: &str) -> String {
        let parts: Vec<_> = parts.iter().map(|part| self.inner(part)).collect();
        parts.join(&format!(" {} ", self.texts.get(word)))
    }

    fn choice(&self, unit: &str, code: u16) -> String {
        let label = self.form.choice_label(unit, code, self.language).unwrap_or_default();
        self.texts.with("when-choice", [("code", code.to_string()), ("label", label)]).into_owned()
    }

    fn chosen(&self, key: &str, unit: &str, choices: String) -> String {
        self.texts.with(key, [("number", self.number(unit)), ("choices", choices)]).into_owned()
    }

    fn number(&self, unit: &str) -> String {
        self.form.number_of(unit).map(|number| number.to_string()).unwrap_or_default()
    }

    fn comparison(&self, unit: &str, sign: Sign, to: Quantity) -> String {
        let key = match sign {
            Sign::Equal => "when-equals",
            Sign::AtLeast => "when-at-least",
            Sign::AtMost => "when-at-most",
            Sign::Above => "when-above",
            Sign::Below => "when-below",
        };
        let measure = if let Quantity::Day(_) = to { "day" } else { "number" };
        let value = to.written(self.texts.language().code());
        let values = [
            ("number", Value::from(self.number(unit))),
            ("measure", Value::from(measure)),
            ("value", Value::from(value)),
        ];
        self.texts.with(key, values).into_owned()
    }
}
