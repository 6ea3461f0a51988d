//! Shapes as SVG.

use std::fmt::{self, Display, Formatter};

use analysis::index::half_up;

use super::Picture;
use super::look::Look;
use super::shape::{Anchor, Shape};

/// First the face that pixels and paper have, then what a reader's machine has.
const FACES: &str = "'Be Vietnam Pro', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";

impl Picture {
    /// For one of our pages, whose style sheet has the looks. `id` begins the names of its parts, once on a page.
    pub fn page(&self, id: &str) -> String {
        Svg { picture: self, id, alone: false }.to_string()
    }

    /// That stands alone: as a file, and in any other page.
    pub fn file(&self) -> String {
        Svg { picture: self, id: "picture", alone: true }.to_string()
    }
}

struct Svg<'p> {
    picture: &'p Picture,
    id: &'p str,
    alone: bool,
}

impl Display for Svg<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let Self { picture, id, alone } = self;
        let (width, height, language) = (at(picture.width), at(picture.height), picture.language);
        write!(formatter, r#"<svg class="picture""#)?;
        if *alone {
            write!(formatter, r#" xmlns="http://www.w3.org/2000/svg""#)?;
        }
        write!(
            formatter,
            r#" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" lang="{language}""#
        )?;
        if *alone {
            write!(formatter, r#" xml:lang="{language}""#)?;
        }
        writeln!(formatter, r#" aria-labelledby="{id}-title {id}-description">"#)?;
        writeln!(formatter, r#"<title id="{id}-title">{}</title>"#, Escaped(&picture.told.title))?;
        writeln!(formatter, r#"<desc id="{id}-description">{}</desc>"#, Escaped(&picture.told.description))?;
        if *alone {
            self.style(formatter)?;
            writeln!(formatter, r##"<path fill="#ffffff" d="M0 0H{width}V{height}H0Z"/>"##)?;
        }
        for shape in &picture.shapes {
            write_shape(formatter, shape)?;
        }
        writeln!(formatter, "</svg>")
    }
}

impl Svg<'_> {
    /// The looks that occur, in their order.
    fn style(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let used = |look: &Look| self.picture.shapes.iter().any(|shape| shape.look() == *look);
        writeln!(formatter, "<style>\ntext {{ font-family: {FACES}; }}")?;
        for look in Look::ALL.into_iter().filter(used) {
            writeln!(formatter, "{}", look.rule())?;
        }
        writeln!(formatter, "</style>")
    }
}

fn write_shape(formatter: &mut Formatter<'_>, shape: &Shape) -> fmt::Result {
    let class = shape.look().name();
    match shape {
        Shape::Line { points, .. } => {
            write!(formatter, r#"<path class="{class}" d=""#)?;
            for ((x, y), step) in points.iter().zip(std::iter::once("M").chain(std::iter::repeat("L"))) {
                write!(formatter, "{step}{} {}", at(*x), at(*y))?;
            }
            writeln!(formatter, r#""/>"#)
        }
        Shape::Area { x, y, width, height, .. } => {
            let [x, y, width, height] = [x, y, width, height].map(|length| at(*length));
            writeln!(formatter, r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#)
        }
        Shape::Dot { x, y, radius, .. } => {
            let [x, y, radius] = [x, y, radius].map(|length| at(*length));
            writeln!(formatter, r#"<circle class="{class}" cx="{x}" cy="{y}" r="{radius}"/>"#)
        }
        Shape::Text { x, baseline, anchor, text, .. } => {
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => r#" text-anchor="middle""#,
                Anchor::End => r#" text-anchor="end""#,
            };
            let (x, y) = (at(*x), at(*baseline));
            writeln!(formatter, r#"<text class="{class}" x="{x}" y="{y}"{anchor}>{}</text>"#, Escaped(text))
        }
    }
}

fn at(length: f32) -> String {
    let rounded = half_up(f64::from(length), 1);
    rounded.strip_suffix(".0").map_or_else(|| rounded.clone(), str::to_owned)
}

/// A text that cannot be taken for markup, without what XML forbids.
struct Escaped<'t>(&'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '\t' | '\n' | '\r' => formatter.write_str(" ")?,
                letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
                letter => write!(formatter, "{letter}")?,
            }
        }
        Ok(())
    }
}
