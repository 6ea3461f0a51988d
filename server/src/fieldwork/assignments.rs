//! Cases are given to interviewers, many at once, and can be taken back for ten minutes.

use chrono::Duration;
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};

pub use store::assignments::AssignmentAct;

/// How long an assignment can be taken back as if it had never been.
pub const UNDO_WITHIN: Duration = Duration::minutes(10);

/// Which cases of a commune are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those nobody has.
    Free,
    /// All that are still to do, whoever has them.
    Open,
}

/// Gives the cases of these communes to an interviewer, or takes them from everybody (`None`). Says how many moved.
pub async fn assign(
    app: &App,
    actor: &Actor,
    campaign: &Campaign,
    province: &str,
    communes: &[String],
    which: Which,
    interviewer: Option<Uuid>,
) -> Result<(Uuid, usize)> {
    let id = Uuid::now_v7();
    let details = json!({ "act": id, "province": province, "communes": communes, "interviewer": interviewer });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "fieldwork.assign", subject: campaign.slug.clone(), details },
        async |transaction| {
            let before =
                store::assignments::lock(transaction, campaign.id, province, communes, which, interviewer).await?;
            let cases: Vec<Uuid> = before.iter().map(|(case, _)| *case).collect();
            store::assignments::give(transaction, &cases, interviewer).await?;
            let made = AssignmentAct {
                id,
                campaign_id: campaign.id,
                province_code: province.to_owned(),
                interviewer_id: interviewer,
                made_by: actor.to_string(),
                made_at: app.clock.now(),
                before: json!(before),
                undone_at: None,
            };
            store::assignments::note(transaction, &made).await?;
            Ok((id, cases.len()))
        },
    )
    .await
}

/// Puts every case of an assignment back to who had it, except those that moved on since. Says how many.
pub async fn undo(app: &App, actor: &Actor, campaign: &Campaign, id: Uuid) -> Result<usize> {
    let details = json!({ "act": id });
    let now = app.clock.now();
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "fieldwork.undo", subject: campaign.slug.clone(), details },
        async |transaction| {
            let made = store::assignments::find(transaction, campaign.id, id)
                .await?
                .ok_or_else(|| Error::not_found("assignment-missing"))?;
            if made.undone_at.is_some() || now - made.made_at > UNDO_WITHIN {
                return Err(Error::conflict("assignment-too-late"));
            }
            let before: Vec<(Uuid, Option<Uuid>)> =
                serde_json::from_value(made.before).map_err(|cause| Error::internal("assignment").caused_by(cause))?;
            store::assignments::close(transaction, id, now).await?;
            store::assignments::restore(transaction, &before, made.interviewer_id).await
        },
    )
    .await
}

/// The assignments that can still be taken back, the newest first.
pub async fn undoable(app: &App, campaign: Uuid) -> Result<Vec<AssignmentAct>> {
    let since = app.clock.now() - UNDO_WITHIN;
    store::assignments::since(&mut app.database.contact.read().await?, campaign, since).await
}
