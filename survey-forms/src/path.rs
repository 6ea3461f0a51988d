//! Which pages and units apply. Worked out from the answers each time, so that it can never be stale.

use crate::answer::{Answer, Answers};
use crate::form::{Form, Kind, Page, Question, Unit, UnitKind};
use crate::respondent::Respondent;
use crate::rule::Rule;

/// The pages that apply, in order.
#[derive(Debug)]
pub struct Path<'f, 'a> {
    steps: Vec<Step<'f>>,
    counting: Counting<'f, 'a>,
}

/// The answers of the units that apply, so far.
#[derive(Debug)]
struct Counting<'f, 'a> {
    form: &'f Form,
    /// One place for each unit of the form.
    answers: Vec<Option<&'a Answer>>,
}

impl<'a> Counting<'_, 'a> {
    fn answer(&self, unit: &str) -> Option<&'a Answer> {
        *self.answers.get(*self.form.places.get(unit)?)?
    }

    fn count(&mut self, place: usize, answer: Option<&'a Answer>) {
        if let Some(counted) = self.answers.get_mut(place) {
            *counted = answer;
        }
    }

    fn satisfy(&self, rules: &[Rule]) -> bool {
        rules.iter().all(|rule| rule.condition.holds(&|unit| self.answer(unit)))
    }

    /// A write-in applies once its choice is marked; everything else is a matter of rules.
    fn ask_for_words(&self, unit: &Unit) -> bool {
        match &unit.kind {
            UnitKind::WriteIn { unit, choice, .. } => self.answer(unit).is_some_and(|answer| answer.holds(*choice)),
            _ => true,
        }
    }
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
pub fn path<'f, 'a>(form: &'f Form, answers: &'a Answers, respondent: Respondent) -> Path<'f, 'a> {
    let mut counting = Counting { form, answers: vec![None; form.units.len()] };
    let mut steps = Vec::new();
    for page in &form.pages {
        if !counting.satisfy(&page.rules) {
            continue;
        }
        let mut parts = Vec::new();
        for shown in &page.shown {
            let Some(question) = form.questions.get(shown.question) else {
                continue;
            };
            if !question.is_for(respondent) || !counting.satisfy(&question.rules) {
                continue;
            }
            let mut units = Vec::new();
            for place in shown.units.clone() {
                let Some(unit) = form.units.get(place) else {
                    continue;
                };
                if !counting.satisfy(&unit.rules) || !counting.ask_for_words(unit) {
                    continue;
                }
                counting.count(place, answers.get(&unit.code));
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
    Path { steps, counting }
}

impl<'f> Step<'f> {
    pub fn units(&self) -> impl Iterator<Item = &'f Unit> + '_ {
        self.parts.iter().flat_map(|part| part.units.iter().copied())
    }
}

impl<'f, 'a> Path<'f, 'a> {
    pub fn steps(&self) -> &[Step<'f>] {
        &self.steps
    }

    pub fn step(&self, page: &str) -> Option<&Step<'f>> {
        self.steps.iter().find(|step| step.page.code == page)
    }

    pub fn units(&self) -> impl Iterator<Item = &'f Unit> + '_ {
        self.steps.iter().flat_map(Step::units)
    }

    /// A unit's answer, if it counts.
    pub fn answer(&self, unit: &Unit) -> Option<&'a Answer> {
        self.counting.answer(&unit.code)
    }

    /// The page's step by itself, without hold on the answers.
    pub(crate) fn into_step(self, page: &str) -> Option<Step<'f>> {
        self.steps.into_iter().find(|step| step.page.code == page)
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
        let open = |unit: &Unit| unit.number.is_some() && self.answer(unit).is_none();
        self.steps.iter().find(|step| step.units().any(open)).map(|step| step.page)
    }

    fn position(&self, page: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.page.code == page)
    }
}
