//! Every query on the fieldwork's tables.

pub(super) mod assignments;
pub(super) mod board;
pub(super) mod cases;
pub(super) mod replacements;
pub(super) mod visits;
