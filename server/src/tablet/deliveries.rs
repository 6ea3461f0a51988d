//! What tablets bring back, one piece at a time. The same piece may come again: it is one.

use std::net::IpAddr;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use survey_forms::Answers;
use uuid::Uuid;

use super::opener;
use crate::app::App;
use crate::error::{Error, Kind, Result};
use crate::fieldwork::visits::{self, NewVisit};
use crate::fieldwork::{self, Outcome};
use crate::responses::paradata::Led;
use crate::responses::{self, Taken};
use crate::staff::session::SignedIn;

/// A piece of work as it travels.
#[derive(Deserialize)]
pub(super) struct Delivery {
    /// Whose work it is: a tablet may have changed hands.
    #[serde(rename = "nguoi")]
    staff: Uuid,
    #[serde(rename = "niem-phong")]
    sealed: String,
}

#[derive(Deserialize)]
struct NewInterview {
    /// Of the tablet's making.
    id: Uuid,
    code: String,
    /// The digest of the form that was asked.
    form: String,
    answers: Answers,
    /// Pages that the citizen filled in alone, sealed as they were left.
    locked: Vec<String>,
    /// From the code to the end, by the tablet's clock.
    #[serde(default)]
    seconds: Option<u32>,
    #[serde(default)]
    odd_hour: Option<bool>,
}

#[derive(Deserialize)]
struct LockedPage {
    interview: Uuid,
    answers: Answers,
}

#[derive(Deserialize)]
struct Visited {
    id: Uuid,
    case: Uuid,
    outcome: String,
    day: NaiveDate,
    appointment: String,
    note: String,
}

pub(super) async fn interview(app: &App, signed_in: &SignedIn, body: &[u8], address: Option<IpAddr>) -> Result<Value> {
    let interview: NewInterview = opened(app, signed_in, body)?;
    let mut answers = interview.answers;
    for sealed in &interview.locked {
        let page: LockedPage = unsealed(app, sealed)?;
        // A page of another interview is no page of this one.
        if page.interview != interview.id {
            return Err(Error::invalid("interview-unsound"));
        }
        answers.extend(page.answers);
    }
    let led = Led { by: signed_in.staff_id, seconds: interview.seconds, odd_hour: interview.odd_hour };
    let Taken { receipt, these } =
        responses::take_interview(app, &interview.code, &interview.form, answers, led, address).await?;
    Ok(json!({ "receipt": receipt, "these": these }))
}

pub(super) async fn visit(app: &App, signed_in: &SignedIn, body: &[u8]) -> Result<Value> {
    let visited: Visited = opened(app, signed_in, body)?;
    let outcome = Outcome::from_name(&visited.outcome).ok_or_else(|| Error::invalid("visit-outcome"))?;
    let case = fieldwork::find(app, visited.case).await?;
    let new = NewVisit {
        id: visited.id,
        outcome,
        visited_on: visited.day,
        appointment: visited.appointment.trim().to_owned(),
        note: visited.note.trim().to_owned(),
    };
    visits::record(app, &signed_in.actor(), signed_in.staff_id, &case, new).await?;
    Ok(json!({ "receipt": visited.id, "these": true }))
}

fn opened<T: DeserializeOwned>(app: &App, signed_in: &SignedIn, body: &[u8]) -> Result<T> {
    let delivery: Delivery = serde_json::from_slice(body).map_err(unreadable)?;
    if delivery.staff != signed_in.staff_id {
        return Err(Error::conflict("tablet-other-person"));
    }
    unsealed(app, &delivery.sealed)
}

fn unsealed<T: DeserializeOwned>(app: &App, sealed: &str) -> Result<T> {
    let plain = opener(app)?.open(sealed).ok_or_else(|| Error::new(Kind::BadRequest, "request-unreadable"))?;
    serde_json::from_slice(&plain).map_err(unreadable)
}

/// The cause is left out: it can quote what was sent.
fn unreadable(_cause: serde_json::Error) -> Error {
    Error::new(Kind::BadRequest, "request-unreadable")
}
