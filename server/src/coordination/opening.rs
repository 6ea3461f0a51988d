//! The checklist before a survey opens, and the opening itself: one person proposes, another opens.

use crate::app::App;
use crate::audit::Actor;
use crate::campaigns::{self, Campaign, State};
use crate::error::{Error, Result};
use crate::staff::{self, Role};
use crate::{fieldwork, frames, invitations, places, samples};

/// One line of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Its words: `check-…`.
    pub key: &'static str,
    pub state: Readiness,
    /// Where it is put right.
    pub path: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    Ready,
    /// Worth a look; does not stand in the way.
    Attention,
    /// Without it nobody could answer.
    Missing,
}

impl Readiness {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Attention => "attention",
            Self::Missing => "missing",
        }
    }
}

/// Everything that should stand before the first letter is opened.
pub async fn checklist(app: &App, campaign: &Campaign) -> Result<Vec<Check>> {
    let base = campaign.address();
    let at = |step: &str| format!("{base}/{step}");
    let needed = |there: bool| if there { Readiness::Ready } else { Readiness::Missing };
    let wanted = |there: bool| if there { Readiness::Ready } else { Readiness::Attention };
    let frozen = frames::of(app, campaign.id).await?.is_some_and(|frame| frame.frozen_at.is_some());
    let drawn = samples::of(app, campaign.id).await?.iter().any(samples::Draw::names_persons);
    let issued = invitations::issued(app, campaign.id).await?;
    let list_left = issued.is_some_and(|(draw, _)| invitations::print_list(app, draw).exists());
    let everybody = staff::list(app, places::COUNTRY).await?;
    let interviewers = everybody.iter().any(|person| person.role() == Some(Role::Interviewer));
    let self_starting = invitations::self_starting(app, campaign).await?;
    let today = app.clock.today();
    Ok(vec![
        Check { key: "form", state: Readiness::Ready, path: format!("/qt/phieu/{}", campaign.form_version_id) },
        Check { key: "frame", state: needed(frozen), path: at("khung-mau") },
        Check { key: "sample", state: needed(drawn), path: at("mau") },
        Check { key: "codes", state: needed(issued.is_some()), path: at("cap-ma") },
        Check { key: "letters", state: wanted(issued.is_some() && !list_left), path: at("thu-moi") },
        Check { key: "rules", state: wanted(!self_starting), path: at("thu-moi/tin") },
        Check { key: "interviewers", state: wanted(interviewers), path: "/qt/nguoi".to_owned() },
        Check { key: "window", state: needed(today <= campaign.closes_on), path: String::new() },
    ])
}

/// Proposes to open, when nothing is missing.
pub async fn propose_opening(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    refuse_unready(app, campaign).await?;
    campaigns::propose_opening(app, actor, campaign).await
}

/// Opens what somebody else proposed, and makes the cases of the fieldwork.
pub async fn open(app: &App, actor: &Actor, campaign: &Campaign) -> Result<()> {
    if campaign.state() == State::Preparing {
        refuse_unready(app, campaign).await?;
    }
    // Before, so that there is no moment in which citizens answer and interviewers find nobody.
    fieldwork::prepare(app, actor, campaign).await?;
    campaigns::open(app, actor, campaign).await
}

async fn refuse_unready(app: &App, campaign: &Campaign) -> Result<()> {
    let missing = checklist(app, campaign).await?.into_iter().find(|check| check.state == Readiness::Missing);
    match missing {
        None => Ok(()),
        Some(check) if check.key == "codes" => Err(Error::conflict("no-codes")),
        Some(_) => Err(Error::conflict("checklist")),
    }
}
