//! A picture's shapes on a page.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Transform};
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;

use super::document::rectangle;
use crate::base::font::Run;
use crate::base::picture::{Colour, Paint, Picture, Shape};

/// A quarter of a circle as a curve: how far its handles reach.
const HANDLE: f32 = 0.552_284_8;

/// As wide as `width`, its top left corner at `x` and `y`.
pub(super) fn draw(surface: &mut Surface, picture: &Picture, (x, y): (f32, f32), width: f32) {
    let scale = width / picture.width();
    surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y));
    for shape in picture.shapes() {
        let paint = shape.look().paint();
        surface.set_fill(paint.fill.map(|colour| Fill { paint: ink(colour), ..Fill::default() }));
        surface.set_stroke(stroke(paint));
        draw_shape(surface, shape);
    }
    surface.pop();
}

fn draw_shape(surface: &mut Surface, shape: &Shape) {
    let path = match shape {
        Shape::Text { x, baseline, anchor, look, text } => {
            let run = Run::new(text, look.style());
            let at = Point::from_xy(x - anchor.before() * run.width(), *baseline);
            let style = run.style();
            surface.draw_glyphs(at, run.glyphs(), style.font(), run.text(), style.size, false);
            return;
        }
        Shape::Line { points, .. } => {
            let Some((first, others)) = points.split_first() else { return };
            let mut path = PathBuilder::new();
            path.move_to(first.0, first.1);
            for (x, y) in others {
                path.line_to(*x, *y);
            }
            path.finish()
        }
        Shape::Area { x, y, width, height, .. } => rectangle(*x, *y, *width, *height),
        Shape::Dot { x, y, radius, .. } => {
            let (x, y, r, h) = (*x, *y, *radius, HANDLE * radius);
            let mut path = PathBuilder::new();
            path.move_to(x + r, y);
            path.cubic_to(x + r, y + h, x + h, y + r, x, y + r);
            path.cubic_to(x - h, y + r, x - r, y + h, x - r, y);
            path.cubic_to(x - r, y - h, x - h, y - r, x, y - r);
            path.cubic_to(x + h, y - r, x + r, y - h, x + r, y);
            path.close();
            path.finish()
        }
    };
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}

fn ink(Colour(red, green, blue): Colour) -> krilla::paint::Paint {
    rgb::Color::new(red, green, blue).into()
}

fn stroke(paint: Paint) -> Option<Stroke> {
    let line = paint.stroke?;
    let dash = line.dash.map(|(on, off)| StrokeDash { array: vec![on, off], offset: 0.0 });
    Some(Stroke { paint: ink(line.colour), width: line.width, dash, ..Stroke::default() })
}
