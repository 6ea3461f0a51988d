use super::{form, refused};
use crate::Form;

const AGE: &[&str] = &["integer", "age", "Bao nhiêu tuổi?"];
const USED: &[&str] = &["select_one yes_no", "used", "Đã dùng?"];
const LEVEL: &[&str] = &["select_one level", "level", "Mức nào?"];
const MANY: &[&str] = &["select_multiple yes_no", "many", "Những gì?"];
const BORN: &[&str] = &["date", "born", "Ngày nào?"];

/// The condition of a last question, as the engine holds it.
fn condition(relevant: &str) -> String {
    let form: Form = form(&[AGE, USED, LEVEL, MANY, BORN, &["text", "last", "Vì sao?", relevant]]);
    let conditions: Vec<_> =
        form.page("last").unwrap().rules.iter().map(|rule| format!("{:?}", rule.condition)).collect();
    conditions.join(", ")
}

fn reason(relevant: &str) -> String {
    refused(&[AGE, USED, LEVEL, MANY, BORN, &["text", "last", "Vì sao?", relevant]])
}

#[test]
fn a_choice_by_name_is_its_code() {
    assert_eq!(condition("${used} = 'no'"), r#"OneOf { unit: "used", choices: {2} }"#);
    assert_eq!(condition("selected(${used}, 'yes')"), r#"OneOf { unit: "used", choices: {1} }"#);
    assert_eq!(condition("selected(${many}, 'no')"), r#"Chosen { unit: "many", choice: 2 }"#);
}

#[test]
fn one_choice_or_the_other_is_one_of_them() {
    assert_eq!(condition("${level} = 1 or ${level} = '3'"), r#"OneOf { unit: "level", choices: {1, 3} }"#);
    assert_eq!(condition("${level} >= 2"), r#"OneOf { unit: "level", choices: {2, 3} }"#);
}

#[test]
fn numbers_and_days_are_compared() {
    assert_eq!(condition("18 <= ${age}"), r#"Compares { unit: "age", sign: AtLeast, to: Number(18) }"#);
    assert_eq!(
        condition("${born} < date('2008-01-01')"),
        r#"Compares { unit: "born", sign: Below, to: Day(2008-01-01) }"#
    );
}

#[test]
fn an_empty_text_asks_whether_there_is_an_answer() {
    assert_eq!(condition("${used} != ''"), r#"Answered { unit: "used" }"#);
    assert_eq!(condition("${used} = ''"), r#"Not(Answered { unit: "used" })"#);
}

#[test]
fn conditions_of_groups_hold_for_what_is_in_them() {
    let form = form(&[
        AGE,
        &["begin_group", "old", "Người lớn", "${age} >= 18"],
        &["begin_group", "page", "Trang", "${age} < 65", "field-list"],
        &["text", "last", "Vì sao?"],
        &["end_group"],
        &["end_group"],
    ]);
    let rule = format!("{:?}", form.page("page").unwrap().rules[0].condition);
    assert!(rule.starts_with("All([Compares") && rule.contains("18") && rule.contains("65"), "{rule}");
}

#[test]
fn what_does_not_translate_is_refused_at_its_place() {
    let all = [
        "${age} > 1 and ${gone} = 1",
        "${used} = 'maybe'",
        "${many} = 'yes'",
        "${used} > 1",
        "${level} > 5",
        "${age} = 'x'",
        "${born} = '2026-01-01'",
        "${age} > today()",
        "${age} + 1 > 2",
        "${age} > ${level}",
        "(${age} > 1",
        "${age}",
        "${age} > 1 ${used} = 'yes'",
        "string-length(${age}) > 1",
    ];
    let reasons: Vec<_> = all.into_iter().map(reason).collect();
    insta::assert_snapshot!(reasons.join("\n"));
}

#[test]
fn a_condition_on_the_same_page_is_refused_at_its_row() {
    let told = refused(&[
        &["begin_group", "page", "Trang", "", "field-list"],
        AGE,
        &["text", "last", "Vì sao?", "${age} > 1"],
        &["end_group"],
    ]);
    assert!(told.starts_with("survey:4:relevant: `${age} > 1`: it does not fit"), "{told}");
}
