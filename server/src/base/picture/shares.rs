//! How answers on a scale share out: a bar for each row, from the worst answer at the left to the best at the right.

use analysis::index::half_up;

use super::look::{Look, SCALE};
use super::shape::Anchor;
use super::{Picture, Told, WIDTH};
use crate::base::font::Run;
use crate::base::text::Texts;

const LEFT: f32 = 4.0;
const LENGTH: f32 = 352.0;
const ROW: f32 = 44.0;
const BAR: f32 = 20.0;
/// Parts narrower than this have no number in them: the table has it.
const NARROW: f32 = 24.0;

/// Shares of the five answers in per cent, together 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    pub shares: [f64; 5],
}

/// `answers` are the words of the scale, from the worst to the best. None without a row.
pub fn draw(texts: Texts, told: Told, answers: &[String; 5], rows: &[Row]) -> Option<Picture> {
    rows.first()?;
    let mut picture = Picture::new(texts, told, WIDTH);
    let top = legend(&mut picture, answers) + 8.0;
    for (row, place) in rows.iter().zip(0_u16..) {
        let top = top + ROW * f32::from(place);
        picture.text((LEFT, top + 14.0), Anchor::Start, Look::Text, row.name.as_str());
        let mut x = LEFT;
        for (share, (ground, letters)) in row.shares.iter().zip(SCALE) {
            let width = length(*share);
            picture.area((x, top + BAR), (width, 18.0), ground);
            if width >= NARROW {
                let middle = (x + width / 2.0, top + BAR + 13.0);
                picture.text(middle, Anchor::Middle, letters, texts.number(half_up(*share, 0)));
            }
            x += width;
            picture.line([(x, top + BAR), (x, top + BAR + 18.0)], Look::Gap);
        }
    }
    picture.height = top + ROW * f32::from(u16::try_from(rows.len()).unwrap_or(u16::MAX));
    Some(picture)
}

/// On as many lines as it needs; where it ends.
fn legend(picture: &mut Picture, answers: &[String; 5]) -> f32 {
    let (mut x, mut y) = (LEFT, 4.0);
    for (answer, (ground, _)) in answers.iter().zip(SCALE) {
        let width = 18.0 + Run::new(answer, Look::Small.style()).width() + 12.0;
        if x + width > WIDTH && x > LEFT {
            (x, y) = (LEFT, y + 18.0);
        }
        picture.area((x, y), (12.0, 12.0), ground);
        picture.text((x + 17.0, y + 10.0), Anchor::Start, Look::Small, answer.as_str());
        x += width;
    }
    y + 16.0
}

#[expect(clippy::cast_possible_truncation, reason = "a part of a length, drawn in tenths of a pixel")]
fn length(share: f64) -> f32 {
    LENGTH * (share.clamp(0.0, 100.0) / 100.0) as f32
}
