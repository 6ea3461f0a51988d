//! Documents on A4: tagged PDF from strips of text, boxes and lines. Words, never what they mean.
//!
//! A page is filled from the top with [`Strip`]s, which are never cut. Everything that is read belongs to an [`Element`] of the
//! document's structure, so that a screen reader reads what the eye sees, in the order it was added; boxes, lines and what is drawn again on
//! each page are decoration. The same content gives the same bytes: no clock, no chance.
//! Lengths are points (1/72 inch, [`MM`] of them to a millimetre), x to the right, y downwards.

mod document;
mod lines;
mod pages;
mod picture;
mod picture_code;
#[cfg(test)]
pub(crate) mod reading;
mod strip;
mod structure;
#[cfg(test)]
mod tests;

pub use super::font::{Run, Style, Weight};
pub use document::{A4, Document, Margins, PageNumber, Unprintable};
pub use lines::wrap;
pub use picture_code::picture_code;
pub use strip::{Cell, Mark, Stretch, Strip, Tie, paragraph, side_by_side};
pub use structure::{Element, Role};

/// Points to a millimetre.
pub const MM: f32 = 72.0 / 25.4;
