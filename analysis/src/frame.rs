//! The two inputs and their only door in: who could be asked ([`SamplingFrame`]), and what was answered
//! ([`Responses`]).

mod responses;
mod sampling;

pub use responses::{Columns, Item, Layout, ResponsesError};
pub use sampling::{Area, FrameDefect, FrameDefectKind, Person};
