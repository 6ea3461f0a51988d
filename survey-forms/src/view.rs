//! What a page shows, ready to be rendered: everything in one language, with what was answered so far.

use crate::answer::{Answer, ChoiceCode, Issue};
use crate::fields::Fields;
use crate::form::{Form, Kind, Unit, UnitKind};
use crate::interview::{Interview, Place};
use crate::path::{Part, Step};
use crate::quantity::Bounds;
use crate::wording::{Phrase, Words};

#[derive(Clone, Debug)]
pub struct PageView {
    pub code: String,
    /// The topic: the page's H1. On a sensitive page it does not give the topic away.
    pub title: Phrase,
    pub section: Phrase,
    pub place: Place,
    pub sensitive: bool,
    pub blocks: Vec<Block>,
}

/// A question as far as it stands on this page.
#[derive(Clone, Debug)]
pub struct Block {
    pub question: String,
    pub kind: Kind,
    pub stem: Phrase,
    pub help: Option<Phrase>,
    /// One for most kinds, the items of a grid, none for a note. Write-ins stand inside their option.
    pub units: Vec<UnitView>,
}

#[derive(Clone, Debug)]
pub struct UnitView {
    /// Also the name of its form field.
    pub code: String,
    pub number: u16,
    /// What the fieldset's legend or the label says: the item of a grid, else the stem.
    pub legend: Phrase,
    /// Empty for a text; of a number or date only the way out.
    pub options: Vec<OptionView>,
    /// Of a text, a number or a date.
    pub text: Option<TextField>,
    /// Of a number or a date.
    pub bounds: Option<Bounds>,
    pub issue: Option<Issue>,
    pub answered: bool,
}

#[derive(Clone, Debug)]
pub struct OptionView {
    /// What its field sends: the code; beside a number or date the way out's name.
    pub value: String,
    pub label: Phrase,
    pub chosen: bool,
    /// "Không biết" or "Chưa từng dùng".
    pub way_out: bool,
    pub write_in: Option<TextField>,
}

#[derive(Clone, Debug)]
pub struct TextField {
    pub name: String,
    pub value: String,
    pub max_chars: usize,
    pub issue: Option<Issue>,
}

impl Interview<'_> {
    /// A page in a language; none when it is not on the path.
    ///
    /// `raw` and `issues` are those of a `give` that failed: typed texts are shown as they were typed, issues at
    /// their unit. Both are empty otherwise.
    pub fn page(&self, code: &str, language: &str, raw: &[(String, String)], issues: &[Issue]) -> Option<PageView> {
        let path = self.path();
        let step = path.step(code)?;
        let words = self.form().words(language);
        let holes = Holes::Filled;
        Viewer { interview: self, form: self.form(), words, holes, typed: Fields::new(raw), issues }.page(step)
    }

    /// Any step, its texts as they are written.
    pub(crate) fn unfilled(&self, step: &Step, language: &str) -> Option<PageView> {
        let words = self.form().words(language);
        let holes = Holes::Open;
        Viewer { interview: self, form: self.form(), words, holes, typed: Fields::new(&[]), issues: &[] }.page(step)
    }
}

/// Whether texts tell earlier answers yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holes {
    Filled,
    Open,
}

struct Viewer<'a> {
    interview: &'a Interview<'a>,
    form: &'a Form,
    words: Words<'a>,
    holes: Holes,
    typed: Fields,
    issues: &'a [Issue],
}

impl Viewer<'_> {
    fn page(&self, step: &Step) -> Option<PageView> {
        Some(PageView {
            code: step.page.code.clone(),
            title: self.told(&format!("pages.{}", step.page.code)),
            section: self.words.needed(&format!("sections.{}", self.form.sections.get(step.page.section)?)),
            place: self.interview.place_of(step),
            sensitive: step.page.sensitive,
            blocks: step.parts.iter().map(|part| self.block(part)).collect(),
        })
    }

    fn block(&self, part: &Part) -> Block {
        let question = part.question;
        let help = format!("questions.{}.help", question.code);
        Block {
            question: question.code.clone(),
            kind: question.kind,
            stem: self.told(&format!("questions.{}.stem", question.code)),
            help: self.words.text(&help).map(|_written| self.told(&help)),
            units: part.units.iter().filter_map(|unit| self.unit(unit)).collect(),
        }
    }

    /// None for a write-in, which is shown inside its option.
    fn unit(&self, unit: &Unit) -> Option<UnitView> {
        Some(UnitView {
            code: unit.code.clone(),
            number: unit.number?,
            legend: self.told(&self.form.label_key(unit)),
            options: self.options(unit),
            text: match unit.kind {
                UnitKind::Text { max_chars } => Some(self.text(unit, max_chars)),
                UnitKind::Quantity(_) => Some(self.measured(unit)),
                _ => None,
            },
            bounds: match unit.kind {
                UnitKind::Quantity(bounds) => Some(bounds),
                _ => None,
            },
            issue: self.issue(unit),
            answered: self.answer(unit).is_some_and(|answer| *answer != Answer::Skipped),
        })
    }

    fn options(&self, unit: &Unit) -> Vec<OptionView> {
        let codes = unit.choices().map(|choices| choices.codes.as_slice()).unwrap_or_default();
        let key = |code| unit.choices().map(|choices| choices.key(code)).unwrap_or_default();
        let chosen = |code| self.answer(unit).is_some_and(|answer| answer.holds(code));
        let write_in = self.form.write_in_of(unit);
        let option = |code: &ChoiceCode| OptionView {
            value: code.to_string(),
            label: self.told(&key(*code)),
            chosen: chosen(*code),
            way_out: false,
            write_in: write_in.and_then(|words| match words.kind {
                UnitKind::WriteIn { choice, max_chars, .. } if choice == *code => Some(self.text(words, max_chars)),
                _ => None,
            }),
        };
        let mut options: Vec<_> = codes.iter().map(option).collect();
        options.extend(unit.way_out.map(|way| OptionView {
            value: unit.way_out_value().unwrap_or_default(),
            label: self.words.needed(&format!("ways_out.{}", way.name())),
            chosen: chosen(way.code()),
            way_out: true,
            write_in: None,
        }));
        options
    }

    fn text(&self, unit: &Unit, max_chars: usize) -> TextField {
        let stored = match self.answer(unit) {
            Some(Answer::Text(text)) => text.as_str(),
            _ => "",
        };
        let value = self.typed.typed(&unit.code).unwrap_or(stored).to_owned();
        TextField { name: unit.code.clone(), value, max_chars, issue: self.issue(unit) }
    }

    fn measured(&self, unit: &Unit) -> TextField {
        let stored = match self.answer(unit) {
            Some(Answer::Quantity(quantity)) => quantity.written(self.words.language()),
            _ => String::new(),
        };
        let value = self.typed.measured(unit).map_or(stored, str::to_owned);
        TextField { name: unit.code.clone(), value, max_chars: 30, issue: self.issue(unit) }
    }

    fn told(&self, key: &str) -> Phrase {
        match self.holes {
            Holes::Filled => self.interview.told(self.words, key),
            Holes::Open => self.words.needed(key),
        }
    }

    fn answer(&self, unit: &Unit) -> Option<&Answer> {
        self.interview.answers().get(&unit.code)
    }

    fn issue(&self, unit: &Unit) -> Option<Issue> {
        self.issues.iter().find(|issue| issue.unit == unit.code).cloned()
    }
}
