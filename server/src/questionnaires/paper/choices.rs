//! Boxes to mark, under each other or in columns.

use survey_forms::{PrintedChoice, PrintedUnit};

use super::look::{BODY, CODE, INDENT, LINE, TICK, TO_CODE, WIDTH, tick};
use super::{Paper, after};
use crate::base::paper::{Cell, Element, Mark, Role, Run, Strip, Tie, side_by_side, wrap};

/// From the box to the label; room for two digits of code between them.
const TO_LABEL: f32 = TICK + TO_CODE + 14.0;
/// More beside each other are hard to read.
const MOST_COLUMNS: usize = 4;
const GAP: f32 = 14.0;
/// Less than this is no line to write on.
const LEAST_LINE: f32 = 150.0;

impl Paper<'_> {
    pub(super) fn choices(&mut self, unit: &PrintedUnit, within: Element) {
        let choices: Vec<&PrintedChoice> = unit.choices.iter().chain(&unit.way_out).collect();
        let list = self.document.element(within, Role::List);
        let elements: Vec<_> = choices.iter().map(|_| self.choice_elements(list)).collect();
        let columns = columns(&choices);
        let rows = choices.len().div_ceil(columns);
        let width = (WIDTH - INDENT) / columns_f32(columns);
        for row in 0..rows {
            let mut cells = Vec::new();
            let mut boxes = Vec::new();
            let mut write_in = None;
            for column in 0..columns {
                let at = column * rows + row;
                let (Some(choice), Some((label, body))) = (choices.get(at), elements.get(at)) else { continue };
                let x = INDENT + columns_f32(column) * width;
                boxes.push(tick(x));
                let lines = wrap(&choice.label.text, BODY, width - TO_LABEL - GAP);
                if choice.write_in.is_some() {
                    write_in = Some(x + TO_LABEL + lines.last().map_or(0.0, Run::width));
                }
                let code = vec![Run::new(&choice.code.to_string(), CODE)];
                cells.push(Cell { x: x + TICK + TO_CODE, lines: code, element: Some(*label), centred: None });
                cells.push(Cell { x: x + TO_LABEL, lines, element: Some(*body), centred: None });
            }
            let mut strips = side_by_side(cells);
            if let Some(first) = strips.first_mut() {
                first.marks.splice(0..0, boxes);
            }
            if let Some(from) = write_in {
                line_to_write_on(&mut strips, from + 6.0);
            }
            after(&mut strips, 3.0, if row + 1 == rows { Tie::Loose } else { Tie::Whole });
            self.document.add(strips);
        }
    }

    /// Of the code and of the label of one choice.
    fn choice_elements(&mut self, list: Element) -> (Element, Element) {
        let item = self.document.element(list, Role::Item);
        (self.document.element(item, Role::Label), self.document.element(item, Role::Body))
    }
}

/// Behind the label, or below it where too little room is left.
fn line_to_write_on(strips: &mut Vec<Strip>, from: f32) {
    let line = |x, y| Mark::Line { from: (x, y), to: (WIDTH, y), line: 0.6 };
    match strips.last_mut() {
        Some(last) if WIDTH - from >= LEAST_LINE => last.marks.push(line(from, last.height - 1.5)),
        last => {
            if let Some(last) = last {
                last.tie = Tie::Firm;
            }
            let mark = line(INDENT + TO_LABEL, LINE - 2.0);
            strips.push(Strip { height: LINE, marks: vec![mark], ..Strip::default() });
        }
    }
}

/// As many as keep every label on one line; one where something is written beside a label.
fn columns(choices: &[&PrintedChoice]) -> usize {
    if choices.iter().any(|choice| choice.write_in.is_some()) {
        return 1;
    }
    let widest = choices.iter().map(|choice| Run::new(&choice.label.text, BODY).width()).fold(0.0, f32::max);
    let fits = |columns: &usize| widest + TO_LABEL + GAP <= (WIDTH - INDENT) / columns_f32(*columns);
    (1..=MOST_COLUMNS.min(choices.len())).rev().find(fits).unwrap_or(1)
}

fn columns_f32(columns: usize) -> f32 {
    u8::try_from(columns).map_or(f32::MAX, f32::from)
}
