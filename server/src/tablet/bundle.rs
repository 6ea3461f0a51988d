//! What a tablet takes along: the interviewer's own cases, and the questionnaire of each open survey, page by page.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::opener;
use crate::app::App;
use crate::base::text::Texts;
use crate::campaigns::{self, Campaign, Window};
use crate::error::Result;
use crate::fieldwork::{self, Case, Outcome};
use crate::frames::Addressee;
use crate::questionnaires::whole;
use crate::staff::session::SignedIn;

#[derive(Serialize)]
pub(super) struct Bundle {
    staff: Uuid,
    name: String,
    /// For signing out.
    csrf: String,
    today: NaiveDate,
    /// What finished work is sealed for.
    key: String,
    cases: Vec<CaseLine>,
    surveys: Vec<Survey>,
}

#[derive(Serialize)]
struct CaseLine {
    id: Uuid,
    name: String,
    address: String,
    village: String,
    commune: String,
    /// In words of the reader's language, with its colour.
    state: String,
    colour: &'static str,
    attempts: i32,
    appointment: String,
    reserve: bool,
    /// Nothing is left to do there.
    over: bool,
    /// Answered alone: nobody need go there.
    online: bool,
}

#[derive(Serialize)]
struct Survey {
    campaign: Uuid,
    name: String,
    closes: String,
    /// See [`survey_forms::Form::projected`].
    form: Value,
    languages: BTreeMap<String, Spoken>,
}

/// A questionnaire in one of its languages.
#[derive(Serialize)]
struct Spoken {
    name: String,
    /// Markup by page.
    pages: BTreeMap<String, String>,
    /// What is said of each thing that can be wrong, by unit.
    sentences: BTreeMap<String, BTreeMap<&'static str, String>>,
    /// The choices that later texts tell.
    labels: BTreeMap<String, BTreeMap<String, String>>,
}

pub(super) async fn bundle(app: &App, signed_in: &SignedIn, texts: Texts) -> Result<Bundle> {
    let cases = fieldwork::of_interviewer(app, signed_in.staff_id).await?;
    let people = fieldwork::people(app, &cases).await?;
    let today = app.clock.today();
    let at_work: BTreeSet<Uuid> = cases.iter().map(|case| case.campaign_id).collect();
    let mut surveys = Vec::new();
    for campaign in campaigns::list(app).await? {
        if at_work.contains(&campaign.id) && campaign.window(today) == Window::Open {
            surveys.push(survey(app, &campaign, texts).await?);
        }
    }
    Ok(Bundle {
        staff: signed_in.staff_id,
        name: signed_in.name.clone(),
        csrf: signed_in.csrf.clone(),
        today,
        key: opener(app)?.public(),
        cases: cases.into_iter().filter_map(|case| Some(line(people.get(&case.person_code)?, &case, texts))).collect(),
        surveys,
    })
}

fn line(person: &Addressee, case: &Case, texts: Texts) -> CaseLine {
    let (state, colour) = fieldwork::state(case, texts);
    let outcome = case.outcome();
    CaseLine {
        id: case.invitation_id,
        name: person.name.clone(),
        address: person.address.clone(),
        village: person.village_name.clone(),
        commune: person.commune_name.clone(),
        state,
        colour,
        attempts: case.attempts,
        appointment: case.appointment.clone(),
        reserve: case.role == "reserve",
        over: case.status != "open" || outcome.is_some_and(Outcome::is_final),
        online: case.status == "responded" && outcome != Some(Outcome::Interviewed),
    }
}

async fn survey(app: &App, campaign: &Campaign, texts: Texts) -> Result<Survey> {
    let form = campaign.form(app).await?;
    let mut languages = BTreeMap::new();
    for language in form.languages() {
        let spoken = Spoken {
            name: form.language_name(language).to_owned(),
            pages: whole::pages(&form, language)?,
            sentences: whole::sentences(&form, language),
            labels: form.labels_told(language),
        };
        languages.insert(language.clone(), spoken);
    }
    Ok(Survey {
        campaign: campaign.id,
        name: campaign.name(texts.language()).to_owned(),
        closes: texts.day(campaign.closes_on),
        form: form.projected(),
        languages,
    })
}
