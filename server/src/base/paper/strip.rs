//! What a page is filled with.

use std::rc::Rc;

use super::lines::wrap;
use super::structure::Element;
use crate::base::font::{Run, Style};
use crate::base::picture::Picture;

/// How strongly a strip holds on to the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    #[default]
    Loose,
    /// On one page if a page can hold all that are tied so.
    Whole,
    /// The same, kept longer: a line and the next of one choice, a heading and what it stands over.
    Firm,
}

impl Tie {
    pub(super) fn next(self) -> Option<Self> {
        match self {
            Self::Loose => Some(Self::Whole),
            Self::Whole => Some(Self::Firm),
            Self::Firm => None,
        }
    }
}

/// A stretch of page over the whole width that is never cut. Marks stand at their place in it.
#[derive(Clone, Debug, Default)]
pub struct Strip {
    pub height: f32,
    /// Left free above, except at the top of a page.
    pub space: f32,
    pub tie: Tie,
    /// Begins a new page.
    pub turn: bool,
    pub marks: Vec<Mark>,
    /// Drawn again above it when it comes to stand at the top of a page: the head of a table that goes on.
    pub head: Option<Rc<Vec<Strip>>>,
}

#[derive(Clone, Debug)]
pub enum Mark {
    /// Read as a part of the element; decoration without one.
    Text {
        x: f32,
        baseline: f32,
        run: Run,
        element: Option<Element>,
    },
    Frame {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        line: f32,
    },
    /// Its element is a figure, whose words say what it shows.
    Picture {
        x: f32,
        y: f32,
        width: f32,
        picture: Rc<Picture>,
        element: Option<Element>,
    },
    Line {
        from: (f32, f32),
        to: (f32, f32),
        line: f32,
    },
    /// Black squares on a grid, each row in stretches: what a camera reads.
    Squares {
        x: f32,
        y: f32,
        /// Of one square.
        side: f32,
        stretches: Rc<Vec<Stretch>>,
    },
    /// Filled, from 0 (black) to 255 (white).
    Area {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        grey: u8,
    },
}

/// Squares side by side, counted from the left and the top of their grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub column: u16,
    pub row: u16,
    pub length: u16,
}

/// A column of a row.
#[derive(Clone, Debug)]
pub struct Cell {
    pub x: f32,
    pub lines: Vec<Run>,
    pub element: Option<Element>,
    /// Set in the middle of a column this wide, else at its left.
    pub centred: Option<f32>,
}

impl Strip {
    /// Nothing but height.
    pub fn blank(height: f32) -> Self {
        Self { height, ..Self::default() }
    }

    /// Pictures side by side, each this wide and read as its figure, with `gap` between them.
    pub fn pictures(pictures: impl IntoIterator<Item = (Rc<Picture>, Element)>, width: f32, gap: f32) -> Self {
        let mut strip = Self::default();
        let mut x = 0.0;
        for (picture, element) in pictures {
            strip.height = strip.height.max(picture.height() * width / picture.width());
            strip.marks.push(Mark::Picture { x, y: 0.0, width, picture, element: Some(element) });
            x += width + gap;
        }
        strip
    }

    /// The height of strips one under the other.
    pub fn total(strips: &[Self]) -> f32 {
        strips.iter().map(|strip| strip.space + strip.height).sum()
    }
}

/// A text from `x` on, a strip for each line, tied together.
pub fn paragraph(text: &str, style: Style, x: f32, width: f32, element: Option<Element>) -> Vec<Strip> {
    side_by_side(vec![Cell { x, lines: wrap(text, style, width), element, centred: None }])
}

/// Columns whose first lines stand on one line; a strip for each line, tied together. Each line is as high as the highest style in it.
pub fn side_by_side(cells: Vec<Cell>) -> Vec<Strip> {
    let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    let mut strips: Vec<Strip> = (0..count).map(|_| Strip { tie: Tie::Firm, ..Strip::default() }).collect();
    let heads = cells.iter().filter_map(|cell| Some(cell.lines.first()?.style().baseline()));
    let baseline = heads.fold(0.0, f32::max);
    for cell in cells {
        for (run, strip) in cell.lines.into_iter().zip(&mut strips) {
            let style = run.style();
            strip.height = strip.height.max(style.leading);
            if run.text().is_empty() {
                continue;
            }
            let x = cell.x + cell.centred.map_or(0.0, |width| (width - run.width()) / 2.0);
            strip.marks.push(Mark::Text { x, baseline: baseline.max(style.baseline()), run, element: cell.element });
        }
    }
    if let Some(last) = strips.last_mut() {
        last.tie = Tie::Loose;
    }
    strips
}
