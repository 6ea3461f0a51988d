//! The coordinator's campaigns, their steps, progress, and the log.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ServiceConfig, get, post};

use super::opening::{Readiness, checklist};
use super::pages::{
    AuditPage, CampaignPage, CampaignsPage, Card, CheckLine, ConfirmPage, OpeningPage, StepRow, WatchedPage,
};
use super::{facts, new, people, work};
use crate::app::App;
use crate::audit;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign, State};
use crate::error::Result;
use crate::invitations::{self, ProvinceProgress};
use crate::keying;
use crate::places;
use crate::staff::session::{Coordinator, Overseer, SignedIn};

const LOG_ENTRIES: i64 = 200;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt", get().to(list))
        .route("/qt/tien-do", get().to(watched))
        .route("/qt/nhat-ky", get().to(log))
        .route("/qt/nguoi", get().to(people::show))
        .route("/qt/nguoi", post().to(people::add))
        .route("/qt/nguoi/{id}/mat-khau", post().to(people::reset))
        .route("/qt/nguoi/{id}/khoa", post().to(people::shut_out))
        .route("/qt/nguoi/{id}/cho-vao", post().to(people::let_in))
        .route("/qt/dot", get().to(new::show))
        .route("/qt/dot", post().to(new::make))
        .route("/qt/dot/{slug}", get().to(show))
        .route("/qt/dot/{slug}/mo", get().to(open_form))
        .route("/qt/dot/{slug}/mo", post().to(open))
        .route("/qt/dot/{slug}/dong", get().to(close_form))
        .route("/qt/dot/{slug}/dong", post().to(close));
}

async fn card(app: &App, signed_in: &SignedIn, campaign: Campaign) -> Result<Card> {
    let facts = facts(app, &campaign, &signed_in.place_code).await?;
    Ok(Card { campaign, facts, today: app.clock.today() })
}

async fn list(app: Data<App>, visit: Visit, Coordinator(signed_in): Coordinator) -> Result<HttpResponse> {
    let mut page = signed_in.page(&visit).titled(visit.texts().get("nav-work"));
    let mut cards = Vec::new();
    for campaign in campaigns::list(&app).await? {
        page.synthetic |= campaign.synthetic;
        cards.push(card(&app, &signed_in, campaign).await?);
    }
    let national = places::national_only(&signed_in).is_ok();
    let campaigns: Vec<Campaign> = cards.iter().map(|card| card.campaign.clone()).collect();
    let work = work::items(&app, &signed_in, &campaigns, visit.texts()).await?;
    visit.ok(&CampaignsPage { page, work, cards, national })
}

async fn watched(app: Data<App>, visit: Visit, Overseer(signed_in): Overseer) -> Result<HttpResponse> {
    let mut page = signed_in.page(&visit).titled(visit.texts().get("nav-campaigns"));
    let mut cards = Vec::new();
    for campaign in campaigns::list(&app).await?.into_iter().filter(|campaign| campaign.state() != State::Preparing) {
        page.synthetic |= campaign.synthetic;
        cards.push(card(&app, &signed_in, campaign).await?);
    }
    visit.ok(&WatchedPage { page, cards })
}

async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let card = card(&app, &signed_in, campaigns::find_by_slug(&app, &slug).await?).await?;
    let mut page = signed_in.page(&visit).titled(card.campaign.name(visit.language));
    page.synthetic = card.campaign.synthetic;
    let steps = StepRow::all(&card.campaign, &card.facts, visit.texts());
    visit.ok(&CampaignPage { page, card, steps })
}

async fn open_form(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    if campaign.state() != State::Preparing {
        return Ok(see_other(&campaign.address()));
    }
    let texts = visit.texts();
    let window = [("opens", texts.day(campaign.opens_on)), ("closes", texts.day(campaign.closes_on))];
    let letters = invitations::issued(&app, campaign.id).await?.map_or(0, |(_, letters)| letters);
    let sentences = vec![
        texts.with("open-means", window).into_owned(),
        texts.with("open-letters", [("letters", letters)]).into_owned(),
    ];
    let checks = checklist(&app, &campaign).await?;
    let missing = checks.iter().filter(|check| check.state == Readiness::Missing).count();
    let me = signed_in.actor().to_string();
    let (button, waits) = match &campaign.opening_proposed_by {
        _ if missing > 0 => (None, Some(texts.with("open-missing", [("n", missing)]))),
        None => (Some("open-propose-btn"), None),
        Some(by) if *by == me => (None, Some(texts.get("open-waits"))),
        Some(_) => (Some("open-btn"), None),
    };
    let page = signed_in.page(&visit).titled(texts.with("open-title", [("name", campaign.name(visit.language))]));
    visit.ok(&OpeningPage {
        page,
        checks: checks.into_iter().map(|check| CheckLine::new(check, texts)).collect(),
        sentences,
        button: button.map(|key| texts.get(key).into_owned()),
        waits: waits.map(std::borrow::Cow::into_owned),
        campaign,
    })
}

async fn open(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let actor = signed_in.actor();
    // The same button: the first person proposes, the second opens.
    match &campaign.opening_proposed_by {
        Some(by) if *by != actor.to_string() => super::open(&app, &actor, &campaign).await?,
        _ => super::propose_opening(&app, &actor, &campaign).await?,
    }
    Ok(see_other(&campaign.address()))
}

async fn close_form(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let texts = visit.texts();
    let total = ProvinceProgress::total(&invitations::progress(&app, campaign.id, places::COUNTRY).await?);
    let counts = [("responded", total.responded), ("invited", total.invited)];
    let mut sentences = vec![texts.get("close-means").into_owned(), texts.with("close-counts", counts).into_owned()];
    let paper = keying::waiting(&app, &campaign).await?.all();
    if paper > 0 {
        sentences.push(texts.with("close-paper", [("n", paper)]).into_owned());
    }
    let back = campaign.address();
    let page = signed_in.page(&visit).titled(texts.with("close-title", [("name", campaign.name(visit.language))]));
    visit.ok(&ConfirmPage {
        page,
        action: format!("{back}/dong"),
        back,
        sentences,
        button: texts.get("close-btn").into_owned(),
        warning: true,
    })
}

async fn close(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    places::national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    campaigns::close(&app, &signed_in.actor(), &campaign).await?;
    Ok(see_other(&campaign.address()))
}

async fn log(app: Data<App>, visit: Visit, Coordinator(signed_in): Coordinator) -> Result<HttpResponse> {
    places::national_only(&signed_in)?;
    let entries = audit::newest(&mut app.database.contact.read().await?, LOG_ENTRIES).await?;
    visit.ok(&AuditPage { page: signed_in.page(&visit).titled(visit.texts().get("nav-audit")), entries })
}
