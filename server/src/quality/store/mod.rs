//! Every query on the tables of quality and check-back.

pub(super) mod check_back;
pub(super) mod figures;
pub(super) mod visits;
