//! What other systems read: the released editions, for everybody; how the fieldwork goes and the files of figures, with a token.
//!
//! Invariants: every figure comes from a released edition or from a file of figures; no answer of a person leaves here; of a token only its
//! digest is kept, it ends by itself, and its last use is known by the day; every refusal is an RFC 9457 document, whatever was asked
//! for; a release is told to every address that was added before it, at least once, and only where the operator's list allows it; each address stands in the OpenAPI document, which is derived from the types that are served (docs/adr/0033, docs/api.md).
//! Tables: `office.api_token`, `office.webhook`, `office.webhook_delivery`.

mod figures;
pub mod jobs;
mod kept;
mod listed;
mod office;
mod openapi;
mod pages;
pub mod routes;
mod shapes;
mod store;
mod tokens;
mod webhooks;
