//! The fieldwork: whom an interviewer visits, how each visit went, who is asked instead, and how far all of it is.
//!
//! Invariants: one case per invitation, made when the fieldwork is prepared; a visit is never rewritten, and the same visit sent twice is
//! one; nobody picks a replacement: it is the next reserve of the same village, asked for by one person and approved by another; only days
//! are kept, no hours; no answer is ever seen from here.
//! Tables: `contact.field_case`, `contact.visit`, `contact.replacement`, `contact.commune_loss`, `contact.day_count`,
//! `contact.assignment_act`.

pub mod assignments;
pub mod board;
mod endings;
pub mod outcome;
pub mod pace;
mod pages;
pub mod replacements;
pub mod routes;
mod store;
pub mod visits;

pub use endings::{Endings, endings};
pub use outcome::Outcome;
pub(crate) use pages::state;
pub use store::cases::Case;

use std::collections::HashMap;

use analysis::draw::{Role, Unit};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::frames::{self, Addressee};
use crate::{invitations, samples};

/// Makes a case of every invitation of the campaign that has none yet. Says how many came to be.
pub async fn prepare(app: &App, actor: &Actor, campaign: &Campaign) -> Result<usize> {
    let Some((draw, _)) = invitations::issued(app, campaign.id).await? else { return Ok(0) };
    let units = samples::persons(app, draw).await?;
    enter(app, actor, campaign, draw, &units).await
}

async fn enter(app: &App, actor: &Actor, campaign: &Campaign, draw: Uuid, units: &[Unit]) -> Result<usize> {
    let details = json!({ "draw": draw });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "fieldwork.prepare", subject: campaign.slug.clone(), details },
        async |transaction| store::cases::insert(transaction, campaign.id, draw, units).await,
    )
    .await
}

/// The case of an invitation, as far as who asks may see it.
pub async fn find(app: &App, invitation: Uuid) -> Result<Case> {
    let found = store::cases::find(&mut app.database.contact.read().await?, invitation).await?;
    found.ok_or_else(|| Error::not_found("case-missing"))
}

/// What an interviewer has in open campaigns, in the order of the route.
pub async fn of_interviewer(app: &App, interviewer: Uuid) -> Result<Vec<Case>> {
    store::cases::of_interviewer(&mut app.database.contact.read().await?, interviewer).await
}

/// Names and addresses by person code.
pub async fn people(app: &App, cases: &[Case]) -> Result<HashMap<String, Addressee>> {
    let mut by_draw: HashMap<Uuid, Vec<String>> = HashMap::new();
    for case in cases {
        by_draw.entry(case.draw_id).or_default().push(case.person_code.clone());
    }
    let mut people = HashMap::new();
    for (draw, codes) in by_draw {
        let frame = samples::find(app, draw).await?.frame_id;
        let found = frames::addressees(app, frame, &codes).await?;
        people.extend(found.into_iter().map(|person| (person.person.clone(), person)));
    }
    Ok(people)
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Main => "main",
        Role::Reserve => "reserve",
    }
}
