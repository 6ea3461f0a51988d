//! What is written by hand: digits into boxes, words on lines.

use survey_forms::{Bounds, Measure, PrintedUnit, Quantity};

use super::look::{BODY, CODE, DIGIT, FINE, INDENT, LINE, SMALL, TICK, TO_CODE, WIDTH, digits, plain, tick};
use super::{Paper, after};
use crate::base::paper::{Cell, Element, Mark, Role, Run, Strip, Tie, paragraph, side_by_side};

/// As many letters as a hand writes on one line.
const LETTERS_ON_A_LINE: usize = 80;
const MOST_LINES: usize = 12;
/// When no bound says how large a number can be.
const USUAL_DIGITS: usize = 9;

impl Paper<'_> {
    pub(super) fn answer(&mut self, unit: &PrintedUnit, within: Element) {
        if let Some(bounds) = unit.bounds {
            self.quantity(bounds, unit, within);
        } else if let Some(letters) = unit.letters {
            self.lines(letters);
        } else {
            self.choices(unit, within);
        }
    }

    fn lines(&mut self, letters: usize) {
        let count = letters.div_ceil(LETTERS_ON_A_LINE).clamp(1, MOST_LINES);
        let mark = Mark::Line { from: (INDENT, LINE - 1.0), to: (WIDTH, LINE - 1.0), line: 0.5 };
        let mut strips = vec![Strip { height: LINE, tie: Tie::Whole, marks: vec![mark], ..Strip::default() }; count];
        after(&mut strips, 0.0, Tie::Loose);
        self.document.add(strips);
    }

    fn quantity(&mut self, bounds: Bounds, unit: &PrintedUnit, within: Element) {
        let marks = match bounds.measure {
            Measure::Day => self.day(),
            Measure::Number { decimals } => number(bounds, decimals as usize),
        };
        let tie = if unit.way_out.is_some() { Tie::Firm } else { Tie::Loose };
        let element = self.document.element(within, Role::Paragraph);
        if let Some(told) = self.bounds(bounds) {
            let mut strips = paragraph(&told, SMALL, INDENT, WIDTH - INDENT, Some(element));
            after(&mut strips, 1.0, Tie::Firm);
            self.document.add(strips);
        }
        let height = DIGIT.1 + if bounds.measure == Measure::Day { FINE.leading } else { 0.0 };
        self.document.add([Strip { height, space: 4.0, tie, marks, ..Strip::default() }]);
        let Some(way_out) = &unit.way_out else { return };
        let element = self.document.element(within, Role::Paragraph);
        let cell = |x, text: &str, style| Cell {
            x,
            lines: vec![Run::new(text, style)],
            element: Some(element),
            centred: None,
        };
        let code = cell(INDENT + TICK + TO_CODE, &way_out.code.to_string(), CODE);
        let mut strips = side_by_side(vec![code, cell(INDENT + TICK + TO_CODE + 14.0, &way_out.label.text, BODY)]);
        if let Some(first) = strips.first_mut() {
            first.marks.push(tick(INDENT));
        }
        after(&mut strips, 4.0, Tie::Loose);
        self.document.add(strips);
    }

    fn day(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut x = INDENT;
        for (name, count) in [("paper-day", 2), ("paper-month", 2), ("paper-year", 4)] {
            let (boxes, end) = digits(x, 0.0, count);
            marks.extend(boxes);
            marks.push(plain(x, DIGIT.1 + FINE.baseline(), &self.texts.get(name), FINE));
            x = end + 10.0;
        }
        marks
    }

    fn bounds(&self, bounds: Bounds) -> Option<String> {
        let written = |bound: Option<Quantity>| bound.map(|bound| bound.written(self.texts.language().code()));
        let (least, most) = (written(bounds.least), written(bounds.most));
        let key = match (&least, &most) {
            (None, None) => return None,
            (Some(_), None) => "paper-least",
            (None, Some(_)) => "paper-most",
            (Some(_), Some(_)) => "paper-between",
        };
        let values = [("least", least.unwrap_or_default()), ("most", most.unwrap_or_default())];
        Some(self.texts.with(key, values).into_owned())
    }
}

/// Room for the longest number between the bounds, the sign and the comma among its boxes.
fn number(bounds: Bounds, decimals: usize) -> Vec<Mark> {
    let whole = |bound: Quantity| {
        let text = bound.to_string();
        text.split('.').next().map_or(0, str::len)
    };
    let bounded = bounds.least.zip(bounds.most).map(|(least, most)| whole(least).max(whole(most)));
    let (mut marks, end) = digits(INDENT, 0.0, bounded.unwrap_or(USUAL_DIGITS).clamp(1, 18));
    if decimals > 0 {
        marks.push(plain(end + 3.0, DIGIT.1 - 3.0, ",", BODY));
        marks.extend(digits(end + 9.0, 0.0, decimals).0);
    }
    marks
}
