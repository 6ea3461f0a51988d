//! What a page's fields become, and what is said about them.

use super::{fields, form, give, give_again, json, start};
use crate::{Answer, Answers, Interview, SkipPolicy};

#[test]
fn an_open_unit_is_named_once_and_then_skipped() {
    let form = form("way_out_differs_by_item");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1_opinion", "2")]), ["q1_used: unanswered"]);
    assert_eq!(json(&interview), r#"{"q1_opinion":2}"#, "what was valid is kept");
    assert_eq!(give_again(&mut interview, "dau", &[("q1_opinion", "2")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1_opinion":2,"q1_used":97}"#);
    assert_eq!(give(&mut interview, "dau", &[("q1_opinion", "2")]), [""; 0], "it was told already");
}

#[test]
fn an_issue_knows_the_number_and_the_way_out() {
    let form = form("way_out_differs_by_item");
    let issues = start(&form).give("dau", &[], SkipPolicy::Warn).unwrap_err();
    let params: Vec<_> =
        issues.iter().map(|issue| (issue.params["number"].as_str(), issue.params["way_out"].as_str())).collect();
    assert_eq!(params, [("1", "dont_know"), ("2", "never")]);
    assert!(issues.iter().all(|issue| issue.code.is_warning()));
}

#[test]
fn each_item_has_its_own_way_out() {
    let form = form("way_out_differs_by_item");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1_opinion", "98"), ("q1_used", "99")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1_opinion":98,"q1_used":99}"#);
    assert_eq!(interview.progress().answered, 2, "a way out is an answer");
    let other = give(&mut interview, "dau", &[("q1_opinion", "99"), ("q1_used", "98")]);
    assert_eq!(other, ["q1_opinion: wrong_option", "q1_used: wrong_option"]);
}

#[test]
fn wrong_options_are_refused_and_nothing_is_lost() {
    let form = form("way_out_differs_by_item");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1_opinion", "1"), ("q1_used", "1")]);
    for wrong in ["4", "0", "-1", "97", "01", "1.0", "một", "99999999999999999999", "' OR 1=1"] {
        let told = give_again(&mut interview, "dau", &[("q1_opinion", wrong), ("q1_used", "2")]);
        assert_eq!(told, ["q1_opinion: wrong_option"], "{wrong}");
    }
    assert_eq!(json(&interview), r#"{"q1_opinion":1,"q1_used":2}"#);
}

#[test]
fn one_answer_cannot_be_two() {
    let form = form("way_out_differs_by_item");
    let mut interview = start(&form);
    let told =
        give(&mut interview, "dau", &[("q1_opinion", "1"), ("q1_opinion", "2"), ("q1_used", "1"), ("q1_used", "1")]);
    assert_eq!(told, ["q1_opinion: several_values"]);
}

#[test]
fn an_unknown_field_is_refused() {
    let form = form("grid_split_over_pages");
    let mut interview = start(&form);
    let told = give(&mut interview, "dau", &[("q1_a", "1"), ("q1_b", "1"), ("q2", "1"), ("admin", "true")]);
    assert_eq!(told, ["admin: unknown_field", "q2: unknown_field"], "fields of other pages too");
}

#[test]
fn a_marked_other_asks_for_words_once() {
    let form = form("other_needs_text");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1", "2"), ("q1_text", "  "), ("q2", "1")]), ["q1_text: text_needed"]);
    assert_eq!(give_again(&mut interview, "dau", &[("q1", "2"), ("q1_text", ""), ("q2", "1")]), [""; 0]);
    assert_eq!(interview.finish().answers().len(), 2);
    assert!(interview.finish().texts().is_empty());
    assert_eq!(interview.progress().total, 2, "words beside a choice are not a question");
}

#[test]
fn words_are_kept_apart_from_the_coded_answers() {
    let form = form("other_needs_text");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "2"), ("q1_text", "Tày"), ("q2", "1")]);
    let completed = interview.finish();
    assert_eq!(completed.texts()["q1_text"], "Tày");
    assert!(!completed.answers().contains_key("q1_text"));
}

#[test]
fn words_beside_another_choice_are_not_sent() {
    let form = form("other_needs_text");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "2"), ("q1_text", "Tày"), ("q2", "1")]);
    assert_eq!(give(&mut interview, "dau", &[("q1", "1"), ("q1_text", "Tày"), ("q2", "1")]), [""; 0]);
    assert!(interview.finish().texts().is_empty());
}

#[test]
fn words_with_nothing_marked_mark_their_choice() {
    let form = form("other_needs_text");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1_text", "Tày"), ("q2", "1")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1":2,"q1_text":"Tày","q2":1}"#);
}

#[test]
fn words_have_room_for_so_many_letters_not_bytes() {
    let form = form("other_needs_text");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1", "2"), ("q1_text", "ởởởởởởởởởở"), ("q2", "1")]), [""; 0]);
    let raw = fields(&[("q1", "2"), ("q1_text", "ởởởởởởởởởởở"), ("q2", "1")]);
    let issues = interview.give("dau", &raw, SkipPolicy::Accept).unwrap_err();
    assert_eq!(
        (issues[0].code.as_str(), issues[0].params["length"].as_str(), issues[0].params["max"].as_str()),
        ("text_too_long", "11", "10")
    );
    assert_eq!(interview.answers()["q1_text"], Answer::Text("ởởởởởởởởởở".to_owned()), "the older words stay");
}

#[test]
fn words_are_trimmed_and_composed() {
    let form = form("other_needs_text");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "2"), ("q1_text", " Ta\u{300}y\u{0} \r\n"), ("q2", "1")]);
    assert_eq!(interview.answers()["q1_text"], Answer::Text("T\u{e0}y".to_owned()));
}

#[test]
fn a_multiple_question_takes_several_and_is_cleared_by_none() {
    let form = form("multiple_with_other");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1", "2"), ("q1", "1"), ("q1_text", "")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1":[1,2]}"#);
    assert_eq!(give(&mut interview, "dau", &[("q1_text", "")]), ["q1: unanswered"]);
    assert_eq!(json(&interview), "{}");
}

#[test]
fn not_knowing_goes_with_nothing_else() {
    let form = form("multiple_with_other");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1", "98")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1":98}"#);
    assert_eq!(give(&mut interview, "dau", &[("q1", "98"), ("q1", "1")]), ["q1: several_values"]);
}

#[test]
fn a_second_tab_takes_no_radio_answer_back() {
    let form = form("way_out_differs_by_item");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1_opinion", "1"), ("q1_used", "2")]);
    assert_eq!(give(&mut interview, "dau", &[("q1_used", "3")]), [""; 0]);
    assert_eq!(json(&interview), r#"{"q1_opinion":1,"q1_used":3}"#);
}

#[test]
fn a_text_is_never_demanded_and_can_be_taken_back() {
    let form = form("text_is_never_demanded");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "dau", &[("q1", "")]), [""; 0]);
    assert_eq!(interview.progress().skipped, 1);
    give(&mut interview, "dau", &[("q1", "Tốt")]);
    assert_eq!(interview.finish().texts()["q1"], "Tốt");
    give(&mut interview, "dau", &[("q1", "")]);
    assert!(interview.finish().texts().is_empty());
}

#[test]
fn unanswered_units_are_sent_as_skipped() {
    let form = form("skip_rule_hides_page");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "1")]);
    let completed = interview.finish();
    assert_eq!(completed.form_digest(), form.digest());
    let json = completed.canonical_json();
    let digest = form.digest();
    assert_eq!(
        json,
        format!(
            r#"{{"answers":{{"q1":1,"q2":97,"q3":97}},"digest":"{digest}","form":"skip_rule_hides_page","texts":{{}}}}"#
        )
    );
}

#[test]
fn stored_answers_that_do_not_fit_are_left_behind() {
    let form = form("other_needs_text");
    let stored = r#"{"q1":2,"q1_text":"Tày","q2":5,"q9":1,"q1_x":[1]}"#;
    let answers: Answers = serde_json::from_str(stored).unwrap();
    assert_eq!(json(&Interview::new(&form, answers)), r#"{"q1":2,"q1_text":"Tày"}"#);
}

/// Texts of such letters are taken as they come: none of them changes, alone or behind any other.
#[test]
fn plain_letters_are_composed_already() {
    use unicode_normalization::{IsNormalized, is_nfc_quick};
    for letter in
        (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|letter| crate::fields::is_plain(*letter))
    {
        assert_eq!(is_nfc_quick(std::iter::once(letter)), IsNormalized::Yes, "{letter:?}");
    }
}
