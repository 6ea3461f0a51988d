use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeZone;
use fluent_syntax::ast;

use super::*;

const VI: Texts = Texts { language: Language::Vietnamese };
const EN: Texts = Texts { language: Language::English };

#[test]
fn numbers_are_grouped_and_pointed_as_each_language_does() {
    assert_eq!(VI.number(36_525), "36.525");
    assert_eq!(EN.number(36_525), "36,525");
    assert_eq!(VI.number(999), "999");
    assert_eq!(VI.number(-1_234_567), "−1.234.567");
    assert_eq!(VI.decimal(83.94, 2), "83,94");
    assert_eq!(VI.decimal(1234.5, 1), "1.234,5");
    assert_eq!(EN.decimal(1234.5, 1), "1,234.5");
    assert_eq!(VI.percent(84.9, 2), "84,90\u{a0}%");
    assert_eq!(EN.percent(84.9, 2), "84.90%");
}

#[test]
fn days_and_times_are_those_of_viet_nam() {
    let late = Utc.with_ymd_and_hms(2026, 11, 4, 17, 5, 0).unwrap();
    assert_eq!(VI.moment(late), "00:05 ngày 05/11/2026");
    assert_eq!(EN.moment(late), "00:05 on 5 November 2026");
}

#[test]
fn values_choose_the_plural_and_print_grouped() {
    assert_eq!(EN.with("err-many", [("n", 1)]), "1 question not answered");
    assert_eq!(EN.with("err-many", [("n", 1200)]), "1,200 questions not answered");
    assert_eq!(VI.with("err-many", [("n", 1200)]), "Còn 1.200 câu chưa trả lời");
    let pause = [("n", Value::from(1)), ("date", Value::from("D")), ("code", Value::from("4821 7730"))];
    assert_eq!(EN.with("pause", pause), "1 answer saved. Continue any time until D: scan again, or enter 4821 7730.");
}

#[test]
fn waiting_times_are_rounded_up_for_people() {
    assert_eq!(VI.duration(TimeDelta::seconds(59)), "dưới 1 phút");
    assert_eq!(VI.duration(TimeDelta::seconds(301)), "khoảng 6 phút");
    assert_eq!(EN.duration(TimeDelta::seconds(60)), "about 1 minute");
    assert_eq!(EN.duration(TimeDelta::seconds(7200)), "about 2 hours");
}

#[test]
fn both_languages_have_the_same_texts_with_the_same_values() {
    let vietnamese = messages_of(Language::Vietnamese);
    let english = messages_of(Language::English);
    let keys = |messages: &BTreeMap<String, BTreeSet<String>>| messages.keys().cloned().collect::<BTreeSet<_>>();
    let only_one: Vec<_> = keys(&vietnamese).symmetric_difference(&keys(&english)).cloned().collect();
    assert!(only_one.is_empty(), "in one language only: {only_one:?}");
    for (key, values) in &vietnamese {
        assert_eq!(values, &english[key], "{key}: the two languages take different values");
    }
}

#[test]
fn every_text_file_is_compiled_in_and_readable() {
    for language in Language::ALL {
        let folder = root().join("locales").join(language.code());
        let files = fs::read_dir(folder).unwrap().count();
        assert_eq!(files, language.sources().len(), "{}: a file is not listed in Language::sources", language.code());
        let mut keys = BTreeSet::new();
        for source in language.sources() {
            for key in source.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key) {
                let own = key.starts_with(|letter: char| letter.is_ascii_lowercase());
                assert!(!own || keys.insert(key), "{}: {key} stands twice", language.code());
            }
            assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "{}: {source:.60}", language.code());
        }
    }
}

#[test]
fn every_text_asked_for_exists() {
    let known = messages_of(Language::Vietnamese);
    let mut missing = BTreeSet::new();
    for (path, content) in sources() {
        for key in asked_for(&content) {
            if !known.contains_key(&key) {
                missing.insert(format!("{key} in {}", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "texts asked for that do not exist: {missing:#?}");
}

/// By its whole name, or by a name that is put together: `"outcome-{}"`.
#[test]
fn every_text_is_asked_for() {
    let written: String = sources().into_iter().map(|(_, content)| content).collect();
    let families: BTreeSet<&str> = written
        .split('"')
        .map(|text| text.split_once('{').map_or(text, |(family, _)| family))
        .filter(|family| family.ends_with('-') && !family.contains(char::is_whitespace))
        .collect();
    let unused: Vec<_> = messages_of(Language::Vietnamese)
        .into_keys()
        .filter(|key| {
            !written.contains(&format!("\"{key}\"")) && !families.iter().any(|family| key.starts_with(family))
        })
        .collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

/// The keys in `texts.get("…")` and `texts.with("…"`, however the call is broken over lines.
fn asked_for(content: &str) -> Vec<String> {
    let dense: String = content.split_whitespace().collect();
    ["texts.get(\"", "texts.with(\""]
        .into_iter()
        .flat_map(|call| dense.split(call).skip(1).collect::<Vec<_>>())
        .filter_map(|rest| rest.split_once('"').map(|(key, _)| key.to_owned()))
        .collect()
}

#[test]
fn keys_are_found_in_rust_and_in_templates() {
    let content = "page\n  .texts\n  .get(\n \"a-b\")) {{ page.texts.with(\"c\", [(\"n\", 1)]) }} map.get(\"not\")";
    assert_eq!(asked_for(content), ["a-b", "c"]);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Templates and Rust sources, without the tests of this file.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("templates"), root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with(Path::new("base/text_tests.rs")) {
                found.push((path.clone(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

/// Key → names of its values.
fn messages_of(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages = BTreeMap::new();
    for source in language.sources() {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap();
        for entry in resource.entries() {
            let ast::Entry::Message(message) = entry else {
                continue;
            };
            let mut values = BTreeSet::new();
            values_of(message.value.as_ref().unwrap(), &mut values);
            let earlier = messages.insert(message.id.name.to_owned(), values);
            assert!(earlier.is_none(), "{} is defined twice in {}", message.id.name, language.code());
        }
    }
    messages
}

fn values_of(pattern: &ast::Pattern<&str>, values: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let ast::PatternElement::Placeable { expression } = element else {
            continue;
        };
        let inline = match expression {
            ast::Expression::Inline(inline) => inline,
            ast::Expression::Select { selector, variants } => {
                for variant in variants {
                    values_of(&variant.value, values);
                }
                selector
            }
        };
        if let ast::InlineExpression::VariableReference { id } = inline {
            values.insert(id.name.to_owned());
        }
    }
}
