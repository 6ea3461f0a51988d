//! The two inputs and their only door in: who could be asked ([`SamplingFrame`]), and what was answered
//! ([`Responses`]).

mod collapse;
mod csv;
mod defect;
mod error;
mod labels;
mod responses;
mod sampling;

pub use csv::Layout;
pub use defect::{FrameDefect, FrameDefectKind};
pub use error::ResponsesError;
pub use responses::{Columns, Item, Responses};
pub use sampling::{Area, Person, SamplingFrame};
pub(crate) use sampling::{Commune, Stratum, Village};

#[cfg(test)]
mod tests;
