use unicode_normalization::UnicodeNormalization as _;

use super::pages::{Piece, pages};
use super::reading::{elements, runs, words};
use super::*;

const PLAIN: Style = Style::new(Weight::Regular, 10.0, 14.0);
const MARGINS: Margins = Margins { left: 50.0, top: 50.0, bottom: 50.0 };

fn texts(lines: &[Run]) -> Vec<&str> {
    lines.iter().map(Run::text).collect()
}

#[test]
fn lines_are_as_wide_as_they_may_be_and_lose_no_word() {
    let text = "Ông/Bà hài lòng ở mức nào với từng điều sau tại địa phương? ".repeat(20);
    let lines = wrap(&text, PLAIN, 200.0);
    assert!(lines.iter().all(|line| line.width() <= 200.0));
    assert!(lines.iter().rev().skip(1).all(|line| line.width() > 130.0), "no line ends early");
    assert_eq!(texts(&lines).concat(), text.trim(), "the spaces at the ends of lines are kept for who hears it");
}

#[test]
fn a_word_wider_than_the_line_goes_on_in_the_next_and_marks_stay_with_their_letter() {
    let word = "ệ\u{301}".repeat(2_000);
    let lines = wrap(&format!("a {word} b"), PLAIN, 100.0);
    assert!(lines.len() > 50 && lines.iter().all(|line| line.width() <= 100.0));
    assert!(lines.iter().all(|line| !line.text().starts_with('\u{301}')));
    assert_eq!(texts(&lines).concat().replace(' ', ""), format!("a{word}b").nfc().collect::<String>());
    assert_eq!(wrap("WW", PLAIN, 1.0).len(), 2, "a letter to a line at least");
}

#[test]
fn a_decomposed_text_is_the_same_as_a_composed_one() {
    let decomposed: String = "Ẵ ộ ữ Tiếng Việt".nfd().collect();
    assert_eq!(Run::new(&decomposed, PLAIN).text(), "Ẵ ộ ữ Tiếng Việt");
}

#[test]
fn what_turns_or_hides_letters_is_left_out_and_what_the_face_lacks_is_told() {
    assert_eq!(Run::new("a\u{202e}b\u{0}\u{7}\u{200b}c\u{feff}\td", PLAIN).text(), "abc d");
    assert_eq!(Run::new("ខ😀\u{e000}", PLAIN).text(), "???");
    assert!(wrap("\u{200b}\n \r", PLAIN, 100.0).is_empty());
    assert_eq!(texts(&wrap("a\nb\r\nc", PLAIN, 100.0)), ["a", "b", "c"]);
}

fn piece(height: f32, tie: Tie) -> Piece {
    Piece { height, space: 0.0, tie, turn: false, head: 0.0 }
}

fn placed(pieces: &[Piece]) -> Vec<Vec<usize>> {
    let pages = pages(pieces, 100.0);
    pages.iter().map(|page| page.iter().map(|place| place.piece).collect()).collect()
}

#[test]
fn what_is_tied_shares_a_page_and_the_weaker_tie_gives_way_first() {
    use Tie::{Firm, Loose, Whole};
    let of = |heights: &[(f32, Tie)]| heights.iter().map(|(height, tie)| piece(*height, *tie)).collect::<Vec<_>>();
    assert_eq!(placed(&of(&[(60.0, Loose), (60.0, Loose)])), [vec![0], vec![1]]);
    assert_eq!(
        placed(&of(&[(60.0, Loose), (20.0, Firm), (30.0, Loose)])),
        [vec![0], vec![1, 2]],
        "a heading moves along"
    );
    let long = of(&[(50.0, Loose), (10.0, Firm), (30.0, Whole), (30.0, Whole), (40.0, Loose)]);
    assert_eq!(placed(&long), [vec![0, 1, 2], vec![3, 4]], "too long for a page: parted between choices");
    let line = of(&[(30.0, Firm); 10]);
    assert_eq!(placed(&line), [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8], vec![9]], "nothing is cut");
}

#[test]
fn space_above_is_dropped_at_the_top_of_a_page_and_a_head_stands_there() {
    let piece = Piece { height: 40.0, space: 15.0, tie: Tie::Loose, turn: false, head: 20.0 };
    let tops: Vec<_> = pages(&[piece; 4], 100.0).concat().iter().map(|place| place.top).collect();
    assert_eq!(tops, [20.0, 20.0, 20.0, 20.0]);
    let piece = Piece { head: 0.0, ..piece };
    let tops: Vec<_> = pages(&[piece; 4], 100.0).concat().iter().map(|place| place.top).collect();
    assert_eq!(tops, [0.0, 55.0, 0.0, 55.0]);
}

#[test]
fn what_begins_a_page_begins_one_and_leaves_none_empty() {
    let plain = piece(30.0, Tie::Firm);
    let turned = Piece { turn: true, ..plain };
    assert_eq!(placed(&[turned, plain, turned, turned, plain]), [vec![0, 1], vec![2], vec![3, 4]]);
}

fn letter(title: &str, text: &str) -> Vec<u8> {
    let mut document = Document::new(title, "vi", MARGINS);
    let heading = document.element(None, Role::Heading(1, title.to_owned()));
    document.add(paragraph(title, Style::new(Weight::Bold, 16.0, 20.0), 0.0, 400.0, Some(heading)));
    let element = document.element(None, Role::Paragraph);
    document.add(paragraph(text, PLAIN, 0.0, 400.0, Some(element)));
    let number = |page: PageNumber| Run::new(&format!("{}/{}", page.at, page.all), PLAIN);
    let foot = |page| Mark::Text { x: 50.0, baseline: 800.0, run: number(page), element: None };
    document.write(|page| vec![foot(page)]).unwrap()
}

#[test]
fn the_same_words_give_the_same_bytes_and_come_out_again() {
    let text = "Một bức thư gửi mỗi người dân được mời, traffic and office. ".repeat(300);
    let pdf = letter("Thư mời", &text);
    assert_eq!(pdf, letter("Thư mời", &text));
    let pages = runs(&pdf);
    assert!(pages.len() > 2);
    for (at, page) in pages.iter().enumerate() {
        assert_eq!(page.last().unwrap(), &format!("{}/{}", at + 1, pages.len()));
    }
    let told: Vec<_> = pages.iter().flat_map(|page| &page[..page.len() - 1]).cloned().collect();
    assert_eq!(told.join(" "), format!("Thư mời {}", text.trim()));
    assert_eq!((elements(&pdf, "/S/H1"), elements(&pdf, "/S/P")), (1, 1), "one paragraph, on however many pages");
}

#[test]
fn a_document_is_written_whatever_its_title_and_words() {
    for hostile in
        ["", "\u{0}\u{202e}", "endobj ) >> \\ ( %PDF", "😀\u{fffe}\u{10ffff}", "<b>&amp;</b>", &"dài ".repeat(20_000)]
    {
        let pdf = letter(hostile, hostile);
        assert!(pdf.starts_with(b"%PDF-1.7"), "{hostile:.20}");
        assert!(!words(&pdf).contains('\u{202e}'));
    }
}

#[test]
fn a_picture_is_a_figure_with_its_words_and_its_letters_can_be_read() {
    use crate::base::picture::{Told, dot_plot};
    use crate::base::text::{Language, Texts};

    let dots = [("Cả nước", 83.94), ("Đà Nẵng", 88.2)].map(|(name, value)| dot_plot::Dot {
        name: name.to_owned(),
        value: Some(value),
        interval: None,
        country: false,
    });
    let told = Told { title: "Hài lòng".to_owned(), description: "Hai nơi".to_owned() };
    let picture = std::rc::Rc::new(dot_plot::draw(Texts::new(Language::Vietnamese), told, &dots).unwrap());
    let mut document = Document::new("Kết quả", "vi", MARGINS);
    let figure = document.element(None, Role::Figure("Hài lòng. Hai nơi".to_owned()));
    document.add([Strip::pictures([(picture, figure)], 300.0, 0.0)]);
    let pdf = document.write(|_| Vec::new()).unwrap();
    assert_eq!(elements(&pdf, "/S/Figure"), 1);
    let words = words(&pdf);
    assert!(words.contains("Cả nước") && words.contains("Đà Nẵng") && words.contains("85"), "{words}");
}
