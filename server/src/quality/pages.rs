//! What the pages of quality and check-back show.

use std::collections::BTreeMap;

use analysis::quality::Kind;
use askama::Template;
use survey_forms::Form;

use super::store::check_back::Draw;
use super::store::figures::{Contrasted, Group, Note, Rule};
use crate::base::bar::Bar;
use crate::base::page::{Link, Page};
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::{Texts, Value};
use crate::campaigns::Campaign;
use crate::frames::Addressee;
use crate::staff::Role;

pub(super) fn address(slug: &str) -> String {
    format!("/qt/dot/{slug}/chat-luong")
}

/// Where this reader came from.
pub(super) fn back(campaign: &Campaign, role: Role) -> String {
    if role == Role::Coordinator { campaign.address() } else { role.home().to_owned() }
}

pub(super) fn check_back_address(slug: &str) -> String {
    format!("/qt/dot/{slug}/phuc-tra")
}

/// A rule of the whole survey in words.
pub(super) struct RuleLine {
    pub kind: String,
    pub means: String,
    pub forms: String,
    pub flagged: String,
    pub expected: String,
    pub origin: String,
    pub bar: String,
}

impl RuleLine {
    pub(super) fn new(texts: Texts, rule: &Rule) -> Self {
        let origin = texts.with(&format!("quality-origin-{}", rule.origin), [("n", rule.left_out)]).into_owned();
        let share = share(rule.flagged, rule.forms);
        Self {
            kind: kind(texts, &rule.kind),
            means: means(texts, &rule.kind, rule.threshold),
            forms: texts.number(rule.forms),
            flagged: texts.number(rule.flagged),
            expected: texts.decimal(rule.honest * real(rule.forms), 1),
            bar: picture(Bar::new(Some(share), None, Some(rule.honest))),
            origin,
        }
    }
}

/// An interviewer beside what honest forms would show.
pub(super) struct GroupLine {
    pub name: String,
    pub kind: String,
    pub value: String,
    pub flagged: String,
    pub share: String,
    pub interval: String,
    pub expected: String,
    pub bar: String,
    pub stands_out: bool,
    /// The newest note in words.
    pub note: Option<String>,
}

impl GroupLine {
    pub(super) fn new(texts: Texts, names: &BTreeMap<String, String>, group: &Group, notes: &[Note]) -> Self {
        let id = group.interviewer_id.to_string();
        let own = notes.iter().find(|note| note.interviewer_id == group.interviewer_id && note.kind == group.kind);
        let told = |note: &Note| {
            let values = [
                ("verdict", Value::from(texts.get(&format!("quality-verdict-{}", note.verdict)))),
                ("reason", Value::from(note.reason.clone())),
                ("who", Value::from(note.made_by.clone())),
                ("moment", Value::from(texts.moment(note.made_at))),
            ];
            texts.with("quality-noted", values).into_owned()
        };
        let share = share(group.flagged, group.forms);
        Self {
            name: names.get(&id).cloned().unwrap_or_default(),
            kind: kind(texts, &group.kind),
            value: format!("{id}|{}", group.kind),
            flagged: format!("{} / {}", texts.number(group.flagged), texts.number(group.forms)),
            share: texts.percent(100.0 * share, 1),
            interval: interval(texts, group.low, group.high),
            expected: texts.decimal(group.expected, 1),
            bar: picture(Bar::new(
                Some(share),
                Some((group.low, group.high)),
                Some(group.expected / real(group.forms)),
            )),
            stands_out: group.stands_out,
            note: own.map(told),
        }
    }
}

pub(super) fn kind(texts: Texts, name: &str) -> String {
    texts.get(&format!("quality-kind-{}", name.replace('_', "-"))).into_owned()
}

/// From where a form is flagged, in a sentence.
fn means(texts: Texts, name: &str, threshold: Option<i16>) -> String {
    let step = threshold.and_then(|step| u8::try_from(step).ok()).unwrap_or_default();
    let value = Kind::from_name(name).map_or(0.0, |kind| kind.value(step));
    let value = if name == Kind::ManyCodes.name() { texts.number(value) } else { texts.percent(100.0 * value, 0) };
    texts.with(&format!("quality-means-{}", name.replace('_', "-")), [("value", value)]).into_owned()
}

pub(super) fn interval(texts: Texts, low: f64, high: f64) -> String {
    format!("{} – {}", texts.decimal(100.0 * low, 1), texts.decimal(100.0 * high, 1))
}

fn picture(bar: Option<Bar>) -> String {
    bar.and_then(|bar| bar.render().ok()).unwrap_or_default()
}

fn share(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { real(part) / real(whole) }
}

#[expect(clippy::cast_precision_loss, reason = "forms are far below 2^53")]
fn real(count: i64) -> f64 {
    count as f64
}

/// Questions and their choices in the reader's language.
pub(super) struct Labels(BTreeMap<String, (String, BTreeMap<i32, String>)>);

impl Labels {
    pub(super) fn new(form: &Form, texts: Texts) -> Self {
        let label = |mut labels: survey_forms::Labels| labels.remove(texts.language().code()).unwrap_or_default();
        let column = |column: survey_forms::Column| {
            let codes = column.codes.into_iter().map(|code| (i32::from(code.value), label(code.label))).collect();
            (column.name, (label(column.label), codes))
        };
        Self(form.codebook().columns.into_iter().map(column).collect())
    }

    fn question(&self, unit: &str) -> String {
        self.0.get(unit).map_or_else(|| unit.to_owned(), |(label, _)| label.clone())
    }

    fn choice(&self, unit: &str, choice: i32) -> String {
        let label = self.0.get(unit).and_then(|(_, codes)| codes.get(&choice));
        label.map_or_else(|| choice.to_string(), Clone::clone)
    }

    /// A question to ask again.
    pub(super) fn asked(&self, unit: &survey_forms::Unit) -> Choices {
        let codes = unit.choices().map(|choices| choices.codes.clone()).unwrap_or_default();
        Choices {
            id: format!("q-{}", unit.code()),
            name: format!("q-{}", unit.code()),
            legend: self.question(unit.code()),
            options: codes
                .into_iter()
                .map(|code| Choice::new(code.to_string(), self.choice(unit.code(), i32::from(code)), false))
                .collect(),
            ..Choices::default()
        }
    }
}

/// Signs from an interviewer's visits.
pub(super) struct VisitLine {
    pub name: String,
    pub claimed: String,
    pub fullest: String,
}

#[derive(Template)]
#[template(path = "quality/board.html")]
pub(super) struct BoardPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub slug: String,
    pub back: String,
    pub as_of: Option<String>,
    /// By those who were asked by an interviewer and those who answered alone.
    pub rules: Vec<(String, Vec<RuleLine>)>,
    pub groups: Vec<GroupLine>,
    pub visits: Vec<VisitLine>,
    /// Shown to who may write notes.
    pub note: Option<NoteForm>,
    pub check_back: Option<String>,
}

impl BoardPage {
    fn compute(&self) -> String {
        format!("{}/tinh", address(&self.slug))
    }

    fn sheet(&self) -> String {
        format!("{}.xlsx", address(&self.slug))
    }
}

pub(super) struct NoteForm {
    pub action: String,
    pub line: Choices,
    pub verdict: Choices,
    pub reason: Field,
}

/// One interviewer's check-backs; counts of people, not of answers.
#[derive(Clone, Debug, Default)]
pub(super) struct CheckerLine {
    pub name: String,
    pub drawn: usize,
    pub done: usize,
    pub unreached: usize,
    pub nobody_came: usize,
    pub alarming: usize,
}

/// A check on somebody's list.
pub(super) struct CheckLine {
    pub label: String,
    pub path: String,
    pub state: String,
    pub alarming: bool,
}

pub(super) struct ContrastLine {
    pub who: String,
    pub question: String,
    pub forms: String,
    pub checked: String,
    pub difference: String,
    pub probability: String,
    pub unlike: bool,
}

impl ContrastLine {
    pub(super) fn new(texts: Texts, labels: &Labels, names: &BTreeMap<String, String>, row: &Contrasted) -> Self {
        let values = [
            ("choice", Value::from(labels.choice(&row.unit, row.choice))),
            ("difference", Value::from(texts.decimal(100.0 * row.difference, 1))),
            ("interval", Value::from(interval(texts, row.low, row.high))),
        ];
        let pooled = || texts.get("check-back-pooled").into_owned();
        Self {
            who: if row.interviewer.is_empty() {
                pooled()
            } else {
                names.get(&row.interviewer).cloned().unwrap_or_default()
            },
            question: labels.question(&row.unit),
            forms: texts.number(row.forms),
            checked: texts.number(row.checked),
            difference: texts.with("check-back-difference", values).into_owned(),
            probability: row.probability.map_or_else(|| "–".to_owned(), |p| texts.decimal(p, 3)),
            // Several questions of several interviewers are asked at once.
            unlike: row.probability.is_some_and(|p| p < 0.01),
        }
    }
}

#[derive(Template)]
#[template(path = "quality/check_back.html")]
pub(super) struct CheckBackPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub back: String,
    pub province_name: String,
    pub provinces: Vec<Link>,
    /// Shown to who draws.
    pub draw: Option<DrawForm>,
    pub draws: Vec<(Draw, String)>,
    pub interviewers: Vec<CheckerLine>,
    /// The reader's own, with names.
    pub own: Vec<CheckLine>,
    pub contrasts: Vec<ContrastLine>,
}

pub(super) struct DrawForm {
    pub action: String,
    pub give: String,
    pub share: Field,
    pub seed: Field,
    /// Open checks of people who cannot do them any more.
    pub orphans: usize,
    pub checkers: usize,
}

#[derive(Template)]
#[template(path = "quality/check.html")]
pub(super) struct CheckPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub back: String,
    pub person: Addressee,
    pub state: String,
    pub alarming: bool,
    pub form: Option<CheckForm>,
}

pub(super) struct CheckForm {
    pub action: String,
    /// The try's own id: the same form sent twice is one try.
    pub id: String,
    pub reached: Choices,
    pub process: Vec<Choices>,
    pub facts: Vec<Choices>,
    pub note: Field,
}
