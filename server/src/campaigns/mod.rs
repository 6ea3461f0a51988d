//! One measurement round: which form version, which window, which state.
//!
//! Invariants: a campaign pins one approved form version, which never changes; it goes preparing → open → closed and never back; closing
//! enqueues the last flush in the same transaction; one person proposes to open it, another opens it.
//! Tables: `office.campaign`, `office.campaign_draft`.

mod store;

pub use store::{Campaign, Draft};

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use survey_forms::Form;
use uuid::Uuid;
use validator::Validate;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::text::Language;
use crate::error::{Error, Result};
use crate::jobs::{Job, queue};
use crate::questionnaires;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Preparing,
    Open,
    Closed,
}

impl State {
    pub fn name(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// What a citizen meets when they come with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    Early,
    Open,
    Over,
}

impl Campaign {
    pub fn state(&self) -> State {
        match self.state.as_str() {
            "preparing" => State::Preparing,
            "open" => State::Open,
            _ => State::Closed,
        }
    }

    /// Days are whole days in Viet Nam; closing early ends the window at once.
    pub fn window(&self, today: NaiveDate) -> Window {
        match self.state() {
            State::Closed => Window::Over,
            _ if today > self.closes_on => Window::Over,
            State::Open if today >= self.opens_on => Window::Open,
            _ => Window::Early,
        }
    }

    /// The same for answers on paper: an envelope that came by the last day is opened and keyed after it, until the close.
    pub fn paper_window(&self, today: NaiveDate) -> Window {
        match self.state() {
            State::Closed => Window::Over,
            State::Open if today >= self.opens_on => Window::Open,
            _ => Window::Early,
        }
    }
}

impl Campaign {
    /// The questionnaire this campaign pins, whatever newer version there may be.
    pub async fn form(&self, app: &App) -> Result<Arc<Form>> {
        questionnaires::form(app, self.form_version_id).await
    }

    /// The coordinator's page.
    pub fn address(&self) -> String {
        format!("/qt/dot/{}", self.slug)
    }

    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.name_vi,
            Language::English => &self.name_en,
        }
    }
}

/// What a new campaign must be told.
#[derive(Clone, Debug, Validate)]
pub struct NewCampaign {
    #[validate(length(min = 3, max = 40))]
    pub slug: String,
    #[validate(length(min = 1, max = 200))]
    pub name_vi: String,
    #[validate(length(min = 1, max = 200))]
    pub name_en: String,
    #[validate(range(min = 2012, max = 2100))]
    pub year: i32,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub results_on: NaiveDate,
    #[validate(length(min = 3, max = 30))]
    pub hotline: String,
    /// The people are made up: said on every page that shows them.
    pub synthetic: bool,
    /// The flush leaves a commune waiting until it has this many answers (five in earnest).
    #[validate(range(min = 1, max = 100))]
    pub flush_at_least: i32,
}

/// Makes a campaign in preparation with an approved version of a questionnaire.
pub async fn create(app: &App, actor: &Actor, campaign: &NewCampaign, version: Uuid) -> Result<Uuid> {
    campaign.validate().map_err(|mistakes| Error::invalid("campaign-invalid").caused_by(mistakes))?;
    if campaign.opens_on > campaign.closes_on || campaign.closes_on > campaign.results_on {
        return Err(Error::invalid("campaign-dates"));
    }
    let version = questionnaires::find(app, version).await?;
    if version.approved_at.is_none() {
        return Err(Error::conflict("form-not-approved"));
    }
    let id = Uuid::now_v7();
    let details = json!({ "form": version.form_code, "form_digest": version.digest, "opens_on": campaign.opens_on, "closes_on": campaign.closes_on });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "campaigns.create", subject: campaign.slug.clone(), details },
        async |transaction| store::insert(transaction, id, version.id, campaign, app.clock.now()).await,
    )
    .await?;
    Ok(id)
}

/// Proposes to open the fieldwork; somebody else then opens it. The last proposal counts.
pub async fn propose_opening(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "campaigns.propose_opening", subject: campaign.slug.clone(), details: json!({}) },
        async |transaction| {
            let now = app.clock.now();
            if store::propose_opening(transaction, campaign.id, &actor.to_string(), now).await? {
                Ok(())
            } else {
                Err(Error::conflict("campaign-state").with("state", campaign.state.clone()))
            }
        },
    )
    .await
}

/// Opens the fieldwork that somebody else proposed to open.
pub async fn open(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    let me = actor.to_string();
    let details = json!({ "proposed_by": campaign.opening_proposed_by });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "campaigns.open", subject: campaign.slug.clone(), details },
        async |transaction| {
            // As it stands now, not as it stood when the page was made.
            let now = store::find(transaction, campaign.id).await?;
            match now.and_then(|now| now.opening_proposed_by) {
                None => return Err(Error::conflict("opening-not-proposed")),
                Some(proposer) if proposer == me => return Err(Error::conflict("opening-own")),
                Some(_) => {}
            }
            if !store::set_state(transaction, campaign.id, State::Preparing, State::Open).await? {
                return Err(Error::conflict("campaign-state").with("state", campaign.state.clone()));
            }
            store::note_opening(transaction, campaign.id, &me, app.clock.now()).await
        },
    )
    .await
}

/// What this person has typed of a new campaign. Kept without a row in the log: it is nobody's act yet.
pub async fn draft(app: &App, login: &str) -> Result<Option<Draft>> {
    store::draft(&mut app.database.contact.read().await?, login).await
}

pub async fn keep_draft(app: &App, login: &str, fields: Value) -> Result<DateTime<Utc>> {
    let saved_at = app.clock.now();
    let draft = Draft { login: login.to_owned(), fields, saved_at };
    store::keep_draft(&mut app.database.contact.read().await?, &draft).await?;
    Ok(saved_at)
}

pub async fn forget_draft(app: &App, login: &str) -> Result<()> {
    store::forget_draft(&mut app.database.contact.read().await?, login).await
}

/// Ends the fieldwork for good and enqueues the last flush.
pub async fn close(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "campaigns.close", subject: campaign.slug.clone(), details: json!({}) },
        async |transaction| {
            if !store::set_state(transaction, campaign.id, State::Open, State::Closed).await? {
                return Err(Error::conflict("campaign-state").with("state", campaign.state.clone()));
            }
            queue::enqueue(transaction, &app.clock, &Job::Flush { campaign: campaign.id }, actor).await?;
            Ok(())
        },
    )
    .await
}

/// All campaigns, the newest first.
pub async fn list(app: &App) -> Result<Vec<Campaign>> {
    store::list(&mut app.database.contact.read().await?).await
}

pub async fn find(app: &App, id: Uuid) -> Result<Campaign> {
    store::find(&mut app.database.contact.read().await?, id).await?.ok_or_else(|| Error::not_found("campaign-missing"))
}

pub async fn find_by_slug(app: &App, slug: &str) -> Result<Campaign> {
    store::find_by_slug(&mut app.database.contact.read().await?, slug)
        .await?
        .ok_or_else(|| Error::not_found("campaign-missing"))
}

#[cfg(test)]
impl Campaign {
    /// From 1 October to 30 November 2026.
    pub(crate) fn for_tests(hotline: &str) -> Self {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default();
        Self {
            id: Uuid::nil(),
            slug: "thu".to_owned(),
            name_vi: "Khảo sát thử".to_owned(),
            name_en: "Trial survey".to_owned(),
            year: 2026,
            form_version_id: Uuid::nil(),
            state: State::Open.name().to_owned(),
            opens_on: day(10, 1),
            closes_on: day(11, 30),
            results_on: day(12, 31),
            hotline: hotline.to_owned(),
            synthetic: true,
            flush_at_least: 5,
            opening_proposed_by: None,
            opening_proposed_at: None,
        }
    }
}
