//! The two inputs and their only door in: who could be asked ([`SamplingFrame`]), and what was answered
//! ([`Responses`]).

mod collapse;
mod columns;
mod csv;
mod defect;
mod error;
mod labels;
mod places;
mod responses;
mod sampling;

pub use columns::{Columns, Item, MOST_LEVELS};
pub use csv::Layout;
pub use defect::{FrameDefect, FrameDefectKind};
pub use error::ResponsesError;
pub(crate) use places::{Commune, Stratum, Village};
pub use responses::Responses;
pub use sampling::{Area, Person, SamplingFrame};

#[cfg(test)]
mod tests;
