//! The coordinator's view of a whole campaign: what is done, what to do next, and the acts that open and close it.
//!
//! It owns no table: it asks frames, samples and invitations, each of which knows only its own part.

mod new;
mod pages;
mod people;
pub mod routes;
mod steps;

use crate::app::App;
use crate::audit::Actor;
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::invitations::{self, ProvinceProgress};
use crate::{fieldwork, frames, samples};
use steps::Facts;

/// Opens the fieldwork, once there are codes to answer with.
pub async fn open(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    if invitations::issued(app, campaign.id).await?.is_none() {
        return Err(Error::conflict("no-codes"));
    }
    fieldwork::prepare(app, actor, campaign).await?;
    campaigns::open(app, actor, campaign).await
}

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
