//! The two inputs and their only door in: who could be asked ([`SamplingFrame`]), and what was answered
//! ([`Responses`]).

mod answered;
mod builder;
mod coded;
mod coded_file;
mod collapse;
mod columnar;
mod columns;
mod csv;
mod defect;
mod error;
mod file;
mod labels;
mod layout;
mod packed;
mod places;
mod responses;
mod sampling;
mod survey_design;
mod units;
mod values;

pub use builder::FrameBuilder;
pub use coded::{Answers, CodedAnswers, CodedError, Coding, CodingRows, Texts};
pub use coded_file::DesignUnit;
pub use columns::{Columns, Item, MOST_LEVELS};
pub use defect::{FrameDefect, FrameDefectKind};
pub use error::ResponsesError;
pub use file::TableFile;
pub use layout::Layout;
pub use places::Places;
pub(crate) use places::{Commune, Stratum, Village};
pub use responses::Responses;
pub use sampling::{Area, Person, SamplingFrame};
pub use survey_design::{JointProbability, Lonely, Selection, SurveyDesign};

#[cfg(test)]
mod tests;
