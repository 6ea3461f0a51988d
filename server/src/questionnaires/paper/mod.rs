//! A questionnaire on paper, for the sealed envelope: the same numbers and codes as on the phone, one page after the other.

mod answers;
mod choices;
mod condition;
mod front;
mod grid;
mod look;
#[cfg(test)]
mod tests;

use survey_forms::{Form, Kind, PrintedPart, PrintedQuestion};

use self::condition::Conditions;
use self::look::{BODY, HEADING, INDENT, MARGINS, SMALL, STRONG, WIDTH};
use crate::base::paper::{
    Cell, Document, Element, Mark, Role, Strip, Style, Tie, Unprintable, paragraph, side_by_side, wrap,
};
use crate::base::text::{Language, Texts};

/// The PDF of a form in one of its languages. Of a language that is not ours the questions only; the rest is in Vietnamese.
pub(crate) fn print(form: &Form, language: &str) -> Result<Vec<u8>, Unprintable> {
    let texts = Texts::new(Language::from_code(language).unwrap_or_default());
    let title = form.words(language).title();
    let mut document = Document::new(&title, language, MARGINS);
    front::add(&mut document, form, language, texts);
    let mut paper = Paper { document, texts, conditions: Conditions { form, language, texts } };
    let mut section = None;
    let earlier = |number: u16| texts.with("paper-earlier", [("number", number.to_string())]).into_owned();
    for part in form.printed(language, earlier) {
        let within = match &section {
            Some((code, element)) if *code == part.section => *element,
            _ => paper.section(&part),
        };
        section = Some((part.section.clone(), within));
        paper.part(&part, within);
    }
    paper.close();
    paper.document.write(|page| front::around(page, form, language, texts))
}

struct Paper<'f> {
    document: Document,
    texts: Texts,
    conditions: Conditions<'f>,
}

impl Paper<'_> {
    fn section(&mut self, part: &PrintedPart) -> Element {
        let section = self.document.element(None, Role::Section);
        let heading = self.document.element(section, Role::Heading(2, part.heading.text.clone()));
        let mut strips = paragraph(&part.heading.text, HEADING, 0.0, WIDTH, Some(heading));
        after(&mut strips, 18.0, Tie::Firm);
        let line = Mark::Line { from: (0.0, 2.0), to: (WIDTH, 2.0), line: 1.2 };
        strips.push(Strip { height: 3.0, tie: Tie::Firm, marks: vec![line], ..Strip::default() });
        self.document.add(strips);
        section
    }

    fn part(&mut self, part: &PrintedPart, within: Element) {
        if part.sensitive {
            self.remark(&self.texts.get("sensitive"), within);
        }
        if let Some(condition) = self.conditions.all(&part.when) {
            let numbers = || part.questions.iter().flat_map(|question| &question.units).map(|unit| unit.number);
            let (from, to) = (numbers().min(), numbers().max());
            let key = match (from, to) {
                (Some(from), Some(to)) if from < to => "paper-only-these-if",
                (Some(_), _) => "paper-only-one-if",
                (None, _) => "paper-only-if",
            };
            let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
            let values = [("from", number(from)), ("to", number(to)), ("condition", condition)];
            self.remark(&self.texts.with(key, values), within);
        }
        for question in &part.questions {
            self.question(question, within);
        }
    }

    fn question(&mut self, question: &PrintedQuestion, within: Element) {
        if let Some(condition) = self.conditions.all(&question.when) {
            self.remark(&self.texts.with("paper-only-if", [("condition", condition)]), within);
        }
        match question.kind {
            Kind::Note => {
                self.stem(None, question, within, Tie::Loose);
            }
            Kind::Grid => {
                self.stem(None, question, within, Tie::Firm);
                self.grid(&question.units, within);
            }
            Kind::Single | Kind::Multiple | Kind::Number | Kind::Date | Kind::Text => {
                for unit in &question.units {
                    self.stem(Some(unit.number), question, within, Tie::Firm);
                    self.answer(unit, within);
                }
            }
        }
    }

    /// What is asked, and how to answer it.
    fn stem(&mut self, number: Option<u16>, question: &PrintedQuestion, within: Element, tie: Tie) {
        let style = if question.kind == Kind::Note { BODY } else { STRONG };
        let mut strips = self.numbered(number, &question.stem.text, style, within);
        after(&mut strips, 12.0, Tie::Firm);
        let many = (question.kind == Kind::Multiple).then(|| self.texts.get("choose-many").into_owned());
        let x = if number.is_some() { INDENT } else { 0.0 };
        for hint in many.into_iter().chain(question.help.as_ref().map(|help| help.text.clone())) {
            let element = self.document.element(within, Role::Paragraph);
            let mut lines = paragraph(&hint, SMALL, x, WIDTH - x, Some(element));
            after(&mut lines, 1.0, Tie::Firm);
            strips.extend(lines);
        }
        if let Some(last) = strips.last_mut() {
            last.tie = tie;
        }
        self.document.add(strips);
    }

    /// "12. …", the text beside its number.
    fn numbered(&mut self, number: Option<u16>, text: &str, style: Style, within: Element) -> Vec<Strip> {
        let element = self.document.element(within, Role::Paragraph);
        let Some(number) = number else { return paragraph(text, style, 0.0, WIDTH, Some(element)) };
        let column = |x, lines| Cell { x, lines, element: Some(element), centred: None };
        let number = wrap(&format!("{number}."), STRONG, INDENT);
        side_by_side(vec![column(0.0, number), column(INDENT, wrap(text, style, WIDTH - INDENT))])
    }

    /// Something to mind before going on: with a bar beside it.
    fn remark(&mut self, text: &str, within: Element) {
        let element = self.document.element(within, Role::Paragraph);
        let mut strips = paragraph(text, BODY, 8.0, WIDTH - 8.0, Some(element));
        for strip in &mut strips {
            strip.marks.push(Mark::Area { x: 0.0, y: 0.0, width: 2.5, height: strip.height, grey: 0 });
        }
        after(&mut strips, 12.0, Tie::Firm);
        self.document.add(strips);
    }

    fn close(&mut self) {
        let line = Mark::Line { from: (0.0, 0.0), to: (WIDTH, 0.0), line: 1.2 };
        self.document.add([Strip { height: 6.0, space: 18.0, tie: Tie::Firm, marks: vec![line], ..Strip::default() }]);
        let element = self.document.element(None, Role::Paragraph);
        let mut strips = paragraph(&self.texts.get("paper-return"), STRONG, 0.0, WIDTH, Some(element));
        after(&mut strips, 0.0, Tie::Firm);
        self.document.add(strips);
    }
}

/// Space above the first strip, and how the last one holds on to what follows.
fn after(strips: &mut [Strip], space: f32, tie: Tie) {
    if let Some(first) = strips.first_mut() {
        first.space = space;
    }
    if let Some(last) = strips.last_mut() {
        last.tie = tie;
    }
}
