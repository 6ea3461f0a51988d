//! The coordinator's questionnaires: choose or send one, try it, see what changed, approve it, take it along.

mod files;
mod list;
mod trial;
mod version;

use std::sync::Arc;

use actix_web::web::{ServiceConfig, get, post};
use survey_forms::Form;
use uuid::Uuid;

use super::Version;
use crate::app::App;
use crate::error::{Error, Result};

const LIST: &str = "/qt/phieu";

pub fn routes(service: &mut ServiceConfig) {
    service
        .route(LIST, get().to(list::list))
        .route(LIST, post().to(list::send))
        .route("/qt/phieu/co-san", post().to(list::choose))
        .route("/qt/phieu/{id}", get().to(version::show))
        .route("/qt/phieu/{id}/duyet", post().to(version::approve))
        .route("/qt/phieu/{id}/ma-hoa/{file}", get().to(files::codebook))
        .route("/qt/phieu/{id}/in/{file}", get().to(files::paper))
        .route("/qt/phieu/{id}/xem/{language}", get().to(trial::preview))
        .route("/qt/phieu/{id}/thu/{language}", get().to(trial::start))
        .route("/qt/phieu/{id}/thu/{language}/{page}", get().to(trial::show))
        .route("/qt/phieu/{id}/thu/{language}/{page}", post().to(trial::give));
}

/// The address of a version.
pub(super) fn address(version: Uuid) -> String {
    format!("{LIST}/{version}")
}

async fn version(app: &App, id: Uuid) -> Result<(Version, Arc<Form>)> {
    Ok((super::find(app, id).await?, super::form(app, id).await?))
}

fn offered(form: &Form, language: &str) -> Result<()> {
    let known = form.languages().iter().any(|offered| offered == language);
    if known { Ok(()) } else { Err(Error::not_found("page-missing")) }
}
