//! Method version → item, factor, domain and overall index, with the variance of each.

mod method;
mod tree;

pub use method::{
    Aggregation, DomainRule, ItemRule, Method, NationRule, SIPAS_2026_M, SIPAS_2026_T,
};
pub use tree::{Domain, Factor, Indicator, IndicatorKind, Tree, TreeError};
