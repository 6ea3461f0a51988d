use std::fs;
use std::path::Path;

use survey_forms::{Source, SourceFile};

use super::*;
use crate::base::paper::reading::{elements, runs, words};

fn built_in() -> impl Iterator<Item = Form> {
    survey_forms::builtin().into_iter().map(|source| Form::parse(&source).unwrap())
}

fn corpus(name: &str) -> Form {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../survey-forms/corpus").join(name);
    let file = |name: &str| SourceFile::new(name, fs::read_to_string(folder.join(name)).unwrap());
    form(&file("form.toml").text, &file("vi.toml").text)
}

fn form(definition: &str, words: &str) -> Form {
    let file = SourceFile::new;
    let wordings = vec![("vi".to_owned(), file("vi.toml", words.to_owned()))];
    let source = Source { code: "thu".to_owned(), definition: file("form.toml", definition.to_owned()), wordings };
    Form::parse(&source).unwrap_or_else(|defects| panic!("{}", defects[0]))
}

/// What is printed, and beside it what is keyed in: figures alone are codes.
fn read(form: &Form, language: &str) -> (String, Vec<String>) {
    let is_code = |run: &String| run == "–" || run.bytes().all(|byte| byte.is_ascii_digit());
    let (mut codes, words): (Vec<_>, Vec<_>) =
        runs(&print(form, language).unwrap()).concat().into_iter().partition(is_code);
    codes.retain(|code| code != "–");
    codes.sort();
    (words.join(" "), codes)
}

#[test]
fn every_built_in_questionnaire_has_all_its_questions_numbers_and_codes_on_paper() {
    for form in built_in() {
        for language in form.languages() {
            let (words, codes) = read(&form, language);
            let mut wanted = Vec::new();
            for question in form.printed(language, |_| String::new()).iter().flat_map(|part| &part.questions) {
                assert!(words.contains(&question.stem.text), "{} {language}: {}", form.code(), question.stem);
                for unit in &question.units {
                    let asked = format!("{}. {}", unit.number, unit.label);
                    assert!(words.contains(&asked), "{} {language}: {asked}", form.code());
                    wanted.extend(unit.choices.iter().chain(&unit.way_out).map(|choice| choice.code.to_string()));
                    if question.kind != Kind::Grid {
                        assert!(unit.choices.iter().all(|choice| words.contains(&choice.label.text)));
                    }
                }
            }
            wanted.sort();
            assert_eq!(codes, wanted, "{} {language}", form.code());
        }
    }
}

#[test]
fn every_page_names_the_version_and_its_number() {
    let form = built_in().next().unwrap();
    let pages = runs(&print(&form, "vi").unwrap());
    let version = format!("Mã phiếu sipas-2026 · Bản {:.12} · Tiếng Việt", form.digest());
    for (at, page) in pages.iter().enumerate() {
        assert!(page.contains(&version) && page.contains(&format!("Trang {}/{}", at + 1, pages.len())));
    }
    assert!(pages.len() < 10, "{} pages are too many to post", pages.len());
}

#[test]
fn the_same_version_is_the_same_file_with_a_structure_that_can_be_heard() {
    let form = built_in().next().unwrap();
    let pdf = print(&form, "en").unwrap();
    assert_eq!(pdf, print(&form, "en").unwrap());
    assert_eq!(elements(&pdf, "/S/H1"), 1);
    assert_eq!(elements(&pdf, "/S/H2"), 10, "how to fill it in, and nine sections");
    let rows: usize = form
        .printed("en", |_| String::new())
        .iter()
        .flat_map(|part| &part.questions)
        .filter(|question| question.kind == Kind::Grid)
        .map(|question| question.units.len() + 1)
        .sum();
    assert_eq!(elements(&pdf, "/S/TR"), rows, "heads that are drawn again are not read again");
}

#[test]
fn conditions_are_told_in_words_before_what_they_open() {
    let told = |name: &str| words(&print(&corpus(name), "vi").unwrap());
    let page = told("all_any_not");
    for sentence in [
        "Câu 3: chỉ trả lời nếu ở Câu 1 chọn 1 – Lựa chọn 1 và ở Câu 2 chọn 1 – Lựa chọn 1.",
        "ở Câu 2 chọn một trong các ý 1 – Lựa chọn 1; 2 – Lựa chọn 2.",
        "Câu 5: chỉ trả lời nếu không phải trường hợp ở Câu 1 chọn 1 – Lựa chọn 1. 5. Câu hỏi q5",
    ] {
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
    let page = told("comparison_opens_page");
    assert!(page.contains("chỉ trả lời nếu ở Câu 1 ghi 18 trở lên."), "{page}");
    assert!(page.contains("ở Câu 2 ghi muộn hơn 30/06/2026 và ở Câu 1 ghi ít hơn 65."), "{page}");
    assert!(
        told("skip_rule_hides_item").contains("Nội dung q2_some 1 2 3 Chỉ trả lời nếu ở Câu 1 chọn 1 – Lựa chọn 1.")
    );
    assert!(told("earlier_answer_in_text").contains("Ông/Bà viết …… (Câu 2), có {đúng} không?"));
    assert!(told("sensitive_page").contains(&*Texts::new(Language::Vietnamese).get("sensitive")));
    assert!(told("multiple_with_other").contains("Có thể chọn nhiều ý."));
    assert!(told("date_within_bounds").contains("Từ 01/01/2026 đến 31/12/2026. ngày tháng năm"));
}

#[test]
fn a_grid_that_pages_part_is_one_table_on_paper() {
    let pdf = print(&corpus("grid_split_over_pages"), "vi").unwrap();
    assert_eq!(elements(&pdf, "/S/Table"), 1);
    assert_eq!(words(&pdf).matches("Câu hỏi q1").count(), 1);
}

#[test]
fn long_and_hostile_words_are_printed_whole_and_as_plain_text() {
    let long = "Một câu rất dài để thử việc xuống dòng, ".repeat(125);
    let word = "x".repeat(5_000);
    let choices: Vec<u16> = (1..=60).collect();
    let label = |code: &u16| format!("{code} = \"Lựa chọn {code} </td> {{{{\\\\\"");
    let labels = choices.iter().map(label).collect::<Vec<_>>().join("\n");
    let definition = format!("{HEAD}[[questions]]\ncode = \"q1\"\nkind = \"single\"\nchoices = {choices:?}\n{GRID}");
    let form = form(
        &definition,
        &format!(
            "{WORDS}[items]\nq2_a = \"{long}\"\nq2_b = \"{word}\"\n[questions.q1]\nstem = \"{long}\"\nhelp = \"\\u202E{word}\"\n[questions.q1.choices]\n{labels}\n[questions.q2]\nstem = \"<script>alert(1)</script>\"\n"
        ),
    );
    let (words, codes) = read(&form, "vi");
    assert_eq!(words.matches("xuống").count(), 250, "nothing is cut");
    let of_one_word = words.split(' ').filter(|part| part.bytes().all(|byte| byte == b'x')).map(str::len);
    assert_eq!(of_one_word.sum::<usize>(), 10_000);
    assert!(words.contains("<script>alert(1)</script>") && words.contains("Lựa chọn 60 </td> {\\"));
    assert_eq!(codes.len(), 60 + 6);
}

const HEAD: &str = r#"
method = "test"
languages = ["vi"]
sections = ["one"]
[scales]
level = [1, 2, 3]
[[pages]]
code = "mot"
section = "one"
show = ["q1", "q2"]
"#;

const GRID: &str = r#"
[[questions]]
code = "q2"
kind = "grid"
scale = "level"
items = [{ code = "q2_a" }, { code = "q2_b" }]
"#;

const WORDS: &str = r#"
title = "\u202E%PDF endobj <b>độc</b> 😀"
[ways_out]
skipped = "Bỏ qua"
[sections]
one = "\u200B"
[pages]
mot = "Trang một"
[scales.level]
1 = "Không"
2 = "Có"
3 = "Không rõ"
"#;
