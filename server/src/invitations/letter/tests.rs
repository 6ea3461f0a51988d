use super::*;
use crate::base::paper::reading::{elements, runs};
use crate::base::text::Language;
use crate::campaigns::Campaign;

const URL: &str = "https://khaosat.moha.gov.vn";

fn campaign() -> Campaign {
    Campaign::for_tests("1900 1234")
}

fn letters() -> Letters {
    let words = Language::ALL.map(|language| Words::ours(&campaign(), URL, language));
    Letters::new(URL, words.to_vec()).unwrap()
}

fn line(name: &str) -> Line {
    let text = |text: &str| text.to_owned();
    Line {
        code: Code::parse("4821 7730 9164 0529").unwrap_or_else(|_| Code::random().unwrap()),
        province_code: text("01"),
        province: text("Hà Nội"),
        commune: text("Xã Một"),
        village: text("Thôn Hai"),
        name: text(name),
        address: text("Số 12, ngõ 3"),
        person: text("p1"),
        commune_code: text("01-1"),
        replaces: String::new(),
    }
}

#[test]
fn a_letter_says_who_asks_how_to_answer_and_what_becomes_of_it_in_both_languages() {
    let line = line("Nguyễn Văn A");
    let pdf = letters().print("Thư mời", std::slice::from_ref(&line)).unwrap();
    let pages = runs(&pdf);
    assert_eq!(pages.len(), 1);
    let said = pages[0].join(" ");
    for words in [
        "Nguyễn Văn A",
        "Số 12, ngõ 3",
        "Xã Một",
        "Hà Nội",
        &line.code.to_string(),
        "khaosat.moha.gov.vn",
        "1900 1234",
        "30/11/2026",
        "30 November 2026",
        "không hỏi họ tên",
        "Bộ Nội vụ hỏi để biết",
    ] {
        assert!(said.to_lowercase().contains(&words.to_lowercase()), "{words} in {said}");
    }
    assert_eq!((elements(&pdf, "/S/H1"), elements(&pdf, "/S/H2")), (1, 1));
}

#[test]
fn every_letter_is_one_page_whatever_the_names() {
    let hostile = ["", "\u{202e}<script>", ") Tj ET endobj", "=1+1", &"Rất dài ".repeat(40), &"Ễ".repeat(300)];
    let lines: Vec<Line> = hostile.iter().map(|name| Line { address: (*name).to_owned(), ..line(name) }).collect();
    let pages = runs(&letters().print("Thư mời", &lines).unwrap());
    assert_eq!(pages.len(), lines.len());
    for (line, page) in lines.iter().zip(&pages) {
        assert!(page.contains(&line.code.to_string()), "{page:?}");
        assert!(page.contains(&"Hà Nội".to_owned()), "the province stands in the window: {page:?}");
    }
}

/// The address of the house and its number are the operator's and the campaign's: longer ones still leave a page for both languages.
#[test]
fn both_languages_fit_also_with_a_long_address_and_number() {
    let url = "https://khao-sat-su-hai-long-cua-nguoi-dan.so-noi-vu.example.gov.vn";
    let campaign = Campaign::for_tests("1900 1234 nhánh 56789 (miễn phí)");
    let words = Language::ALL.map(|language| Words::ours(&campaign, url, language));
    assert!(Letters::new(url, words.to_vec()).is_ok());
}

#[test]
fn an_address_has_six_lines_at_most_and_keeps_its_end() {
    let long = "Số 12, ngách 34, ngõ 56, đường Nguyễn Thị Minh Khai, tổ dân phố 7";
    let texts = |line: &Line| address_lines(line).iter().map(|run| run.text().to_owned()).collect::<Vec<_>>();
    let told = texts(&Line { address: long.to_owned(), ..line("Nguyễn Văn A") });
    assert_eq!(told.len(), 6);
    assert_eq!(told[1..3].concat(), long, "a second line rather than a cut");
    let name = "Công Tằng Tôn Nữ Thị Phương Thảo Nguyễn Hoàng Anh";
    let told = texts(&Line { address: long.to_owned(), ..line(name) });
    assert_eq!((told.len(), told.last().map(String::as_str)), (6, Some("Hà Nội")));
}

#[test]
fn words_that_do_not_fit_on_the_page_are_refused() {
    let mut words = Words::ours(&campaign(), URL, Language::Vietnamese);
    words.paragraphs.push((String::new(), "Dài ".repeat(2_000)));
    assert!(Letters::new(URL, vec![words]).is_err());
}

#[test]
fn the_link_is_in_capitals_where_it_may_be() {
    assert_eq!(link("https://khaosat.moha.gov.vn/"), "HTTPS://KHAOSAT.MOHA.GOV.VN/V/");
    assert_eq!(link("https://moha.gov.vn/khao-sat"), "https://moha.gov.vn/khao-sat/v/");
}
