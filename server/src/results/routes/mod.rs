//! The analysts' pages: campaigns, one indicator over all places, one place over all indicators, one question; the runs.

mod beside;
mod drawn;
mod explain;
mod indicators;
mod questions;
mod runs;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ServiceConfig, get, post};

use super::old_provinces::{is_old, whole};
use super::pages::{About, EmptyPage, ListPage, Listed, compute_address};
use super::store::{self, Run};
use crate::app::App;
use crate::base::page::Page;
use crate::base::seal::hex;
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::Result;
use crate::jobs;
use crate::places::COUNTRY;
use crate::staff::session::{Analyst, SignedIn};

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt", get().to(list))
        .route("/pt/ket-qua/{slug}", get().to(indicators::table))
        .route("/pt/ket-qua/{slug}/tinh", post().to(compute))
        .route("/pt/ket-qua/{slug}/cau-hoi", get().to(questions::show))
        .route("/pt/ket-qua/{slug}/doi-chieu", get().to(beside::show))
        .route("/pt/ket-qua/{slug}/giai-thich", get().to(explain::show))
        .route("/pt/ket-qua/{slug}/lan-tinh", get().to(runs::list))
        .route("/pt/ket-qua/{slug}/lan-tinh/{id}", get().to(runs::show))
        .route("/pt/ket-qua/{slug}/so-sanh", get().to(runs::compared))
        .route("/pt/ket-qua/{slug}/{province}", get().to(indicators::place));
}

async fn list(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst) -> Result<HttpResponse> {
    let runs = store::shown(&mut app.database.contact.read().await?).await?;
    let texts = visit.texts();
    let campaigns = campaigns::list(&app).await?.into_iter().map(|campaign| {
        let run = runs.iter().find(|run| run.campaign_id == campaign.id);
        Listed {
            name: campaign.name(texts.language()).to_owned(),
            run: run.map(|run| (texts.number(run.responses), texts.moment(run.computed_at))),
            provisional: run.is_some_and(|run| run.provisional),
            slug: campaign.slug,
        }
    });
    visit.ok(&ListPage {
        campaigns: campaigns.collect(),
        may_export: signed_in.place_code == COUNTRY,
        page: signed_in.page(&visit).titled(texts.get("results-title")),
    })
}

async fn compute(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let job = super::request(&app, &signed_in.actor(), &campaign).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

/// No run yet, or one before the first answer: one sentence and the act that fills the page.
async fn empty(app: &App, visit: &Visit, page: Page, campaign: &Campaign) -> Result<HttpResponse> {
    let key =
        if super::current(app, campaign).await?.is_some() { "results-no-answers" } else { "results-not-computed" };
    visit.ok(&EmptyPage {
        page,
        compute: compute_address(&campaign.slug),
        sentence: visit.texts().get(key).into_owned(),
    })
}

fn page(visit: &Visit, signed_in: &SignedIn, campaign: &Campaign) -> Page {
    let page = signed_in.page(visit).titled(campaign.name(visit.language).to_owned());
    Page { synthetic: campaign.synthetic, ..page }
}

/// An account for a province sees that province, what it was made of, and the country.
fn may_see(signed_in: &SignedIn, place: &str) -> bool {
    signed_in.place_code == COUNTRY
        || signed_in.place_code == place
        || (is_old(place) && signed_in.place_code == whole(place))
}

/// What stands above the figures of a run.
pub fn about(texts: Texts, campaign: &Campaign, run: &Run) -> About {
    About {
        slug: campaign.slug.clone(),
        as_of: texts.with("as-of", [("moment", texts.moment(run.computed_at))]).into_owned(),
        responses: run.responses,
        method: run.method.clone(),
        digest: hex(&run.response_digest),
        provisional: run.provisional,
        synthetic: campaign.synthetic,
    }
}
