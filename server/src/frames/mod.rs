//! Not built yet.
pub mod routes { pub fn routes(_: &mut actix_web::web::ServiceConfig) {} }
