//! For everybody: asking for no more messages by the link in one; and the gateway's reports.

use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::super::messages::leaving;
use super::super::store::messages as store;
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::db::{Sight, seen_by};
use crate::base::gateway::is_signed;
use crate::base::message::reason;
use crate::base::page::Page;
use crate::base::web::visit::Visit;
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};

#[derive(Template)]
#[template(path = "invitations/leave.html")]
struct LeavePage {
    page: Page,
    /// The page's own address; empty once it is done.
    action: String,
}

fn page(visit: &Visit, campaign: &Campaign, action: String) -> LeavePage {
    let title = visit.texts().get(if action.is_empty() { "leave-done-h1" } else { "leave-h1" });
    let page = Page { hotline: campaign.hotline.clone(), synthetic: campaign.synthetic, ..visit.page() };
    LeavePage { page: page.titled(title), action }
}

/// Nobody is signed in here: the token, or the gateway's signature, is all the right there is, and reaches one invitation only.
async fn by_token<T>(work: impl Future<Output = T>) -> T {
    seen_by(Sight::everything(), work).await
}

/// Programs that read mail open links by themselves: opening this one changes nothing.
pub(super) async fn ask(app: Data<App>, visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let (_, campaign) = by_token(leaving::find(&app, &token)).await?;
    visit.ok(&page(&visit, &campaign, format!("/thoi-nhan/{}", token.as_str())))
}

/// Whoever has the link may; a mail program posts here without having seen the page.
pub(super) async fn leave(app: Data<App>, visit: Visit, token: Path<String>) -> Result<HttpResponse> {
    let (invitation, campaign) = by_token(leaving::find(&app, &token)).await?;
    by_token(leaving::leave(&app, campaign.id, invitation, "link")).await?;
    visit.ok(&page(&visit, &campaign, String::new()))
}

#[derive(Deserialize)]
struct Report {
    id: Uuid,
    event: Event,
    #[serde(default)]
    reason: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Event {
    Delivered,
    Failed,
    /// Its receiver wants no more.
    Stop,
}

/// The gateway tells what became of a message. Told twice it is the same.
pub(super) async fn report(app: Data<App>, request: HttpRequest, body: Bytes) -> Result<HttpResponse> {
    let gateway = app.config.gateway.as_ref().ok_or_else(|| Error::not_found("page-missing"))?;
    let signature = request.headers().get("x-signature").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !is_signed(gateway, &body, signature) {
        return Err(Error::new(Kind::Forbidden, "form-not-ours"));
    }
    let report: Report =
        serde_json::from_slice(&body).map_err(|_unreadable| Error::new(Kind::BadRequest, "request-unreadable"))?;
    by_token(take(&app, report)).await
}

async fn take(app: &App, report: Report) -> Result<HttpResponse> {
    let missing = || Error::not_found("page-missing");
    let found = store::invitation_of(&mut app.database.contact.read().await?, report.id).await?;
    let (invitation, campaign, _) = found.ok_or_else(missing)?;
    let state = match report.event {
        Event::Stop => {
            leaving::leave(app, campaign, invitation, "gateway").await?;
            return Ok(HttpResponse::NoContent().finish());
        }
        Event::Delivered => "delivered",
        Event::Failed => "bounced",
    };
    let (actor, told) = (Actor::System("gateway"), reason(&report.reason));
    let details = json!({ "message": report.id, "state": state });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "invitations.report", subject: campaign.to_string(), details },
        async |transaction| store::report(transaction, report.id, state, &told).await,
    )
    .await?;
    Ok(HttpResponse::NoContent().finish())
}
