//! Figures as pictures, which no capability is known to: data in, shapes out, and of the same shapes three outputs.
//!
//! [`Picture::page`] is SVG for one of our pages (its colours come from the page's style sheet), [`Picture::file`] is SVG that stands alone,
//! [`Picture::png`] is pixels, and `paper::Mark::Picture` draws it on a tagged PDF. All four are the same shapes in the same [`look`], so that a
//! reader of a file, a page and a report sees one drawing (ADR 30). No picture holds a link, and none is the only place of a figure: a table stands
//! beside each. Lengths are pixels of the picture's own width; texts come from the caller, numbers are written as its language does.

pub mod against_best;
mod axis;
pub mod dot_plot;
mod look;
mod png;
mod shape;
pub mod shares;
mod svg;
#[cfg(test)]
mod tests;
pub mod tiles;
pub mod trend;

pub(in crate::base) use look::{Colour, Paint};
pub use png::Unpaintable;
pub(in crate::base) use shape::{Anchor, Shape};

use look::Look;

use crate::base::text::{Language, Texts};

/// Of pictures that phones show: letters stay as large as they are drawn.
const WIDTH: f32 = 360.0;

/// What a picture says to those who do not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// A few words: the figure and whose it is.
    pub title: String,
    /// What there is to see, in a sentence or two.
    pub description: String,
}

/// Shapes on white, and the words for who cannot see them.
#[derive(Clone, Debug)]
pub struct Picture {
    told: Told,
    language: Language,
    width: f32,
    height: f32,
    shapes: Vec<Shape>,
}

impl Picture {
    fn new(texts: Texts, told: Told, width: f32) -> Self {
        Self { told, language: texts.language(), width, height: 0.0, shapes: Vec::new() }
    }

    /// In pixels of the picture.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// In pixels of the picture.
    pub fn height(&self) -> f32 {
        self.height
    }

    pub fn told(&self) -> &Told {
        &self.told
    }

    pub(in crate::base) fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    fn line(&mut self, points: impl Into<Vec<(f32, f32)>>, look: Look) {
        self.shapes.push(Shape::Line { points: points.into(), look });
    }

    fn area(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), look: Look) {
        self.shapes.push(Shape::Area { x, y, width, height, look });
    }

    fn dot(&mut self, (x, y): (f32, f32), radius: f32, look: Look) {
        self.shapes.push(Shape::Dot { x, y, radius, look });
    }

    fn text(&mut self, (x, baseline): (f32, f32), anchor: Anchor, look: Look, text: impl Into<String>) {
        self.shapes.push(Shape::Text { x, baseline, anchor, look, text: text.into() });
    }

    /// From `low` to `high` on one height, with ends that are seen on a thin line.
    fn whisker(&mut self, (low, high): (f32, f32), y: f32, end: f32, look: Look) {
        self.line([(low, y), (high, y)], look);
        for x in [low, high] {
            self.line([(x, y - end), (x, y + end)], look);
        }
    }
}
