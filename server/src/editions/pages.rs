//! What the pages of publishing show.

use askama::Template;
use serde_json::Value;

use super::checks::{Check, Verdict};
use super::{State, routes};
use crate::base::page::Page;
use crate::base::parts::{Field, Problem};
use crate::base::text::{Texts, Value as Told};

/// A state or verdict with its colour, which is never its only sign.
pub(super) struct Tagged {
    pub label: String,
    pub colour: &'static str,
}

impl Tagged {
    pub(super) fn state(texts: Texts, state: State, sound: bool) -> Self {
        let (key, colour) = match state {
            State::Frozen if !sound => ("unsound", "red"),
            State::Frozen => ("frozen", "yellow"),
            State::Approved => ("approved", "blue"),
            State::Ordered => ("ordered", "blue"),
            State::Public => ("public", "green"),
        };
        Self { label: texts.get(&format!("edition-state-{key}")).into_owned(), colour }
    }

    fn verdict(texts: Texts, verdict: Verdict) -> Self {
        let colour = match verdict {
            Verdict::Holds => "green",
            Verdict::Look => "yellow",
            Verdict::Fails => "red",
        };
        Self { label: texts.get(&format!("edition-verdict-{}", verdict.name())).into_owned(), colour }
    }
}

/// An edition in a list.
pub(super) struct Line {
    pub address: String,
    pub label: String,
    pub frozen: String,
    pub state: Tagged,
    /// When it became or becomes public; empty without an order.
    pub moment: String,
}

/// A survey with its newest edition.
pub(super) struct Listed {
    pub slug: String,
    pub name: String,
    pub newest: Option<Line>,
}

impl Listed {
    pub(super) fn address(&self) -> String {
        routes::survey_address(&self.slug)
    }
}

#[derive(Template)]
#[template(path = "editions/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub surveys: Vec<Listed>,
}

#[derive(Template)]
#[template(path = "editions/survey.html")]
pub(super) struct SurveyPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub editions: Vec<Line>,
    /// Why nothing can be frozen now; empty where it can.
    pub hindrance: String,
    pub action: String,
    /// Why there is another edition; none for the first.
    pub reason: Option<[Field; 2]>,
    pub results: String,
}

pub(super) struct CheckLine {
    pub verdict: Tagged,
    pub sentence: String,
}

impl CheckLine {
    pub(super) fn new(texts: Texts, check: &Check) -> Self {
        let told = |value: &Value| match value {
            Value::Number(number) => Told::from(number.as_f64().unwrap_or_default()),
            Value::String(text) => Told::from(number(texts, text)),
            other => Told::from(other.to_string()),
        };
        let values: Vec<(&str, Told<'_>)> =
            check.figures.iter().map(|(name, value)| (name.as_str(), told(value))).collect();
        Self {
            verdict: Tagged::verdict(texts, check.verdict),
            sentence: texts.with(&format!("edition-check-{}", check.key), values).into_owned(),
        }
    }
}

/// `4.21` with the comma of the language; other texts as they are.
fn number(texts: Texts, text: &str) -> String {
    if text.parse::<f64>().is_ok() && !text.contains('e') { texts.number(text) } else { text.to_owned() }
}

/// The acts that are possible now.
pub(super) enum Next {
    Nothing,
    Approve,
    /// Its fields: day, hour, and the typed word.
    Release(Box<[Field; 3]>),
    /// Somebody else releases it.
    Wait,
    Stop,
}

#[derive(Template)]
#[template(path = "editions/edition.html")]
pub(super) struct EditionPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub state: Tagged,
    /// What the edition says in one sentence.
    pub finding: String,
    pub digest: String,
    /// Rows of a summary: what, and its value.
    pub facts: Vec<(String, String)>,
    /// The reason of a correction, and what it changed.
    pub correction: Option<(String, String)>,
    pub checks: Vec<CheckLine>,
    pub next: Next,
    pub address: String,
    pub document: String,
    pub back: String,
}
