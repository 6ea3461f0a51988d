//! What is asked: a questionnaire is data, this crate is the engine that reads it, walks it and keeps its answers sound.
//!
//! Text in, values out: no clock, disk, web or database.
//!
//! - [`Source`]: the texts a form is made of, with their digest; [`builtin`] gives the questionnaires that ship.
//! - [`Form`]: made only by [`Form::parse`], which gives every [`Defect`] with its place instead when there is one.
//! - [`Answers`] and [`path`]: which pages and units apply is worked out from the answers and
//!   the [`Respondent`] each time, never stored.
//! - [`Interview`]: `give` a page's fields, look at `progress`, `finish` into a [`Completed`].
//! - [`PageView`]: what a page shows, in one language. [`Codebook`]: what the data mean, also as files.
//! - [`PrintedPart`]: what paper shows, where nothing is known of the answers. [`Transcript`]: what somebody keyed from it.
//! - [`differences`]: what changed from one version to the next, and whether figures can still be compared.
//! - [`xlsform`]: questionnaires written as spreadsheets, in and out.

mod answer;
mod build;
mod builtin;
mod check;
mod codebook;
mod completed;
mod defects;
mod difference;
mod draft;
mod fields;
mod form;
mod gate;
mod indicators;
mod interview;
mod limits;
mod parse;
mod path;
mod piping;
mod printed;
mod projection;
mod quantity;
mod reach;
mod read;
mod respondent;
mod rule;
mod source;
mod summary;
mod transcript;
mod view;
mod wording;
pub mod xlsform;

#[cfg(any(test, fuzzing))]
pub mod fuzzing;
#[cfg(test)]
mod tests;

pub use answer::{Answer, Answers, ChoiceCode, Issue, IssueCode, WayOut};
pub use builtin::builtin;
pub use codebook::{Code, Codebook, Column, ColumnKind, Labels};
pub use completed::Completed;
pub use defects::{Defect, Fault};
pub use difference::{Difference, Position, differences};
pub use form::{Choices, Form, Kind, Page, Question, Unit, UnitKind};
pub use indicators::{Indicator, Level};
pub use interview::{Interview, Place, Progress, SkipPolicy};
pub use path::{Part, Path, Step, path};
pub use printed::{PrintedChoice, PrintedPart, PrintedQuestion, PrintedUnit};
pub use quantity::{Bounds, Measure, Quantity, read_day};
pub use respondent::Respondent;
pub use rule::{Condition, Lookup, Sign};
pub use source::{Source, SourceFile};
pub use summary::{Row, SectionSummary};
pub use transcript::Transcript;
pub use view::{Block, OptionView, PageView, TextField, UnitView};
pub use wording::{Phrase, Words};
