//! The province column: a code, or a name of today or of the 63, with or without marks. What is neither is asked.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::defect::DefectKind;
use crate::places::{self, key};

/// More names than these are no names.
const MOST_ASKED: usize = 100;

/// What a coordinator said a name means: text of the file → code.
pub(super) type Answers = BTreeMap<String, String>;

pub(super) struct Provinces {
    answers: Answers,
    known: HashMap<String, &'static str>,
    /// Per text of the file that is no code: what it was taken for, and in how many rows.
    read: HashMap<String, Name>,
}

/// How a name was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Name {
    pub text: String,
    /// None: a coordinator has to say.
    pub code: Option<String>,
    pub rows: u64,
    /// It is a name of the time before 1 July 2025 and no name of today.
    pub old: bool,
}

impl Provinces {
    pub(super) fn new(answers: Answers) -> Self {
        let mut known = HashMap::new();
        for province in places::provinces() {
            for old in &province.predecessors {
                known.insert(key(&old.name), province.code.as_str());
            }
        }
        // A name of today stands before the same name of then.
        known.extend(places::provinces().iter().map(|province| (key(&province.name), province.code.as_str())));
        Self { answers, known, read: HashMap::new() }
    }

    /// Puts the code in the place of `text`, or says why it cannot.
    pub(super) fn settle(&mut self, text: &mut String) -> Option<DefectKind> {
        if places::province_name(text).is_some() {
            return None;
        }
        if text.len() == 1 && places::province_name(&format!("0{text}")).is_some() {
            text.insert(0, '0');
            return Some(DefectKind::LeadingZeroLost);
        }
        if text.chars().all(|sign| sign.is_ascii_digit()) {
            return Some(DefectKind::UnknownProvince);
        }
        if !self.read.contains_key(text.as_str()) {
            if self.read.len() >= MOST_ASKED * 2 {
                return Some(DefectKind::UnknownProvince);
            }
            let name = self.read_name(text);
            self.read.insert(text.clone(), name);
        }
        let name = self.read.get_mut(text.as_str())?;
        name.rows += 1;
        match &name.code {
            Some(code) => {
                code.clone_into(text);
                None
            }
            None => Some(DefectKind::UnclearProvince),
        }
    }

    fn read_name(&self, text: &str) -> Name {
        let answered = self.answers.get(text).cloned();
        let found = self.known.get(&key(text)).copied();
        let today = |code: &str| places::province_name(code).is_some_and(|name| key(name) == key(text));
        let old = answered.is_none() && found.is_some_and(|code| !today(code));
        Name { text: text.to_owned(), code: answered.or_else(|| found.map(ToOwned::to_owned)), rows: 0, old }
    }

    /// How the names of the list were read, those to be asked first; none when there are too many to ask.
    pub(super) fn names(self) -> Vec<Name> {
        let mut names: Vec<Name> = self.read.into_values().collect();
        if names.iter().filter(|name| name.code.is_none()).count() > MOST_ASKED {
            names.retain(|name| name.code.is_some());
        }
        names.sort_by(|a, b| (a.code.is_some(), &a.text).cmp(&(b.code.is_some(), &b.text)));
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(answers: &[(&str, &str)], text: &str) -> (String, Option<DefectKind>) {
        let answers = answers.iter().map(|(text, code)| ((*text).to_owned(), (*code).to_owned())).collect();
        let mut text = text.to_owned();
        let kind = Provinces::new(answers).settle(&mut text);
        (text, kind)
    }

    #[test]
    fn codes_and_names_of_today_and_of_then_become_codes() {
        for (text, code) in [
            ("08", "08"),
            ("Tuyên Quang", "08"),
            ("Tỉnh Tuyên Quang", "08"),
            ("Hà Giang", "08"),
            ("HA GIANG", "08"),
            ("TP. Hồ Chí Minh", "79"),
            ("thanh pho ho chi minh", "79"),
            ("Bà Rịa – Vũng Tàu", "79"),
        ] {
            assert_eq!(settled(&[], text), (code.to_owned(), None), "{text}");
        }
        assert_eq!(settled(&[], "1"), ("01".to_owned(), Some(DefectKind::LeadingZeroLost)));
        assert_eq!(settled(&[], "99").1, Some(DefectKind::UnknownProvince));
    }

    #[test]
    fn what_is_not_clear_is_asked_and_the_answer_holds() {
        assert_eq!(settled(&[], "Sài Gòn").1, Some(DefectKind::UnclearProvince));
        assert_eq!(settled(&[("Sài Gòn", "79")], "Sài Gòn"), ("79".to_owned(), None));
        let mut provinces = Provinces::new(Answers::new());
        for text in ["Sài Gòn", "Hà Giang", "Sài Gòn", "Tuyên Quang", "08"] {
            provinces.settle(&mut text.to_owned());
        }
        let names: Vec<_> = provinces.names().into_iter().map(|it| (it.text, it.code, it.rows, it.old)).collect();
        let row = |text: &str, code: Option<&str>, rows, old| (text.to_owned(), code.map(ToOwned::to_owned), rows, old);
        assert_eq!(
            names,
            [
                row("Sài Gòn", None, 2, false),
                row("Hà Giang", Some("08"), 1, true),
                row("Tuyên Quang", Some("08"), 1, false)
            ]
        );
    }
}
