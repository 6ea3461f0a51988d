//! A file of population counts: CSV with the headings `question`, `choice`, `place`, `people`; UTF-8, comma or semicolon.

use std::collections::{BTreeMap, BTreeSet};

use analysis::frame::MOST_LEVELS;
use survey_forms::{ChoiceCode, Form, Unit, UnitKind};

use super::Margin;
use super::store::sort;
use crate::base::listed::{self, Unreadable};
use crate::places::{COUNTRY, province_name};

pub(super) const COLUMNS: [&str; 4] = ["question", "choice", "place", "people"];
const MOST_DEFECTS: usize = 200;

/// What is wrong, where. Line 0 is the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Defect {
    pub line: u64,
    pub column: &'static str,
    pub value: String,
    pub kind: DefectKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DefectKind {
    Unreadable,
    ColumnMissing,
    NoRows,
    /// Not a question of the form that has one answer.
    Question,
    Choice,
    Place,
    People,
    Twice,
    /// A question's choice has no count in a place that has others.
    ChoiceMissing,
    /// Counts of one question for the country and for provinces.
    MixedPlaces,
    /// Two questions do not add up to the same people.
    Totals,
}

impl DefectKind {
    /// The key of its sentences: `margin-what-…`, `margin-fix-…`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::ColumnMissing => "column-missing",
            Self::NoRows => "no-rows",
            Self::Question => "question",
            Self::Choice => "choice",
            Self::Place => "place",
            Self::People => "people",
            Self::Twice => "twice",
            Self::ChoiceMissing => "choice-missing",
            Self::MixedPlaces => "mixed-places",
            Self::Totals => "totals",
        }
    }
}

/// Every count by question, place and choice, or everything that is wrong.
pub(super) fn read(bytes: &[u8], form: &Form) -> Result<Vec<Margin>, Vec<Defect>> {
    let whole = |kind, column, value: &str| vec![Defect { line: 0, column, value: value.to_owned(), kind }];
    let unreadable = |cause| match cause {
        Unreadable::Broken => whole(DefectKind::Unreadable, "", ""),
        Unreadable::ColumnMissing(column) => whole(DefectKind::ColumnMissing, column, column),
    };
    let questions = questions(form);
    let (mut margins, mut seen, mut defects) = (Vec::new(), BTreeSet::new(), Vec::new());
    for line in listed::rows(bytes, COLUMNS).map_err(unreadable)? {
        let (line, cells) = match line {
            Ok(line) => line,
            Err(cause) => {
                defects.extend(unreadable(cause));
                break;
            }
        };
        let cells = cells.each_ref().map(String::as_str);
        match row(cells, &questions) {
            Ok(margin) => {
                if seen.insert((margin.question.clone(), margin.place_code.clone(), margin.choice)) {
                    margins.push(margin);
                } else {
                    defects.push(Defect { line, column: "choice", value: cells.join(";"), kind: DefectKind::Twice });
                }
            }
            Err((column, value, kind)) => defects.push(Defect { line, column, value, kind }),
        }
        if defects.len() >= MOST_DEFECTS {
            break;
        }
    }
    if margins.is_empty() && defects.is_empty() {
        defects = whole(DefectKind::NoRows, "", "");
    }
    sort(&mut margins);
    // What is missing is only told once everything there can be read.
    if defects.is_empty() {
        defects = fit(&margins, &questions);
    }
    if defects.is_empty() { Ok(margins) } else { Err(defects) }
}

type Questions<'a> = BTreeMap<&'a str, &'a [ChoiceCode]>;

/// The questions with one answer, whose codes the figures are computed from as they are.
fn questions(form: &Form) -> Questions<'_> {
    let single = |unit: &&Unit| !matches!(unit.kind(), UnitKind::Many(_));
    let short = |codes: &&[ChoiceCode]| codes.iter().all(|code| *code <= ChoiceCode::from(MOST_LEVELS));
    let known = form.units().iter().filter(single);
    known.filter_map(|unit| Some((unit.code(), unit.choices().map(|it| it.codes.as_slice()).filter(short)?))).collect()
}

type Wrong = (&'static str, String, DefectKind);

/// The first thing wrong with a line hides the others of that line.
fn row(cells: [&str; COLUMNS.len()], questions: &Questions<'_>) -> Result<Margin, Wrong> {
    let [question, choice, place, people] = cells;
    let wrong = |column, value: &str, kind| (column, value.to_owned(), kind);
    let choices = questions.get(question).ok_or_else(|| wrong("question", question, DefectKind::Question))?;
    let code = choice.parse::<ChoiceCode>().ok().filter(|code| choices.contains(code));
    let code = code.ok_or_else(|| wrong("choice", choice, DefectKind::Choice))?;
    // Spreadsheets take the zero away.
    let padded = if place.len() == 1 { format!("0{place}") } else { place.to_owned() };
    let known = padded == COUNTRY || province_name(&padded).is_some();
    if !known {
        return Err(wrong("place", place, DefectKind::Place));
    }
    let people = whole(people).ok_or_else(|| wrong("people", people, DefectKind::People))?;
    Ok(Margin { question: question.to_owned(), choice: i32::from(code), place_code: padded, people })
}

/// `1234567`, `1.234.567` or `1 234 567`.
fn whole(text: &str) -> Option<i64> {
    let groups: Vec<&str> = text.split(['.', ' ', '\u{a0}', '\u{202f}']).collect();
    let grouped = groups.len() == 1
        || groups.iter().skip(1).all(|group| group.len() == 3) && groups.first().is_some_and(|group| group.len() < 4);
    let digits = groups.concat();
    let plain = grouped && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|people| plain && *people < 10_000_000_000)
}

/// Whether the counts are of whole questions, and of the same people.
fn fit(margins: &[Margin], questions: &Questions<'_>) -> Vec<Defect> {
    let whole = |column, value: String, kind| Defect { line: 0, column, value, kind };
    let mut of: BTreeMap<(&str, &str), BTreeMap<i32, i64>> = BTreeMap::new();
    for it in margins {
        of.entry((&it.question, &it.place_code)).or_default().insert(it.choice, it.people);
    }
    let (mut defects, mut places) = (Vec::new(), BTreeMap::<&str, BTreeSet<&str>>::new());
    for ((question, place), counts) in &of {
        places.entry(question).or_default().insert(place);
        let missing = questions
            .get(question)
            .into_iter()
            .copied()
            .flatten()
            .filter(|code| !counts.contains_key(&i32::from(**code)));
        defects.extend(
            missing.map(|code| whole("choice", format!("{question};{code};{place}"), DefectKind::ChoiceMissing)),
        );
    }
    for (question, places) in &places {
        if places.contains(COUNTRY) && places.len() > 1 {
            defects.push(whole("place", (*question).to_owned(), DefectKind::MixedPlaces));
        }
    }
    if !defects.is_empty() {
        return defects;
    }
    // Within each province where two questions have it, and over the country for all of them.
    let mut first: BTreeMap<&str, (&str, i64)> = BTreeMap::new();
    let mut country: BTreeMap<&str, i64> = BTreeMap::new();
    for ((question, place), counts) in &of {
        let sum: i64 = counts.values().sum();
        *country.entry(question).or_default() += sum;
        let (other, expected) = *first.entry(place).or_insert((question, sum));
        if expected != sum {
            let value = format!("{place}: {other} {expected}, {question} {sum}");
            defects.push(whole("people", value, DefectKind::Totals));
        }
    }
    if let (true, Some((other, expected))) = (defects.is_empty(), country.first_key_value()) {
        let differing = country.iter().filter(|(_, sum)| *sum != expected);
        let value = |(question, sum): (&&str, &i64)| format!("{COUNTRY}: {other} {expected}, {question} {sum}");
        defects.extend(differing.map(|it| whole("people", value(it), DefectKind::Totals)));
    }
    defects
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
