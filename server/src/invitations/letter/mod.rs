//! A letter on paper: one page of A4, folded twice for a window envelope (DIN 5008 form B, DIN lang).
//!
//! The address stands in the window, the code and its picture at the top right as the page `/ma` says, the words below in one language or
//! two. What is the same in all letters is laid out once.

mod look;
#[cfg(test)]
mod tests;
mod words;

pub(super) use words::Words;

use self::look::{
    ADDRESS, BODY, CODE, CODE_BOX, FINE, FOLDS, LABEL, LEFT, PICTURE, SECOND, SENDER, TITLE, WIDTH, WINDOW, WORDS_TOP,
};
use super::code::Code;
use super::list::Line;
use crate::base::paper::{
    A4, Document, Element, MM, Margins, Mark, Role, Run, Strip, Style, Unprintable, picture_code, wrap,
};

/// All that letters of one campaign have in common.
pub(super) struct Letters {
    /// `HTTPS://HOST/V/`, to which the code is added.
    link: String,
    /// The first language, and the second one if there is one.
    words: Vec<Words>,
    /// Text of each language laid out, with the part of the page it belongs to.
    bodies: Vec<Vec<Part>>,
}

/// A heading or a paragraph, its marks at their places on the page.
struct Part {
    heading: bool,
    title: String,
    marks: Vec<(f32, f32, Run)>,
}

impl Letters {
    /// `public_url` is where people reach us; the first of `words` comes first. Words too long for one page are refused.
    pub(super) fn new(public_url: &str, words: Vec<Words>) -> Result<Self, TooLong> {
        let (mut top, mut bodies) = (WORDS_TOP, Vec::new());
        for (at, words) in words.iter().enumerate() {
            let body = body(words, at > 0, &mut top);
            bodies.push(body);
        }
        if top > A4.1 - look::BOTTOM { Err(TooLong) } else { Ok(Self { link: link(public_url), words, bodies }) }
    }

    /// One letter to a page.
    pub(super) fn print(&self, title: &str, lines: &[Line]) -> Result<Vec<u8>, Unprintable> {
        let language = self.words.first().map_or("vi", |words| words.language.as_str());
        let mut document = Document::new(title, language, Margins { left: 0.0, top: 0.0, bottom: 0.0 });
        for line in lines {
            let marks = self.letter(&mut document, line);
            document.add([Strip { height: A4.1, marks, ..Strip::default() }]);
        }
        document.write(|_page| folds())
    }

    fn letter(&self, document: &mut Document, line: &Line) -> Vec<Mark> {
        let mut marks = Vec::new();
        let Some(first) = self.words.first() else { return marks };
        let letter = document.element(None, Role::Section);
        let sender = document.element(letter, Role::Paragraph);
        marks.push(text(WINDOW.0 + 5.0 * MM, WINDOW.1 + 13.5 * MM, Run::new(&first.sender, SENDER), Some(sender)));
        let address = document.element(letter, Role::Paragraph);
        marks.extend(address_lines(line).into_iter().enumerate().map(|(at, run)| {
            text(WINDOW.0 + 5.0 * MM, WINDOW.1 + 21.5 * MM + look::at(at) * ADDRESS.leading, run, Some(address))
        }));
        self.code(document, letter, first, &line.code, &mut marks);
        for (at, (words, body)) in self.words.iter().zip(&self.bodies).enumerate() {
            let section = match at {
                0 => letter,
                _ => document.element(letter, Role::SectionIn(words.language.clone())),
            };
            for part in body {
                let role =
                    if part.heading { Role::Heading(look::level(at), part.title.clone()) } else { Role::Paragraph };
                let element = document.element(section, role);
                marks.extend(
                    part.marks.iter().map(|(x, baseline, run)| text(*x, *baseline, run.clone(), Some(element))),
                );
            }
        }
        marks
    }

    /// The code in fours and its picture, in a frame at the top right.
    fn code(&self, document: &mut Document, within: Element, words: &Words, code: &Code, marks: &mut Vec<Mark>) {
        let (x, y, width, height) = CODE_BOX;
        let element = document.element(within, Role::Paragraph);
        let mut centred = |baseline: f32, run: Run| {
            marks.push(text(x + (width - run.width()) / 2.0, y + baseline, run, Some(element)));
        };
        centred(5.5 * MM, Run::new(&words.code_label, LABEL));
        centred(12.5 * MM, Run::new(&code.to_string(), CODE));
        for (at, run) in wrap(&words.scan, FINE, width - 4.0 * MM).into_iter().take(2).enumerate() {
            centred(height - 6.0 * MM + look::at(at) * FINE.leading, run);
        }
        marks.push(Mark::Frame { x, y, width, height, line: 0.9 });
        let link = format!("{}{}", self.link, code.digits());
        marks.extend(picture_code(&link, x + (width - PICTURE) / 2.0, y + 14.0 * MM, PICTURE));
    }
}

/// The words leave no room on the page.
#[derive(Debug)]
pub(super) struct TooLong;

/// Upper-case, which takes the smallest picture, where the address is a host alone; else as it is.
fn link(public_url: &str) -> String {
    let url = public_url.trim_end_matches('/');
    let host_alone = url.split_once("://").is_some_and(|(_, host)| !host.contains('/'));
    if host_alone { format!("{}/V/", url.to_uppercase()) } else { format!("{url}/v/") }
}

/// Name, address, village, commune, province, each as wide as the window. Six lines fit: a name and an address of two lines each leave no room
/// for the village, which such an address has told.
fn address_lines(line: &Line) -> Vec<Run> {
    let width = WINDOW.2 - 8.0 * MM;
    let lines = |text: &str, most: usize| wrap(text, ADDRESS, width).into_iter().take(most).collect::<Vec<_>>();
    let (name, address) = (lines(&line.name, 2), lines(&line.address, 2));
    let village = if name.len() + address.len() < 4 { lines(&line.village, 1) } else { Vec::new() };
    [name, address, village, lines(&line.commune, 1), lines(&line.province, 1)].concat()
}

fn body(words: &Words, second: bool, top: &mut f32) -> Vec<Part> {
    let (strong, plain) = if second { SECOND } else { BODY };
    let mut parts = Vec::new();
    if second {
        *top += 4.0 * MM;
    }
    let title = lay(&words.title, if second { strong } else { TITLE }, top);
    parts.push(Part { heading: true, title: words.title.clone(), marks: title });
    for (lead, rest) in &words.paragraphs {
        *top += plain.leading * 0.4;
        let mut marks = Vec::new();
        let mut rest = rest.clone();
        if !lead.is_empty() {
            let lead = Run::new(lead, strong);
            let indent = lead.width() + plain.size * 0.3;
            // As much as fits beside the bold words; what follows has the whole width.
            let beside = wrap(&rest, plain, WIDTH - indent).into_iter().next();
            let taken = beside.as_ref().map_or(0, |run| run.text().split_whitespace().count());
            rest = rest.split_whitespace().skip(taken).collect::<Vec<_>>().join(" ");
            let baseline = *top + plain.baseline();
            marks.push((LEFT, baseline, lead));
            marks.extend(beside.map(|run| (LEFT + indent, baseline, run)));
            *top += plain.leading;
        }
        marks.extend(lay(&rest, plain, top));
        parts.push(Part { heading: false, title: String::new(), marks });
    }
    parts
}

fn lay(words: &str, style: Style, top: &mut f32) -> Vec<(f32, f32, Run)> {
    let place = |run: Run| {
        let baseline = *top + style.baseline();
        *top += style.leading;
        (LEFT, baseline, run)
    };
    wrap(words, style, WIDTH).into_iter().map(place).collect()
}

fn text(x: f32, baseline: f32, run: Run, element: Option<Element>) -> Mark {
    Mark::Text { x, baseline, run, element }
}

/// Where the page is folded.
fn folds() -> Vec<Mark> {
    FOLDS.map(|y| Mark::Line { from: (4.0 * MM, y), to: (9.0 * MM, y), line: 0.5 }).to_vec()
}
