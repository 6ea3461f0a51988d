//! The coordinator's page to cancel a code.

pub fn routes(_: &mut actix_web::web::ServiceConfig) {}
