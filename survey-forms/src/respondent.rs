//! Who answers, and what of a form is for them.

use std::collections::BTreeSet;

use crate::form::{Form, Page, Question, Unit};

/// Who answers. Some questions are only asked when an interviewer asks; to anybody else they do not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Respondent {
    #[default]
    Alone,
    WithInterviewer,
}

impl Form {
    /// How many numbered questions somebody who answers alone can come to: "85" in "Câu 14–18 trên 85".
    pub fn question_count(&self) -> u16 {
        self.questions_for(Respondent::Alone)
    }

    /// The same by who answers. Interviewers' questions come last, so the last number is also how many there are.
    pub(crate) fn questions_for(&self, respondent: Respondent) -> u16 {
        let is_asked = |unit: &&Unit| self.question_of(unit).is_some_and(|question| question.is_for(respondent));
        self.units.iter().filter(is_asked).filter_map(|unit| unit.number).max().unwrap_or(0)
    }

    /// The sections in which somebody is asked or told anything, by index.
    pub(crate) fn sections_for(&self, respondent: Respondent) -> BTreeSet<usize> {
        let has_something = |page: &&Page| {
            let mut questions = page.shown.iter().filter_map(|shown| self.questions.get(shown.question));
            questions.any(|question| question.is_for(respondent))
        };
        self.pages.iter().filter(has_something).map(|page| page.section).collect()
    }
}

impl Question {
    /// Whether it is asked only when an interviewer asks.
    pub fn is_by_interviewer(&self) -> bool {
        self.by_interviewer
    }

    pub(crate) fn is_for(&self, respondent: Respondent) -> bool {
        respondent == Respondent::WithInterviewer || !self.by_interviewer
    }
}
