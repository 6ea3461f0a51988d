//! The list on paper: a table for each commune, with room to sign.

use std::rc::Rc;

use super::{Commune, List};
use crate::base::paper::{
    A4, Cell, Document, Element, MM, Margins, Mark, PageNumber, Role, Run, Strip, Style, Tie, Unprintable, Weight,
    paragraph, side_by_side, wrap,
};
use crate::base::text::{Language, Texts};

const MARGINS: Margins = Margins { left: 18.0 * MM, top: 18.0 * MM, bottom: 18.0 * MM };
const WIDTH: f32 = A4.0 - 2.0 * MARGINS.left;
const TITLE: Style = Style::new(Weight::Bold, 14.0, 19.0);
const HEADING: Style = Style::new(Weight::Bold, 11.0, 15.0);
const STRONG: Style = Style::new(Weight::Bold, 9.0, 12.0);
const BODY: Style = Style::new(Weight::Regular, 9.0, 12.0);
/// Number, name, where they live, signature: where each column begins and how wide its text is.
const COLUMNS: [(f32, f32); 4] = [(0.0, 24.0), (26.0, 130.0), (160.0, 200.0), (364.0, WIDTH - 364.0)];
/// Room to sign.
const ROW: f32 = 24.0;

pub(super) fn print(campaign: &str, province: &str, list: &List) -> Result<Vec<u8>, Unprintable> {
    let texts = Texts::new(Language::Vietnamese);
    let title = texts.with("payment-paper-title", [("province", province)]).into_owned();
    let mut document = Document::new(&title, "vi", MARGINS);
    let heading = document.element(None, Role::Heading(1, title.clone()));
    document.add(paragraph(&title, TITLE, 0.0, WIDTH, Some(heading)));
    for text in [campaign.to_owned(), texts.get("payment-paper-means").into_owned()] {
        let element = document.element(None, Role::Paragraph);
        document.add(paragraph(&text, BODY, 0.0, WIDTH, Some(element)));
    }
    for commune in &list.communes {
        table(&mut document, commune, texts);
    }
    document.write(foot)
}

fn table(document: &mut Document, commune: &Commune, texts: Texts) {
    let heading = document.element(None, Role::Heading(2, commune.name.clone()));
    let mut strips = paragraph(&commune.name, HEADING, 0.0, WIDTH, Some(heading));
    if let Some(first) = strips.first_mut() {
        first.space = 14.0;
    }
    for strip in &mut strips {
        strip.tie = Tie::Firm;
    }
    document.add(strips);
    let table = document.element(None, Role::Table);
    let keys = ["payment-number", "payment-name", "payment-home", "payment-signature"];
    let heads = keys.map(|key| texts.get(key).into_owned());
    let head = row(document, table, &heads, &Role::ColumnHead, STRONG, 14.0, None);
    let again = Rc::new(head.clone());
    document.add(head.into_iter().map(|strip| Strip { tie: Tie::Firm, ..strip }));
    for (at, person) in commune.persons.iter().enumerate() {
        let home = format!("{}, {}", person.address, person.village);
        let cells = [(at + 1).to_string(), person.name.clone(), home, String::new()];
        let strips = row(document, table, &cells, &Role::Cell, BODY, ROW, Some(&again));
        document.add(strips);
    }
}

fn row(
    document: &mut Document,
    table: Element,
    texts: &[String; 4],
    role: &Role,
    style: Style,
    least: f32,
    head: Option<&Rc<Vec<Strip>>>,
) -> Vec<Strip> {
    let row = document.element(table, Role::Row);
    let cells = texts.iter().zip(COLUMNS).map(|(text, (x, width))| {
        let element = Some(document.element(row, role.clone()));
        Cell { x, lines: wrap(text, style, width), element, centred: None }
    });
    let mut strips = side_by_side(cells.collect());
    let missing = least - Strip::total(&strips);
    if let Some(last) = strips.last_mut() {
        last.height += missing.max(4.0);
        let y = last.height - 1.0;
        last.marks.push(Mark::Line { from: (0.0, y), to: (WIDTH, y), line: 0.4 });
        last.tie = Tie::Loose;
    }
    for strip in &mut strips {
        strip.head = head.map(Rc::clone);
    }
    strips
}

fn foot(page: PageNumber) -> Vec<Mark> {
    let run = Run::new(&format!("{}/{}", page.at, page.all), BODY);
    let x = A4.0 - MARGINS.left - run.width();
    vec![Mark::Text { x, baseline: A4.1 - 9.0 * MM, run, element: None }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::paper::reading::{elements, words};
    use crate::invitations::payment::Person;

    #[test]
    fn everybody_stands_on_the_list_with_room_to_sign_on_however_many_pages() {
        let person = |at: usize| Person {
            name: format!("Người \u{202e}<b>{at}"),
            village: "Thôn Hai".to_owned(),
            address: "Số 1, ngõ 2, một địa chỉ rất dài để xuống dòng".to_owned(),
        };
        let commune = Commune { name: "Xã Một".to_owned(), persons: (0..80).map(person).collect() };
        let pdf = print("Khảo sát", "Hà Nội", &List { communes: vec![commune], held_back: 3 }).unwrap();
        let words = words(&pdf);
        assert!((0..80).all(|at| words.contains(&format!("<b>{at}"))));
        assert_eq!((elements(&pdf, "/S/TR"), elements(&pdf, "/S/Table")), (81, 1));
    }
}
