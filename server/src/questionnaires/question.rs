//! A page of questions, from the questionnaire's view of it to the shapes the templates draw.

use askama::Template;
use survey_forms::{Block, Bounds, Issue, IssueCode, Kind, Measure, OptionView, PageView, Quantity, UnitView};

use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Measured, Problem};
use crate::base::text::{Texts, Value};

/// Texts of up to so many letters are written on one line.
const ONE_LINE: usize = 200;

/// One thing to answer.
pub enum Asked {
    Choose(Box<Choices>),
    Measure(Box<Measured>),
    Line(Field),
    Write(Field),
}

/// Questions that share a sentence above them.
pub struct Group {
    /// The question's code.
    pub question: String,
    pub stem: Option<String>,
    pub help: Option<String>,
    pub asked: Vec<Asked>,
}

/// Where the page's ways lead.
#[derive(Clone, Debug, Default)]
pub struct Around {
    pub action: String,
    pub back: String,
    /// Where a valid page leads instead of onward; empty for onward.
    pub leads_to: &'static str,
    /// Something is kept already: the page says so.
    pub saved: bool,
    /// The answers so far, where no session keeps them: a trial.
    pub carried: Option<String>,
}

#[derive(Template)]
#[template(path = "citizen/question.html")]
pub struct QuestionPage {
    page: Page,
    place: String,
    sensitive: bool,
    groups: Vec<Group>,
    problems: Vec<Problem>,
    summary: String,
    /// Only open questions are in the way, so they may be skipped.
    may_skip: bool,
    around: Around,
}

impl QuestionPage {
    /// Whether something stands in the way.
    pub(super) fn is_refused(&self) -> bool {
        !self.problems.is_empty()
    }

    pub fn new(page: Page, view: &PageView, issues: &[Issue], around: Around) -> Self {
        let texts = page.texts;
        let problems: Vec<_> =
            issues.iter().map(|issue| Problem::new(target(issue), message(texts, view, issue))).collect();
        let page = page.titled(&view.title.text);
        Self {
            place: place(texts, view),
            sensitive: view.sensitive,
            groups: view.blocks.iter().map(|block| group(texts, view, block)).collect(),
            summary: if issues.iter().all(|issue| issue.code == IssueCode::Unanswered) {
                texts.with("err-many", [("n", issues.len())]).into_owned()
            } else {
                String::new()
            },
            may_skip: !issues.is_empty() && issues.iter().all(|issue| issue.code.is_warning()),
            page: if problems.is_empty() { page } else { page.failed() },
            problems,
            around,
        }
    }
}

/// "Phần 3 trên 9 · Câu 14–18 trên 85"; a page of words has no question.
pub(super) fn place(texts: Texts, view: &PageView) -> String {
    let place = view.place;
    let Some((from, to)) = place.numbers else {
        return texts.with("progress-part", [("part", place.section), ("parts", place.sections)]).into_owned();
    };
    let numbers = [
        ("part", place.section),
        ("parts", place.sections),
        ("from", from.into()),
        ("to", to.into()),
        ("total", place.questions.into()),
    ];
    texts.with(if from == to { "progress-one" } else { "progress" }, numbers).into_owned()
}

pub(super) fn group(texts: Texts, view: &PageView, block: &Block) -> Group {
    let shared = matches!(block.kind, Kind::Grid | Kind::Note);
    let help = block.help.as_ref().map(|help| help.text.clone());
    Group {
        question: block.question.clone(),
        stem: shared.then(|| block.stem.text.clone()),
        asked: block
            .units
            .iter()
            .map(|unit| asked(texts, view, block, unit, if shared { None } else { help.clone() }))
            .collect(),
        help: if shared { help } else { None },
    }
}

fn asked(texts: Texts, view: &PageView, block: &Block, unit: &UnitView, help: Option<String>) -> Asked {
    let legend = format!("{}. {}", unit.number, unit.legend);
    let error = unit.issue.as_ref().map(|issue| message(texts, view, issue));
    let choice = |option: &OptionView| Choice::new(&option.value, &option.label.text, option.chosen);
    if let Some(text) = &unit.text {
        let field = Field {
            id: text.name.clone(),
            name: text.name.clone(),
            label: legend,
            hint: help,
            value: text.value.clone(),
            error,
        };
        return match &unit.bounds {
            Some(bounds) => {
                let hint = field.hint.clone().unwrap_or_else(|| how_to_write(texts, *bounds));
                let way_out = unit.options.iter().map(choice).next();
                let field = Field { hint: Some(hint), ..field };
                Asked::Measure(Box::new(Measured { field, keyboard: keyboard(*bounds), way_out }))
            }
            None if text.max_chars <= ONE_LINE => Asked::Line(field),
            None => Asked::Write(field),
        };
    }
    let many = block.kind == Kind::Multiple;
    let write_in = unit.options.iter().find_map(|option| option.write_in.as_ref()).map(|text| Field {
        id: text.name.clone(),
        name: text.name.clone(),
        label: texts.get("write-in").into_owned(),
        hint: None,
        value: text.value.clone(),
        error: text.issue.as_ref().map(|issue| message(texts, view, issue)),
    });
    Asked::Choose(Box::new(Choices {
        id: unit.code.clone(),
        name: unit.code.clone(),
        legend,
        hint: help.or_else(|| many.then(|| texts.get("choose-many").into_owned())),
        error,
        many,
        scale: block.kind == Kind::Grid,
        options: unit.options.iter().filter(|option| !option.way_out).map(choice).collect(),
        way_out: unit.options.iter().find(|option| option.way_out).map(choice),
        write_in,
    }))
}

fn how_to_write(texts: Texts, bounds: Bounds) -> String {
    let key = match bounds.measure {
        Measure::Number { decimals: 0 } => "number-hint",
        Measure::Number { .. } => "number-hint-decimals",
        Measure::Day => "day-hint",
    };
    texts.get(key).into_owned()
}

fn keyboard(bounds: Bounds) -> &'static str {
    let negative = bounds.least.is_none_or(|least| least < Quantity::Number(0.into()));
    match bounds.measure {
        // The number pads of some phones have no minus sign, and most have no slash.
        Measure::Number { .. } | Measure::Day if negative => "",
        Measure::Number { decimals: 0 } => "numeric",
        Measure::Number { .. } => "decimal",
        Measure::Day => "",
    }
}

/// The input an issue leads to: none for a field the page does not have.
fn target(issue: &Issue) -> &str {
    if issue.code == IssueCode::UnknownField { "" } else { &issue.unit }
}

/// The same sentence above and beside the input.
pub(super) fn message(texts: Texts, view: &PageView, issue: &Issue) -> String {
    let number = issue.params.get("number").map(String::as_str).unwrap_or_default();
    let plain = |key: &str| texts.with(key, [("number", number)]).into_owned();
    match issue.code {
        IssueCode::Unanswered => {
            let block = view.blocks.iter().find(|block| block.units.iter().any(|unit| unit.code == issue.unit));
            let units = block.into_iter().flat_map(|block| &block.units);
            let way_out = units
                .filter(|unit| unit.code == issue.unit)
                .flat_map(|unit| &unit.options)
                .find(|option| option.way_out);
            match (block.map(|block| block.kind), way_out) {
                (Some(Kind::Multiple), _) => plain("err-item-many"),
                (Some(Kind::Number | Kind::Date), Some(way_out)) => texts
                    .with("err-item-write", [("number", number), ("wayout", way_out.label.text.as_str())])
                    .into_owned(),
                (Some(Kind::Number | Kind::Date), None) => plain("err-item-write-plain"),
                (_, Some(way_out)) => {
                    texts.with("err-item", [("number", number), ("wayout", way_out.label.text.as_str())]).into_owned()
                }
                _ => plain("err-item-plain"),
            }
        }
        IssueCode::TextNeeded => plain("err-item-write-in"),
        IssueCode::SeveralValues => {
            let measured = view
                .blocks
                .iter()
                .flat_map(|block| &block.units)
                .any(|unit| unit.code == issue.unit && unit.bounds.is_some());
            plain(if measured { "err-item-write-several" } else { "err-item-several" })
        }
        IssueCode::TextTooLong | IssueCode::NotANumber | IssueCode::NotADay | IssueCode::OutOfBounds => {
            unfit(texts, issue)
        }
        IssueCode::UnknownField => texts.get("err-field-unknown").into_owned(),
        IssueCode::WrongOption | IssueCode::UnknownPage | IssueCode::PageNotOnPath => plain("err-item-invalid"),
    }
}

/// What is said of words, a number or a day that cannot be taken.
pub(crate) fn unfit(texts: Texts, issue: &Issue) -> String {
    let number = issue.params.get("number").map(String::as_str).unwrap_or_default();
    let plain = |key: &str| texts.with(key, [("number", number)]).into_owned();
    match issue.code {
        IssueCode::TextTooLong => {
            let limit: i64 = issue.params.get("max").and_then(|max| max.parse().ok()).unwrap_or_default();
            texts.with("err-item-long", [("number", Value::from(number)), ("limit", Value::from(limit))]).into_owned()
        }
        IssueCode::NotANumber => plain("err-item-number"),
        IssueCode::NotADay => plain("err-item-day"),
        IssueCode::OutOfBounds => {
            let bound = |key: &str| {
                let bound = issue.params.get(key).and_then(|bound| Quantity::from_data(bound));
                bound.map(|bound| bound.written(texts.language().code())).unwrap_or_default()
            };
            let (least, most) = (bound("least"), bound("most"));
            let key = match (least.is_empty(), most.is_empty()) {
                (false, true) => "err-item-least",
                (true, _) => "err-item-most",
                (false, false) => "err-item-between",
            };
            let bounds = [("number", number), ("least", least.as_str()), ("most", most.as_str())];
            texts.with(key, bounds).into_owned()
        }
        _ => plain("err-item-invalid"),
    }
}
