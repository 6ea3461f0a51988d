//! A questionnaire that is known to be sound.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::answer::{Answer, ChoiceCode, WayOut};
use crate::indicators::Indicator;
use crate::quantity::Bounds;
use crate::rule::Rule;
use crate::wording::{LANGUAGE_NAME, Wording, Words, usual_name};

/// One version of one questionnaire. Made only by [`Form::parse`], so whatever it refers to is there.
#[derive(Debug)]
pub struct Form {
    pub(crate) code: String,
    pub(crate) digest: String,
    pub(crate) method: String,
    pub(crate) languages: Vec<String>,
    pub(crate) trial_languages: Vec<String>,
    pub(crate) sections: Vec<String>,
    pub(crate) pages: Vec<Page>,
    pub(crate) questions: Vec<Question>,
    pub(crate) units: Vec<Unit>,
    pub(crate) places: HashMap<String, usize>,
    pub(crate) indicators: Option<Indicator>,
    pub(crate) wordings: BTreeMap<String, Wording>,
}

/// What one screen shows: questions, or stretches of the items of a grid. Where a page ends is data.
#[derive(Debug)]
pub struct Page {
    pub(crate) code: String,
    pub(crate) section: usize,
    pub(crate) sensitive: bool,
    pub(crate) rules: Vec<Rule>,
    pub(crate) shown: Vec<Shown>,
    pub(crate) line: usize,
}

/// A question on a page and which of the form's units stand under it there.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) question: usize,
    pub(crate) units: Range<usize>,
}

#[derive(Debug)]
pub struct Question {
    pub(crate) code: String,
    pub(crate) kind: Kind,
    pub(crate) by_interviewer: bool,
    pub(crate) rules: Vec<Rule>,
    pub(crate) line: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of several choices.
    Single,
    /// Any of several choices.
    Multiple,
    /// Items, each answered on the same scale.
    Grid,
    Number,
    Date,
    Text,
    /// Words to read; nothing to answer.
    Note,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::Grid => "grid",
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
            Self::Note => "note",
        }
    }
}

/// The smallest thing that is answered: a question, an item of a grid, or the words beside a choice.
#[derive(Debug)]
pub struct Unit {
    pub(crate) code: String,
    pub(crate) question: usize,
    pub(crate) page: usize,
    pub(crate) number: Option<u16>,
    pub(crate) kind: UnitKind,
    pub(crate) way_out: Option<WayOut>,
    pub(crate) topic: Option<String>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) line: usize,
}

#[derive(Debug)]
pub enum UnitKind {
    One(Choices),
    Many(Choices),
    /// A number or a day.
    Quantity(Bounds),
    Text {
        max_chars: usize,
    },
    /// The words asked for when `choice` of `unit` is marked.
    WriteIn {
        unit: String,
        choice: ChoiceCode,
        max_chars: usize,
    },
}

#[derive(Clone, Debug)]
pub struct Choices {
    /// In the order shown.
    pub codes: Vec<ChoiceCode>,
    /// The shared scale, when it is one.
    pub scale: Option<String>,
    /// The wording key of choice c is `{wording}.{c}`.
    pub(crate) wording: String,
}

impl Form {
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The digest of the source this was parsed from; see [`Source::digest`](crate::Source::digest).
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The method version the answers are made for.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The languages offered: complete, the source language first.
    pub fn languages(&self) -> &[String] {
        &self.languages
    }

    /// The languages whose wording says that it is not for use: to be looked at, never offered. Gaps are possible.
    pub fn trial_languages(&self) -> &[String] {
        &self.trial_languages
    }

    /// What a language calls itself: "Tiếng Việt", "English", or what its wording says; its code when nobody says.
    pub fn language_name<'f>(&'f self, language: &'f str) -> &'f str {
        let own = self.wordings.get(language).and_then(|wording| wording.texts.get(LANGUAGE_NAME));
        own.map_or_else(|| usual_name(language), String::as_str)
    }

    pub fn source_language(&self) -> &str {
        self.languages.first().map_or("vi", String::as_str)
    }

    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    pub fn page(&self, code: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.code == code)
    }

    /// Every unit in the order asked, write-ins right after the unit they belong to.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units.get(*self.places.get(code)?)
    }

    pub fn question_of(&self, unit: &Unit) -> Option<&Question> {
        self.questions.get(unit.question)
    }

    /// The words in a language, with the source language behind them; unknown languages get the source language.
    pub fn words(&self, language: &str) -> Words<'_> {
        let source = self.wordings.get(self.source_language());
        Words { wanted: self.wordings.get(language), source }
    }

    /// Every unit a page can show, whatever was answered.
    pub fn units_on(&self, page: &Page) -> impl Iterator<Item = &Unit> {
        page.shown.iter().flat_map(|shown| self.units.get(shown.units.clone()).unwrap_or_default())
    }

    /// The unit for the words beside one of this unit's choices.
    pub fn write_in_of(&self, unit: &Unit) -> Option<&Unit> {
        let next = self.units.get(self.places.get(&unit.code)? + 1)?;
        matches!(&next.kind, UnitKind::WriteIn { unit: parent, .. } if *parent == unit.code).then_some(next)
    }

    /// overall → domain → factor → item; none when the form measures nothing.
    pub fn indicators(&self) -> Option<&Indicator> {
        self.indicators.as_ref()
    }
}

impl Page {
    /// Also the address: a short slug.
    pub fn code(&self) -> &str {
        &self.code
    }

    pub fn is_sensitive(&self) -> bool {
        self.sensitive
    }
}

impl Question {
    pub fn code(&self) -> &str {
        &self.code
    }

    pub fn kind(&self) -> Kind {
        self.kind
    }
}

impl Unit {
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its place among the numbered questions of the form, the same whatever is answered; none for write-ins.
    pub fn number(&self) -> Option<u16> {
        self.number
    }

    pub fn kind(&self) -> &UnitKind {
        &self.kind
    }

    pub fn way_out(&self) -> Option<WayOut> {
        self.way_out
    }

    /// What its field sends for the way out: the code, but the name where 98 may be a number.
    pub fn way_out_value(&self) -> Option<String> {
        let by_name = matches!(self.kind, UnitKind::Quantity(_));
        self.way_out.map(|way_out| if by_name { way_out.name().to_owned() } else { way_out.code().to_string() })
    }

    /// The policy or service it speaks of, so that orders may differ between questions and years.
    pub fn topic(&self) -> Option<&str> {
        self.topic.as_deref()
    }

    /// The choices, when it has any.
    pub fn choices(&self) -> Option<&Choices> {
        match &self.kind {
            UnitKind::One(choices) | UnitKind::Many(choices) => Some(choices),
            UnitKind::Quantity(_) | UnitKind::Text { .. } | UnitKind::WriteIn { .. } => None,
        }
    }

    /// Whether an answer has this unit's shape and codes.
    pub(crate) fn takes(&self, answer: &Answer) -> bool {
        match (answer, &self.kind) {
            (Answer::Skipped, _) => true,
            (Answer::DontKnow, _) => self.way_out == Some(WayOut::DontKnow),
            (Answer::Never, _) => self.way_out == Some(WayOut::Never),
            (Answer::Choice(code), UnitKind::One(choices)) => choices.codes.contains(code),
            (Answer::Choices(codes), UnitKind::Many(choices)) => {
                !codes.is_empty() && codes.iter().all(|code| choices.codes.contains(code))
            }
            (Answer::Quantity(quantity), UnitKind::Quantity(bounds)) => bounds.hold(*quantity),
            (Answer::Text(text), UnitKind::Text { max_chars } | UnitKind::WriteIn { max_chars, .. }) => {
                !text.is_empty() && text.chars().count() <= *max_chars
            }
            _ => false,
        }
    }

    /// Whether the answer is free words, which are stored apart from the coded answers.
    pub fn is_text(&self) -> bool {
        matches!(self.kind, UnitKind::Text { .. } | UnitKind::WriteIn { .. })
    }
}

impl Choices {
    /// The wording key of a choice.
    pub(crate) fn key(&self, choice: ChoiceCode) -> String {
        format!("{}.{choice}", self.wording)
    }
}
