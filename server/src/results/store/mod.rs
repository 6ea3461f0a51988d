//! Every query on the results' tables, and the one on the design that stands beside the answers.

pub(super) mod answers;
mod figures;
mod runs;

pub use figures::Figure;
pub(super) use figures::{figures, figures_of_indicator, figures_of_rule, shares};
pub use runs::Run;
pub(super) use runs::{keep, run, runs, show, shown, with_inputs};
