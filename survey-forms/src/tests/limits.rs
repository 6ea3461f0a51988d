//! What is too much is refused in one sentence before it costs anything.

use std::fmt::Write as _;

use super::corpus::source_of;
use crate::{Form, Source};

fn refused(source: &Source) -> Vec<String> {
    Form::parse(source).unwrap_err().iter().map(ToString::to_string).collect()
}

/// A form of one question with something more in its definition.
fn defined(text: &str) -> Source {
    let mut source = source_of("two_languages");
    source.definition.text.push_str(text);
    source
}

#[test]
fn ten_thousand_questions_are_refused() {
    let mut text = String::new();
    for number in 0..10_000 {
        write!(text, "\n[[questions]]\ncode = \"x{number}\"\nkind = \"note\"").unwrap();
    }
    assert_eq!(refused(&defined(&text)), ["form.toml:1: there are too many questions: 1000 are taken [too_much]"]);
    let items = vec!["{ code = \"a\" }"; 10_000].join(",");
    let grid = format!("\n[[questions]]\ncode = \"x\"\nkind = \"grid\"\nscale = \"s\"\nitems = [{items}]");
    assert_eq!(refused(&defined(&grid)), ["form.toml:1: there are too many questions: 1000 are taken [too_much]"]);
}

#[test]
fn what_is_wrong_beside_is_told_another_time() {
    let text = "\n[[questions]]\nkind = \"single\"\ncode = \"A\"".repeat(1_000);
    assert_eq!(refused(&defined(&text)), ["form.toml:1: there are too many questions: 1000 are taken [too_much]"]);
}

#[test]
fn a_hundred_thousand_choices_are_refused() {
    let text = format!("\n[[questions]]\ncode = \"x\"\nkind = \"single\"\nchoices = {:?}", vec![1; 100_000]);
    assert_eq!(
        refused(&defined(&text)),
        ["form.toml:1: there are too many choices in one list: 96 are taken [too_much]"]
    );
}

#[test]
fn endless_conditions_are_refused_however_they_are_nested() {
    let with = |when: &str| defined(&format!("\n[[questions]]\ncode = \"x\"\nkind = \"note\"\nwhen = {when}"));
    let many = format!("{{ all = [{}] }}", vec!["{ unit = \"q1\", is = 1 }"; 20_000].join(","));
    assert_eq!(refused(&with(&many)), ["form.toml:1: there are too many conditions: 10000 are taken [too_much]"]);
    let deep = format!("{}{{ unit = \"q1\", is = 1 }}{}", "{ not = ".repeat(10_000), " }".repeat(10_000));
    let told = refused(&with(&deep));
    assert!(told[0].contains("this is not TOML: cannot recurse further"), "{told:?}");
}

#[test]
fn a_tree_of_indicators_cannot_be_deep() {
    let chain =
        (0..10_000).fold("\n[indicators]".to_owned(), |text, at| text + &format!("\ni{at} = [\"i{}\"]", at + 1));
    assert_eq!(refused(&defined(&chain)), ["form.toml:1: there are too many indicators: 200 are taken [too_much]"]);
}

#[test]
fn a_label_of_a_megabyte_is_refused_in_its_line() {
    let mut source = source_of("two_languages");
    source.wordings[1].1.text =
        source.wordings[1].1.text.replace("\"Test form\"", &format!("\"{}\"", "ế".repeat(350_000)));
    let line = source.wordings[1].1.text.lines().position(|line| line.starts_with("title")).unwrap() + 1;
    let told = format!("en.toml:{line}: there are too many characters in this text: 10000 are taken [too_much]");
    assert_eq!(refused(&source), [told]);
}

#[test]
fn more_text_than_anybody_reads_is_refused() {
    let source = defined(&"# Không có gì\n".repeat(200_000));
    assert_eq!(refused(&source), ["form.toml:1: there are too many bytes of text: 2000000 are taken [too_much]"]);
}

#[test]
fn of_endless_defects_the_first_are_told() {
    let text = (0..10_000).fold(String::new(), |text, key| text + &format!("k{key} = \"x\"\n"));
    let mut source = source_of("two_languages");
    source.wordings[1].1.text.insert_str(0, &text);
    let told = refused(&source);
    assert_eq!(told.len(), 501);
    assert!(told.iter().any(|line| line.contains("too many defects to tell them all")), "{:?}", told.last());
}

/// The conditions tell 90 choices apart: so many sets of them that nobody waits for all.
#[test]
fn conditions_on_many_of_many_choices_are_not_tried_out() {
    let mut source = source_of("multiple_with_other");
    let codes: Vec<u16> = (1..=90).collect();
    let all = codes.iter().map(|code| format!("{{ unit = \"q1\", chosen = {code} }}")).collect::<Vec<_>>().join(", ");
    source.definition.text = source.definition.text.replace("[1, 2, 7]", &format!("{codes:?}"));
    source.definition.text =
        source.definition.text.replace("{ unit = \"q1\", chosen = 2 }", &format!("{{ all = [{all}] }}"));
    for code in codes.iter().filter(|code| ![1, 2, 7].contains(*code)) {
        let text = &mut source.wordings[0].1.text;
        *text = text.replacen("[questions.q1.choices]\n", &format!("[questions.q1.choices]\n{code} = \"x\"\n"), 1);
    }
    assert_eq!(Form::parse(&source).err(), None);
}
