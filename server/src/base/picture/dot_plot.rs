//! Places as dots with their intervals on one axis, and the country as a line through all rows.

use super::axis::Axis;
use super::look::Look;
use super::shape::Anchor;
use super::{Picture, Told, WIDTH};
use crate::base::text::Texts;

/// The longest name of a province.
const NAMES_END: f32 = 136.0;
const LEFT: f32 = 146.0;
const RIGHT: f32 = 350.0;
const TOP: f32 = 26.0;
const ROW: f32 = 20.0;

/// One place; values from 0 to 100, none where the figure is hidden.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    pub name: String,
    pub value: Option<f64>,
    pub interval: Option<(f64, f64)>,
    /// What the others are compared with: a line through all rows.
    pub country: bool,
}

/// A row for each, in their order; none when no place has a value.
pub fn draw(texts: Texts, told: Told, dots: &[Dot]) -> Option<Picture> {
    draw_some(texts, told, dots, dots)
}

/// Some of the places, on the axis of all of them: pictures side by side can be compared.
pub fn draw_some(texts: Texts, told: Told, dots: &[Dot], among: &[Dot]) -> Option<Picture> {
    let intervals = among.iter().filter_map(|dot| dot.interval).flat_map(|(low, high)| [low, high]);
    let axis = Axis::over(among.iter().filter_map(|dot| dot.value).chain(intervals), LEFT, RIGHT)?;
    let mut picture = Picture::new(texts, told, WIDTH);
    let rows = f32::from(u16::try_from(dots.len()).unwrap_or(u16::MAX));
    let bottom = TOP + ROW * rows;
    picture.height = bottom + 6.0;
    for (x, label) in axis.lines(texts) {
        picture.line([(x, TOP), (x, bottom)], Look::Grid);
        picture.text((x, 16.0), Anchor::Middle, Look::Small, label);
    }
    if let Some(value) = dots.iter().find(|dot| dot.country).and_then(|dot| dot.value) {
        picture.line([(axis.at(value), TOP), (axis.at(value), bottom)], Look::Country);
    }
    for (dot, place) in dots.iter().zip(0_u16..) {
        let y = TOP + ROW * (f32::from(place) + 0.5);
        let name = if dot.country { Look::Strong } else { Look::Text };
        picture.text((NAMES_END, y + 4.0), Anchor::End, name, dot.name.as_str());
        if let Some((low, high)) = dot.interval {
            picture.line([(axis.at(low), y), (axis.at(high), y)], Look::Interval);
        }
        if let Some(value) = dot.value {
            picture.dot((axis.at(value), y), 4.0, Look::Dot);
        }
    }
    Some(picture)
}
