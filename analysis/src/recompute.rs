//! Figures from a table of answers and a design file, without any database: how an office recomputes an old survey, and how a
//! third party recomputes a published one.
//!
//! [`DesignFile::parse`] → [`DesignFile::read`] → [`DesignFile::recompute`] → [`Figure`]s, written by [`write()`]. The formulas are
//! those of the other modules; [`explain`] prints them.

mod check;
mod columns;
mod design_file;
mod error;
mod explain;
mod figures;
mod joint;
mod meaning;
mod nation;
mod output;
mod ranks;
mod report;
mod subjects;
mod tree;
mod withhold;

pub use design_file::DesignFile;
pub use error::RecomputeError;
pub use explain::explain;
pub use figures::{Figure, Recomputed, Remark};
pub use output::{OutputFormat, write};
