//! Items on one scale, as a table.

use std::rc::Rc;

use survey_forms::{PrintedChoice, PrintedUnit};

use super::look::{BODY, CODE, HEAD, INDENT, SMALL, STRONG, TICK, TO_CODE, WIDTH, tick};
use super::{Paper, after};
use crate::base::paper::{Cell, Element, Mark, Role, Run, Strip, Tie, side_by_side, wrap};

/// Of the columns of boxes.
const NARROWEST: f32 = 32.0;
const WIDEST: f32 = 54.0;
/// What the items keep if the columns' words allow it, and what they keep at least.
const GOOD_ITEM: f32 = 250.0;
const LEAST_ITEM: f32 = 160.0;
const MOST_HEAD_LINES: usize = 8;
/// So many rows are kept on one page.
const FEW_ROWS: usize = 8;
/// Above and below the words of a row.
const AIR: f32 = 2.5;

/// A column of boxes: a choice of the scale or a way out.
struct Column {
    code: u16,
    label: String,
    x: f32,
    width: f32,
}

impl Column {
    fn words(&self) -> Vec<Run> {
        wrap(&self.label, HEAD, self.width - 5.5)
    }
}

impl Paper<'_> {
    pub(super) fn grid(&mut self, units: &[PrintedUnit], within: Element) {
        let Some(columns) = columns(units) else {
            for unit in units {
                self.item_alone(unit, within);
            }
            return;
        };
        let table = self.document.element(within, Role::Table);
        let head = Rc::new(self.head(&columns, table));
        let mut strips: Vec<Strip> = head.iter().cloned().collect();
        for (at, unit) in units.iter().enumerate() {
            let mut row = self.row(unit, &columns, table);
            if let Some(last) = row.last_mut() {
                last.tie = tie_after(at + 1, units.len());
            }
            for strip in &mut row {
                strip.head = Some(Rc::clone(&head));
            }
            strips.extend(row);
        }
        self.document.add(strips);
    }

    fn head(&mut self, columns: &[Column], table: Element) -> Vec<Strip> {
        let row = self.document.element(table, Role::Row);
        let texts: Vec<_> = columns.iter().map(Column::words).collect();
        let height = texts.iter().map(Vec::len).max().unwrap_or(1);
        // The words stand at the foot of the head.
        let lowered = |mut lines: Vec<Run>| {
            let missing = height.saturating_sub(lines.len());
            lines.splice(0..0, std::iter::repeat_n(Run::new("", HEAD), missing));
            lines
        };
        let head = self.document.element(row, Role::ColumnHead);
        let item = vec![Run::new(&self.texts.get("paper-item"), HEAD)];
        let mut cells = vec![Cell { x: 0.0, lines: lowered(item), element: Some(head), centred: None }];
        for (column, lines) in columns.iter().zip(texts) {
            let element = Some(self.document.element(row, Role::ColumnHead));
            cells.push(Cell { x: column.x, lines: lowered(lines), element, centred: Some(column.width) });
        }
        let mut strips = side_by_side(cells);
        after(&mut strips, 5.0, Tie::Firm);
        strips.push(rule(0.9));
        strips
    }

    fn row(&mut self, unit: &PrintedUnit, columns: &[Column], table: Element) -> Vec<Strip> {
        let row = self.document.element(table, Role::Row);
        let item = Some(self.document.element(row, Role::RowHead));
        let width = columns.first().map_or(WIDTH, |first| first.x) - INDENT - 6.0;
        let mut words = wrap(&unit.label.text, BODY, width);
        if let Some(condition) = self.conditions.all(&unit.when) {
            words.extend(wrap(&self.texts.with("paper-only-if", [("condition", condition)]), SMALL, width));
        }
        let number = vec![Run::new(&format!("{}.", unit.number), STRONG)];
        let cell = |x, lines, element| Cell { x, lines, element, centred: None };
        let mut cells = vec![cell(0.0, number, item), cell(INDENT, words, item)];
        let mut boxes = Vec::new();
        for column in columns {
            let element = Some(self.document.element(row, Role::Cell));
            let offered = unit.choices.iter().chain(&unit.way_out).any(|choice| choice.code == column.code);
            let x = column.x + (column.width - TICK - TO_CODE - 4.0) / 2.0;
            let text = if offered {
                boxes.push(tick(x));
                column.code.to_string()
            } else {
                "–".to_owned()
            };
            cells.push(cell(x + TICK + TO_CODE, vec![Run::new(&text, CODE)], element));
        }
        let mut strips = vec![Strip { tie: Tie::Firm, ..Strip::blank(AIR) }];
        strips.extend(side_by_side(cells));
        if let Some(first) = strips.get_mut(1) {
            first.marks.extend(boxes);
        }
        after(&mut strips, 0.0, Tie::Firm);
        strips.push(rule(0.35));
        strips
    }

    /// Where the scale is too wide or too wordy for a table.
    fn item_alone(&mut self, unit: &PrintedUnit, within: Element) {
        let mut strips = self.numbered(Some(unit.number), &unit.label.text, BODY, within);
        after(&mut strips, 9.0, Tie::Firm);
        self.document.add(strips);
        if let Some(condition) = self.conditions.all(&unit.when) {
            self.remark(&self.texts.with("paper-only-if", [("condition", condition)]), within);
        }
        self.choices(unit, within);
    }
}

/// A short table stays whole, and no table leaves a single row on a page.
fn tie_after(row: usize, rows: usize) -> Tie {
    match rows - row {
        0 => Tie::Loose,
        1 => Tie::Whole,
        _ if row == 1 || rows <= FEW_ROWS => Tie::Whole,
        _ => Tie::Loose,
    }
}

fn rule(line: f32) -> Strip {
    let mark = Mark::Line { from: (0.0, AIR), to: (WIDTH, AIR), line };
    Strip { height: AIR, tie: Tie::Firm, marks: vec![mark], ..Strip::default() }
}

/// A column for each level and each way out, alike where there is room; none when a table would not be read.
fn columns(units: &[PrintedUnit]) -> Option<Vec<Column>> {
    let mut offered: Vec<&PrintedChoice> = units.first()?.choices.iter().collect();
    for way_out in units.iter().filter_map(|unit| unit.way_out.as_ref()) {
        if !offered.iter().any(|other| other.code == way_out.code) {
            offered.push(way_out);
        }
    }
    let longest = |choice: &PrintedChoice| {
        let words = choice.label.text.split_whitespace().map(|word| Run::new(word, HEAD).width());
        (words.fold(0.0, f32::max) + 6.0).clamp(NARROWEST, WIDEST)
    };
    let share = (WIDTH - GOOD_ITEM) / f32::from(u8::try_from(offered.len()).unwrap_or(u8::MAX));
    let widest = offered.iter().map(|choice| longest(choice)).fold(0.0, f32::max);
    let width = |choice: &PrintedChoice| if widest <= share { share.min(WIDEST) } else { longest(choice) };
    let mut x = WIDTH;
    let mut columns: Vec<_> = offered
        .iter()
        .rev()
        .map(|choice| {
            x -= width(choice);
            Column { code: choice.code, label: choice.label.text.clone(), x, width: width(choice) }
        })
        .collect();
    columns.reverse();
    let lines = columns.iter().map(|column| column.words().len()).max();
    (x >= LEAST_ITEM && lines <= Some(MOST_HEAD_LINES)).then_some(columns)
}
