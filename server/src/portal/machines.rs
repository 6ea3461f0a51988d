//! What machines of others read of the released editions: the same shelf, the same headers.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::answer::Body;
use super::data::{self, DOCUMENT};
use super::shelf::{self, Public};
use crate::app::App;
use crate::editions::{Content, Edition};
use crate::error::Result;

/// Everything that is public at one moment.
pub struct Reading {
    public: Arc<Public>,
    now: DateTime<Utc>,
}

pub async fn reading(app: &App) -> Result<Reading> {
    Ok(Reading { public: shelf::current(app).await?, now: app.clock.now() })
}

impl Reading {
    /// Each survey's newest edition and all that are public, the newest year and the newest edition first.
    pub fn surveys(&self) -> impl Iterator<Item = (&Content, &[Edition])> {
        self.public.surveys.iter().map(|released| (&released.content, released.editions.as_slice()))
    }

    /// The very bytes of an edition.
    ///
    /// # Errors
    /// Not found, if there is no such edition, or it is not public (yet): both look the same.
    pub async fn document(&self, app: &App, request: &HttpRequest, survey: &str, number: i32) -> Result<HttpResponse> {
        let body = data::file(app, &self.public, survey, number, DOCUMENT).await?;
        Ok(body.answer(request, &self.public, self.now))
    }

    /// A document made of what is public, with the headers of everything public.
    pub fn answer(&self, request: &HttpRequest, document: &impl Serialize) -> Result<HttpResponse> {
        let body = Body::passing("application/json", serde_json::to_vec(document)?);
        Ok(body.answer(request, &self.public, self.now))
    }
}
