//! A page's form fields, read unit by unit.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::answer::{Answer, ChoiceCode, IssueCode, WayOut};
use crate::form::{Choices, Form, Page, Unit, UnitKind};
use crate::quantity::{Bounds, Measure, Quantity};

/// Field names and their values, trimmed and NFC: phones send decomposed letters.
pub(crate) struct Fields {
    values: BTreeMap<String, Vec<String>>,
}

pub(crate) enum Read {
    /// The field was not sent.
    Absent,
    /// It was sent with nothing in it.
    Empty,
    Answer(Answer),
    Wrong(IssueCode, BTreeMap<&'static str, String>),
}

impl Fields {
    pub(crate) fn new(raw: &[(String, String)]) -> Self {
        let mut values = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in raw {
            values.entry(name.clone()).or_default().push(clean(value));
        }
        Self { values }
    }

    /// Fields that belong to no unit of the page.
    pub(crate) fn strangers<'a>(&'a self, form: &'a Form, page: &'a Page) -> impl Iterator<Item = &'a str> {
        let known: BTreeSet<&str> = form.units_on(page).map(Unit::code).collect();
        self.values.keys().map(String::as_str).filter(move |name| !known.contains(name))
    }

    pub(crate) fn read(&self, unit: &Unit, form: &Form) -> Read {
        match &unit.kind {
            UnitKind::One(choices) => self.one(unit, choices, form),
            UnitKind::Many(choices) => self.many(unit, choices, form),
            UnitKind::Quantity(bounds) => self.quantity(unit, bounds),
            UnitKind::Text { max_chars } | UnitKind::WriteIn { max_chars, .. } => self.text(unit, *max_chars),
        }
    }

    /// What a text field holds, whether or not it can be taken.
    pub(crate) fn typed(&self, unit: &str) -> Option<&str> {
        self.values.get(unit)?.last().map(String::as_str)
    }

    /// The text of a number or date: its way out goes by its name in the same field, since 98 may be a number.
    pub(crate) fn measured(&self, unit: &Unit) -> Option<&str> {
        let name = unit.way_out.map(WayOut::name);
        let mut values = self.values.get(&unit.code)?.iter().map(String::as_str);
        values.rfind(|value| Some(*value) != name)
    }

    fn one(&self, unit: &Unit, choices: &Choices, form: &Form) -> Read {
        let marked = self.marked(unit);
        let mut marked = marked.iter();
        match (marked.next(), marked.next()) {
            (None, _) => match self.words_alone(unit, form) {
                Some(choice) => Read::Answer(Answer::Choice(choice)),
                None => Read::Absent,
            },
            (Some(value), None) => match way_out(unit, value).or_else(|| choice(choices, value).map(Answer::Choice)) {
                Some(answer) => Read::Answer(answer),
                None => wrong(IssueCode::WrongOption),
            },
            (Some(_), Some(_)) => wrong(IssueCode::SeveralValues),
        }
    }

    fn many(&self, unit: &Unit, choices: &Choices, form: &Form) -> Read {
        let marked = self.marked(unit);
        if marked.is_empty() {
            return match self.words_alone(unit, form) {
                Some(choice) => Read::Answer(Answer::Choices(BTreeSet::from([choice]))),
                None => Read::Empty,
            };
        }
        if let Some(answer) = marked.iter().find_map(|value| way_out(unit, value)) {
            return if marked.len() == 1 { Read::Answer(answer) } else { wrong(IssueCode::SeveralValues) };
        }
        let codes: Option<BTreeSet<ChoiceCode>> = marked.iter().map(|value| choice(choices, value)).collect();
        codes.map_or_else(|| wrong(IssueCode::WrongOption), |codes| Read::Answer(Answer::Choices(codes)))
    }

    fn quantity(&self, unit: &Unit, bounds: &Bounds) -> Read {
        let sent =
            |name: &str| self.values.get(&unit.code).is_some_and(|values| values.iter().any(|value| value == name));
        let out = unit.way_out.filter(|way_out| sent(way_out.name()));
        let typed = match (self.measured(unit), out) {
            (None, None) => return Read::Absent,
            (None | Some(""), Some(out)) => return Read::Answer(out.answer()),
            (Some(""), None) => return Read::Empty,
            (Some(_), Some(_)) => return wrong(IssueCode::SeveralValues),
            (Some(typed), None) => typed,
        };
        match bounds.measure.read(typed) {
            Some(quantity) if bounds.hold(quantity) => Read::Answer(Answer::Quantity(quantity)),
            Some(_) => {
                let told = |key, bound: Option<Quantity>| bound.map(|bound| (key, bound.to_string()));
                let params = [told("least", bounds.least), told("most", bounds.most)];
                Read::Wrong(IssueCode::OutOfBounds, params.into_iter().flatten().collect())
            }
            None if bounds.measure == Measure::Day => wrong(IssueCode::NotADay),
            None => wrong(IssueCode::NotANumber),
        }
    }

    fn text(&self, unit: &Unit, max_chars: usize) -> Read {
        match self.typed(&unit.code) {
            None => Read::Absent,
            Some("") => Read::Empty,
            Some(text) if text.chars().count() > max_chars => Read::Wrong(
                IssueCode::TextTooLong,
                BTreeMap::from([("length", text.chars().count().to_string()), ("max", max_chars.to_string())]),
            ),
            Some(text) => Read::Answer(Answer::Text(text.to_owned())),
        }
    }

    fn marked(&self, unit: &Unit) -> BTreeSet<&str> {
        let values = self.values.get(&unit.code).into_iter().flatten();
        values.map(String::as_str).filter(|value| !value.is_empty()).collect()
    }

    /// Words beside a choice with nothing marked say which choice was meant.
    fn words_alone(&self, unit: &Unit, form: &Form) -> Option<ChoiceCode> {
        let write_in = form.write_in_of(unit)?;
        let UnitKind::WriteIn { choice, .. } = &write_in.kind else {
            return None;
        };
        self.typed(&write_in.code).is_some_and(|text| !text.is_empty()).then_some(*choice)
    }
}

fn way_out(unit: &Unit, value: &str) -> Option<Answer> {
    unit.way_out.filter(|way_out| way_out.code().to_string() == value).map(WayOut::answer)
}

fn choice(choices: &Choices, value: &str) -> Option<ChoiceCode> {
    choices.codes.iter().copied().find(|code| code.to_string() == value)
}

fn wrong(code: IssueCode) -> Read {
    Read::Wrong(code, BTreeMap::new())
}

fn clean(value: &str) -> String {
    if value.chars().all(is_plain) {
        return value.trim().to_owned();
    }
    // Browsers send line breaks as CR LF; Postgres refuses NUL.
    let value: String = value.replace("\r\n", "\n").nfc().filter(|letter| *letter != '\0').collect();
    value.trim().to_owned()
}

/// Latin letters with their marks on them, and the usual signs: composing them again costs more than all else on a page.
pub(crate) fn is_plain(letter: char) -> bool {
    matches!(letter, '\n' | ' '..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}
