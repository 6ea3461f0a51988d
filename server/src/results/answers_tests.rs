use analysis::frame::{Coding, CodingRows};
use survey_forms::{Form, Source, SourceFile};

use super::*;
use crate::results::questions;

const DEFINITION: &str = r#"
method = "thu"
languages = ["vi"]
sections = ["s"]
[[pages]]
code = "mot"
section = "s"
show = ["one", "long", "needs"]
[[questions]]
code = "one"
kind = "single"
choices = [1, 2, 3]
[[questions]]
code = "long"
kind = "single"
choices = [1, 40]
[[questions]]
code = "needs"
kind = "multiple"
choices = [1, 20]
"#;

const WORDS: &str = r#"
title = "Thử"
ways_out.skipped = "Bỏ qua"
sections.s = "Phần"
pages.mot = "Trang"
questions.one = { stem = "Một?", choices = { 1 = "Một", 2 = "Hai", 3 = "Ba" } }
questions.long = { stem = "Dài?", choices = { 1 = "Một", 40 = "Bốn mươi" } }
questions.needs = { stem = "Cần gì?", choices = { 1 = "Một", 20 = "Hai mươi" } }
"#;

fn asked() -> Vec<Question> {
    let source = Source {
        code: "thu".to_owned(),
        definition: SourceFile::new("form.toml", DEFINITION),
        wordings: vec![("vi".to_owned(), SourceFile::new("vi.toml", WORDS))],
    };
    questions::of(&Form::parse(&source).unwrap_or_else(|defects| panic!("{defects:?}")))
}

fn unit(psu: &str, province: &str, weight: f64) -> Unit {
    Unit {
        psu: psu.to_owned(),
        stratum: format!("{province}-urban"),
        province_code: province.to_owned(),
        area: "urban".to_owned(),
        weight,
        invited: 10,
    }
}

fn coded(rows: &[(&str, &str)]) -> CodedAnswers {
    let units = [("one", Coding::Code), ("long", Coding::Code), ("needs", Coding::Value)];
    let mut coding = CodingRows::new(units.map(|(unit, coding)| (unit.to_owned(), coding)).to_vec());
    for ((psu, answers), id) in rows.iter().zip(1..) {
        coding.push(id, psu, "web", answers.as_bytes()).unwrap();
    }
    coding.finish().0
}

#[test]
fn each_column_has_the_levels_of_its_question_and_a_silent_commune_has_a_row() {
    let given = coded(&[
        ("a", r#"{"one": 3, "long": 40, "needs": [1, 20]}"#),
        ("b", r#"{"one": 98, "long": 1, "needs": [20]}"#),
        ("b", r#"{"long": 97, "needs": []}"#),
        ("b", r#"{"needs": 97}"#),
    ]);
    let design = [unit("a", "01", 2.0), unit("b", "04", 3.0), unit("c", "04", 4.0)];
    let answered = Answered::new(&given, &design, &asked()).unwrap();
    assert_eq!(answered.psu.iter().collect::<Vec<_>>(), ["a", "b", "b", "b", "c"]);
    assert_eq!(answered.province.iter().collect::<Vec<_>>(), ["01", "04", "04", "04", "04"]);
    assert_eq!(answered.stratum.get(4), Some("04-urban"));
    assert_eq!(answered.weight, [2.0, 3.0, 3.0, 3.0, 0.0]);
    // one; long=1, long=40; needs=1, needs=20.
    let expected = [
        [Some(3), Some(98), None, None, None],
        [Some(1), Some(2), Some(97), None, None],
        [Some(2), Some(1), Some(97), None, None],
        [Some(2), Some(1), Some(1), Some(97), None],
        [Some(2), Some(2), Some(1), Some(97), None],
    ];
    assert_eq!(answered.levels, expected);
}

#[test]
fn answers_of_a_commune_that_was_never_drawn_are_no_input() {
    let given = coded(&[("x", "{}")]);
    assert!(Answered::new(&given, &[unit("a", "01", 1.0)], &asked()).is_err());
}
