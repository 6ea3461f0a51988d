//! What a table may tell without telling what single people said.
//!
//! A cell may be too small by itself ([`Thresholds`]); what a line of cells adds up to can give it away, so others are hidden
//! with it ([`protect`]); and whether that was enough is tried, not believed ([`attack`]).

mod attack;
mod error;
mod protect;
mod query;
mod rules;
mod table;

pub use attack::{Range, attack};
pub use error::ConfidentialityError;
pub use protect::{Protected, protect};
pub use query::{TooClose, check_query};
pub use rules::{Disclosure, LEAST_ALIKE, LEAST_PSUS, LEAST_RESPONDENTS, Support, Thresholds, published_n};
pub use table::{CountCell, CountTable, Line, WHOLE, crossing};
