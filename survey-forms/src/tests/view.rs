//! What the pages show.

use super::{fields, form, give, start};
use crate::SkipPolicy;

#[test]
fn a_page_shows_its_questions_options_and_the_answer_so_far() {
    let form = form("way_out_differs_by_item");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1_opinion", "98"), ("q1_used", "2")]);
    let page = interview.page("dau", "vi", &[], &[]).unwrap();
    assert_eq!((page.title.text.as_str(), page.section.text.as_str()), ("Trang dau", "Phần one"));
    let units = &page.blocks[0].units;
    let labels: Vec<&str> = units[1].options.iter().map(|option| option.label.text.as_str()).collect();
    assert_eq!(labels, ["Mức 1", "Mức 2", "Mức 3", "Chưa từng dùng"]);
    let chosen =
        |unit: usize| units[unit].options.iter().find(|option| option.chosen).map(|option| option.value.as_str());
    assert_eq!((chosen(0), chosen(1)), (Some("98"), Some("2")));
    assert!(units[0].options[3].way_out);
    assert_eq!(units[1].legend.text, "Nội dung q1_used");
}

#[test]
fn typed_words_come_back_as_typed_with_what_is_wrong() {
    let form = form("other_needs_text");
    let mut interview = start(&form);
    let raw = fields(&[("q1", "2"), ("q1_text", "dân tộc Tày ở Cao Bằng")]);
    let issues = interview.give("dau", &raw, SkipPolicy::Warn).unwrap_err();
    let page = interview.page("dau", "vi", &raw, &issues).unwrap();
    let words = page.blocks[0].units[0].options[1].write_in.as_ref().unwrap();
    assert_eq!((words.name.as_str(), words.value.as_str()), ("q1_text", "dân tộc Tày ở Cao Bằng"));
    assert_eq!(words.issue.as_ref().unwrap().code.as_str(), "text_too_long");
    assert_eq!(page.blocks[1].units[0].issue.as_ref().unwrap().code.as_str(), "unanswered");
    assert!(page.blocks[0].units[0].issue.is_none());
}

#[test]
fn hidden_questions_are_not_shown_and_pages_off_the_path_do_not_exist() {
    let form = form("skip_rule_hides_question");
    let interview = start(&form);
    let page = interview.page("sau", "vi", &[], &[]).unwrap();
    assert_eq!(page.blocks.iter().map(|block| block.question.as_str()).collect::<Vec<_>>(), ["q3"]);
    assert_eq!(page.blocks[0].units[0].number, 3, "numbers do not move");
    assert!(interview.page("khong-co", "vi", &[], &[]).is_none());
}

#[test]
fn a_sensitive_page_says_so() {
    let form = form("sensitive_page");
    let interview = start(&form);
    let sensitive = |code| interview.page(code, "vi", &[], &[]).unwrap().sensitive;
    assert_eq!([sensitive("mot"), sensitive("rieng-tu")], [false, true]);
}

#[test]
fn a_gap_is_filled_from_the_source_language_and_says_so() {
    let form = form("language_in_preparation");
    let page = start(&form).page("mot", "en", &[], &[]).unwrap();
    let stem = &page.blocks[0].stem;
    assert_eq!((stem.text.as_str(), stem.language.as_str(), stem.fallback), ("Question q1", "en", false));
    assert_eq!(
        (page.title.text.as_str(), page.title.language.as_str(), page.title.fallback),
        ("Trang mot", "vi", true)
    );
    let unknown = start(&form).page("mot", "fr", &[], &[]).unwrap();
    assert_eq!((unknown.title.language.as_str(), unknown.title.fallback), ("vi", false));
}

#[test]
fn the_summary_lists_each_section_with_what_is_open() {
    let form = form("sections_are_counted");
    let mut interview = start(&form);
    give(&mut interview, "mot", &[("q1", "2")]);
    super::give_again(&mut interview, "hai", &[]);
    let summary = interview.summary("vi");
    let counts: Vec<_> =
        summary.iter().map(|section| (section.code.as_str(), section.answered, section.open)).collect();
    assert_eq!(counts, [("one", 1, 0), ("two", 0, 2)]);
    assert_eq!(summary[0].rows[0].answers[0].text, "Lựa chọn 2");
    assert_eq!((summary[1].rows[1].page.as_str(), summary[1].rows[1].number), ("ba", 3));
}

#[test]
fn the_summary_shows_words_beside_their_choice() {
    let form = form("multiple_with_other");
    let mut interview = start(&form);
    give(&mut interview, "dau", &[("q1", "1"), ("q1", "7"), ("q1_text", "Chợ")]);
    let row = &interview.summary("vi")[0].rows[0];
    assert_eq!(row.answers.iter().map(|answer| answer.text.as_str()).collect::<Vec<_>>(), ["Lựa chọn 1", "Lựa chọn 7"]);
    assert_eq!(row.words.as_deref(), Some("Chợ"));
}
