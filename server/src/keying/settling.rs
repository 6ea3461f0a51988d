//! What a third person sees: the fields in which two keyings differ, both values of each, in an order that tells nobody whose is whose.

use survey_forms::{Answer, Form, Issue, Transcript, Unit};

use super::Dispute;
use super::sheet::message;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;

/// No unit's code has a point in it.
const OTHERWISE: &str = ".khac";

/// One field to decide.
struct Point<'f> {
    unit: &'f Unit,
    /// Both keyed values, nothing among them or after them.
    options: Vec<Option<Answer>>,
}

/// What is to be decided, and what was decided so far.
pub(super) struct Decision {
    pub questions: Vec<Choices>,
    pub problems: Vec<Problem>,
    /// Whole when nothing is left open.
    pub truth: Option<Transcript>,
}

impl Dispute {
    fn points<'f>(&self, form: &'f Form) -> Vec<Point<'f>> {
        let point = |unit: &'f Unit| {
            let mut options: Vec<_> =
                [&self.first, &self.second].map(|keyed| keyed.sheet.answer(unit.code()).cloned()).into();
            // By what they say, nothing last.
            options.sort_by_key(|option| {
                (option.is_none(), option.as_ref().map(|answer| written(form, unit, answer, "vi")))
            });
            if options.iter().all(Option::is_some) {
                options.push(None);
            }
            Point { unit, options }
        };
        self.first.sheet.differences(&self.second.sheet, form).into_iter().map(point).collect()
    }

    /// Reads what the third person sent; with nothing sent yet, what to ask.
    pub(super) fn decide(&self, form: &Form, language: &str, texts: Texts, sent: Option<&Fields>) -> Decision {
        let mut truth = self.first.sheet.clone();
        let mut decision = Decision { questions: Vec::new(), problems: Vec::new(), truth: None };
        for point in self.points(form) {
            let chosen = sent.map(|fields| point.read(form, fields));
            let error = chosen
                .as_ref()
                .and_then(|chosen| chosen.as_ref().err())
                .map(|wrong| wrong.said(texts, form, point.unit));
            if let Some(Ok(answer)) = chosen {
                truth.put(point.unit.code(), answer);
            }
            if let Some(error) = &error {
                decision.problems.push(Problem::new(point.unit.code(), error));
            }
            decision.questions.push(point.question(form, language, texts, sent, error));
        }
        decision.truth = (sent.is_some() && decision.problems.is_empty()).then_some(truth);
        decision
    }
}

enum Wrong {
    Open,
    Both,
    Issue(Issue),
}

impl Wrong {
    fn said(&self, texts: Texts, form: &Form, unit: &Unit) -> String {
        let number = form.number_of(unit.code()).unwrap_or_default().to_string();
        let plain = |key: &str| texts.with(key, [("number", number.as_str())]).into_owned();
        match self {
            Self::Open => plain("keying-err-open"),
            Self::Both => plain("keying-err-both"),
            Self::Issue(issue) => message(texts, issue),
        }
    }
}

impl Point<'_> {
    fn read(&self, form: &Form, fields: &Fields) -> Result<Option<Answer>, Wrong> {
        let code = self.unit.code();
        let typed = fields.get(&format!("{code}{OTHERWISE}")).trim().to_owned();
        let marked = fields.get(code).parse::<usize>().ok().and_then(|at| self.options.get(at));
        match (marked, typed.is_empty()) {
            (None, true) => Err(Wrong::Open),
            (Some(_), false) => Err(Wrong::Both),
            (Some(option), true) => Ok(option.clone()),
            (None, false) => match Transcript::read(form, &[(code.to_owned(), typed)]) {
                Ok(one) => Ok(one.answer(code).cloned()),
                Err(issues) => Err(issues.into_iter().next().map_or(Wrong::Open, Wrong::Issue)),
            },
        }
    }

    fn question(
        &self,
        form: &Form,
        language: &str,
        texts: Texts,
        sent: Option<&Fields>,
        error: Option<String>,
    ) -> Choices {
        let code = self.unit.code();
        let told = |option: &Option<Answer>| match option {
            Some(answer) => written(form, self.unit, answer, language),
            None => texts.get("keying-nothing").into_owned(),
        };
        let otherwise = format!("{code}{OTHERWISE}");
        let typed = |name: &str| sent.map(|fields| fields.get(name).to_owned()).unwrap_or_default();
        let marked = typed(code);
        let options = self.options.iter().enumerate();
        Choices {
            id: code.to_owned(),
            name: code.to_owned(),
            legend: label(form, self.unit, language, texts),
            error,
            options: options
                .map(|(at, option)| Choice::new(at.to_string(), told(option), marked == at.to_string()))
                .collect(),
            write_in: Some(Field {
                id: otherwise.clone(),
                label: texts.get("keying-otherwise").into_owned(),
                value: typed(&otherwise),
                name: otherwise,
                ..Field::default()
            }),
            ..Choices::default()
        }
    }
}

fn label(form: &Form, unit: &Unit, language: &str, texts: Texts) -> String {
    let number = form.number_of(unit.code()).unwrap_or_default().to_string();
    let parts =
        form.printed(language, |number| texts.with("paper-earlier", [("number", number.to_string())]).into_owned());
    let units = parts.iter().flat_map(|part| &part.questions).flat_map(|question| &question.units);
    let shown =
        units.filter(|printed| printed.number.to_string() == number).map(|printed| printed.label.text.clone()).next();
    let key = if unit.number().is_some() { "keying-point" } else { "keying-point-words" };
    texts.with(key, [("number", number), ("text", shown.unwrap_or_default())]).into_owned()
}

/// As it stands on paper: code and label, words, a number or a day.
fn written(form: &Form, unit: &Unit, answer: &Answer, language: &str) -> String {
    let one = |code: u16| {
        let label = form.choice_label(unit.code(), code, language);
        label.map_or_else(|| code.to_string(), |label| format!("{code} – {label}"))
    };
    match answer {
        Answer::Text(text) => text.clone(),
        Answer::Quantity(quantity) => quantity.written(language),
        Answer::Choices(codes) => codes.iter().map(|code| one(*code)).collect::<Vec<_>>().join(" · "),
        other => other.code().map(one).unwrap_or_default(),
    }
}
