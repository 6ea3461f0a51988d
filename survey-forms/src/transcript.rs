//! A filled-in paper form as somebody keyed it: a faithful copy first, the path through it afterwards.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Answers, Issue, IssueCode, SKIPPED};
use crate::fields::{Fields, Read};
use crate::form::{Form, Unit};
use crate::interview::Interview;
use crate::path::path;
use crate::respondent::Respondent;

/// What stands on the paper, unit by unit, whether or not it should have been answered. Paper does not tell nothing from a skip, so neither
/// is here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Transcript(Answers);

impl Transcript {
    /// Reads what was keyed, `(unit, text)`: the code printed beside the marked box; several codes, parted by spaces or commas, where several
    /// may be marked; words as written. No text, or 97 for choices, where nothing counts: no mark, or several where one belongs. The way
    /// out of a number or a day is sent by its name, as from a page.
    ///
    /// # Errors
    /// Every text that cannot stand on this form, in the order printed.
    pub fn read(form: &Form, keyed: &[(String, String)]) -> Result<Self, Vec<Issue>> {
        let interview = Interview::new(form, Answers::new());
        let fields = Fields::new(&marks(form, keyed));
        let mut answers = Answers::new();
        let mut issues = Vec::new();
        for unit in form.printed_units() {
            match fields.read(unit, form) {
                Read::Answer(answer) => {
                    answers.insert(unit.code.clone(), answer);
                }
                Read::Wrong(code, params) => issues.push(interview.issue(unit, code, params)),
                Read::Absent | Read::Empty => {}
            }
        }
        let strangers = keyed.iter().filter(|(name, _)| !form.printed_units().any(|unit| unit.code == *name));
        issues.extend(strangers.map(|(name, _)| Issue {
            unit: name.clone(),
            code: IssueCode::UnknownField,
            params: BTreeMap::new(),
        }));
        if issues.is_empty() { Ok(Self(answers)) } else { Err(issues) }
    }

    pub fn answer(&self, unit: &str) -> Option<&Answer> {
        self.0.get(unit)
    }

    /// Puts something else, or nothing, where `unit` stands.
    pub fn put(&mut self, unit: &str, answer: Option<Answer>) {
        match answer {
            None => self.0.remove(unit),
            Some(answer) => self.0.insert(unit.to_owned(), answer),
        };
    }

    /// The printed units that two people keyed differently, in order. Words are the same when their letters and digits are: two people
    /// never agree on spaces, commas and capitals.
    pub fn differences<'f>(&self, other: &Self, form: &'f Form) -> Vec<&'f Unit> {
        form.printed_units().filter(|unit| !alike(self.answer(&unit.code), other.answer(&unit.code))).collect()
    }

    /// Units that hold an answer although the rest of the form leads around them: a person overlooked a condition.
    pub fn strays<'f>(&self, form: &'f Form) -> Vec<&'f Unit> {
        let way = path(form, &self.0, Respondent::Alone);
        let on_path = |unit: &Unit| way.units().any(|asked| asked.code == unit.code);
        form.printed_units().filter(|unit| self.0.contains_key(&unit.code) && !on_path(unit)).collect()
    }

    /// What counts: the answers of the path, everything open on it skipped, as an interview has them at its end. Strays are left out.
    pub fn answers(&self, form: &Form) -> Answers {
        let mut answers = Answers::new();
        for unit in path(form, &self.0, Respondent::Alone).units() {
            let answer = self.answer(&unit.code).cloned();
            answers.insert(unit.code.clone(), answer.unwrap_or(Answer::Skipped));
        }
        answers
    }

    /// How many fields of the path of `truth` there are, and in how many of them this keying says something else.
    pub fn mistakes(&self, truth: &Self, form: &Form) -> (usize, usize) {
        let way = path(form, &truth.0, Respondent::Alone);
        let wrong = |unit: &&Unit| !alike(self.answer(&unit.code), truth.answer(&unit.code));
        (way.units().count(), way.units().filter(wrong).count())
    }
}

impl Form {
    /// The units that have a place on paper, in order; what only interviewers ask has none.
    pub fn printed_units(&self) -> impl Iterator<Item = &Unit> {
        let is_printed =
            |unit: &&Unit| self.question_of(unit).is_some_and(|question| question.is_for(Respondent::Alone));
        self.units.iter().filter(is_printed)
    }
}

/// Codes keyed into one field become one mark each; 97 alone is no mark.
fn marks(form: &Form, keyed: &[(String, String)]) -> Vec<(String, String)> {
    let mut marks = Vec::new();
    for (name, text) in keyed {
        if form.unit(name).and_then(Unit::choices).is_none() {
            marks.push((name.clone(), text.clone()));
            continue;
        }
        let codes: Vec<&str> = text
            .split(|letter: char| letter.is_whitespace() || ",;.".contains(letter))
            .filter(|code| !code.is_empty())
            .collect();
        if codes != [SKIPPED.to_string()] {
            marks.extend(codes.into_iter().map(|code| (name.clone(), code.to_owned())));
        }
    }
    marks
}

fn alike(one: Option<&Answer>, other: Option<&Answer>) -> bool {
    match (one, other) {
        (Some(Answer::Text(one)), Some(Answer::Text(other))) => letters(one).eq(letters(other)),
        (one, other) => one == other,
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}
