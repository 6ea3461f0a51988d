//! The coordinator's pages of the sample.

pub fn routes(_: &mut actix_web::web::ServiceConfig) {}
