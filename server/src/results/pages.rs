//! What the analysts' pages show.

mod figures;

pub(super) use figures::{Beside, BesideLine, BesidePage, Change, Changed, ChangedLine, ExplainPage, Part};

use askama::Template;

use super::steps::StepView;
use super::views::{Line, Mark};
use crate::base::bar::Bar;
use crate::base::page::{Link, Page};
use crate::base::parts::Choice;

/// A campaign and whether it has figures.
pub(super) struct Listed {
    pub slug: String,
    pub name: String,
    /// Responses and time of its run.
    pub run: Option<(String, String)>,
    pub provisional: bool,
}

#[derive(Template)]
#[template(path = "results/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub campaigns: Vec<Listed>,
    pub may_export: bool,
}

/// What stands above every figure: of when, of what, by what.
pub struct About {
    pub slug: String,
    pub as_of: String,
    pub responses: i64,
    pub method: String,
    pub digest: String,
    pub provisional: bool,
    pub synthetic: bool,
}

impl About {
    /// Where a new run is asked for.
    pub(crate) fn compute(&self) -> String {
        compute_address(&self.slug)
    }

    /// Every run there was.
    pub(crate) fn runs(&self) -> String {
        format!("/pt/ket-qua/{}/lan-tinh", self.slug)
    }

    /// Where a file is asked for.
    pub(crate) fn export(&self) -> String {
        format!("/pt/ket-qua/{}/xuat", self.slug)
    }
}

pub(super) fn compute_address(slug: &str) -> String {
    format!("/pt/ket-qua/{slug}/tinh")
}

#[derive(Template)]
#[template(path = "results/empty.html")]
pub(super) struct EmptyPage {
    pub page: Page,
    pub sentence: String,
    /// Where the act is asked for that fills the page.
    pub compute: String,
}

/// Indicators of one domain, to choose from.
pub(super) struct Branch {
    pub label: String,
    pub indicators: Vec<Choice>,
}

/// The choices that make a table, as a GET form.
pub(super) struct Chooser {
    pub overall: Choice,
    pub branches: Vec<Branch>,
    pub rules: Vec<Choice>,
    pub orders: Vec<Choice>,
}

/// The figures of a table as a drawing.
pub(super) struct Drawing {
    /// SVG, or a list of links that is laid as a map.
    pub html: String,
    /// What the numbers in the drawing stand for, from 1.
    pub notes: Vec<String>,
    /// What stands under a drawing of years; empty under one of places, whose figures are in the table of places.
    pub years: Vec<Measured>,
}

/// A figure of the country in a year.
pub(super) struct Measured {
    pub year: String,
    pub what: String,
    pub score: String,
    pub interval: String,
    /// Where it was published; none for our own.
    pub sources: Vec<String>,
}

/// A place in the table.
pub(super) struct Place {
    pub name: String,
    /// Address of the place's own page; none for the country.
    pub address: Option<String>,
    /// Where the figure is explained.
    pub explain: String,
    /// With the ranks that the sample allows.
    pub rank: Option<String>,
    pub tier: Option<u32>,
    pub line: Line,
    /// Since the survey before.
    pub change: Option<Change>,
}

#[derive(Template)]
#[template(path = "results/table.html")]
pub(super) struct TablePage {
    pub page: Page,
    pub about: About,
    pub chooser: Chooser,
    pub indicator: String,
    /// Where the answers to single questions are shown.
    pub questions: String,
    pub rule_meaning: String,
    pub places: Vec<Place>,
    pub ranked: bool,
    /// Whether there are design effects: of single questions only.
    pub deff: bool,
    pub legend: Vec<Mark>,
    pub overlap: Option<String>,
    /// One address per way of looking at it.
    pub tabs: Vec<Link>,
    /// The chosen one, as addresses name it.
    pub view: &'static str,
    pub drawing: Option<Drawing>,
    /// The name of the survey before, where its figures can be compared; and what to mind.
    pub before: Option<String>,
    pub break_sentence: Option<String>,
    /// Where places are compared.
    pub beside: String,
    pub may_export: bool,
}

/// An indicator of one place beside the country's.
pub(super) struct Compared {
    pub name: String,
    /// `overall`, `domain`, `factor` or `item`.
    pub kind: &'static str,
    /// Where the figure is explained.
    pub explain: String,
    pub line: Line,
    /// With the ranks that the sample allows this place.
    pub rank: Option<String>,
    pub country: String,
    pub bar: Option<Bar>,
}

#[derive(Template)]
#[template(path = "results/place.html")]
pub(super) struct PlacePage {
    pub page: Page,
    pub about: About,
    pub place: String,
    pub back: String,
    pub rules: Vec<Choice>,
    pub rule_meaning: String,
    pub indicators: Vec<Compared>,
    /// The overall index of the earlier provinces that this one was made of, by name.
    pub earlier: Vec<(&'static str, Line)>,
    pub ranked: bool,
    pub legend: Vec<Mark>,
}

/// An answer and its share.
pub(super) struct Answered {
    pub name: String,
    pub line: Line,
    pub bar: Option<Bar>,
}

#[derive(Template)]
#[template(path = "results/question.html")]
pub(super) struct QuestionPage {
    pub page: Page,
    pub about: About,
    pub questions: Vec<Choice>,
    pub places: Vec<Choice>,
    /// Read before the question; empty where the question is whole without.
    pub stem: String,
    pub question: String,
    pub place: String,
    /// Valid answers; none where they are not told.
    pub n: Option<String>,
    /// Several answers are possible, so the shares add up to more than a hundred.
    pub several: bool,
    /// SVG, of a question that is answered on a scale.
    pub drawing: Option<String>,
    pub answers: Vec<Answered>,
    pub legend: Vec<Mark>,
    pub back: String,
    pub may_export: bool,
}

/// A run among others.
pub(super) struct RunLine {
    pub address: String,
    pub moment: String,
    pub requested_by: String,
    pub responses: String,
    pub recipe: String,
    pub provisional: bool,
    /// Pages and files show this one.
    pub shown: bool,
    /// The beginning of its figures' digest.
    pub digest: String,
}

#[derive(Template)]
#[template(path = "results/runs.html")]
pub(super) struct RunsPage {
    pub page: Page,
    pub lines: Vec<RunLine>,
    /// Where two runs are compared.
    pub compare: String,
    pub before: Vec<Choice>,
    pub after: Vec<Choice>,
    /// Where the weights of the next run are chosen, for those who may.
    pub weights: Option<String>,
    pub back: String,
}

/// An input of a run in words.
pub(super) struct InputLine {
    pub name: String,
    pub value: String,
}

#[derive(Template)]
#[template(path = "results/run.html")]
pub(super) struct RunPage {
    pub page: Page,
    pub inputs: Vec<InputLine>,
    /// What each step did to the weights.
    pub steps: Vec<StepView>,
    pub responses: i64,
    pub cells: i64,
    pub input_digest: String,
    pub cells_digest: String,
    pub requested_by: String,
    /// The stored figures are those that were computed.
    pub whole: bool,
    pub provisional: bool,
    pub synthetic: bool,
    pub back: String,
}

/// A figure that two runs do not have in common.
pub(super) struct CompareLine {
    pub place: String,
    pub indicator: String,
    /// The way of scoring, or the answer whose share it is.
    pub part: String,
    pub before: Line,
    pub after: Line,
    pub change: String,
    pub marks: Vec<Mark>,
}

#[derive(Template)]
#[template(path = "results/compare.html")]
pub(super) struct ComparePage {
    pub page: Page,
    /// An input with its value before, and its value after.
    pub causes: Vec<(InputLine, String)>,
    pub lines: Vec<CompareLine>,
    /// How many figures differ; the page shows the largest changes.
    pub all: usize,
    pub same: usize,
    pub left_out: usize,
    pub is_break: bool,
    pub legend: Vec<Mark>,
    pub action: String,
    pub before: Vec<Choice>,
    pub after: Vec<Choice>,
    pub back: String,
}
