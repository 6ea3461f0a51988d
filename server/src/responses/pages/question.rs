//! A page of questions, from the questionnaire's view of it to the shapes the templates draw.

use askama::Template;
use survey_forms::{Block, Issue, IssueCode, Kind, OptionView, PageView, UnitView};

use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::{Texts, Value};

/// One thing to answer.
pub enum Asked {
    Choose(Box<Choices>),
    Write(Field),
}

/// Questions that share a sentence above them.
pub struct Group {
    pub stem: Option<String>,
    pub help: Option<String>,
    pub asked: Vec<Asked>,
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
    action: String,
    back: String,
    /// Where a valid page leads instead of onward; empty for onward.
    leads_to: &'static str,
    /// "Đã lưu", once something is.
    saved: String,
}

impl QuestionPage {
    pub fn new(
        page: Page,
        view: &PageView,
        issues: &[Issue],
        action: String,
        back: String,
        leads_to: &'static str,
        saved: bool,
    ) -> Self {
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
            action,
            back,
            leads_to,
            saved: if saved { texts.get("save-ok").into_owned() } else { String::new() },
        }
    }
}

/// "Phần 3 trên 9 · Câu 14–18 trên 85".
fn place(texts: Texts, view: &PageView) -> String {
    let place = view.place;
    let (from, to) = place.numbers.unwrap_or_default();
    let numbers = [
        ("part", place.section),
        ("parts", place.sections),
        ("from", from.into()),
        ("to", to.into()),
        ("total", place.questions.into()),
    ];
    texts.with(if from == to { "progress-one" } else { "progress" }, numbers).into_owned()
}

fn group(texts: Texts, view: &PageView, block: &Block) -> Group {
    let shared = matches!(block.kind, Kind::Grid | Kind::Note);
    let help = block.help.as_ref().map(|help| help.text.clone());
    Group {
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
    if let Some(text) = &unit.text {
        return Asked::Write(Field {
            id: text.name.clone(),
            name: text.name.clone(),
            label: legend,
            hint: help,
            value: text.value.clone(),
            error,
        });
    }
    let choice = |option: &OptionView| Choice::new(option.value.to_string(), &option.label.text, option.chosen);
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

/// The input an issue leads to: none for a field the page does not have.
fn target(issue: &Issue) -> &str {
    if issue.code == IssueCode::UnknownField { "" } else { &issue.unit }
}

/// The same sentence above and beside the input.
fn message(texts: Texts, view: &PageView, issue: &Issue) -> String {
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
                (_, Some(way_out)) => {
                    texts.with("err-item", [("number", number), ("wayout", way_out.label.text.as_str())]).into_owned()
                }
                _ => plain("err-item-plain"),
            }
        }
        IssueCode::TextNeeded => plain("err-item-write-in"),
        IssueCode::SeveralValues => plain("err-item-several"),
        IssueCode::TextTooLong => {
            let limit: i64 = issue.params.get("max").and_then(|max| max.parse().ok()).unwrap_or_default();
            texts.with("err-item-long", [("number", Value::from(number)), ("limit", Value::from(limit))]).into_owned()
        }
        IssueCode::UnknownField => texts.get("err-field-unknown").into_owned(),
        IssueCode::WrongOption | IssueCode::UnknownPage | IssueCode::PageNotOnPath => plain("err-item-invalid"),
    }
}
