//! One log line and one count per request. The route's pattern is logged, never the path: a path can hold a code. No address, no
//! query, no body.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::app::App;

pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let begun = Instant::now();
    let method = request.method().clone();
    let app = request.app_data::<Data<App>>().cloned();
    let response = next.call(request).await?;
    let route = response.request().match_pattern().unwrap_or_else(|| "-".to_owned());
    let seconds = begun.elapsed().as_secs_f64();
    if let Some(app) = app {
        app.metrics.requests.with_label_values(&[route.as_str(), method.as_str(), response.status().as_str()]).inc();
        app.metrics.seconds.with_label_values(&[route.as_str()]).observe(seconds);
    }
    tracing::debug!(%method, route, status = response.status().as_u16(), seconds, "answered");
    Ok(response)
}
