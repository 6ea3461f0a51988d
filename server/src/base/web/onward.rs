//! A script that sends a form for its page asks for the next page's address instead of being led there: then the browser goes to it
//! as by a link, and its history holds pages only.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, LOCATION};
use actix_web::middleware::Next;

const ONWARD: HeaderName = HeaderName::from_static("x-onward");

pub async fn tell_scripts(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let asks = request.headers().contains_key(ONWARD);
    let mut response = next.call(request).await?;
    if asks && response.status() == StatusCode::SEE_OTHER {
        let place = response.headers_mut().remove(LOCATION).next();
        if let Some(place) = place {
            response.headers_mut().insert(ONWARD, place);
            response.response_mut().head_mut().status = StatusCode::NO_CONTENT;
        }
    }
    Ok(response)
}
