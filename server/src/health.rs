//! For the machines that watch this one: alive, ready, metrics.

use actix_web::web::{Data, ServiceConfig, get};
use actix_web::{HttpResponse, web};

use crate::app::App;
use crate::error::Result;

pub fn routes(service: &mut ServiceConfig) {
    service.route("/health/live", web::get().to(live)).route("/health/ready", get().to(ready));
}

pub fn metrics_routes(service: &mut ServiceConfig) {
    service.route("/metrics", get().to(metrics));
}

async fn live() -> &'static str {
    "alive\n"
}

/// Ready when both sides of the database answer.
async fn ready(app: Data<App>) -> Result<&'static str> {
    app.database.contact.ping().await?;
    app.database.answers.ping().await?;
    Ok("ready\n")
}

async fn metrics(app: Data<App>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(app.metrics.text()?))
}
