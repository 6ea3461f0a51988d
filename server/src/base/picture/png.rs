//! Shapes as pixels, their letters from the faces in the program: no font of the machine is looked for.

use rustybuzz::ttf_parser::OutlineBuilder;
use tiny_skia::{
    Color, FillRule, LineCap, Paint as Brush, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash, Transform,
};

use super::Picture;
use super::look::{Colour, Paint};
use super::shape::Shape;
use crate::base::font::Run;

/// A picture of no size, or of more pixels than there is memory for: a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("the picture cannot be painted: {0}")]
pub struct Unpaintable(&'static str);

/// More pixels than a poster needs.
const MOST_SIDE: f32 = 16_384.0;

impl Picture {
    /// A PNG on white, `scale` pixels of it to one of the picture.
    pub fn png(&self, scale: f32) -> Result<Vec<u8>, Unpaintable> {
        let size = (self.width() * scale).ceil().max((self.height() * scale).ceil());
        if !(1.0..=MOST_SIDE).contains(&size) {
            return Err(Unpaintable("no such size"));
        }
        let mut pixels =
            Pixmap::new(side(self.width() * scale), side(self.height() * scale)).ok_or(Unpaintable("no room"))?;
        pixels.fill(Color::WHITE);
        for shape in self.shapes() {
            if let Some(path) = path(shape) {
                paint(&mut pixels, &path, shape.look().paint(), Transform::from_scale(scale, scale));
            }
        }
        pixels.encode_png().map_err(|_cause| Unpaintable("no PNG"))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and MOST_SIDE")]
fn side(length: f32) -> u32 {
    length.ceil() as u32
}

fn path(shape: &Shape) -> Option<Path> {
    let mut path = PathBuilder::new();
    match shape {
        Shape::Line { points, .. } => {
            let (first, others) = points.split_first()?;
            path.move_to(first.0, first.1);
            for (x, y) in others {
                path.line_to(*x, *y);
            }
        }
        Shape::Area { x, y, width, height, .. } => path.push_rect(Rect::from_xywh(*x, *y, *width, *height)?),
        Shape::Dot { x, y, radius, .. } => path.push_circle(*x, *y, *radius),
        Shape::Text { x, baseline, anchor, look, text } => {
            let run = Run::new(text, look.style());
            run.outline(&mut Letters(&mut path));
            let left = x - anchor.before() * run.width();
            return path.finish()?.transform(Transform::from_translate(left, *baseline));
        }
    }
    path.finish()
}

fn paint(pixels: &mut Pixmap, path: &Path, look: Paint, scale: Transform) {
    let brush = |Colour(red, green, blue): Colour| {
        let mut brush = Brush::default();
        brush.set_color_rgba8(red, green, blue, u8::MAX);
        brush.anti_alias = true;
        brush
    };
    if let Some(fill) = look.fill {
        pixels.fill_path(path, &brush(fill), FillRule::Winding, scale, None);
    }
    if let Some(stroke) = look.stroke {
        let dash = stroke.dash.and_then(|(on, off)| StrokeDash::new(vec![on, off], 0.0));
        let line = Stroke { width: stroke.width, line_cap: LineCap::Butt, dash, ..Stroke::default() };
        pixels.stroke_path(path, &brush(stroke.colour), &line, scale, None);
    }
}

struct Letters<'p>(&'p mut PathBuilder);

impl OutlineBuilder for Letters<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
