//! The two inputs and their only door in: who could be asked ([`SamplingFrame`]), and what was answered
//! ([`Responses`]).

mod answered;
mod builder;
mod coded;
mod coded_file;
mod codes;
mod collapse;
mod columnar;
mod columns;
mod csv;
mod defect;
mod error;
mod file;
mod layout;
mod order;
mod packed;
mod places;
mod responses;
mod sampling;
mod survey_design;
mod texts;
mod units;
mod values;

pub use builder::FrameBuilder;
pub use coded::{Answers, CodedAnswers, CodedError, Coding, CodingRows};
pub use coded_file::DesignUnit;
pub(crate) use codes::Codes;
pub use columns::{Columns, Item, MOST_LEVELS};
pub use defect::{FrameDefect, FrameDefectKind};
pub use error::ResponsesError;
pub use file::TableFile;
pub use layout::Layout;
pub(crate) use order::by_key;
pub use places::Places;
pub(crate) use places::{Commune, Stratum, Village};
pub use responses::Responses;
pub use sampling::{Area, Person, SamplingFrame};
pub use survey_design::{JointProbability, Lonely, Selection, SurveyDesign};
pub use texts::Texts;

#[cfg(test)]
mod tests;
