//! Strips on pages, pages in a file.

use krilla::color::luma;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document as Pdf, SerializeSettings};

use super::MM;
use super::pages::{Piece, pages};
use super::strip::{Mark, Strip};
use super::structure::{Element, Role, Structure};
use crate::base::font::{Weight, clean};

/// Width and height.
pub const A4: (f32, f32) = (210.0 * MM, 297.0 * MM);

/// Around what strips fill. Their x counts from the left margin.
#[derive(Clone, Copy, Debug)]
pub struct Margins {
    pub left: f32,
    pub top: f32,
    pub bottom: f32,
}

/// `at` of `all`, from 1.
#[derive(Clone, Copy, Debug)]
pub struct PageNumber {
    pub at: usize,
    pub all: usize,
}

/// A document that would not be one: a fault of ours, never of the words in it.
#[derive(Debug, thiserror::Error)]
#[error("the PDF cannot be written: {0}")]
pub struct Unprintable(String);

pub struct Document {
    size: (f32, f32),
    title: String,
    language: String,
    margins: Margins,
    structure: Structure,
    strips: Vec<Strip>,
}

impl Document {
    /// The language is that of all its text: `vi`, `en`.
    pub fn new(title: &str, language: &str, margins: Margins) -> Self {
        let (structure, strips) = (Structure::default(), Vec::new());
        Self { size: A4, title: heading(title), language: language.to_owned(), margins, structure, strips }
    }

    /// With the long side along the bottom: what is shown on a wall.
    #[must_use]
    pub fn landscape(self) -> Self {
        Self { size: (A4.1, A4.0), ..self }
    }

    /// The next element inside another one, or at the top. Elements are read in the order they are added.
    pub fn element(&mut self, within: impl Into<Option<Element>>, role: Role) -> Element {
        let role = match role {
            Role::Heading(level, title) => Role::Heading(level, heading(&title)),
            role => role,
        };
        self.structure.add(within.into(), role)
    }

    /// Fills the pages further down.
    pub fn add(&mut self, strips: impl IntoIterator<Item = Strip>) {
        self.strips.extend(strips);
    }

    /// The file. `frame` draws what each page has around its strips, at places on the whole page.
    pub fn write(mut self, frame: impl Fn(PageNumber) -> Vec<Mark>) -> Result<Vec<u8>, Unprintable> {
        let configuration = ConfigurationBuilder::new()
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|cause| Unprintable(format!("{cause:?}")))?;
        let mut pdf = Pdf::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
        let (mut outline, mut outlined) = (Outline::new(), false);
        let pages = pages(&self.pieces(), self.size.1 - self.margins.top - self.margins.bottom);
        let strips = std::mem::take(&mut self.strips);
        for (number, places) in pages.iter().enumerate() {
            let settings =
                PageSettings::from_wh(self.size.0, self.size.1).ok_or_else(|| Unprintable("no page".to_owned()))?;
            let mut page = pdf.start_page_with(settings);
            let mut surface = page.surface();
            let mut pen = Pen { surface: &mut surface, structure: &mut self.structure, headings: Vec::new() };
            for place in places {
                let Some(strip) = strips.get(place.piece) else { continue };
                let top = self.margins.top + place.top;
                if let (Some(head), true) = (&strip.head, places.first() == Some(place)) {
                    let mut above = top - Strip::total(head);
                    for again in head.iter() {
                        pen.draw(&again.marks, self.margins.left, above + again.space, false);
                        above += again.space + again.height;
                    }
                }
                pen.draw(&strip.marks, self.margins.left, top, true);
            }
            pen.draw(&frame(PageNumber { at: number + 1, all: pages.len() }), 0.0, 0.0, false);
            for (title, top) in pen.headings {
                outlined = true;
                outline.push_child(OutlineNode::new(title, XyzDestination::new(number, Point::from_xy(0.0, top))));
            }
            surface.finish();
        }
        if !outlined {
            outline.push_child(OutlineNode::new(self.title.clone(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
        }
        let metadata = Metadata::new().title(self.title).language(self.language.clone());
        pdf.set_metadata(metadata);
        pdf.set_outline(outline);
        pdf.set_tag_tree(self.structure.tree(&self.language));
        pdf.finish().map_err(|cause| Unprintable(format!("{cause:?}")))
    }

    fn pieces(&self) -> Vec<Piece> {
        let head = |strip: &Strip| strip.head.as_ref().map_or(0.0, |head| Strip::total(head));
        let piece = |strip: &Strip| Piece {
            height: strip.height,
            space: strip.space,
            tie: strip.tie,
            turn: strip.turn,
            head: head(strip),
        };
        self.strips.iter().map(piece).collect()
    }
}

struct Pen<'s, 'p> {
    surface: &'s mut Surface<'p>,
    structure: &'s mut Structure,
    /// Those that begin on this page, with their tops.
    headings: Vec<(String, f32)>,
}

impl Pen<'_, '_> {
    /// `read` is whether the text belongs to its elements here.
    fn draw(&mut self, marks: &[Mark], left: f32, top: f32, read: bool) {
        for mark in marks {
            let element = match mark {
                Mark::Text { element, .. } | Mark::Picture { element, .. } if read => *element,
                _ => None,
            };
            if let Some(element) = element {
                self.headings.extend(self.structure.begin(element).map(|title| (title, top)));
                let content = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                self.structure.hold(element, content);
            } else {
                let decoration = Artifact::with_kind(ArtifactType::Layout);
                self.surface.start_tagged(ContentTag::Artifact(decoration));
            }
            self.mark(mark, left, top);
            self.surface.end_tagged();
        }
    }

    fn mark(&mut self, mark: &Mark, left: f32, top: f32) {
        match mark {
            Mark::Text { x, baseline, run, .. } => {
                self.fill(0);
                let at = Point::from_xy(left + x, top + baseline);
                let style = run.style();
                self.surface.draw_glyphs(at, run.glyphs(), style.font(), run.text(), style.size, false);
            }
            Mark::Frame { x, y, width, height, line } => {
                self.stroke(*line);
                self.path(rectangle(left + x, top + y, *width, *height));
            }
            Mark::Line { from, to, line } => {
                self.stroke(*line);
                let mut path = PathBuilder::new();
                path.move_to(left + from.0, top + from.1);
                path.line_to(left + to.0, top + to.1);
                self.path(path.finish());
            }
            Mark::Squares { x, y, side, stretches } => {
                self.fill(0);
                let mut path = PathBuilder::new();
                for stretch in stretches.iter() {
                    let (column, row) = (f32::from(stretch.column), f32::from(stretch.row));
                    let width = f32::from(stretch.length) * side;
                    let place = Rect::from_xywh(left + x + column * side, top + y + row * side, width, *side);
                    if let Some(place) = place {
                        path.push_rect(place);
                    }
                }
                self.path(path.finish());
            }
            Mark::Picture { x, y, width, picture, .. } => {
                super::picture::draw(self.surface, picture, (left + x, top + y), *width);
            }
            Mark::Area { x, y, width, height, grey } => {
                self.fill(*grey);
                self.path(rectangle(left + x, top + y, *width, *height));
            }
        }
    }

    fn fill(&mut self, grey: u8) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill { paint: luma::Color::new(grey).into(), ..Fill::default() }));
    }

    fn stroke(&mut self, width: f32) {
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { paint: luma::Color::black().into(), width, ..Stroke::default() }));
    }

    fn path(&mut self, path: Option<Path>) {
        if let Some(path) = path {
            self.surface.draw_path(&path);
        }
    }
}

pub(super) fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(x, y, width, height)?);
    path.finish()
}

/// A title in letters that can be printed, of a length that viewers show.
fn heading(text: &str) -> String {
    let clean: String = clean(text, Weight::Bold).trim().chars().take(200).collect();
    if clean.is_empty() { "?".to_owned() } else { clean }
}
