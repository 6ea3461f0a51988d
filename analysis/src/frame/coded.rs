//! Answers as columns of small codes, straight from the database's JSON: what the columnar copy of a survey holds.

use std::collections::HashMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::Texts;
use super::answered::Row;

/// How the answers to a unit are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// One choice: its code from 1 to 96, or 97, 98, 99 for the kinds of nothing.
    Code,
    /// Anything else (several choices, a number, a day): the JSON that the database holds, without blanks.
    Value,
}

#[derive(Debug, Error)]
pub enum CodedError {
    /// Says where, never what: an answer belongs into no log.
    #[error("row {row}: not the answers to this questionnaire (byte {byte})")]
    Answers { row: usize, byte: usize },
    #[error("PSU {psu} is not in the design")]
    Design { psu: String },
    #[error("the columnar file cannot be written or read: {0}")]
    File(String),
}

/// The answers to one unit, row by row.
#[derive(Clone, Debug)]
pub enum Answers {
    /// 0 where it was not asked.
    Codes(Vec<u8>),
    Values(Texts),
}

impl Answers {
    pub(super) fn new(coding: Coding) -> Self {
        match coding {
            Coding::Code => Self::Codes(Vec::new()),
            Coding::Value => Self::Values(Texts::default()),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Codes(codes) => codes.len(),
            Self::Values(values) => values.rows(),
        }
    }

    fn push_nothing(&mut self) {
        match self {
            Self::Codes(codes) => codes.push(0),
            Self::Values(values) => values.push(""),
        }
    }
}

fn picked<T: Copy + Default>(values: &[T], order: &[usize]) -> Vec<T> {
    order.iter().map(|row| values.get(*row).copied().unwrap_or_default()).collect()
}

/// Responses of one survey as columns: nothing of who, when or in which order.
#[derive(Clone, Debug, Default)]
pub struct CodedAnswers {
    pub psu: Texts,
    pub mode: Texts,
    /// In the order of the questionnaire.
    pub units: Vec<(String, Answers)>,
}

impl CodedAnswers {
    pub fn rows(&self) -> usize {
        self.psu.rows()
    }

    pub fn unit(&self, name: &str) -> Option<&Answers> {
        self.units.iter().find(|(unit, _)| unit == name).map(|(_, answers)| answers)
    }

    fn texts(&mut self) -> impl Iterator<Item = &mut Texts> {
        let values = self.units.iter_mut().filter_map(|(_, answers)| match answers {
            Answers::Values(values) => Some(values),
            Answers::Codes(_) => None,
        });
        [&mut self.psu, &mut self.mode].into_iter().chain(values)
    }

    /// The answers of a row as JSON, keys in the order of their bytes, without blanks.
    pub fn json(&self, row: usize) -> String {
        let mut text = String::new();
        JsonRows::of(self).write(row, &mut text);
        text
    }
}

/// Writes rows as JSON.
struct JsonRows<'a> {
    /// `"code":` and its column, in the order of the codes.
    units: Vec<(String, &'a Answers)>,
}

impl<'a> JsonRows<'a> {
    fn of(coded: &'a CodedAnswers) -> Self {
        let mut units: Vec<_> = coded.units.iter().map(|(unit, answers)| (unit, answers)).collect();
        units.sort_by_key(|(unit, _)| *unit);
        Self { units: units.into_iter().map(|(unit, answers)| (format!("\"{unit}\":"), answers)).collect() }
    }

    fn write(&self, row: usize, text: &mut String) {
        text.push('{');
        let mut first = true;
        for (key, answers) in &self.units {
            let code = match answers {
                Answers::Codes(codes) => codes.get(row).filter(|code| **code > 0).map(|code| (*code, "")),
                Answers::Values(values) => values.get(row).map(|value| (0, value)),
            };
            let Some((code, value)) = code else { continue };
            if !first {
                text.push(',');
            }
            first = false;
            text.push_str(key);
            // Writing to a text cannot fail.
            if code > 0 { _ = write!(text, "{code}") } else { text.push_str(value) }
        }
        text.push('}');
    }
}

/// Rows on their way into columns, in whatever order the database gives them.
pub struct CodingRows {
    coded: CodedAnswers,
    ids: Vec<u128>,
    place: HashMap<String, usize>,
    /// Which unit came after each unit last time (after the last one: the first of a row). The database writes keys in one order, so this
    /// is nearly always right and saves looking the name up.
    follows: Vec<usize>,
}

impl CodingRows {
    /// The units that may be answered, in the order of the questionnaire.
    pub fn new(units: Vec<(String, Coding)>) -> Self {
        let place = units.iter().zip(0..).map(|((unit, _), place)| (unit.clone(), place)).collect();
        let follows = vec![0; units.len() + 1];
        let units = units.into_iter().map(|(unit, coding)| (unit, Answers::new(coding))).collect();
        Self { coded: CodedAnswers { units, ..CodedAnswers::default() }, ids: Vec::new(), place, follows }
    }

    pub fn rows(&self) -> usize {
        self.ids.len()
    }

    /// Adds a response; `answers` is its JSON object.
    pub fn push(&mut self, id: u128, psu: &str, mode: &str, answers: &[u8]) -> Result<(), CodedError> {
        let row = self.ids.len();
        let into = Row { units: &mut self.coded.units, place: &self.place, follows: &mut self.follows, before: row };
        into.read(answers).map_err(|byte| CodedError::Answers { row: row + 1, byte })?;
        for (_, answers) in &mut self.coded.units {
            if answers.len() == row {
                answers.push_nothing();
            }
        }
        self.coded.psu.push(psu);
        self.coded.mode.push(mode);
        self.ids.push(id);
        Ok(())
    }

    /// The columns, and the SHA-256 that names exactly this set of responses: over them in order of id, one line each of id, PSU, mode and
    /// answers (JSON, keys in order), separated by tabs.
    ///
    /// The rows come out by PSU and, inside it, by id. Ids are drawn by chance, so this order says nothing of which came first or together; and
    /// the same responses give the same columns whatever order they came in. The ids themselves are left behind.
    pub fn finish(self) -> (CodedAnswers, [u8; 32]) {
        let Self { mut coded, ids, .. } = self;
        for texts in coded.texts() {
            texts.sort();
        }
        let mut order: Vec<usize> = (0..ids.len()).collect();
        order.sort_unstable_by_key(|row| ids.get(*row).copied());
        let digest = digest(&coded, &ids, &order);
        order.sort_by_key(|row| coded.psu.codes().get(*row).copied());
        for texts in coded.texts() {
            texts.reorder(&order);
        }
        for (_, answers) in &mut coded.units {
            if let Answers::Codes(codes) = answers {
                *codes = picked(codes, &order);
            }
        }
        (coded, digest)
    }
}

fn digest(coded: &CodedAnswers, ids: &[u128], order: &[usize]) -> [u8; 32] {
    let json = JsonRows::of(coded);
    let (mut hash, mut line) = (Sha256::new(), String::new());
    for row in order {
        let id = ids.get(*row).copied().unwrap_or_default();
        line.clear();
        // A UUID in its usual groups. Writing to a text cannot fail.
        let groups = (id >> 96, (id >> 80) & 0xffff, (id >> 64) & 0xffff, (id >> 48) & 0xffff, id & 0xffff_ffff_ffff);
        _ = write!(line, "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", groups.0, groups.1, groups.2, groups.3, groups.4);
        for text in [coded.psu.get(*row), coded.mode.get(*row)] {
            line.push('\t');
            line.push_str(text.unwrap_or_default());
        }
        line.push('\t');
        json.write(*row, &mut line);
        line.push('\n');
        hash.update(line.as_bytes());
    }
    hash.finalize().into()
}

#[cfg(test)]
#[path = "coded_tests.rs"]
mod tests;
