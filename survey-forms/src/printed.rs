//! A form as it is printed for somebody who answers alone: everything it can ask, in order, each with when it applies.

use crate::answer::{ChoiceCode, WayOut};
use crate::form::{Form, Kind, Page, Question, Shown, Unit, UnitKind};
use crate::piping::{UNKNOWN, fill};
use crate::quantity::Bounds;
use crate::respondent::Respondent;
use crate::rule::{Condition, Rule};
use crate::wording::{Phrase, Words};

/// A stretch of pages alike in section, privacy and condition: paper has no need to part them.
#[derive(Clone, Debug)]
pub struct PrintedPart {
    /// The section's code.
    pub section: String,
    pub heading: Phrase,
    pub sensitive: bool,
    /// All must hold; none for a part that everybody is asked.
    pub when: Vec<Condition>,
    pub questions: Vec<PrintedQuestion>,
}

#[derive(Clone, Debug)]
pub struct PrintedQuestion {
    pub code: String,
    pub kind: Kind,
    pub stem: Phrase,
    pub help: Option<Phrase>,
    pub when: Vec<Condition>,
    /// As in [`Block`](crate::Block).
    pub units: Vec<PrintedUnit>,
}

#[derive(Clone, Debug)]
pub struct PrintedUnit {
    pub code: String,
    pub number: u16,
    pub label: Phrase,
    pub when: Vec<Condition>,
    pub choices: Vec<PrintedChoice>,
    pub way_out: Option<PrintedChoice>,
    /// Of a number or a day.
    pub bounds: Option<Bounds>,
    /// Of a text: the most letters.
    pub letters: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct PrintedChoice {
    pub code: ChoiceCode,
    pub label: Phrase,
    /// The most letters of the words asked for beside it.
    pub write_in: Option<usize>,
}

impl Form {
    /// The whole form in a language. `earlier` says what stands where the answer to the question of that number is told.
    pub fn printed(&self, language: &str, earlier: impl Fn(u16) -> String) -> Vec<PrintedPart> {
        let printer = Printer { form: self, words: self.words(language), earlier };
        let mut parts: Vec<PrintedPart> = Vec::new();
        for part in self.pages.iter().filter_map(|page| printer.page(page)) {
            match parts.last_mut().filter(|last| last.goes_on_with(&part)) {
                Some(last) => part.questions.into_iter().for_each(|question| last.take(question)),
                None => parts.push(part),
            }
        }
        parts
    }

    /// The number under which a person finds a unit; a write-in stands under its question's.
    pub fn number_of(&self, unit: &str) -> Option<u16> {
        let unit = self.unit(unit)?;
        match &unit.kind {
            UnitKind::WriteIn { unit: parent, .. } => self.unit(parent)?.number,
            _ => unit.number,
        }
    }

    /// What choosing this code at a unit says, ways out among them.
    pub fn choice_label(&self, unit: &str, code: ChoiceCode, language: &str) -> Option<String> {
        let (unit, words) = (self.unit(unit)?, self.words(language));
        let way_out = unit.way_out.filter(|way| way.code() == code);
        let key = match (way_out, unit.choices()) {
            (Some(way), _) => way_out_key(way),
            (None, Some(choices)) if choices.codes.contains(&code) => choices.key(code),
            _ => return None,
        };
        Some(fill(&words.needed(&key).text, |_| UNKNOWN.to_owned()).into_owned())
    }
}

impl PrintedPart {
    fn goes_on_with(&self, next: &Self) -> bool {
        (&self.section, self.sensitive, &self.when) == (&next.section, next.sensitive, &next.when)
    }

    /// The items of a grid stand together again.
    fn take(&mut self, question: PrintedQuestion) {
        match self.questions.last_mut().filter(|last| last.code == question.code) {
            Some(last) => last.units.extend(question.units),
            None => self.questions.push(question),
        }
    }
}

struct Printer<'f, E> {
    form: &'f Form,
    words: Words<'f>,
    earlier: E,
}

impl<E: Fn(u16) -> String> Printer<'_, E> {
    fn page(&self, page: &Page) -> Option<PrintedPart> {
        let section = self.form.sections.get(page.section)?;
        let questions: Vec<_> = page.shown.iter().filter_map(|shown| self.question(shown)).collect();
        (!questions.is_empty()).then(|| PrintedPart {
            section: section.clone(),
            heading: self.words.needed(&format!("sections.{section}")),
            sensitive: page.sensitive,
            when: conditions(&page.rules),
            questions,
        })
    }

    fn question(&self, shown: &Shown) -> Option<PrintedQuestion> {
        let question: &Question = self.form.questions.get(shown.question)?;
        if !question.is_for(Respondent::Alone) {
            return None;
        }
        let help = format!("questions.{}.help", question.code);
        let units = self.form.units.get(shown.units.clone()).unwrap_or_default();
        Some(PrintedQuestion {
            code: question.code.clone(),
            kind: question.kind,
            stem: self.told(&format!("questions.{}.stem", question.code)),
            help: self.words.text(&help).map(|_written| self.told(&help)),
            when: conditions(&question.rules),
            units: units.iter().filter_map(|unit| self.unit(unit)).collect(),
        })
    }

    /// None for a write-in, which is printed beside its choice.
    fn unit(&self, unit: &Unit) -> Option<PrintedUnit> {
        let write_in = self.form.write_in_of(unit).map(|words| &words.kind);
        let choice = |choices: &crate::form::Choices, code| PrintedChoice {
            code,
            label: self.told(&choices.key(code)),
            write_in: match write_in {
                Some(UnitKind::WriteIn { choice, max_chars, .. }) if *choice == code => Some(*max_chars),
                _ => None,
            },
        };
        let choices = unit.choices().map(|all| all.codes.iter().map(|code| choice(all, *code)).collect());
        Some(PrintedUnit {
            code: unit.code.clone(),
            number: unit.number?,
            label: self.told(&self.form.label_key(unit)),
            when: conditions(&unit.rules),
            choices: choices.unwrap_or_default(),
            way_out: unit.way_out.map(|way| PrintedChoice {
                code: way.code(),
                label: self.words.needed(&way_out_key(way)),
                write_in: None,
            }),
            bounds: if let UnitKind::Quantity(bounds) = unit.kind { Some(bounds) } else { None },
            letters: if let UnitKind::Text { max_chars } = unit.kind { Some(max_chars) } else { None },
        })
    }

    fn told(&self, key: &str) -> Phrase {
        let mut phrase = self.words.needed(key);
        phrase.text = fill(&phrase.text, |code| match self.form.number_of(code) {
            Some(number) => (self.earlier)(number),
            None => UNKNOWN.to_owned(),
        })
        .into_owned();
        phrase
    }
}

fn way_out_key(way_out: WayOut) -> String {
    format!("ways_out.{}", way_out.name())
}

fn conditions(rules: &[Rule]) -> Vec<Condition> {
    rules.iter().map(|rule| rule.condition.clone()).collect()
}
