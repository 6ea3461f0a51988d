//! Method version → item, factor, domain and overall index, with the variance of each.

mod composition;
mod method;
mod rounding;
mod tree;
mod value;

pub use composition::Composition;
pub use method::{
    Aggregation, DomainRule, ItemRule, Method, NationRule, SIPAS_2017, SIPAS_2022, SIPAS_2026_M, SIPAS_2026_T,
};
pub use rounding::half_up;
pub use tree::{Indicator, IndicatorKind, Tree, TreeError};

#[cfg(test)]
mod tests;
