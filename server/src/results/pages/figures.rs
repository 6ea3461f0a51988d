//! Figures beside each other, and one figure explained.

use analysis::estimate::Distance;
use askama::Template;

use super::{About, InputLine};
use crate::base::bar::Bar;
use crate::base::page::Page;
use crate::base::parts::Choice;
use crate::base::text::Texts;
use crate::results::changes::Comparison;
use crate::results::steps::StepView;
use crate::results::views::{self, Line, Mark};

/// What an index is made of.
pub(in crate::results) struct Part {
    pub name: String,
    /// Where the part itself is explained.
    pub address: String,
    /// Questions below it.
    pub items: usize,
    pub line: Line,
}

#[derive(Template)]
#[template(path = "results/explain.html")]
pub(in crate::results) struct ExplainPage {
    pub page: Page,
    pub about: About,
    pub line: Line,
    pub rule_meaning: String,
    /// What the figure is made of, in words.
    pub composition: String,
    /// The same in numbers, where all of them may be told.
    pub formula: Option<String>,
    pub parts: Vec<Part>,
    pub questions: Vec<String>,
    /// People by the way they answered; none where it cannot be told.
    pub modes: Option<Vec<InputLine>>,
    pub precision: Option<String>,
    pub deff: Option<String>,
    pub recipe: String,
    pub steps: Vec<StepView>,
    pub inputs: Vec<InputLine>,
    pub run: String,
    pub legend: Vec<Mark>,
    pub back: String,
}

/// How far one figure lies from another.
pub(in crate::results) struct Change {
    /// In points, with its sign.
    pub points: String,
    pub interval: String,
    /// Whether that is more than chance.
    pub word: String,
}

impl Change {
    pub(in crate::results) fn of(texts: Texts, distance: &Distance, comparison: Comparison) -> Self {
        let signed = |share: f64| views::change(texts, Some(share));
        let word = match comparison {
            Comparison::Alike if distance.is_beyond_chance() => "results-change-beyond",
            Comparison::Alike => "results-change-within",
            Comparison::Break | Comparison::OtherMethod => "results-change-break",
        };
        Self {
            points: signed(distance.value),
            interval: format!("{} – {}", signed(distance.low), signed(distance.high)),
            word: texts.get(word).into_owned(),
        }
    }
}

/// A place among others.
pub(in crate::results) struct BesideLine {
    pub place: String,
    /// Where the figure is explained.
    pub explain: String,
    pub line: Line,
    pub bar: Option<Bar>,
    /// None of the first, and where one of the two has no error.
    pub to_first: Option<Change>,
    pub first: bool,
}

/// One indicator of the places.
pub(in crate::results) struct Beside {
    pub name: String,
    /// `overall`, `domain` or `factor`.
    pub kind: &'static str,
    pub lines: Vec<BesideLine>,
}

/// Indicator, place, then, now and the change.
pub(in crate::results) type ChangedLine = (String, String, Line, Line, Option<Change>);

/// What became of the places since an earlier survey.
pub(in crate::results) struct Changed {
    pub name: String,
    pub lines: Vec<ChangedLine>,
}

#[derive(Template)]
#[template(path = "results/beside.html")]
pub(in crate::results) struct BesidePage {
    pub page: Page,
    pub about: About,
    pub action: String,
    /// The places to choose from, once for each place that can be chosen.
    pub choosers: Vec<Vec<Choice>>,
    pub rules: Vec<Choice>,
    pub rule_meaning: String,
    /// Earlier surveys to choose from; empty where there is none.
    pub surveys: Vec<Choice>,
    pub several: bool,
    pub indicators: Vec<Beside>,
    pub changed: Option<Changed>,
    /// Why a change is not one of opinion alone.
    pub break_sentence: Option<String>,
    pub legend: Vec<Mark>,
    pub back: String,
}
