//! One person answering one form: give a page, see how far it is, finish.

use std::collections::BTreeMap;

use crate::answer::{Answer, Answers, Issue, IssueCode};
use crate::completed::Completed;
use crate::fields::{Fields, Read};
use crate::form::{Form, Unit, UnitKind};
use crate::path::{Path, Step, path};
use crate::respondent::Respondent;

#[derive(Debug)]
pub struct Interview<'f> {
    form: &'f Form,
    answers: Answers,
    respondent: Respondent,
}

/// What to do about units left open. Nothing is forced: the first time they are named, the second time skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipPolicy {
    Warn,
    Accept,
}

/// How far an interview is, counted over the units that apply; write-ins are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Answered; the ways out count, skips do not.
    pub answered: u16,
    pub skipped: u16,
    pub total: u16,
}

/// "Phần 3 trên 9 · Câu 14–18 trên 85": fixed by the form and who answers, so that numbers never move under a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub section: usize,
    pub sections: usize,
    /// First and last number among the units shown; none on a page of notes.
    pub numbers: Option<(u16, u16)>,
    pub questions: u16,
}

impl<'f> Interview<'f> {
    /// Somebody who answers alone goes on from stored answers, or from none. Answers this form has no place for are left behind.
    pub fn new(form: &'f Form, mut answers: Answers) -> Self {
        answers.retain(|code, answer| form.unit(code).is_some_and(|unit| unit.takes(answer)));
        Self { form, answers, respondent: Respondent::Alone }
    }

    /// The same interview with somebody else answering.
    #[must_use]
    pub fn respondent(self, respondent: Respondent) -> Self {
        Self { respondent, ..self }
    }

    pub fn form(&self) -> &'f Form {
        self.form
    }

    /// Everything given so far, on the path or not: someone who goes back finds it again.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    pub fn into_answers(self) -> Answers {
        self.answers
    }

    pub fn path(&self) -> Path<'f, '_> {
        path(self.form, &self.answers, self.respondent)
    }

    /// Takes the decoded fields of one page: `(unit, value)`, several values for a multiple question.
    ///
    /// What is valid is kept even when something else is not, so the answers are worth saving either way.
    /// A radio or text field that was not sent leaves its unit as it was (a page open in a second tab takes
    /// nothing back); an empty text or a multiple question without values clears it.
    ///
    /// # Errors
    /// Every issue of the page in the order shown. Only warnings (`IssueCode::is_warning`) can be settled by
    /// `SkipPolicy::Accept`, which marks what is open as skipped. Empty texts of text questions are never warned about.
    pub fn give(&mut self, page: &str, raw: &[(String, String)], skip: SkipPolicy) -> Result<(), Vec<Issue>> {
        if self.form.page(page).is_none() {
            return Err(vec![issue(page, IssueCode::UnknownPage)]);
        }
        let Some(step) = self.path().into_step(page) else {
            return Err(vec![issue(page, IssueCode::PageNotOnPath)]);
        };
        let fields = Fields::new(raw);
        let mut issues = Vec::new();
        // Write-ins follow their unit, so by their turn it is settled whether they apply.
        for unit in self.form.units_on(step.page) {
            if self.applies(unit, &step) {
                issues.extend(self.take(unit, &fields, skip));
            }
        }
        issues.extend(fields.strangers(self.form, step.page).map(|field| issue(field, IssueCode::UnknownField)));
        if issues.is_empty() { Ok(()) } else { Err(issues) }
    }

    /// A write-in applies by what was just given, the rest by the path.
    fn applies(&self, unit: &Unit, step: &Step) -> bool {
        let on_path = |code: &str| step.units().any(|applying| applying.code == code);
        match &unit.kind {
            UnitKind::WriteIn { unit: parent, choice, .. } => {
                let marked = self.answers.get(parent).is_some_and(|answer| answer.holds(*choice));
                marked && on_path(parent)
            }
            _ => on_path(&unit.code),
        }
    }

    fn take(&mut self, unit: &Unit, fields: &Fields, skip: SkipPolicy) -> Option<Issue> {
        match fields.read(unit, self.form) {
            Read::Answer(answer) => {
                self.answers.insert(unit.code.clone(), answer);
                None
            }
            Read::Wrong(code, params) => Some(self.issue(unit, code, params)),
            Read::Absent if self.answers.contains_key(&unit.code) => None,
            Read::Absent | Read::Empty => self.leave_open(unit, skip),
        }
    }

    fn leave_open(&mut self, unit: &Unit, skip: SkipPolicy) -> Option<Issue> {
        let warning = match &unit.kind {
            UnitKind::Text { .. } => None,
            UnitKind::WriteIn { .. } => Some(IssueCode::TextNeeded),
            UnitKind::One(_) | UnitKind::Many(_) | UnitKind::Quantity(_) => Some(IssueCode::Unanswered),
        };
        let told = self.answers.get(&unit.code) == Some(&Answer::Skipped);
        match warning {
            Some(code) if skip == SkipPolicy::Warn && !told => {
                self.answers.remove(&unit.code);
                Some(self.issue(unit, code, BTreeMap::new()))
            }
            _ => {
                self.answers.insert(unit.code.clone(), Answer::Skipped);
                None
            }
        }
    }

    pub(crate) fn issue(&self, unit: &Unit, code: IssueCode, mut params: BTreeMap<&'static str, String>) -> Issue {
        let numbered = match &unit.kind {
            UnitKind::WriteIn { unit: parent, .. } => self.form.unit(parent),
            _ => Some(unit),
        };
        if let Some(number) = numbered.and_then(Unit::number) {
            params.insert("number", number.to_string());
        }
        if let Some(way_out) = unit.way_out {
            params.insert("way_out", way_out.name().to_owned());
        }
        Issue { unit: unit.code.clone(), code, params }
    }

    pub fn progress(&self) -> Progress {
        let mut progress = Progress { answered: 0, skipped: 0, total: 0 };
        let way = self.path();
        for unit in way.units().filter(|unit| unit.number.is_some()) {
            progress.total += 1;
            match way.answer(unit) {
                Some(Answer::Skipped) => progress.skipped += 1,
                Some(_) => progress.answered += 1,
                None => {}
            }
        }
        progress
    }

    /// Where a page stands; none when it is not on the path.
    pub fn place(&self, page: &str) -> Option<Place> {
        Some(self.place_of(self.path().step(page)?))
    }

    pub(crate) fn place_of(&self, step: &Step) -> Place {
        let numbers = || step.units().filter_map(|unit| unit.number);
        let sections = self.form.sections_for(self.respondent);
        Place {
            section: sections.range(..=step.page.section).count(),
            sections: sections.len(),
            numbers: numbers().min().zip(numbers().max()),
            questions: self.form.questions_for(self.respondent),
        }
    }

    /// The answers of the final path; every unit on it without one becomes skipped.
    pub fn finish(&self) -> Completed {
        Completed::new(self.form, &self.path())
    }
}

fn issue(unit: &str, code: IssueCode) -> Issue {
    Issue { unit: unit.to_owned(), code, params: BTreeMap::new() }
}
