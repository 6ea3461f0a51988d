//! What changed from one version to the next.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use super::corpus::{SOUND, form, source, source_of};
use crate::{Difference, Form, Position, Source, SourceFile, builtin, differences};

/// Replacements in every text of a form of the corpus.
type Edit = (&'static str, &'static [(&'static str, &'static str)]);

const NEVER: &[(&str, &str)] = &[("\"dont_know\"", "\"never\""), ("dont_know = ", "never = ")];

const EDITS: &[Edit] = &[
    ("two_languages", &[("\"test\"", "\"newer\""), ("title = \"Test form\"", "title = \"Form\"")]),
    ("two_languages", &[("title = \"Test form\"", "trial = true\ntitle = \"Test form\"")]),
    ("two_languages", &[("title = \"Test form\"", "language_name = \"Global English\"\ntitle = \"Test form\"")]),
    ("two_languages", NEVER),
    ("two_languages", &[("\"Cannot say\"", "\"Don't know\""), ("stem = \"Question q1\"", "stem = \"Question one?\"")]),
    ("two_languages", &[("1 = \"Choice 1\"", "1 = \"choice  1.\""), ("2 = \"Choice 2\"", "2 = \"Other\"")]),
    ("multiple_with_other", &[("[1, 2, 7]", "[2, 1, 7]")]),
    ("multiple_with_other", &[("kind = \"multiple\"", "kind = \"single\""), ("chosen = 2", "is = 2")]),
    ("multiple_with_other", &[("write_in = 7", "write_in = 2"), ("7 = \"Lựa chọn 7\"", "7 = \"Lựa chọn khác\"")]),
    ("multiple_with_other", &[("write_in = 7", "write_in = 7\nmax_chars = 50")]),
    ("grid_split_over_pages", &[("level = [1, 2, 3]", "level = [1, 2]"), ("3 = \"Mức 3\"", "")]),
    ("grid_split_over_pages", &[("q1_a..q1_b", "q1_a..q1_a"), ("q1_c..q1_c", "q1_b..q1_c")]),
    ("grid_split_over_pages", &[("stem = \"Câu hỏi q1\"", "stem = \"Câu hỏi\"\nhelp = \"Giải thích\"")]),
    (
        "grid_split_over_pages",
        &[("level = [", "degree = ["), ("\"level\"", "\"degree\""), ("scales.level", "scales.degree")],
    ),
    ("skip_rule_hides_item", &[("is = 1", "is = 2")]),
    ("skip_rule_hides_question", &[("when = { unit = \"q1\", is = 1 }", "")]),
    ("skip_rule_hides_page", &[("when = { unit = \"q1\", is = 1 }", ""), ("\"Trang giua\"", "\"Trang giữa\"")]),
    ("sections_are_counted", &[("code = \"hai\"\nsection = \"two\"", "code = \"hai\"\nsection = \"one\"")]),
    ("sections_are_counted", &[("\"mot\"", "\"first\""), ("mot = \"Trang mot\"", "first = \"Trang mot\"")]),
    (
        "interviewer_asks_last",
        &[
            ("kind = \"grid\"\nscale = \"level\"\nasked_by = \"interviewer\"", "kind = \"grid\"\nscale = \"level\""),
            ("write_in = 2\nasked_by = \"interviewer\"", "write_in = 2"),
        ],
    ),
    ("sensitive_page", &[("sensitive = true", "")]),
    ("note_fills_a_page", &[("hello", "welcome")]),
    (
        "indicators_without_domains",
        &[("topic = \"water\"", ""), ("results = [\"q1_c\", \"q2\"]", "results = [\"q2\"]")],
    ),
    ("indicators_without_domains", &[("access = [\"q1_a\", \"q1_b\"]", "access = [\"q1_b\", \"q1_a\"]")]),
    (
        "indicators_without_domains",
        &[("\"access\", \"results\"", "\"outcomes\", \"access\""), ("results = ", "outcomes = ")],
    ),
];

fn edited((name, replacements): &Edit) -> Form {
    let mut source = source_of(name);
    for (from, to) in *replacements {
        let mut found = false;
        for file in std::iter::once(&mut source.definition).chain(source.wordings.iter_mut().map(|(_, file)| file)) {
            found |= file.text.contains(from);
            file.text = file.text.replace(from, to);
        }
        assert!(found, "{name} has no {from}");
    }
    Form::parse(&source).unwrap_or_else(|defects| panic!("{name} {replacements:?}: {defects:?}"))
}

fn between(name: &'static str, replacements: &'static [(&'static str, &'static str)]) -> Vec<Difference> {
    differences(&form(name), &edited(&(name, replacements)), "vi")
}

#[test]
fn each_edit_is_told_and_whether_it_breaks_comparison() {
    let mut told = Vec::new();
    for edit in EDITS {
        told.push(format!("{}: {:?}", edit.0, edit.1));
        for difference in differences(&form(edit.0), &edited(edit), "en") {
            let mark = if difference.breaks_comparison() { "!" } else { " " };
            told.push(format!("  {mark} {difference:?}"));
        }
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn an_item_put_in_between_moves_nobody() {
    let told = between(
        "grid_split_over_pages",
        &[
            ("{ code = \"q1_b\" }", "{ code = \"q1_new\" }, { code = \"q1_b\" }"),
            ("[items]", "[items]\nq1_new = \"Mới\""),
        ],
    );
    assert_eq!(told, [Difference::Added { code: "q1_new".into(), number: Some(2), text: "Mới".into() }]);
}

#[test]
fn of_two_that_changed_places_one_has_moved() {
    let told = between(
        "indicators_without_domains",
        &[("{ code = \"q1_b\" }, { code = \"q1_c\" }", "{ code = \"q1_c\" }, { code = \"q1_b\" }")],
    );
    let at = |number| Position { page: "mot".into(), question: "q1".into(), number: Some(number) };
    let moved =
        |code: &str, old, new| Difference::Moved { code: code.into(), number: Some(new), old: at(old), new: at(new) };
    assert!(told == [moved("q1_b", 2, 3)] || told == [moved("q1_c", 3, 2)], "{told:?}");
}

#[test]
fn codes_given_anew_break_the_series() {
    let told = between(
        "indicators_without_domains",
        &[
            ("q1_a = \"Nội dung q1_a\"", "q1_a = \"Nội dung q1_b.\""),
            ("q1_b = \"Nội dung q1_b\"", "q1_b = \"Nội dung khác\""),
        ],
    );
    let [Difference::Reworded { formerly: Some(code), .. }, Difference::Reworded { formerly: None, .. }] = &told[..]
    else {
        panic!("{told:?}");
    };
    assert_eq!(code, "q1_b");
    assert_eq!(told.iter().map(Difference::breaks_comparison).collect::<Vec<_>>(), [true, false]);
}

/// A form of single questions, each with so many choices, in this order, three on a page.
fn made(questions: &[(usize, usize)]) -> Form {
    let mut definition = "method = \"test\"\nlanguages = [\"vi\"]\nsections = [\"one\"]\n".to_owned();
    let mut words = "title = \"Mẫu\"\nways_out.skipped = \"Bỏ qua\"\nsections.one = \"Phần\"\n".to_owned();
    for (page, shown) in questions.chunks(3).enumerate() {
        let codes: Vec<_> = shown.iter().map(|(code, _)| format!("\"q{code}\"")).collect();
        writeln!(definition, "[[pages]]\ncode = \"p{page}\"\nsection = \"one\"\nshow = [{}]\n", codes.join(", "))
            .unwrap();
        writeln!(words, "pages.p{page} = \"Trang {page}\"").unwrap();
    }
    for (code, count) in questions {
        let choices: Vec<_> = (1..=*count).collect();
        writeln!(definition, "[[questions]]\ncode = \"q{code}\"\nkind = \"single\"\nchoices = {choices:?}").unwrap();
        writeln!(words, "questions.q{code}.stem = \"Câu {code}\"").unwrap();
        for choice in choices {
            writeln!(words, "questions.q{code}.choices.{choice} = \"Lựa chọn {choice}\"").unwrap();
        }
    }
    let wordings = vec![("vi".to_owned(), SourceFile::new("vi.toml", words))];
    Form::parse(&Source { code: "made".into(), definition: SourceFile::new("form.toml", definition), wordings })
        .expect("sound")
}

fn questions() -> impl Strategy<Value = Vec<(usize, usize)>> {
    let some = prop::sample::subsequence((0..12_usize).collect::<Vec<_>>(), 1..10).prop_shuffle();
    some.prop_flat_map(|codes| {
        let counts = prop::collection::vec(1..4_usize, codes.len());
        counts.prop_map(move |counts| codes.iter().copied().zip(counts).collect())
    })
}

/// What was added or, the other way round, removed.
fn gained(told: &[Difference], removed: bool) -> BTreeSet<String> {
    let one = |difference: &Difference| match (difference, removed) {
        (Difference::Added { code, text, .. }, false) | (Difference::Removed { code, text, .. }, true) => {
            Some(format!("{code} {text}"))
        }
        (Difference::PageAdded { page, title }, false) | (Difference::PageRemoved { page, title }, true) => {
            Some(format!("page {page} {title}"))
        }
        (Difference::LanguageAdded { language }, false) | (Difference::LanguageRemoved { language }, true) => {
            Some(format!("language {language}"))
        }
        (Difference::ChoiceAdded { code, choice, .. }, false)
        | (Difference::ChoiceRemoved { code, choice, .. }, true) => Some(format!("{code} = {choice}")),
        _ => None,
    };
    told.iter().filter_map(one).collect()
}

fn is_removal(difference: &Difference) -> bool {
    matches!(difference, Difference::Removed { .. } | Difference::PageRemoved { .. })
}

#[test]
fn equal_forms_do_not_differ() {
    for source in SOUND.iter().map(source).chain(builtin()) {
        let (one, other) = (Form::parse(&source).unwrap(), Form::parse(&source).unwrap());
        assert_eq!(differences(&one, &other, "en"), [], "{}", source.code);
    }
}

proptest! {
    #[test]
    fn forms_differ_from_each_other_and_never_from_themselves(one in questions(), other in questions()) {
        let (old, new) = (made(&one), made(&other));
        prop_assert_eq!(differences(&old, &old, "vi"), []);
        let (there, back) = (differences(&old, &new, "vi"), differences(&new, &old, "vi"));
        prop_assert_eq!(there.is_empty(), one == other);
        prop_assert_eq!(gained(&there, false), gained(&back, true));
        prop_assert_eq!(gained(&there, true), gained(&back, false));
        let moved = |told: &[Difference]| told.iter().filter(|it| matches!(it, Difference::Moved { .. })).count();
        prop_assert_eq!(moved(&there), moved(&back));
        prop_assert!(there.iter().skip_while(|it| !is_removal(it)).all(is_removal), "what is gone comes last");
    }
}
