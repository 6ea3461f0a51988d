//! Sizes of the paper form, in points.

use crate::base::paper::{A4, MM, Margins, Mark, Run, Style, Weight};

pub(super) const MARGINS: Margins = Margins { left: 18.0 * MM, top: 19.0 * MM, bottom: 19.0 * MM };
/// Of what is printed between the margins.
pub(super) const WIDTH: f32 = A4.0 - 2.0 * MARGINS.left;
/// Where texts begin that stand beside a number.
pub(super) const INDENT: f32 = 22.0;

pub(super) const TITLE: Style = Style::new(Weight::Bold, 18.0, 24.0);
pub(super) const HEADING: Style = Style::new(Weight::Bold, 13.0, 18.0);
pub(super) const STRONG: Style = Style::new(Weight::Bold, 10.0, 14.0);
pub(super) const BODY: Style = Style::new(Weight::Regular, 10.0, 14.0);
pub(super) const SMALL: Style = Style::new(Weight::Regular, 9.0, 12.5);
/// Heads of columns.
pub(super) const HEAD: Style = Style::new(Weight::Bold, 7.5, 9.5);
/// Around the pages.
pub(super) const FINE: Style = Style::new(Weight::Regular, 8.0, 10.5);
pub(super) const FINE_STRONG: Style = Style::new(Weight::Bold, 8.0, 10.5);
/// The codes beside the boxes.
pub(super) const CODE: Style = Style::new(Weight::Regular, 7.0, 14.0);

/// A box to mark.
pub(super) const TICK: f32 = 10.5;
/// From a box to the code beside it.
pub(super) const TO_CODE: f32 = 2.5;
/// A box to write a digit into.
pub(super) const DIGIT: (f32, f32) = (16.5, 20.0);
/// A line to write on.
pub(super) const LINE: f32 = 23.0;

/// A box to mark, in the middle of a line of `BODY`.
pub(super) fn tick(x: f32) -> Mark {
    Mark::Frame { x, y: (BODY.leading - TICK) / 2.0, width: TICK, height: TICK, line: 0.9 }
}

/// Boxes for digits side by side; also where they end.
pub(super) fn digits(x: f32, y: f32, count: usize) -> (Vec<Mark>, f32) {
    let (width, height) = DIGIT;
    let mut at = x;
    let boxes = (0..count).map(|_| {
        let mark = Mark::Frame { x: at, y, width, height, line: 0.7 };
        at += width;
        mark
    });
    let boxes = boxes.collect();
    (boxes, at)
}

/// A text on the line of `BODY` that no one hears.
pub(super) fn plain(x: f32, baseline: f32, text: &str, style: Style) -> Mark {
    Mark::Text { x, baseline, run: Run::new(text, style), element: None }
}
