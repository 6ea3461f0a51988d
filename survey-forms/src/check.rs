//! What a definition must hold beyond being readable: codes that do not clash, names that exist, conditions that look back.

use std::collections::{BTreeMap, BTreeSet};

use crate::answer::{ChoiceCode, SKIPPED};
use crate::build::Built;
use crate::defects::Fault;
use crate::draft::Draft;
use crate::form::{Unit, UnitKind};
use crate::quantity::{Measure, Quantity};
use crate::read::{At, File};
use crate::rule::{Condition, Rule};

pub(crate) fn check(draft: &Draft, built: &Built, file: &File) {
    codes(draft, built, file);
    choices(draft, file);
    let units: BTreeMap<&str, &Unit> = built.units.iter().map(|unit| (unit.code.as_str(), unit)).collect();
    interviewers(built, file);
    for (page, rule) in &built.watched {
        look_back(*page, rule, &units, file);
    }
}

/// Numbers are the same for everybody and run without a gap for each, so what only interviewers ask comes last.
fn interviewers(built: &Built, file: &File) {
    let by_interviewer =
        |unit: &Unit| built.questions.get(unit.question).is_some_and(|question| question.by_interviewer);
    let numbered: Vec<&Unit> = built.units.iter().filter(|unit| unit.number.is_some()).collect();
    let last_of_all = numbered.iter().rposition(|unit| !by_interviewer(unit));
    let report = |unit: &Unit, why| {
        file.report(unit.line, Fault::LeftToInterviewers { code: unit.code.clone(), why });
    };
    match (last_of_all, numbered.first()) {
        (None, Some(first)) => report(first, "somebody who answers alone would be asked nothing"),
        (None, None) if !file.is_faulty() => file.report(1, Fault::NothingAsked),
        (None, None) => {}
        (Some(last), _) => {
            for unit in numbered.iter().take(last).filter(|unit| by_interviewer(unit)) {
                report(unit, "a question for everybody comes after it, whose number would jump: put this one last");
            }
        }
    }
}

/// Within each kind a code is there once. Questions, items and write-ins share one space: they name form fields.
fn codes(draft: &Draft, built: &Built, file: &File) {
    let fields = draft.questions.iter().flat_map(|question| {
        let items = question.items.iter().map(|item| item.code.clone());
        std::iter::once(question.code.clone()).chain(items)
    });
    let write_ins = built.units.iter().filter(|unit| matches!(unit.kind, UnitKind::WriteIn { .. }));
    let write_ins = write_ins.map(|unit| At { value: unit.code.clone(), line: unit.line });
    let fields: Vec<_> = fields.chain(write_ins).collect();
    let indicators = draft.indicators.iter().map(|(code, _)| code.clone());
    once("question", fields.iter().cloned().chain(indicators), file);
    once("page", draft.pages.iter().map(|page| page.code.clone()), file);
    once("section", draft.sections.iter().cloned(), file);
    once("topic", draft.topics.iter().cloned(), file);
    once("language", draft.languages.iter().cloned(), file);
    once("scale", draft.scales.iter().map(|(code, _)| code.clone()), file);
    once("filter", draft.filters.iter().map(|(code, _)| code.clone()), file);
}

fn once(kind: &'static str, codes: impl Iterator<Item = At<String>>, file: &File) {
    let mut seen = BTreeSet::new();
    for code in codes.filter(|code| !code.value.is_empty()) {
        if !is_code(&code.value) {
            file.report(code.line, Fault::BadCode { code: code.value.clone() });
        }
        if !seen.insert(code.value.clone()) {
            file.report(code.line, Fault::ClashingCode { kind, code: code.value });
        }
    }
}

/// Small letters, digits, `_` and `-`, a letter first.
pub(crate) fn is_code(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(letter)
}

fn choices(draft: &Draft, file: &File) {
    let scales = draft.scales.iter().map(|(_, codes)| codes);
    for list in draft.questions.iter().map(|question| &question.choices).chain(scales) {
        let mut seen = BTreeSet::new();
        for code in list {
            if !(1..SKIPPED).contains(&code.value) {
                let wanted = "a code from 1 to 96: 97 is skipped, 98 don't know, 99 never";
                file.report(code.line, Fault::WrongValue { key: code.value.to_string(), wanted });
            }
            if !seen.insert(code.value) {
                file.report(code.line, Fault::ClashingCode { kind: "choice", code: code.value.to_string() });
            }
        }
    }
    for scale in draft.questions.iter().filter_map(|question| question.scale.as_ref()) {
        if !draft.scales.iter().any(|(code, _)| code.value == scale.value) {
            file.report(scale.line, Fault::UnknownScale { code: scale.value.clone() });
        }
    }
}

/// Pages are sent one by one and nothing moves on a page without a script, so a rule may only look at earlier pages.
fn look_back(page: usize, rule: &Rule, units: &BTreeMap<&str, &Unit>, file: &File) {
    for leaf in rule.condition.leaves() {
        let Some((code, named)) = leaf.names() else {
            continue;
        };
        let Some(unit) = units.get(code) else {
            file.report(rule.line, Fault::UnknownReference { kind: "question", code: code.to_owned() });
            continue;
        };
        if unit.page >= page {
            file.report(rule.line, Fault::ConditionNotEarlier { unit: code.to_owned() });
        }
        if let Some(wanted) = misfit(leaf, unit) {
            file.report(rule.line, Fault::WrongValue { key: code.to_owned(), wanted });
        }
        let exists = |choice: &ChoiceCode| {
            let listed = unit.choices().is_some_and(|choices| choices.codes.contains(choice));
            listed || unit.way_out.is_some_and(|way_out| way_out.code() == *choice)
        };
        if unit.choices().is_some_and(|choices| !choices.codes.is_empty()) {
            for choice in named.choices.iter().filter(|choice| !exists(choice)) {
                file.report(rule.line, Fault::UnknownReference { kind: "choice", code: format!("{code} = {choice}") });
            }
        }
    }
}

fn misfit(leaf: &Condition, unit: &Unit) -> Option<&'static str> {
    match (leaf, &unit.kind) {
        (Condition::OneOf { .. }, UnitKind::Many(_)) => Some("asked with `chosen`: it can have several answers"),
        (Condition::Chosen { .. }, UnitKind::One(_)) => Some("asked with `is` or `one_of`: it has one answer"),
        (Condition::OneOf { .. } | Condition::Chosen { .. }, UnitKind::Quantity(_)) => {
            Some("compared with `at_least`, `at_most`, `above`, `below` or `equals`: it is a number or a day")
        }
        (Condition::Compares { to, .. }, UnitKind::Quantity(bounds)) => match (to, bounds.measure) {
            (Quantity::Number(_), Measure::Day) => Some("compared with a day, as in 2026-11-05"),
            (Quantity::Day(_), Measure::Number { .. }) => Some("compared with a number"),
            _ => None,
        },
        (Condition::Compares { .. }, _) => Some("a number or a day to be compared"),
        (Condition::OneOf { .. } | Condition::Chosen { .. }, UnitKind::Text { .. } | UnitKind::WriteIn { .. }) => {
            Some("asked with `answered`: it is a text")
        }
        _ => None,
    }
}
