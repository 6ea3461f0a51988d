//! Which pages and units apply, and that answers off the path are never sent.

use super::{form, give, pages_on_path, start, units_on_path};
use crate::Answer;

#[test]
fn a_rule_hides_a_page_until_its_answer_is_given() {
    let form = form("skip_rule_hides_page");
    let mut interview = start(&form);
    assert_eq!(pages_on_path(&interview), ["dau", "cuoi"]);
    give(&mut interview, "dau", &[("q1", "1")]);
    assert_eq!(pages_on_path(&interview), ["dau", "giua", "cuoi"]);
    assert_eq!(interview.path().next("dau").unwrap().code(), "giua");
    assert_eq!(interview.path().previous("giua").unwrap().code(), "dau");
    assert!(interview.path().previous("dau").is_none());
    assert!(interview.path().next("cuoi").is_none());
}

#[test]
fn a_page_off_the_path_takes_nothing() {
    let form = form("skip_rule_hides_page");
    let mut interview = start(&form);
    assert_eq!(give(&mut interview, "giua", &[("q2", "1")]), ["giua: page_not_on_path"]);
    assert_eq!(give(&mut interview, "khong-co", &[("q2", "1")]), ["khong-co: unknown_page"]);
    assert!(interview.answers().is_empty());
}

#[test]
fn going_back_and_changing_an_answer_drops_what_hung_on_it() {
    let form = form("skip_rule_hides_page");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "1")]);
    give(&mut interview, "giua", &[("q2", "2")]);
    give(&mut interview, "dau", &[("q1", "2")]);
    assert!(!interview.finish().answers().contains_key("q2"));
    give(&mut interview, "dau", &[("q1", "1")]);
    assert_eq!(interview.finish().answers()["q2"], Answer::Choice(2), "found again after changing back");
}

#[test]
fn a_rule_hides_a_question_of_a_page() {
    let form = form("skip_rule_hides_question");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "2")]);
    assert_eq!(units_on_path(&interview), ["q1", "q3"]);
    assert_eq!(give(&mut interview, "sau", &[("q3", "1")]), [""; 0]);
    assert_eq!(interview.progress().total, 2);
}

#[test]
fn a_hidden_question_asks_for_no_words_either() {
    let form = form("skip_rule_hides_question");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "1")]);
    give(&mut interview, "sau", &[("q2", "2"), ("q2_text", "chợ"), ("q3", "1")]);
    give(&mut interview, "dau", &[("q1", "2")]);
    assert_eq!(give(&mut interview, "sau", &[("q2_text", ""), ("q3", "1")]), [""; 0]);
    assert!(interview.finish().texts().is_empty());
}

#[test]
fn a_page_can_be_for_those_who_skipped() {
    let form = form("skipping_opens_page");
    let mut interview = start(&form);
    super::give_again(&mut interview, "mot", &[]);
    assert_eq!(pages_on_path(&interview), ["mot", "hai", "ba"]);
    give(&mut interview, "mot", &[("q1", "2")]);
    assert_eq!(pages_on_path(&interview), ["mot", "ba"]);
}

#[test]
fn a_rule_hides_an_item_of_a_grid() {
    let form = form("skip_rule_hides_item");
    let mut interview = start(&form);
    assert_eq!(units_on_path(&interview), ["q1", "q2_all"]);
    give(&mut interview, "dau", &[("q1", "1")]);
    assert_eq!(units_on_path(&interview), ["q1", "q2_all", "q2_some"]);
}

#[test]
fn a_field_of_a_hidden_item_is_let_be() {
    let form = form("skip_rule_hides_item");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "2")]);
    assert_eq!(give(&mut interview, "sau", &[("q2_all", "1"), ("q2_some", "3")]), [""; 0]);
    assert!(!interview.answers().contains_key("q2_some"));
}

#[test]
fn a_filter_that_is_off_asks_everyone() {
    let form = form("filter_off_asks_everyone");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "2")]);
    assert_eq!(units_on_path(&interview), ["q1", "q2_all", "q2_used"]);
}

#[test]
fn a_filter_that_is_on_asks_only_those_who_used() {
    let form = form("filter_on_asks_those_who_used");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "2")]);
    assert_eq!(units_on_path(&interview), ["q1", "q2_all"]);
    give(&mut interview, "dau", &[("q1", "1")]);
    assert_eq!(units_on_path(&interview), ["q1", "q2_all", "q2_used"]);
}

#[test]
fn a_hidden_answer_counts_for_nothing_in_later_conditions() {
    let form = form("hidden_answers_count_for_nothing");
    let mut interview = start(&form);
    give(&mut interview, "mot", &[("q1", "1")]);
    give(&mut interview, "hai", &[("q2", "1")]);
    assert_eq!(pages_on_path(&interview), ["mot", "hai", "ba", "bon"]);
    give(&mut interview, "mot", &[("q1", "2")]);
    assert_eq!(pages_on_path(&interview), ["mot", "bon"], "q2 = 1 is still stored, but nobody asked it");
}

#[test]
fn conditions_combine() {
    let form = form("all_any_not");
    let shown = |q1: &str, q2: &str| {
        let mut interview = start(&form);
        give(&mut interview, "mot", &[("q1", q1), ("q2", q2)]);
        pages_on_path(&interview).split_off(1)
    };
    assert_eq!(shown("1", "1"), ["ca-hai", "mot-trong-hai"]);
    assert_eq!(shown("1", "3"), ["mot-trong-hai"]);
    assert_eq!(shown("2", "2"), ["mot-trong-hai", "khong"]);
    assert_eq!(shown("3", "3"), ["khong"]);
}

#[test]
fn an_answer_of_any_kind_but_a_skip_opens_what_asks_for_one() {
    let form = form("answered_opens_page");
    let mut interview = start(&form);
    super::give_again(&mut interview, "mot", &[("q2", "1")]);
    assert_eq!(pages_on_path(&interview), ["mot"], "q1 was skipped");
    give(&mut interview, "mot", &[("q1", "98"), ("q2", "2"), ("q2_text", "chợ")]);
    assert_eq!(pages_on_path(&interview), ["mot", "hai", "ba"]);
}

#[test]
fn a_choice_among_several_opens_a_page() {
    let form = form("multiple_with_other");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "1"), ("q1", "2")]);
    assert_eq!(pages_on_path(&interview), ["dau", "sau"]);
    give(&mut interview, "dau", &[("q1", "1")]);
    assert_eq!(pages_on_path(&interview), ["dau"]);
}

#[test]
fn a_grid_goes_on_over_the_page_break() {
    let form = form("grid_split_over_pages");
    let interview = start(&form);
    let path = interview.path();
    let units: Vec<Vec<&str>> = path.steps().iter().map(|step| step.units().map(crate::Unit::code).collect()).collect();
    assert_eq!(units, [vec!["q1_a", "q1_b"], vec!["q1_c", "q2"]]);
    assert_eq!(interview.place("dau").unwrap().numbers, Some((1, 2)));
    assert_eq!(interview.place("sau").unwrap().numbers, Some((3, 4)));
}

#[test]
fn a_page_of_notes_is_on_the_path_and_has_no_numbers() {
    let form = form("note_fills_a_page");
    let mut interview = start(&form);
    assert_eq!(pages_on_path(&interview), ["chao", "dau"]);
    assert_eq!(give(&mut interview, "chao", &[]), [""; 0]);
    assert_eq!(interview.place("chao").unwrap().numbers, None);
    assert_eq!(interview.path().first_open().unwrap().code(), "dau");
}

#[test]
fn sections_are_counted_whatever_the_pages() {
    let form = form("sections_are_counted");
    let interview = start(&form);
    let place = |page| interview.place(page).map(|place| (place.section, place.sections));
    assert_eq!(["mot", "hai", "ba"].map(place), [Some((1, 2)), Some((2, 2)), Some((2, 2))]);
}

#[test]
fn someone_who_comes_back_goes_on_at_the_first_open_page() {
    let form = form("sections_are_counted");
    let mut interview = start(&form);
    give(&mut interview, "mot", &[("q1", "1")]);
    super::give_again(&mut interview, "hai", &[]);
    assert_eq!(interview.path().first_open().unwrap().code(), "ba");
    give(&mut interview, "ba", &[("q3", "1")]);
    assert!(interview.path().first_open().is_none());
}
