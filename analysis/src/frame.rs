//! The two inputs and their only door in: who could be asked ([`SamplingFrame`]), and what was answered
//! ([`Responses`]).

mod builder;
mod collapse;
mod columns;
mod csv;
mod defect;
mod error;
mod labels;
mod packed;
mod places;
mod responses;
mod sampling;
mod survey_design;

pub use builder::FrameBuilder;
pub use columns::{Columns, Item, MOST_LEVELS};
pub use csv::Layout;
pub use defect::{FrameDefect, FrameDefectKind};
pub use error::ResponsesError;
pub use places::Places;
pub(crate) use places::{Commune, Stratum, Village};
pub use responses::Responses;
pub use sampling::{Area, Person, SamplingFrame};
pub use survey_design::{JointProbability, Lonely, Selection, SurveyDesign};

#[cfg(test)]
mod tests;
