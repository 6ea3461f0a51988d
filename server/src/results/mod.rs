//! Not built yet.
pub mod routes { pub fn routes(_: &mut actix_web::web::ServiceConfig) {} }
pub mod jobs {
    use actix_web::web::Data; use serde_json::Value; use uuid::Uuid; use crate::{app::App, error::{Error, Result}, jobs::worker::Progress};
    pub async fn compute(_: &Data<App>, _: Uuid, _: &Progress<'_>) -> Result<Value> { Err(Error::internal("job")) }
}
