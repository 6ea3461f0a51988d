//! Numbers and days: typed as people type them, kept as they are, compared in conditions.

use super::{form, give, give_again, json, pages_on_path, start};
use crate::{Answers, Interview, Measure, Quantity};

#[test]
fn a_number_is_read_as_people_write_it() {
    let whole = Measure::Number { decimals: 0 };
    let read = |measure: Measure, typed: &str| measure.read(typed).map(|quantity| quantity.to_string());
    for (typed, number) in [
        ("0", "0"),
        ("007", "7"),
        ("1.200", "1200"),
        ("1 200 000", "1200000"),
        ("1,200", "1200"),
        ("-3", "-3"),
        ("−3", "-3"),
    ] {
        assert_eq!(read(whole, typed).as_deref(), Some(number), "{typed}");
    }
    for typed in
        ["", "một", "1.5", "1,5", "1.2000", "12.34.567", "1e9", "0x10", "--1", ".", "5.", "1234567890123456789", "１２"]
    {
        assert_eq!(read(whole, typed), None, "{typed}");
    }
    let money = Measure::Number { decimals: 2 };
    for (typed, number) in
        [("12,5", "12.5"), ("12.50", "12.5"), ("0,25", "0.25"), ("1.200.000", "1200000"), ("1.200", "1200"), ("3", "3")]
    {
        assert_eq!(read(money, typed).as_deref(), Some(number), "{typed}");
    }
    assert_eq!(read(money, "0,125"), None, "more decimals than asked for");
}

#[test]
fn a_day_is_read_with_the_day_first() {
    let read = |typed: &str| Measure::Day.read(typed).map(|quantity| quantity.to_string());
    for typed in ["5/11/2026", "05/11/2026", "05-11-2026", "5.11.2026", "5 11 2026", "2026-11-05"] {
        assert_eq!(read(typed).as_deref(), Some("2026-11-05"), "{typed}");
    }
    for typed in ["", "31/2/2026", "5/13/2026", "5/11/26", "5/11", "hôm nay", "5/11/2026/1", "+5/11/2026"] {
        assert_eq!(read(typed), None, "{typed}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    for (measure, text) in [
        (Measure::Number { decimals: 2 }, "1234.56"),
        (Measure::Number { decimals: 0 }, "-17"),
        (Measure::Day, "2026-02-03"),
    ] {
        let quantity = Quantity::from_data(text).unwrap();
        for language in ["vi", "en"] {
            assert_eq!(measure.read(&quantity.written(language)), Some(quantity), "{text} in {language}");
        }
    }
}

#[test]
fn a_number_outside_its_bounds_is_named_with_them_and_the_older_one_stays() {
    let form = form("number_within_bounds");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1", "34"), ("q2", "-2,5")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1":{"number":"34"},"q2":{"number":"-2.5"}}"#);
    assert_eq!(
        give(&mut interview, "dau", &[("q1", "121"), ("q2", "-2,6")]),
        ["q1: out_of_bounds", "q2: out_of_bounds"]
    );
    let issues = interview.give("dau", &super::fields(&[("q1", "121")]), crate::SkipPolicy::Warn).unwrap_err();
    assert_eq!((issues[0].params["least"].as_str(), issues[0].params["most"].as_str()), ("0", "120"));
    assert_eq!(
        give(&mut interview, "dau", &[("q1", "ba mươi"), ("q2", "1,25")]),
        ["q1: not_a_number", "q2: not_a_number"]
    );
    assert_eq!(json(&interview), r#"{"q1":{"number":"34"},"q2":{"number":"-2.5"}}"#);
    let again: Answers = serde_json::from_str(&json(&interview)).unwrap();
    assert_eq!(Interview::new(&form, again.clone()).into_answers(), again, "it comes back from storage");
}

#[test]
fn a_number_may_be_97_and_a_way_out_goes_by_its_name() {
    let form = form("number_beside_way_out");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1", "98")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1":{"number":"98"}}"#);
    assert_eq!(give(&mut interview, "dau", &[("q1", ""), ("q1", "dont_know")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1":98}"#);
    assert_eq!(give(&mut interview, "dau", &[("q1", "5"), ("q1", "dont_know")]), ["q1: several_values"]);
    assert_eq!(give(&mut start(&form), "dau", &[("q1", "")]), ["q1: unanswered"]);
    let mut skipped = start(&form);
    assert_eq!(give_again(&mut skipped, "dau", &[("q1", "")]), [""; 0]);
    assert_eq!(json(&skipped), r#"{"q1":97}"#);
}

#[test]
fn a_day_outside_its_bounds_is_named() {
    let form = form("date_within_bounds");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1", "31/12/2025")]), ["q1: out_of_bounds"]);
    assert_eq!(give(&mut interview, "dau", &[("q1", "30/2/2026")]), ["q1: not_a_day"]);
    assert_eq!(give(&mut interview, "dau", &[("q1", "1/1/2026")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1":{"day":"2026-01-01"}}"#);
    let page = interview.page("dau", "vi", &[], &[]).unwrap();
    assert_eq!(page.blocks[0].units[0].text.as_ref().unwrap().value, "01/01/2026");
}

#[test]
fn numbers_and_days_open_pages() {
    let form = form("comparison_opens_page");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "17"), ("q2", "30/6/2026")]);
    assert_eq!(pages_on_path(&interview), ["dau"]);
    give(&mut interview, "dau", &[("q1", "18"), ("q2", "1/7/2026")]);
    assert_eq!(pages_on_path(&interview), ["dau", "giua", "cuoi"]);
    give(&mut interview, "dau", &[("q1", "65"), ("q2", "1/7/2026")]);
    assert_eq!(pages_on_path(&interview), ["dau", "giua"]);
}

#[test]
fn an_earlier_answer_is_told_in_a_later_text() {
    let form = form("earlier_answer_in_text");
    let mut interview = start(&form);
    let told = |interview: &Interview| {
        let page = interview.page("giua", "vi", &[], &[]).unwrap();
        (page.title.text, page.blocks[0].stem.text.clone())
    };
    assert_eq!(told(&interview), ("Về …".to_owned(), "Ông/Bà viết …, có {đúng} không?".to_owned()));
    give(&mut interview, "dau", &[("q1", "2"), ("q2", "<b>{q1}</b>")]);
    assert_eq!(
        told(&interview),
        ("Về Lựa chọn 2".to_owned(), "Ông/Bà viết <b>{q1}</b>, có {đúng} không?".to_owned()),
        "and is not read for holes itself"
    );
}
