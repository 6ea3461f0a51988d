//! Places and sizes on a letter, in points.

use crate::base::paper::{A4, MM, Style, Weight};

pub(super) const LEFT: f32 = 25.0 * MM;
pub(super) const WIDTH: f32 = A4.0 - LEFT - 20.0 * MM;
pub(super) const BOTTOM: f32 = 12.0 * MM;

/// The address field of DIN 5008 form B: x, y, width. It is 45 mm high; the upper 17.7 mm are the sender's.
pub(super) const WINDOW: (f32, f32, f32) = (20.0 * MM, 45.0 * MM, 85.0 * MM);
/// x, y, width, height: beside the window, never in it.
pub(super) const CODE_BOX: (f32, f32, f32, f32) = (122.0 * MM, 20.0 * MM, 68.0 * MM, 61.0 * MM);
/// 29 squares of one millimetre and four white ones on each side.
pub(super) const PICTURE: f32 = 37.0 * MM;
/// Where the words begin.
pub(super) const WORDS_TOP: f32 = 95.0 * MM;
/// From the top, for a letter folded in three.
pub(super) const FOLDS: [f32; 2] = [105.0 * MM, 210.0 * MM];

pub(super) const SENDER: Style = Style::new(Weight::Regular, 7.0, 9.0);
pub(super) const ADDRESS: Style = Style::new(Weight::Regular, 10.0, 12.5);
pub(super) const LABEL: Style = Style::new(Weight::Bold, 9.5, 12.0);
/// To be read over the telephone and by old eyes.
pub(super) const CODE: Style = Style::new(Weight::Bold, 15.0, 20.0);
pub(super) const FINE: Style = Style::new(Weight::Regular, 7.5, 9.5);
pub(super) const TITLE: Style = Style::new(Weight::Bold, 14.0, 19.0);
/// Of the first language: bold, plain.
pub(super) const BODY: (Style, Style) = (Style::new(Weight::Bold, 10.0, 13.0), Style::new(Weight::Regular, 10.0, 13.0));
/// Of the second one.
pub(super) const SECOND: (Style, Style) = (Style::new(Weight::Bold, 8.0, 10.5), Style::new(Weight::Regular, 8.0, 10.5));

/// The first language's title is the letter's.
pub(super) fn level(language: usize) -> u16 {
    if language == 0 { 1 } else { 2 }
}

#[expect(clippy::cast_precision_loss, reason = "a few lines")]
pub(super) fn at(line: usize) -> f32 {
    line as f32
}
