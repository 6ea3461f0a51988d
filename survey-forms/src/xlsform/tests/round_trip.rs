//! Out and in again: nothing changes that the engine knows.

use std::collections::BTreeMap;

use serde_json::json;

use crate::rule::Rule;
use crate::tests::corpus::{SOUND, source};
use crate::xlsform::{export, import};
use crate::{Condition, Form, Source, builtin};

/// Forms that do not come back as they were, and why.
const EXCEPTIONS: &[(&str, &str)] = &[];

fn sources() -> Vec<Source> {
    SOUND.iter().map(source).chain(builtin()).collect()
}

/// What all rules say together, as a list of conditions that all hold.
fn all(rules: &[Rule]) -> Vec<String> {
    fn flat(condition: &Condition) -> Vec<String> {
        match condition {
            Condition::All(parts) => parts.iter().flat_map(flat).collect(),
            other => vec![format!("{other:?}")],
        }
    }
    rules.iter().flat_map(|rule| flat(&rule.condition)).collect()
}

/// Everything a form holds but its digest and its lines.
fn told(form: &Form) -> String {
    let question = |at: usize| &form.questions[at];
    let pages: Vec<_> = form
        .pages
        .iter()
        .map(|page| {
            let shown: Vec<_> = page
                .shown
                .iter()
                .map(|shown| {
                    let units: Vec<_> = form.units[shown.units.clone()].iter().map(|unit| &unit.code).collect();
                    json!([question(shown.question).code, units])
                })
                .collect();
            json!([page.code, form.sections[page.section], page.sensitive, all(&page.rules), shown])
        })
        .collect();
    let questions: BTreeMap<_, _> = form
        .questions
        .iter()
        .map(|question| (&question.code, json!([question.kind.as_str(), all(&question.rules)])))
        .collect();
    let units: Vec<_> = form
        .units
        .iter()
        .map(|unit| {
            let kind = format!("{:?}", unit.kind);
            json!([
                unit.code,
                question(unit.question).code,
                unit.page,
                unit.number,
                kind,
                format!("{:?}", unit.way_out),
                unit.topic,
                all(&unit.rules)
            ])
        })
        .collect();
    let texts: BTreeMap<_, _> = form.wordings.iter().map(|(language, wording)| (language, &wording.texts)).collect();
    let mut codebook = form.codebook();
    codebook.form_digest.clear();
    let told = json!({
        "code": form.code, "method": form.method, "languages": form.languages, "sections": form.sections,
        "pages": pages, "questions": questions, "units": units, "texts": texts, "codebook": codebook,
    });
    serde_json::to_string_pretty(&told).unwrap()
}

fn back(workbook: &[u8]) -> Form {
    let source = import(workbook, "unnamed").unwrap_or_else(|refusals| {
        let refusals: Vec<_> = refusals.iter().map(ToString::to_string).collect();
        panic!("{}", refusals.join("\n"))
    });
    Form::parse(&source).expect("what is imported is sound")
}

#[test]
fn a_form_comes_back_as_it_was() {
    for source in sources().iter().filter(|source| !EXCEPTIONS.iter().any(|(code, _)| *code == source.code)) {
        let form = Form::parse(source).unwrap();
        let again = back(&export(&form).unwrap());
        pretty_eq(&told(&form), &told(&again), &source.code);
    }
}

#[test]
fn what_was_imported_is_exported_the_same() {
    for source in sources() {
        let workbook = export(&Form::parse(&source).unwrap()).unwrap();
        assert!(workbook == export(&back(&workbook)).unwrap(), "{}", source.code);
    }
}

/// Names the first line that differs: the whole of two forms is too much to read.
fn pretty_eq(one: &str, other: &str, form: &str) {
    for (number, (one, other)) in one.lines().zip(other.lines()).enumerate() {
        assert_eq!(one, other, "{form}, line {number}");
    }
    assert_eq!(one.len(), other.len(), "{form}");
}
