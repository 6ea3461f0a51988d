//! Out and in again: nothing changes that the engine knows.

use std::collections::BTreeMap;

use serde_json::json;

use crate::rule::Rule;
use crate::tests::corpus::{SOUND, source};
use crate::xlsform::{export, import};
use crate::{Condition, Form, Source, SourceFile, builtin};

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
        .map(|question| {
            (&question.code, json!([question.kind.as_str(), question.by_interviewer, all(&question.rules)]))
        })
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
        "code": form.code, "method": form.method, "languages": form.languages, "trial": form.trial_languages, "sections": form.sections,
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

/// Names that stand twice, a section that comes again, words beside several choices, texts with braces.
#[test]
fn what_spreadsheets_have_no_word_for_comes_back_too() {
    let definition = r#"
        method = "test"
        languages = ["vi"]
        sections = ["q1", "one"]
        scales = { q2_choices = [1, 2] }
        pages = [
            { code = "q1", section = "q1", show = ["q1"] },
            { code = "one", section = "one", show = ["q2", "q3"], when = { unit = "q1_text", answered = true } },
            { code = "last", section = "q1", show = ["q4"], when = { not = { any = [
                { all = [{ unit = "q1", chosen = 2 }, { unit = "q3", is = 1 }] }, { unit = "q2", is = 2 },
            ] } } },
        ]
        questions = [
            { code = "q1", kind = "multiple", choices = [1, 2], write_in = 2, way_out = "never" },
            { code = "q2", kind = "single", choices = [2, 1] },
            { code = "q3", kind = "single", scale = "q2_choices" },
            { code = "q4", kind = "note" },
        ]
    "#;
    let wording = r#"
        title = "Mẫu"
        ways_out = { skipped = "Bỏ qua", never = "Chưa" }
        sections = { q1 = "A", one = "B" }
        pages = { q1 = "A", one = "B", last = "C" }
        scales = { q2_choices = { 1 = "x", 2 = "y" } }
        [questions]
        q1 = { stem = "a", choices = { 1 = "b", 2 = "c" } }
        q2 = { stem = "{q1} và {q1_text}", choices = { 1 = "{q1}", 2 = "{{e}}" } }
        q3 = { stem = "d", help = "e" }
        q4 = { stem = "f" }
    "#;
    let source = Source {
        code: "spread".to_owned(),
        definition: SourceFile::new("form.toml", definition),
        wordings: vec![("vi".to_owned(), SourceFile::new("vi.toml", wording))],
    };
    let form = Form::parse(&source).unwrap();
    pretty_eq(&told(&form), &told(&back(&export(&form).unwrap())), "spread");
}

#[test]
fn a_text_that_would_be_read_as_an_answer_is_not_exported() {
    let mut source = crate::builtin().remove(3);
    source.wordings[1].1.text = source.wordings[1].1.text.replacen("stem = \"", "stem = \"${{comment}} ", 1);
    let refused = export(&Form::parse(&source).unwrap()).unwrap_err();
    assert!(refused.to_string().starts_with("the text `questions."), "{refused}");
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
