//! What every request passes through, and the extractors that give handlers valid values.

pub mod errors;
pub mod fields;
pub mod headers;
pub mod observe;
pub mod onward;
pub mod origin;
pub mod shared;
pub mod upload;
pub mod visit;
