//! The coordinator's view of the whole: the work list, what is done of each campaign and what to do next, the acts that open and close
//! it, the people.
//!
//! It owns no table: it asks frames, samples and invitations, each of which knows only its own part.

mod new;
mod opening;
mod pages;
mod people;
pub mod routes;
mod steps;
mod work;

pub use opening::{Check, Readiness, checklist, open, propose_opening};

use crate::app::App;
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::invitations::{self, ProvinceProgress};
use crate::{frames, samples};
use steps::Facts;

/// Where the campaign stands, as far as somebody who sees `within` is concerned.
async fn facts(app: &App, campaign: &Campaign, within: &str) -> Result<Facts> {
    Ok(Facts {
        state: campaign.state(),
        over: app.clock.today() > campaign.closes_on,
        frame: frames::of(app, campaign.id).await?,
        draws: samples::of(app, campaign.id).await?,
        issued: invitations::issued(app, campaign.id).await?.map(|(_, letters)| letters),
        progress: ProvinceProgress::total(&invitations::progress(app, campaign.id, within).await?),
    })
}
