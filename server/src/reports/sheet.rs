//! A report as it is put together: headings, sentences, pictures and tables, one under the other.

use std::rc::Rc;

use super::Stamp;
use crate::base::font::{Run, Style, Weight};
use crate::base::paper::{
    A4, Cell, Document, Element, MM, Margins, Mark, PageNumber, Role, Strip, Tie, Unprintable, paragraph, side_by_side,
    wrap,
};
use crate::base::picture::Picture;
use crate::base::text::Texts;
use crate::editions::content::Content;

const LEFT: f32 = 18.0 * MM;
const MARGINS: Margins = Margins { left: LEFT, top: 18.0 * MM, bottom: 21.0 * MM };

/// Letters of one kind of document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters {
    pub(super) title: Style,
    pub(super) heading: Style,
    pub(super) lead: Style,
    pub(super) body: Style,
    pub(super) strong: Style,
    pub(super) fine: Style,
}

pub(super) const REPORT: Letters = Letters {
    title: Style::new(Weight::Bold, 20.0, 27.0),
    heading: Style::new(Weight::Bold, 13.0, 18.0),
    lead: Style::new(Weight::Regular, 13.0, 19.0),
    body: Style::new(Weight::Regular, 9.5, 13.5),
    strong: Style::new(Weight::Bold, 9.5, 13.5),
    fine: Style::new(Weight::Regular, 6.5, 9.0),
};

pub(super) const SLIDES: Letters = Letters {
    title: Style::new(Weight::Bold, 34.0, 44.0),
    heading: Style::new(Weight::Bold, 24.0, 32.0),
    lead: Style::new(Weight::Regular, 20.0, 28.0),
    body: Style::new(Weight::Regular, 12.0, 16.5),
    strong: Style::new(Weight::Bold, 12.0, 16.5),
    fine: Style::new(Weight::Regular, 6.5, 9.0),
};

/// A column of a table: where it begins, how wide it is, and whether its numbers end at its right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) number: bool,
}

pub(super) const fn words(x: f32, width: f32) -> Column {
    Column { x, width, number: false }
}

pub(super) const fn number(x: f32, width: f32) -> Column {
    Column { x, width, number: true }
}

pub(super) struct Sheet {
    document: Document,
    letters: Letters,
    size: (f32, f32),
    /// What comes next begins a page.
    turn: bool,
}

impl Sheet {
    pub(super) fn portrait(title: &str, texts: Texts) -> Self {
        let document = Document::new(title, texts.language().code(), MARGINS);
        Self { document, letters: REPORT, size: A4, turn: false }
    }

    pub(super) fn landscape(title: &str, texts: Texts) -> Self {
        let document = Document::new(title, texts.language().code(), MARGINS).landscape();
        Self { document, letters: SLIDES, size: (A4.1, A4.0), turn: false }
    }

    /// Between the margins.
    pub(super) fn width(&self) -> f32 {
        self.size.0 - 2.0 * LEFT
    }

    pub(super) fn turn(&mut self) {
        self.turn = true;
    }

    pub(super) fn heading(&mut self, level: u16, text: &str) {
        let element = self.document.element(None, Role::Heading(level, text.to_owned()));
        let style = if level == 1 { self.letters.title } else { self.letters.heading };
        self.add(paragraph(text, style, 0.0, self.width(), Some(element)), 16.0, Tie::Firm);
    }

    /// What the reader is to keep.
    pub(super) fn lead(&mut self, text: &str) {
        self.paragraph(text, self.letters.lead);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.paragraph(text, self.letters.body);
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let element = self.document.element(None, Role::Paragraph);
        self.add(paragraph(text, style, 0.0, self.width(), Some(element)), 5.0, Tie::Loose);
    }

    /// Each with its label: a number, a letter, a dash.
    pub(super) fn list(&mut self, items: &[(String, String)]) {
        const TEXT: f32 = 16.0;
        let list = self.document.element(None, Role::List);
        for (label, text) in items {
            let item = self.document.element(list, Role::Item);
            let cell = |element, x, style, width, text: &str| Cell {
                x,
                lines: wrap(text, style, width),
                element: Some(element),
                centred: None,
            };
            let label = cell(self.document.element(item, Role::Label), 0.0, self.letters.strong, TEXT, label);
            let body = self.document.element(item, Role::Body);
            let body = cell(body, TEXT, self.letters.body, self.width() - TEXT, text);
            self.add(side_by_side(vec![label, body]), 3.0, Tie::Loose);
        }
    }

    /// As wide as `width`.
    pub(super) fn picture(&mut self, picture: Picture, width: f32) {
        self.pictures(vec![picture], width);
    }

    /// Side by side, each as wide as `width`.
    pub(super) fn pictures(&mut self, pictures: Vec<Picture>, width: f32) {
        const GAP: f32 = 20.0;
        let figures: Vec<_> = pictures
            .into_iter()
            .map(|picture| {
                let told = picture.told();
                let words = format!("{}. {}", told.title, told.description);
                (Rc::new(picture), self.document.element(None, Role::Figure(words)))
            })
            .collect();
        self.add(vec![Strip::pictures(figures, width, GAP)], 8.0, Tie::Loose);
    }

    /// The first cell of each row says what the row is about; the head comes again on each page.
    pub(super) fn table<const N: usize>(
        &mut self,
        columns: [Column; N],
        heads: [&str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) {
        let table = self.document.element(None, Role::Table);
        let head = self.row(table, columns, &heads.map(str::to_owned), None);
        let again = Rc::new(head.clone());
        self.add(head, 8.0, Tie::Firm);
        for cells in rows {
            let mut strips = self.row(table, columns, &cells, Some(&again));
            for strip in &mut strips {
                strip.head = Some(Rc::clone(&again));
            }
            self.add(strips, 0.0, Tie::Loose);
        }
    }

    fn row<const N: usize>(
        &mut self,
        table: Element,
        columns: [Column; N],
        cells: &[String; N],
        under: Option<&Rc<Vec<Strip>>>,
    ) -> Vec<Strip> {
        let row = self.document.element(table, Role::Row);
        let places = columns.into_iter().zip(cells).zip(0..);
        let cells = places.map(|((column, text), at)| {
            let (role, style) = match (under, at) {
                (None, _) => (Role::ColumnHead, self.letters.strong),
                (Some(_), 0) => (Role::RowHead, self.letters.body),
                (Some(_), _) => (Role::Cell, self.letters.body),
            };
            let lines = wrap(text, style, column.width);
            let width = lines.iter().map(Run::width).fold(0.0, f32::max);
            let x = if column.number { column.x + column.width - width } else { column.x };
            Cell { x, lines, element: Some(self.document.element(row, role)), centred: None }
        });
        let mut strips = side_by_side(cells.collect());
        let width = self.width();
        if let Some(last) = strips.last_mut() {
            last.height += 3.0;
            let line = if under.is_some() { 0.3 } else { 0.8 };
            let y = last.height - 1.0;
            last.marks.push(Mark::Line { from: (0.0, y), to: (width, y), line });
        }
        strips
    }

    /// Space above the first strip, and how the last one holds on to what follows.
    fn add(&mut self, mut strips: Vec<Strip>, space: f32, tie: Tie) {
        if let Some(first) = strips.first_mut() {
            first.space = space;
            first.turn = std::mem::take(&mut self.turn);
        }
        if let Some(last) = strips.last_mut() {
            last.tie = tie;
        }
        self.document.add(strips);
    }

    /// The file; each page's foot tells which edition it is of.
    pub(super) fn write(self, content: &Content, stamp: &Stamp, texts: Texts) -> Result<Vec<u8>, Unprintable> {
        let (fine, (width, height)) = (self.letters.fine, self.size);
        let name = content.survey.name.of(texts.language());
        let edition = format!("{}/{}", content.survey.slug, stamp.number);
        let mut first = texts.with("report-foot", [("survey", name), ("edition", edition.as_str())]).into_owned();
        if content.survey.synthetic {
            first.push_str(" · ");
            first.push_str(&texts.get("synthetic"));
        }
        let second = format!("SHA-256 {}", stamp.digest);
        self.document.write(|page| {
            let text = |x: f32, up: f32, run: Run| Mark::Text { x, baseline: height - up, run, element: None };
            let number = number_of(page, texts, fine);
            vec![
                text(LEFT, 12.0 * MM, Run::new(&first, fine)),
                text(LEFT, 12.0 * MM - fine.leading, Run::new(&second, fine)),
                text(width - LEFT - number.width(), 12.0 * MM, number),
            ]
        })
    }
}

fn number_of(page: PageNumber, texts: Texts, style: Style) -> Run {
    Run::new(&texts.with("record-page", [("at", page.at), ("all", page.all)]), style)
}
