//! The two faces in the program, and a text in one of them: for paper and for pictures.

use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::ttf_parser::{self, OutlineBuilder};
use rustybuzz::{Direction, Face, GlyphInfo, GlyphPosition, UnicodeBuffer};
use unicode_normalization::UnicodeNormalization as _;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub weight: Weight,
    pub size: f32,
    /// From one baseline to the next.
    pub leading: f32,
}

/// A text on one line, its letters measured.
#[derive(Clone, Debug)]
pub struct Run {
    text: String,
    style: Style,
    glyphs: Vec<KrillaGlyph>,
    width: f32,
}

struct Shapes {
    face: Face<'static>,
    font: Font,
}

static REGULAR: LazyLock<Shapes> =
    LazyLock::new(|| Shapes::read(include_bytes!("../../assets/fonts/BeVietnamPro-Regular.ttf")));
static BOLD: LazyLock<Shapes> =
    LazyLock::new(|| Shapes::read(include_bytes!("../../assets/fonts/BeVietnamPro-Bold.ttf")));

/// Stands for a letter that the faces do not have.
const MISSING: char = '?';

impl Shapes {
    #[expect(clippy::expect_used, reason = "the two files are part of the program; every test of paper reads them")]
    fn read(file: &'static [u8]) -> Self {
        Self { face: Face::from_slice(file, 0).expect("a font"), font: Font::new(file.into(), 0).expect("a font") }
    }
}

impl Weight {
    fn shapes(self) -> &'static Shapes {
        match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
        }
    }
}

impl Style {
    pub const fn new(weight: Weight, size: f32, leading: f32) -> Self {
        Self { weight, size, leading }
    }

    /// From the top of a line to its baseline: letters stand in the middle of the leading, marks above them included.
    pub fn baseline(self) -> f32 {
        let face = &self.weight.shapes().face;
        let part = |units: i16| f32::from(units) / f32_of(face.units_per_em()) * self.size;
        let (above, below) = (part(face.ascender()), part(-face.descender()));
        f32::midpoint(self.leading - above - below, 0.0) + above
    }

    pub(in crate::base) fn font(self) -> Font {
        self.weight.shapes().font.clone()
    }
}

impl Run {
    /// Any text, in marks and letters of the face only, on one line.
    pub fn new(text: &str, style: Style) -> Self {
        Self::of_clean(clean(text, style.weight), style)
    }

    pub(in crate::base) fn of_clean(text: String, style: Style) -> Self {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let face = &style.weight.shapes().face;
        let shaped = rustybuzz::shape(face, &[], buffer);
        let part = |units: i32| f32_of(units) / f32_of(face.units_per_em());
        // From the last one on: the glyphs of a cluster share its letters, which end where the next cluster begins.
        let mut next = text.len()..text.len();
        let glyph = |(info, at): (&GlyphInfo, &GlyphPosition)| {
            let start = info.cluster as usize;
            next = if start == next.start { start..next.end } else { start..next.start };
            KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                part(at.x_advance),
                part(at.x_offset),
                part(at.y_offset),
                part(at.y_advance),
                next.clone(),
                None,
            )
        };
        let mut glyphs: Vec<_> = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).rev().map(glyph).collect();
        glyphs.reverse();
        let end = text.trim_end_matches(' ').len();
        let seen = glyphs.iter().filter(|glyph| glyph.text_range.start < end);
        let width = seen.map(|glyph| glyph.x_advance * style.size).sum();
        Self { text, style, glyphs, width }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn style(&self) -> Style {
        self.style
    }

    /// Without the space that ends it.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// The shapes of its letters, each path at its place, from the baseline's left end on; y downwards.
    pub(in crate::base) fn outline(&self, pen: &mut impl OutlineBuilder) {
        let face = &self.style.weight.shapes().face;
        let scale = self.style.size / f32_of(face.units_per_em());
        let mut x = 0.0;
        for glyph in &self.glyphs {
            let left = x + glyph.x_offset * self.style.size;
            let top = -glyph.y_offset * self.style.size;
            let mut letter = Letter { pen, scale, left, top };
            face.outline_glyph(ttf_parser::GlyphId(u16::try_from(glyph.glyph_id.to_u32()).unwrap_or(0)), &mut letter);
            x += glyph.x_advance * self.style.size;
        }
    }

    pub(in crate::base) fn glyphs(&self) -> &[KrillaGlyph] {
        &self.glyphs
    }

    /// The text in stretches no wider than `width`, of a letter at least; marks stay with their letter.
    pub(in crate::base) fn stretches(&self, width: f32) -> Vec<String> {
        let mut stretches = Vec::new();
        let (mut from, mut used) = (0, 0.0);
        for glyph in &self.glyphs {
            let (start, advance) = (glyph.text_range.start, glyph.x_advance * self.style.size);
            if used + advance > width && start > from {
                stretches.extend(self.text.get(from..start).map(str::to_owned));
                (from, used) = (start, 0.0);
            }
            used += advance;
        }
        stretches.extend(self.text.get(from..).map(str::to_owned));
        stretches
    }
}

/// Turns a letter's units into those of what it is drawn on.
struct Letter<'p, P> {
    pen: &'p mut P,
    scale: f32,
    left: f32,
    top: f32,
}

impl<P> Letter<'_, P> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.left + x * self.scale, self.top - y * self.scale)
    }
}

impl<P: OutlineBuilder> OutlineBuilder for Letter<'_, P> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.pen.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.pen.curve_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.pen.close();
    }
}

/// The text as it can be printed: composed, one kind of space, nothing invisible that turns or hides letters.
pub(in crate::base) fn clean(text: &str, weight: Weight) -> String {
    let face = &weight.shapes().face;
    let printed = |letter: char| match letter {
        '\u{a0}' => Some(letter),
        letter if letter.is_whitespace() => Some(' '),
        letter if is_invisible(letter) => None,
        letter if is_private(letter) || face.glyph_index(letter).is_none_or(|glyph| glyph.0 == 0) => Some(MISSING),
        letter => Some(letter),
    };
    text.nfc().filter_map(printed).collect()
}

fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

/// Of a font's units, which are small.
#[expect(clippy::cast_precision_loss, reason = "a font's units are far below 2²³")]
fn f32_of(units: i32) -> f32 {
    units as f32
}
