//! Each figure of a place as a bar, the best place's behind it, the country's as a mark.

use analysis::index::half_up;

use super::axis::Axis;
use super::look::Look;
use super::shape::Anchor;
use super::{Picture, Told, WIDTH};
use crate::base::font::Run;
use crate::base::text::Texts;

const LEFT: f32 = 4.0;
const RIGHT: f32 = 356.0;
const ROW: f32 = 40.0;
/// From a bar's name to the bar.
const BAR: f32 = 19.0;

/// A figure of one place beside others', from 0 to 100; what is none is not known or not told.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    pub value: Option<f64>,
    pub interval: Option<(f64, f64)>,
    pub best: Option<f64>,
    pub country: Option<f64>,
}

/// The words of the legend: what stands for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legend {
    pub place: String,
    pub best: String,
    /// None where the place is the country.
    pub country: Option<String>,
}

/// None when the place has no value in any row.
pub fn draw(texts: Texts, told: Told, legend: &Legend, rows: &[Row]) -> Option<Picture> {
    rows.iter().find(|row| row.value.is_some())?;
    let axis = Axis::whole(LEFT, RIGHT);
    let mut picture = Picture::new(texts, told, WIDTH);
    let top = draw_legend(&mut picture, legend);
    for (row, place) in rows.iter().zip(0_u16..) {
        draw_row(texts, &mut picture, row, top + ROW * f32::from(place), &axis);
    }
    let bottom = top + ROW * f32::from(u16::try_from(rows.len()).unwrap_or(u16::MAX));
    for (x, label) in axis.lines(texts) {
        picture.line([(x, bottom), (x, bottom + 4.0)], Look::Grid);
        let anchor = if x <= LEFT {
            Anchor::Start
        } else if x >= RIGHT {
            Anchor::End
        } else {
            Anchor::Middle
        };
        picture.text((x, bottom + 16.0), anchor, Look::Small, label);
    }
    picture.height = bottom + 22.0;
    Some(picture)
}

fn draw_row(texts: Texts, picture: &mut Picture, row: &Row, top: f32, axis: &Axis) {
    let bar = top + BAR;
    picture.text((LEFT, top + 14.0), Anchor::Start, Look::Text, row.name.as_str());
    picture.area((LEFT, bar), (RIGHT - LEFT, 14.0), Look::Whole);
    if let Some(best) = row.best {
        picture.area((LEFT, bar), (axis.at(best) - LEFT, 14.0), Look::Best);
    }
    if let Some(value) = row.value {
        picture.text((RIGHT, top + 14.0), Anchor::End, Look::Strong, texts.number(half_up(value, 2)));
        picture.area((LEFT, bar + 3.0), (axis.at(value) - LEFT, 8.0), Look::Bar);
    }
    if let Some((low, high)) = row.interval {
        // White around it: its left half lies on the bar.
        picture.line([(axis.at(low) - 1.5, bar + 7.0), (axis.at(high) + 1.5, bar + 7.0)], Look::UnderOnBar);
        picture.whisker((axis.at(low), axis.at(high)), bar + 7.0, 4.0, Look::OnBar);
    }
    if let Some(country) = row.country {
        picture.line([(axis.at(country), bar - 3.0), (axis.at(country), bar + 17.0)], Look::Tick);
    }
}

/// On as many lines as it needs; where the first row begins.
fn draw_legend(picture: &mut Picture, legend: &Legend) -> f32 {
    let (mut x, mut middle) = (LEFT, 10.0);
    let bars = [(&legend.place, Sign::Bar(Look::Bar, 8.0)), (&legend.best, Sign::Bar(Look::Best, 12.0))];
    for (word, draw) in bars.into_iter().chain(legend.country.as_ref().map(|word| (word, Sign::Tick))) {
        let width = 23.0 + Run::new(word, Look::Small.style()).width();
        if x + width > RIGHT && x > LEFT {
            (x, middle) = (LEFT, middle + 20.0);
        }
        match draw {
            Sign::Bar(look, height) => picture.area((x, middle - height / 2.0), (18.0, height), look),
            Sign::Tick => picture.line([(x + 9.0, middle - 8.0), (x + 9.0, middle + 8.0)], Look::Tick),
        }
        picture.text((x + 23.0, middle + 4.0), Anchor::Start, Look::Small, word.as_str());
        x += width + 16.0;
    }
    middle + 18.0
}

enum Sign {
    Bar(Look, f32),
    Tick,
}
