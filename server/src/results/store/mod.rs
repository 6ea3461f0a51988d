//! Every query on the results' tables, and the one on the answers.

pub(super) mod answers;
mod figures;

pub use figures::{Figure, Run};
pub(super) use figures::{figures, figures_of_indicator, figures_of_place, replace, run, runs, shares};
