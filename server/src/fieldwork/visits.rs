//! A visit is recorded: how it ended, when to come back.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use super::store;
use super::{Case, Outcome};
use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::error::{Error, Kind, Result};

pub use store::visits::Visit;

const MOST_LETTERS: usize = 500;
/// A tablet may have been without a network this long.
const LATEST_DAYS: i64 = 30;

/// What an interviewer says of a visit. The id is made by the form or the tablet.
#[derive(Clone, Debug)]
pub struct NewVisit {
    pub id: Uuid,
    pub outcome: Outcome,
    pub visited_on: NaiveDate,
    pub appointment: String,
    pub note: String,
}

/// Records a visit by the interviewer who has the case; the same visit again changes nothing.
pub async fn record(app: &App, actor: &Actor, interviewer: Uuid, case: &Case, visit: NewVisit) -> Result<()> {
    if case.interviewer_id != Some(interviewer) {
        return Err(Error::new(Kind::Forbidden, "case-of-another"));
    }
    let today = app.clock.today();
    if visit.visited_on > today || visit.visited_on < today - chrono::Duration::days(LATEST_DAYS) {
        return Err(Error::invalid("visit-day"));
    }
    if visit.outcome == Outcome::Appointment && visit.appointment.is_empty() {
        return Err(Error::invalid("visit-appointment"));
    }
    if visit.note.chars().count() > MOST_LETTERS || visit.appointment.chars().count() > MOST_LETTERS {
        return Err(Error::invalid("visit-long").with("most", MOST_LETTERS));
    }
    let row = Visit {
        id: visit.id,
        invitation_id: case.invitation_id,
        campaign_id: case.campaign_id,
        province_code: case.province_code.clone(),
        interviewer_id: interviewer,
        visited_on: visit.visited_on,
        outcome: visit.outcome.name().to_owned(),
        appointment: visit.appointment,
        note: visit.note,
    };
    let details = json!({ "outcome": row.outcome, "day": row.visited_on });
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "fieldwork.visit", subject: case.invitation_id.to_string(), details },
        async |transaction| store::visits::insert(transaction, &row).await,
    )
    .await?;
    Ok(())
}

/// What was done so far about a case, the first visit first.
pub async fn of(app: &App, case: Uuid) -> Result<Vec<Visit>> {
    store::visits::of_case(&mut app.database.contact.read().await?, case).await
}
