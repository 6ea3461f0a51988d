//! What columns mean that no questionnaire asks as such: the design, the weight, figures, one of several choices.

use survey_forms::{ChoiceCode, Code, Column, ColumnKind, Labels};

use crate::base::text::{Language, Texts};

/// Of those who went to school, in three levels.
const EDUCATION: [(ChoiceCode, &str); 3] =
    [(1, "exports-education-1"), (2, "exports-education-2"), (3, "exports-education-3")];

/// A column of ours. What begins with `_` is the design.
pub(super) fn ours(name: &str, kind: ColumnKind) -> Column {
    Column {
        name: name.to_owned(),
        question: String::new(),
        number: None,
        kind,
        scale: None,
        topic: None,
        by_interviewer: false,
        label: words(&format!("exports-variable-{}", name.trim_start_matches('_'))),
        stem: Labels::new(),
        codes: Vec::new(),
    }
}

/// Whether one of several choices was chosen: 1, or 0.
pub(super) fn one_of_several(of: &Column, choice: ChoiceCode) -> Column {
    let of_choice = of.codes.iter().find(|code| code.value == choice);
    let both = |(language, question): (&String, &String)| {
        let choice = of_choice.and_then(|code| code.label.get(language)).map_or("", String::as_str);
        (language.clone(), format!("{choice} · {question}"))
    };
    let mut codes = vec![code(0, "exports-not-chosen"), code(1, "exports-chosen")];
    codes.extend(of.codes.iter().filter(|code| code.missing).cloned());
    let label = of.label.iter().map(both).collect();
    Column { name: format!("{}_{choice}", of.name), kind: ColumnKind::Choice, label, codes, ..of.clone() }
}

/// The question about education, its answers in three levels.
pub(super) fn in_three_levels(of: &Column) -> Column {
    Column { codes: EDUCATION.map(|(value, key)| code(value, key)).into(), ..of.clone() }
}

fn code(value: ChoiceCode, key: &str) -> Code {
    Code { value, label: words(key), missing: false }
}

fn words(key: &str) -> Labels {
    Language::ALL.map(|language| (language.code().to_owned(), Texts::new(language).get(key).into_owned())).into()
}

/// A label in a language, in Vietnamese where it has no other; one line.
pub(super) fn told(labels: &Labels, language: Language) -> String {
    let label = labels.get(language.code()).or_else(|| labels.get(Language::Vietnamese.code()));
    let label = label.or_else(|| labels.values().next()).map_or("", String::as_str);
    label.split_whitespace().collect::<Vec<_>>().join(" ")
}
