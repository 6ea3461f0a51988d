//! What the worker calls.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::web::Data;
use serde_json::{Value, json};
use survey_forms::Form;
use uuid::Uuid;

use super::answers::Answered;
use super::questions::{self, Question};
use super::run::{ENGINE, Inputs, SEED, cells_digest};
use super::store::{self, Run, answers};
use super::weigh::{Weighing, definition_digest};
use super::{compute, method};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::seal::hex;
use crate::campaigns::{self, Campaign, State};
use crate::error::Result;
use crate::jobs::worker::Progress;
use crate::responses::copy::{self, Copy};

const STEPS: usize = 1;

/// All that a run is computed from.
pub(super) struct Basis {
    pub form: Arc<Form>,
    pub questions: Vec<Question>,
    pub weighing: Weighing,
    pub copy: Copy,
    pub design: Vec<answers::Unit>,
    pub inputs: Inputs,
}

impl Basis {
    pub(super) async fn read(app: &App, campaign: &Campaign) -> Result<Self> {
        // Asked before the answers are read: a campaign that closes meanwhile still counts as open for these.
        let provisional = campaign.state() != State::Closed;
        let form = campaign.form(app).await?;
        let weighing = Weighing::of(app, campaign).await?;
        let copy = copy::current(app, campaign).await?;
        let design = answers::design(app, campaign.id).await?;
        let inputs = Inputs {
            campaign: campaign.id,
            form: form.digest().to_owned(),
            method: method::name(&form).to_owned(),
            responses: copy.set.digest.clone(),
            design: answers::design_digest(&design),
            recipe: definition_digest(weighing.recipe),
            margins: weighing.population_digest.clone(),
            cases: weighing.case_digest(),
            provisional,
        };
        Ok(Self { questions: questions::of(&form), form, weighing, copy, design, inputs })
    }
}

/// Computes every figure of a campaign as a run of its own and shows it. Where nothing has changed since an earlier run, that one is
/// shown: nothing is read but what names the inputs. No answers: a run without figures.
pub async fn compute(app: &Data<App>, campaign: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let campaign = campaigns::find(app, campaign).await?;
    progress.report("results-read", 0, STEPS).await?;
    let Basis { form, questions, weighing, copy, design, inputs } = Basis::read(app, &campaign).await?;
    progress.report("results-read", STEPS, STEPS).await?;
    let (tree, methods) = (method::tree(&form)?, method::methods(&form));
    let (set, recipe, provisional) = (copy.set.clone(), weighing.recipe, inputs.provisional);
    let earlier = store::with_inputs(&mut app.database.contact.read().await?, &inputs.digest()).await?;
    if let Some(run) = earlier {
        return show_again(app, &campaign, &run, progress).await;
    }

    progress.report("results-compute", 0, STEPS).await?;
    let (figures, steps) = blocking::run(move || {
        if set.count == 0 || questions.is_empty() {
            Ok((Vec::new(), Vec::new()))
        } else {
            let units: BTreeSet<&str> = questions.iter().map(|question| question.unit.as_str()).collect();
            let answered = Answered::new(&copy.columns(&Vec::from_iter(units))?, &design, &questions)?;
            compute::figures(answered, &questions, tree.as_ref(), &methods, &weighing)
        }
    })
    .await?;
    progress.report("results-compute", STEPS, STEPS).await?;

    let run = Run {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        input_digest: inputs.digest(),
        method: inputs.method,
        response_digest: inputs.responses,
        responses: whole(set.count),
        provisional,
        computed_at: app.clock.now(),
        form_digest: inputs.form,
        design_digest: inputs.design,
        recipe: recipe.code().to_owned(),
        recipe_digest: inputs.recipe,
        margin_digest: inputs.margins,
        case_digest: inputs.cases,
        engine: ENGINE.to_owned(),
        seed: SEED,
        cells: whole(figures.len()),
        cells_digest: cells_digest(&figures),
        steps: serde_json::to_value(steps)?,
        requested_by: progress.requested_by().to_owned(),
    };
    act(&app.database.contact, &app.clock, told(&campaign, &run, "computed"), async |transaction| {
        store::keep(transaction, &run, &figures).await
    })
    .await?;
    Ok(outcome(&campaign, &run))
}

/// Nothing to compute: the figures of these inputs are there.
async fn show_again(app: &App, campaign: &Campaign, run: &Run, progress: &Progress<'_>) -> Result<Value> {
    progress.report("results-compute", STEPS, STEPS).await?;
    let now = app.clock.now();
    act(&app.database.contact, &app.clock, told(campaign, run, "unchanged"), async |transaction| {
        store::show(transaction, run, now).await
    })
    .await?;
    Ok(outcome(campaign, run))
}

const WORKER: Actor = Actor::System("worker");

fn told(campaign: &Campaign, run: &Run, how: &str) -> Act<'static> {
    let details = json!({
        "run": run.id, "how": how, "method": run.method, "recipe": run.recipe, "provisional": run.provisional, "responses": run.responses,
        "response_digest": hex(&run.response_digest), "input_digest": hex(&run.input_digest), "figures": run.cells,
        "cells_digest": hex(&run.cells_digest),
    });
    Act { actor: &WORKER, verb: "results.compute", subject: campaign.slug.clone(), details }
}

fn outcome(campaign: &Campaign, run: &Run) -> Value {
    json!({ "address": format!("/pt/ket-qua/{}", campaign.slug), "responses": run.responses })
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
