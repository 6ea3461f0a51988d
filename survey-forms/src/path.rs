//! Which pages and units apply. Worked out from the answers each time, so that it can never be stale.

use crate::answer::Answers;
use crate::form::{Form, Kind, Page, Question, Unit, UnitKind};
use crate::rule::all_hold;

/// The pages that apply, in order.
#[derive(Debug)]
pub struct Path<'f> {
    steps: Vec<Step<'f>>,
    answers: Answers,
}

/// A page on the path and what of it applies.
#[derive(Debug)]
pub struct Step<'f> {
    pub page: &'f Page,
    pub parts: Vec<Part<'f>>,
}

/// A question as far as it applies on one page; without units only when it is a note.
#[derive(Debug)]
pub struct Part<'f> {
    pub question: &'f Question,
    pub units: Vec<&'f Unit>,
}

/// The path through a form. An answer to a unit that does not apply counts for nothing, also in conditions.
pub fn path<'f>(form: &'f Form, answers: &Answers) -> Path<'f> {
    let mut kept = Answers::new();
    let mut steps = Vec::new();
    for page in &form.pages {
        if !all_hold(&page.rules, &kept) {
            continue;
        }
        let mut parts = Vec::new();
        for shown in &page.shown {
            let Some(question) = form.questions.get(shown.question) else {
                continue;
            };
            if !all_hold(&question.rules, &kept) {
                continue;
            }
            let mut units = Vec::new();
            for unit in form.units.get(shown.units.clone()).unwrap_or_default() {
                if !all_hold(&unit.rules, &kept) || !words_asked(unit, &kept) {
                    continue;
                }
                if let Some(answer) = answers.get(&unit.code) {
                    kept.insert(unit.code.clone(), answer.clone());
                }
                units.push(unit);
            }
            if question.kind == Kind::Note || !units.is_empty() {
                parts.push(Part { question, units });
            }
        }
        if !parts.is_empty() {
            steps.push(Step { page, parts });
        }
    }
    Path { steps, answers: kept }
}

/// A write-in applies once its choice is marked; everything else is a matter of rules.
fn words_asked(unit: &Unit, answers: &Answers) -> bool {
    match &unit.kind {
        UnitKind::WriteIn { unit, choice, .. } => answers.get(unit).is_some_and(|answer| answer.holds(*choice)),
        _ => true,
    }
}

impl<'f> Step<'f> {
    pub fn units(&self) -> impl Iterator<Item = &'f Unit> + '_ {
        self.parts.iter().flat_map(|part| part.units.iter().copied())
    }
}

impl<'f> Path<'f> {
    pub fn steps(&self) -> &[Step<'f>] {
        &self.steps
    }

    pub fn step(&self, page: &str) -> Option<&Step<'f>> {
        self.steps.iter().find(|step| step.page.code == page)
    }

    pub fn units(&self) -> impl Iterator<Item = &'f Unit> + '_ {
        self.steps.iter().flat_map(Step::units)
    }

    /// The answers that count.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    pub fn first(&self) -> Option<&'f Page> {
        self.steps.first().map(|step| step.page)
    }

    pub fn next(&self, page: &str) -> Option<&'f Page> {
        let here = self.position(page)?;
        self.steps.get(here + 1).map(|step| step.page)
    }

    pub fn previous(&self, page: &str) -> Option<&'f Page> {
        let here = self.position(page)?;
        self.steps.get(here.checked_sub(1)?).map(|step| step.page)
    }

    /// Where someone who comes back goes on: the first page with a numbered unit neither answered nor skipped.
    pub fn first_open(&self) -> Option<&'f Page> {
        let open = |unit: &Unit| unit.number.is_some() && !self.answers.contains_key(&unit.code);
        self.steps.iter().find(|step| step.units().any(open)).map(|step| step.page)
    }

    fn position(&self, page: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.page.code == page)
    }
}
