//! The description of the interface, derived from the handlers and the types they serve.

use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{office, routes};
use crate::base::web::errors::Problem;
use crate::editions::Content;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "SIPAS Online",
        version = "1",
        description = "Satisfaction of Viet Nam's citizens with their public offices. What is public needs no token; whatever \
                       appears under /api/v1 later is added beside what is there, nothing is renamed.",
        license(name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/"),
    ),
    paths(
        routes::editions,
        routes::document,
        routes::figures,
        routes::places,
        routes::indicators,
        routes::questions,
        routes::description,
        office::surveys,
        office::progress,
        office::exports,
        office::download,
    ),
    components(schemas(Content, Problem)),
    modifiers(&Tokens),
    tags(
        (name = "public", description = "The released editions: no token, any site's scripts."),
        (name = "progress", description = "How the fieldwork goes: a token with the scope `progress`."),
        (name = "exports", description = "Files of figures: a token with the scope `exports`."),
    )
)]
pub(super) struct Description;

/// How a token is sent.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("token", bearer);
    }
}
