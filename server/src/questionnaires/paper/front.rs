//! What stands before the questions, and around them on each page.

use survey_forms::Form;

use super::after;
use super::look::{
    BODY, DIGIT, FINE, FINE_STRONG, HEADING, INDENT, MARGINS, STRONG, TICK, TITLE, WIDTH, digits, plain,
};
use crate::base::paper::{
    A4, Cell, Document, Element, MM, Mark, PageNumber, Role, Run, Strip, Tie, paragraph, side_by_side, wrap,
};
use crate::base::text::Texts;
use crate::questionnaires::question::language_name;

pub(super) fn add(document: &mut Document, form: &Form, language: &str, texts: Texts) {
    let title = form.words(language).title();
    let heading = document.element(None, Role::Heading(1, title.clone()));
    document.add(paragraph(&title, TITLE, 0.0, WIDTH, Some(heading)));
    let element = document.element(None, Role::Paragraph);
    let mut strips = paragraph(&version(form, language, texts), FINE, 0.0, WIDTH, Some(element));
    after(&mut strips, 2.0, Tie::Loose);
    document.add(strips);
    code(document, texts);
    for (lead, text) in [("paper-private-lead", "paper-private"), ("paper-voluntary-lead", "paper-voluntary")] {
        led(document, &texts.get(lead), &texts.get(text));
    }
    how(document, texts);
}

/// Sixteen boxes in fours, with a frame around them.
fn code(document: &mut Document, texts: Texts) {
    const AIR: f32 = 9.0;
    const BETWEEN: f32 = 9.0;
    let from = WIDTH - AIR - 16.0 * DIGIT.0 - 3.0 * BETWEEN;
    let element = document.element(None, Role::Paragraph);
    let label = [("paper-code", STRONG), ("paper-code-hint", FINE)]
        .into_iter()
        .flat_map(|(key, style)| paragraph(&texts.get(key), style, AIR, from - 2.0 * AIR, Some(element)));
    let mut marks = Vec::new();
    let mut top = AIR;
    for strip in label {
        marks.extend(strip.marks.into_iter().map(|mark| lowered(mark, top)));
        top += strip.height;
    }
    let height = top.max(AIR + DIGIT.1) + AIR;
    let mut x = from;
    for _ in 0..4 {
        let (boxes, end) = digits(x, (height - DIGIT.1) / 2.0, 4);
        marks.extend(boxes);
        x = end + BETWEEN;
    }
    marks.push(Mark::Frame { x: 0.0, y: 0.0, width: WIDTH, height, line: 0.9 });
    document.add([Strip { height, space: 12.0, marks, ..Strip::default() }]);
}

fn lowered(mark: Mark, by: f32) -> Mark {
    match mark {
        Mark::Text { x, baseline, run, element } => Mark::Text { x, baseline: baseline + by, run, element },
        other => other,
    }
}

/// A sentence with its first words in bold.
fn led(document: &mut Document, lead: &str, text: &str) {
    let element = Some(document.element(None, Role::Paragraph));
    let lead = Run::new(lead, STRONG);
    let x = 62.0_f32.max(lead.width() + 6.0);
    let column = |x, lines| Cell { x, lines, element, centred: None };
    let mut strips = side_by_side(vec![column(0.0, vec![lead]), column(x, wrap(text, BODY, WIDTH - x))]);
    after(&mut strips, 10.0, Tie::Loose);
    document.add(strips);
}

fn how(document: &mut Document, texts: Texts) {
    let heading = document.element(None, Role::Heading(2, texts.get("paper-how").into_owned()));
    let mut strips = paragraph(&texts.get("paper-how"), HEADING, 0.0, WIDTH, Some(heading));
    after(&mut strips, 14.0, Tie::Firm);
    document.add(strips);
    let list = document.element(None, Role::List);
    for (key, sample) in
        [("paper-how-mark", Some(crossed as Sample)), ("paper-how-correct", Some(undone)), ("paper-how-write", None)]
    {
        let body = step(document, list);
        let mut strips = paragraph(&texts.get(key), BODY, INDENT, WIDTH - INDENT, Some(body));
        if let (Some(first), Some(sample)) = (strips.first_mut(), sample) {
            first.marks.extend(sample());
        }
        after(&mut strips, 3.0, Tie::Whole);
        document.add(strips);
    }
}

type Sample = fn() -> Vec<Mark>;

fn step(document: &mut Document, list: Element) -> Element {
    let item = document.element(list, Role::Item);
    document.element(item, Role::Body)
}

fn crossed() -> Vec<Mark> {
    let (left, right) = (-1.0, TICK + 1.0);
    let (top, bottom) = (0.8, BODY.leading - 0.8);
    vec![
        super::look::tick(0.0),
        Mark::Line { from: (left, top), to: (right, bottom), line: 1.3 },
        Mark::Line { from: (left, bottom), to: (right, top), line: 1.3 },
    ]
}

fn undone() -> Vec<Mark> {
    vec![Mark::Area { x: 0.0, y: (BODY.leading - TICK) / 2.0, width: TICK, height: TICK, grey: 0 }]
}

/// The title above from the second page on, version and page number below.
pub(super) fn around(page: PageNumber, form: &Form, language: &str, texts: Texts) -> Vec<Mark> {
    let foot = A4.1 - MARGINS.bottom + 9.0 * MM;
    let numbers = [("page", page.at.to_string()), ("pages", page.all.to_string())];
    let number = Run::new(&texts.with("paper-page", numbers), FINE_STRONG);
    let right = A4.0 - MARGINS.left - number.width();
    let mut marks = vec![
        plain(MARGINS.left, foot, &version(form, language, texts), FINE),
        Mark::Text { x: right, baseline: foot, run: number, element: None },
    ];
    let title = wrap(&form.words(language).title(), FINE, WIDTH);
    if let (Some(run), 2..) = (title.into_iter().next(), page.at) {
        marks.push(Mark::Text { x: MARGINS.left, baseline: MARGINS.top - 6.0 * MM, run, element: None });
    }
    marks
}

/// Form, version and language, as the version page names them.
fn version(form: &Form, language: &str, texts: Texts) -> String {
    let digest: String = form.digest().chars().take(12).collect();
    let values = [("form", form.code()), ("digest", digest.as_str()), ("language", language_name(language))];
    texts.with("paper-version", values).into_owned()
}
