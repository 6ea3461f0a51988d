//! What the worker calls.

use actix_web::web::Data;
use serde_json::{Value, json};
use uuid::Uuid;

use super::store::{self, Run, answers};
use super::{compute, method, questions};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::seal::hex;
use crate::campaigns::{self, State};
use crate::error::{Error, Kind, Result};
use crate::jobs::worker::Progress;
use crate::responses;

const STEPS: usize = 1;

/// Computes every figure of a campaign and puts them in the place of the earlier ones. No answers: a run without figures.
pub async fn compute(app: &Data<App>, campaign: Uuid, progress: &Progress<'_>) -> Result<Value> {
    let campaign = campaigns::find(app, campaign).await?;
    // Asked before the answers are read: a campaign that closes meanwhile still counts as open for these.
    let provisional = campaign.state() != State::Closed;
    let form = campaign.form(app).await?;
    let (questions, tree, methods) = (questions::of(&form), method::tree(&form)?, method::methods(&form));
    let set = responses::response_set(app, campaign.id).await?;
    let rows = answers::read(app, campaign.id, &questions, set.count, progress).await?;
    if rows.iter().filter(|row| row.is_response()).count() != set.count {
        // A flush came between the two looks: the digest must name exactly these answers.
        return Err(Error::new(Kind::Unavailable, "results-answers-moved"));
    }

    progress.report("results-compute", 0, STEPS).await?;
    let figures = blocking::run(move || {
        if set.count == 0 || questions.is_empty() {
            Ok(Vec::new())
        } else {
            compute::figures(&rows, &questions, tree.as_ref(), &methods)
        }
    })
    .await?;
    progress.report("results-compute", STEPS, STEPS).await?;

    let run = Run {
        id: Uuid::now_v7(),
        campaign_id: campaign.id,
        method: method::name(&form).to_owned(),
        response_digest: set.digest,
        responses: i64::try_from(set.count).unwrap_or(i64::MAX),
        provisional,
        computed_at: app.clock.now(),
    };
    let details = json!({ "method": run.method, "responses": run.responses, "response_digest": hex(&run.response_digest), "provisional": provisional, "figures": figures.len() });
    let actor = Actor::System("worker");
    act(
        &app.database.contact,
        &app.clock,
        Act { actor: &actor, verb: "results.compute", subject: campaign.slug.clone(), details },
        async |transaction| store::replace(transaction, &run, &figures).await,
    )
    .await?;
    Ok(json!({ "address": format!("/pt/ket-qua/{}", campaign.slug), "responses": run.responses }))
}
