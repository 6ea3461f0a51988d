//! Addresses that need a token: how the fieldwork goes, and the files of figures.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use uuid::Uuid;

use super::kept::{Exports, FigureFile, Progress, SurveyAtWork, Surveys};
use super::tokens::{Scope, admitted};
use crate::app::App;
use crate::base::db::{Sight, seen_by};
use crate::base::web::errors::Problem;
use crate::campaigns;
use crate::error::{Error, Result};
use crate::exports::{self, ExportFile};
use crate::fieldwork::board::{Within, board};
use crate::jobs::ExportContents;

/// The surveys there are.
#[utoipa::path(
    get, path = "/api/v1/surveys", tag = "progress", security(("token" = [])),
    responses(
        (status = 200, body = Surveys),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn surveys(app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    admitted(&app, &request, Scope::Progress).await?;
    let mut campaigns = campaigns::list(&app).await?;
    campaigns.sort_by_key(|campaign| std::cmp::Reverse((campaign.year, campaign.opens_on)));
    Ok(HttpResponse::Ok().json(Surveys { surveys: campaigns.iter().map(SurveyAtWork::new).collect() }))
}

/// How the fieldwork of a survey goes, by province. Counts, never an answer.
#[utoipa::path(
    get, path = "/api/v1/surveys/{survey}/progress", tag = "progress", security(("token" = [])),
    params(("survey" = String, Path, example = "sipas-2026")),
    responses(
        (status = 200, body = Progress),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn progress(app: Data<App>, request: HttpRequest, survey: Path<String>) -> Result<HttpResponse> {
    admitted(&app, &request, Scope::Progress).await?;
    let campaign = campaigns::find_by_slug(&app, &survey).await?;
    // The token lets in what no session does: the counts of all provinces, which the database shows to nobody else.
    let board = seen_by(Sight::everything(), board(&app, &campaign, &Within::default())).await?;
    Ok(HttpResponse::Ok().json(Progress::new(&campaign, app.clock.today(), &board)))
}

fn is_figures(file: &ExportFile) -> bool {
    file.contents == ExportContents::Tables.name()
}

/// The files of a survey's figures that are kept now.
#[utoipa::path(
    get, path = "/api/v1/surveys/{survey}/exports", tag = "exports", security(("token" = [])),
    params(("survey" = String, Path, example = "sipas-2026")),
    responses(
        (status = 200, body = Exports),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn exports(app: Data<App>, request: HttpRequest, survey: Path<String>) -> Result<HttpResponse> {
    admitted(&app, &request, Scope::Exports).await?;
    let campaign = campaigns::find_by_slug(&app, &survey).await?;
    let kept = exports::list(&app).await?.into_iter();
    let files = kept.filter(|file| file.campaign_id == campaign.id && is_figures(file));
    let home = &app.config.web.public_url;
    let exports = files.map(|file| FigureFile::new(home, file)).collect();
    Ok(HttpResponse::Ok().json(Exports { survey: campaign.slug, exports }))
}

/// The bytes of a file of figures. Every download is noted.
#[utoipa::path(
    get, path = "/api/v1/exports/{id}", tag = "exports", security(("token" = [])), params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "The file", content(
            ("text/csv"), ("application/octet-stream"), ("application/zip"),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        )),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn download(app: Data<App>, request: HttpRequest, id: Path<Uuid>) -> Result<HttpResponse> {
    let token = admitted(&app, &request, Scope::Exports).await?;
    let file = exports::list(&app).await?.into_iter().find(|file| file.id == *id && is_figures(file));
    let file = file.ok_or_else(|| Error::not_found("exports-gone"))?;
    let (file, opened) = exports::take(&app, &token.actor(), file.id).await?;
    Ok(exports::routes::sent(&file, opened))
}
