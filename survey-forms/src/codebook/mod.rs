//! What the data mean: columns, codes, labels, and the tree of indicators. Also as files: [`Codebook::csv`], [`Codebook::ddi`].

mod csv;
mod ddi;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::answer::{ChoiceCode, SKIPPED};
use crate::form::{Form, Kind, Question, Unit, UnitKind};
use crate::indicators::Indicator;
use crate::quantity::Measure;

/// A text in each language offered.
pub type Labels = BTreeMap<String, String>;

/// One form version as a table: a column per unit, in the order asked.
#[derive(Clone, Debug, Serialize)]
pub struct Codebook {
    pub form: String,
    pub title: Labels,
    pub form_digest: String,
    /// The method version that turns these columns into indicators.
    pub method: String,
    pub languages: Vec<String>,
    pub columns: Vec<Column>,
    pub indicators: Option<Indicator>,
    /// Of every indicator and item in the tree, by code.
    pub indicator_labels: BTreeMap<String, Labels>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// The unit's code.
    pub name: String,
    pub question: String,
    pub number: Option<u16>,
    pub kind: ColumnKind,
    /// The shared scale of its codes, when it has one.
    pub scale: Option<String>,
    pub topic: Option<String>,
    /// Asked only when an interviewer asks: empty for everybody who answered alone.
    pub by_interviewer: bool,
    pub label: Labels,
    /// What is read before the label where the label is not the whole question: over an item, or beside a choice.
    pub stem: Labels,
    /// Every code that can occur: the choices, then the ways of saying nothing. Empty for texts.
    pub codes: Vec<Code>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    Choice,
    /// A list of codes.
    Choices,
    Number,
    /// Year, month, day.
    Date,
    /// Free words, stored apart.
    Text,
}

impl ColumnKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Number => "number",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Code {
    pub value: ChoiceCode,
    pub label: Labels,
    /// 97, 98, 99: never counted as an answer on the scale.
    pub missing: bool,
}

impl Form {
    pub fn codebook(&self) -> Codebook {
        let labels = |indicator: &Indicator| {
            let key = match self.unit(&indicator.code) {
                Some(unit) => self.label_key(unit),
                None => format!("indicators.{}", indicator.code),
            };
            (indicator.code.clone(), self.labels(&key))
        };
        Codebook {
            form: self.code.clone(),
            title: self.labels("title"),
            form_digest: self.digest.clone(),
            method: self.method.clone(),
            languages: self.languages.clone(),
            columns: self.units.iter().map(|unit| self.column(unit)).collect(),
            indicators: self.indicators.clone(),
            indicator_labels: self.indicators.iter().flat_map(Indicator::walk).map(labels).collect(),
        }
    }

    fn column(&self, unit: &Unit) -> Column {
        let code = |value, key: &str, missing| Code { value, label: self.labels(key), missing };
        let mut codes = Vec::new();
        if let Some(choices) = unit.choices() {
            codes.extend(choices.codes.iter().map(|value| code(*value, &choices.key(*value), false)));
        }
        if !unit.is_text() {
            codes.push(code(SKIPPED, "ways_out.skipped", true));
            codes.extend(unit.way_out.map(|way| code(way.code(), &format!("ways_out.{}", way.name()), true)));
        }
        let asking = self.question_of(unit);
        let question = asking.map(|question| question.code.clone()).unwrap_or_default();
        let (asked, stem) = (self.label_key(unit), format!("questions.{question}.stem"));
        Column {
            name: unit.code.clone(),
            question,
            number: unit.number,
            kind: match unit.kind {
                UnitKind::One(_) => ColumnKind::Choice,
                UnitKind::Many(_) => ColumnKind::Choices,
                UnitKind::Quantity(bounds) if bounds.measure == Measure::Day => ColumnKind::Date,
                UnitKind::Quantity(_) => ColumnKind::Number,
                UnitKind::Text { .. } | UnitKind::WriteIn { .. } => ColumnKind::Text,
            },
            scale: unit.choices().and_then(|choices| choices.scale.clone()),
            topic: unit.topic.clone(),
            by_interviewer: asking.is_some_and(Question::is_by_interviewer),
            label: self.labels(&asked),
            stem: if asked == stem { Labels::new() } else { self.labels(&stem) },
            codes,
        }
    }

    /// The wording key of what a unit asks.
    pub(crate) fn label_key(&self, unit: &Unit) -> String {
        match (&unit.kind, self.question_of(unit)) {
            (UnitKind::WriteIn { unit: parent, choice, .. }, _) => {
                let choices = self.unit(parent).and_then(Unit::choices);
                choices.map(|choices| choices.key(*choice)).unwrap_or_default()
            }
            (_, Some(question)) if question.kind != Kind::Grid => {
                format!("questions.{}.stem", question.code)
            }
            _ => format!("items.{}", unit.code),
        }
    }

    pub(crate) fn labels(&self, key: &str) -> Labels {
        let text = |language: &String| (language.clone(), self.words(language).needed(key).text);
        self.languages.iter().map(text).collect()
    }
}
