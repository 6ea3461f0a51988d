//! What pictures are made of.

use super::look::Look;

/// Where a text stands at its x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::base) enum Anchor {
    Start,
    Middle,
    End,
}

/// In pixels of its picture, x to the right, y downwards; later ones are drawn over earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::base) enum Shape {
    Line { points: Vec<(f32, f32)>, look: Look },
    Area { x: f32, y: f32, width: f32, height: f32, look: Look },
    Dot { x: f32, y: f32, radius: f32, look: Look },
    Text { x: f32, baseline: f32, anchor: Anchor, look: Look, text: String },
}

impl Shape {
    pub(in crate::base) fn look(&self) -> Look {
        match self {
            Self::Line { look, .. } | Self::Area { look, .. } | Self::Dot { look, .. } | Self::Text { look, .. } => {
                *look
            }
        }
    }
}

impl Anchor {
    /// How much of a text's width stands left of its x.
    pub(in crate::base) fn before(self) -> f32 {
        match self {
            Self::Start => 0.0,
            Self::Middle => 0.5,
            Self::End => 1.0,
        }
    }
}
