//! What the worker runs.

use actix_web::web::Data;
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::error::{Error, Result};
use crate::jobs::worker::Progress;

pub async fn issue(_: &Data<App>, _: Uuid, _: &Progress<'_>) -> Result<Value> {
    Err(Error::internal("job"))
}
