//! Paper, keyed.

use super::{fields, form};
use crate::{Form, IssueCode, Transcript, Unit};

fn keyed(form: &Form, pairs: &[(&str, &str)]) -> Transcript {
    Transcript::read(form, &fields(pairs)).unwrap()
}

fn refused(form: &Form, pairs: &[(&str, &str)]) -> Vec<String> {
    let issues = Transcript::read(form, &fields(pairs)).unwrap_err();
    issues.iter().map(|issue| format!("{}: {}", issue.unit, IssueCode::as_str(issue.code))).collect()
}

fn counted(form: &Form, transcript: &Transcript) -> String {
    serde_json::to_string(&transcript.answers(form)).unwrap()
}

fn codes(units: &[&Unit]) -> Vec<String> {
    units.iter().map(|unit| unit.code().to_owned()).collect()
}

#[test]
fn codes_are_keyed_as_printed_and_nothing_is_nothing() {
    let form = form("multiple_with_other");
    let all = keyed(&form, &[("q1", " 1, 7 "), ("q1_text", "  ghi   tay "), ("q2", "")]);
    assert_eq!(counted(&form, &all), r#"{"q1":[1,7],"q1_text":"ghi   tay"}"#, "q2 is not asked");
    assert_eq!(counted(&form, &keyed(&form, &[("q1", "98")])), r#"{"q1":98}"#);
    for nothing in [&[("q1", "97")][..], &[("q1", " ")], &[]] {
        assert_eq!(counted(&form, &keyed(&form, nothing)), r#"{"q1":97}"#);
    }
    assert_eq!(counted(&form, &keyed(&form, &[("q1_text", "ghi tay")])), r#"{"q1":[7],"q1_text":"ghi tay"}"#);
}

#[test]
fn what_no_paper_can_say_is_refused_by_its_unit() {
    let several = form("multiple_with_other");
    assert_eq!(refused(&several, &[("q1", "3"), ("q2", "1 2")]), ["q1: wrong_option", "q2: several_values"]);
    assert_eq!(refused(&several, &[("q1", "1 98")]), ["q1: several_values"]);
    assert_eq!(refused(&several, &[("la", "1")]), ["la: unknown_field"]);
    let number = form("number_beside_way_out");
    assert_eq!(refused(&number, &[("q1", "mười")]), ["q1: not_a_number"]);
    assert_eq!(counted(&number, &keyed(&number, &[("q1", "98")])), r#"{"q1":{"number":"98"}}"#);
    assert_eq!(counted(&number, &keyed(&number, &[("q1", ""), ("q1", "dont_know")])), r#"{"q1":98}"#);
    let talk = form("interviewer_asks_last");
    assert_eq!(refused(&talk, &[("q3", "1")]), ["q3: unknown_field"], "it is not printed");
}

#[test]
fn an_answer_that_should_have_been_passed_over_is_told_and_does_not_count() {
    let form = form("hidden_answers_count_for_nothing");
    let paper = keyed(&form, &[("q1", "2"), ("q2", "1"), ("q3", "1"), ("q4", "2")]);
    assert_eq!(codes(&paper.strays(&form)), ["q2", "q3"]);
    assert_eq!(counted(&form, &paper), r#"{"q1":2,"q4":2}"#);
    // Two marks where one belongs: nobody knows whether the next questions were asked, so they are not.
    let unclear = keyed(&form, &[("q1", "97"), ("q2", "1"), ("q4", "2")]);
    assert_eq!(codes(&unclear.strays(&form)), ["q2"]);
    assert_eq!(counted(&form, &unclear), r#"{"q1":97,"q4":2}"#);
}

#[test]
fn two_keyings_differ_by_what_they_say_not_by_how_words_are_spaced() {
    let form = form("multiple_with_other");
    let one = keyed(&form, &[("q1", "1 7"), ("q1_text", "Đường liên thôn, hẹp."), ("q2", "1")]);
    let same = keyed(&form, &[("q1", "7,1"), ("q1_text", "đường  liên thôn hẹp"), ("q2", "1")]);
    assert_eq!(codes(&one.differences(&same, &form)), [""; 0]);
    let other = keyed(&form, &[("q1", "1 2 7"), ("q1_text", "duong lien thon hep")]);
    assert_eq!(codes(&one.differences(&other, &form)), ["q1", "q1_text", "q2"]);

    let mut truth = one.clone();
    truth.put("q1", other.answer("q1").cloned());
    assert_eq!(one.mistakes(&truth, &form), (3, 1), "fields of the true path");
    assert_eq!(other.mistakes(&truth, &form), (3, 2));
    truth.put("q2", None);
    assert_eq!(one.mistakes(&truth, &form), (3, 2), "an answer where there is none is a mistake too");
}
