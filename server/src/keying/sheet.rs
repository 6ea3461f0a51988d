//! A form as it is keyed: in the order and with the numbers and codes of the printed one, a field for each.

use survey_forms::{Form, Issue, IssueCode, Kind, PrintedChoice, PrintedQuestion, PrintedUnit, Unit};

use crate::base::parts::{Choice, Problem};
use crate::base::text::Texts;
use crate::questionnaires::question::unfit;

/// Answers of up to so many letters are written on one line.
const ONE_LINE: usize = 200;

pub(super) struct Part {
    /// A section begins here.
    pub heading: Option<String>,
    pub questions: Vec<Ask>,
}

pub(super) struct Ask {
    /// Above the lines of a grid, with the codes they share.
    pub shared: Option<(String, Vec<Code>)>,
    pub lines: Vec<Line>,
}

/// A number beside a box, and what it stands for.
#[derive(Clone)]
pub(super) struct Code {
    pub code: u16,
    pub label: String,
}

pub(super) struct Line {
    /// Of the unit; the input's id and name.
    pub name: String,
    pub label: String,
    /// How to key it, where that is not plain.
    pub lead: Option<String>,
    pub codes: Vec<Code>,
    pub value: String,
    pub error: Option<String>,
    /// Which keyboard a phone shows.
    pub keyboard: &'static str,
    pub width: Width,
    /// Of a number or a day.
    pub way_out: Option<Choice>,
}

impl Line {
    /// What else a screen reader says of the field. The name is a unit's code: small letters, digits, lines.
    pub(super) fn described(&self) -> String {
        let told = self.lead.is_some() || !self.codes.is_empty();
        let parts = [(told, "hint"), (self.error.is_some(), "error")].into_iter().filter(|(there, _)| *there);
        let ids: Vec<_> = parts.map(|(_, part)| format!("{}-{part}", self.name)).collect();
        if ids.is_empty() { String::new() } else { format!(" aria-describedby=\"{}\"", ids.join(" ")) }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Code,
    Codes,
    Words,
    Lines,
}

impl Width {
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Code => "govuk-input--width-3",
            Self::Codes => "govuk-input--width-10",
            Self::Words | Self::Lines => "",
        }
    }
}

/// The form with what was keyed and what cannot stand on it.
pub(super) fn parts(
    form: &Form,
    language: &str,
    texts: Texts,
    keyed: &[(String, String)],
    issues: &[Issue],
) -> Vec<Part> {
    let earlier = |number: u16| texts.with("paper-earlier", [("number", number.to_string())]).into_owned();
    let page = Sheet { form, texts, keyed, issues };
    let mut section = String::new();
    form.printed(language, earlier)
        .into_iter()
        .map(|part| {
            let begins = section != part.section;
            section = part.section;
            let asked = part.questions.iter().filter(|question| !question.units.is_empty());
            Part { heading: begins.then_some(part.heading.text), questions: asked.map(|ask| page.ask(ask)).collect() }
        })
        .collect()
}

struct Sheet<'a> {
    form: &'a Form,
    texts: Texts,
    keyed: &'a [(String, String)],
    issues: &'a [Issue],
}

impl Sheet<'_> {
    fn ask(&self, question: &PrintedQuestion) -> Ask {
        let units = &question.units;
        let grid = question.kind == Kind::Grid;
        let way_out = units.first().and_then(|unit| unit.way_out.as_ref());
        // A way out that every line has is said once.
        let alike = units.iter().all(|unit| unit.way_out.as_ref().map(|way| way.code) == way_out.map(|way| way.code));
        let scale = units.first().map(|unit| codes(&unit.choices, way_out.filter(|_| alike)));
        let lines = units.iter().flat_map(|unit| {
            let own = unit.way_out.as_ref().filter(|_| unit.bounds.is_none());
            if grid {
                self.lines(question.kind, unit, &unit.label.text, codes(&[], own.filter(|_| !alike)))
            } else {
                self.lines(question.kind, unit, &question.stem.text, codes(&unit.choices, own))
            }
        });
        Ask { lines: lines.collect(), shared: scale.filter(|_| grid).map(|scale| (question.stem.text.clone(), scale)) }
    }

    /// The unit's own field, and one for the words beside a choice.
    fn lines(&self, kind: Kind, printed: &PrintedUnit, text: &str, codes: Vec<Code>) -> Vec<Line> {
        let Some(unit) = self.form.unit(&printed.code) else { return Vec::new() };
        let way_out = printed.way_out.as_ref().filter(|_| printed.bounds.is_some()).zip(unit.way_out_value());
        let out = way_out.as_ref().map(|(_, value)| value.clone());
        let mut values = self.values(unit.code()).filter(|value| Some(*value) != out.as_deref());
        let width = match (kind, printed.letters) {
            (Kind::Single | Kind::Grid, _) => Width::Code,
            (_, Some(letters)) if letters > ONE_LINE => Width::Lines,
            (_, Some(_)) => Width::Words,
            (_, None) => Width::Codes,
        };
        let line = Line {
            name: unit.code().to_owned(),
            label: format!("{}. {text}", printed.number),
            lead: (kind == Kind::Multiple).then(|| self.texts.get("keying-many").into_owned()),
            codes,
            value: values.next().unwrap_or_default().to_owned(),
            error: self.error(unit),
            keyboard: if width == Width::Code { "numeric" } else { "" },
            width,
            way_out: way_out.map(|(way, value)| {
                let chosen = self.values(unit.code()).any(|given| given == value);
                Choice::new(value, format!("{} {}", way.code, way.label.text), chosen)
            }),
        };
        let words = printed.choices.iter().find(|choice| choice.write_in.is_some()).zip(self.form.write_in_of(unit));
        let words = words.map(|(choice, words)| Line {
            name: words.code().to_owned(),
            label: format!("{}. {}", printed.number, choice.label.text),
            lead: Some(self.texts.get("keying-words").into_owned()),
            codes: Vec::new(),
            value: self.values(words.code()).next().unwrap_or_default().to_owned(),
            error: self.error(words),
            keyboard: "",
            width: Width::Words,
            way_out: None,
        });
        std::iter::once(line).chain(words).collect()
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.keyed.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    fn error(&self, unit: &Unit) -> Option<String> {
        self.issues.iter().find(|issue| issue.unit == unit.code()).map(|issue| message(self.texts, issue))
    }
}

fn codes(choices: &[PrintedChoice], way_out: Option<&PrintedChoice>) -> Vec<Code> {
    let all = choices.iter().chain(way_out);
    all.map(|choice| Code { code: choice.code, label: choice.label.text.clone() }).collect()
}

/// What is wrong, above and beside its field.
pub(super) fn message(texts: Texts, issue: &Issue) -> String {
    let number = issue.params.get("number").map(String::as_str).unwrap_or_default();
    let plain = |key: &str| texts.with(key, [("number", number)]).into_owned();
    match issue.code {
        IssueCode::WrongOption => plain("keying-err-code"),
        IssueCode::SeveralValues => plain("keying-err-several"),
        IssueCode::UnknownField => texts.get("keying-err-field").into_owned(),
        _ => unfit(texts, issue),
    }
}

pub(super) fn problems(texts: Texts, issues: &[Issue]) -> Vec<Problem> {
    let target =
        |issue: &Issue| if issue.code == IssueCode::UnknownField { "" } else { issue.unit.as_str() }.to_owned();
    issues.iter().map(|issue| Problem::new(target(issue), message(texts, issue))).collect()
}

/// The numbers of units, as people say them: `4, 7`; a number that stands for two units once.
pub(super) fn numbers(form: &Form, units: &[&Unit]) -> String {
    let mut numbers: Vec<u16> = units.iter().filter_map(|unit| form.number_of(unit.code())).collect();
    numbers.dedup();
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
