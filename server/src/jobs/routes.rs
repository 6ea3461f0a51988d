//! A job's page: counts, time left, and what it led to.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ServiceConfig, get};
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::queue::{self, Row};
use crate::app::App;
use crate::base::page::{Link, Page};
use crate::base::parts::Progress;
use crate::base::text::Texts;
use crate::base::web::visit::Visit;
use crate::error::{Error, Kind, Result};
use crate::staff::Role;
use crate::staff::session::{Coordinator, SignedIn};

const LISTED: i64 = 50;
const REFRESH_SECONDS: u16 = 2;
/// Kinds of jobs that make figures of answers, never of people.
const FIGURES: [&str; 5] = ["results", "quality", "export", "freeze", "reports"];

pub fn routes(service: &mut ServiceConfig) {
    service.route("/qt/viec", get().to(list)).route("/viec/{id}", get().to(show));
}

/// The address of a job's page.
pub fn address(id: Uuid) -> String {
    format!("/viec/{id}")
}

/// A job in words.
pub struct View {
    pub id: Uuid,
    pub name: String,
    pub state: String,
    pub step: Option<String>,
    pub requested_by: String,
    pub requested_at: DateTime<Utc>,
    pub problem: Option<String>,
    /// Where what it made can be seen: label and address.
    pub result: Option<Link>,
    pub progress: Progress,
    pub open: bool,
    pub done: bool,
}

#[derive(Template)]
#[template(path = "jobs/job.html")]
struct JobPage {
    page: Page,
    job: View,
    home: &'static str,
}

#[derive(Template)]
#[template(path = "jobs/list.html")]
struct ListPage {
    page: Page,
    jobs: Vec<View>,
}

async fn list(app: Data<App>, visit: Visit, Coordinator(signed_in): Coordinator) -> Result<HttpResponse> {
    let rows = queue::newest(&mut app.database.contact.read().await?, LISTED).await?;
    let now = app.clock.now();
    let jobs = rows.into_iter().map(|row| view(&visit, row, now)).collect();
    visit.ok(&ListPage { page: signed_in.page(&visit).titled(visit.texts().get("nav-jobs")), jobs })
}

async fn show(app: Data<App>, visit: Visit, signed_in: SignedIn, id: Path<Uuid>) -> Result<HttpResponse> {
    let row = queue::find(&mut app.database.contact.read().await?, *id)
        .await?
        .ok_or_else(|| Error::not_found("page-missing"))?;
    // Analysts follow the jobs they asked for or joined, which only figures have; coordinators follow all of them.
    if signed_in.role != Role::Coordinator
        && row.requested_by != signed_in.actor().to_string()
        && !FIGURES.contains(&row.kind.as_str())
    {
        return Err(Error::new(Kind::Forbidden, "role-needed").with("role", Role::Coordinator));
    }
    let job = view(&visit, row, app.clock.now());
    let mut page = signed_in.page(&visit).titled(&job.name);
    page.refresh = job.open.then_some(REFRESH_SECONDS);
    visit.ok(&JobPage { page, job, home: signed_in.role.home() })
}

fn view(visit: &Visit, row: Row, now: DateTime<Utc>) -> View {
    let texts = visit.texts();
    let open = matches!(row.state.as_str(), "waiting" | "running");
    View {
        name: texts.get(&format!("job-{}", row.kind)).into_owned(),
        state: texts.get(&format!("job-state-{}", row.state)).into_owned(),
        step: (open && !row.step.is_empty()).then(|| texts.get(&format!("job-step-{}", row.step)).into_owned()),
        problem: row.error_code.map(|code| problem(texts, code, row.outcome.get("problem"))),
        result: row
            .outcome
            .get("address")
            .and_then(Value::as_str)
            .map(|address| Link::new(texts.get(&format!("job-outcome-{}", row.kind)), address)),
        progress: Progress {
            done: row.done_count.unsigned_abs(),
            total: row.total_count.unsigned_abs(),
            left: left(row.started_at, now, row.done_count, row.total_count),
        },
        id: row.id,
        requested_by: row.requested_by,
        requested_at: row.requested_at,
        open,
        done: row.state == "done",
    }
}

/// The sentence of the error with its values where it has one, since a person may be able to do something; else its code.
fn problem(texts: Texts, code: String, values: Option<&Value>) -> String {
    let own = format!("error-{code}");
    if texts.has(&own) {
        let values = values.and_then(Value::as_object).into_iter().flatten();
        let values: Vec<(&str, &str)> =
            values.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect();
        texts.with(&own, values).into_owned()
    } else {
        texts.with("job-problem", [("code", code)]).into_owned()
    }
}

/// Time left at the pace so far.
fn left(started_at: Option<DateTime<Utc>>, now: DateTime<Utc>, done: i64, total: i64) -> Option<TimeDelta> {
    let spent = (now - started_at?).num_milliseconds();
    let rest = total.checked_sub(done)?;
    (done > 0 && rest > 0).then(|| TimeDelta::milliseconds(spent.saturating_mul(rest) / done))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_follows_the_pace_so_far() {
        let start = DateTime::from_timestamp(1_000, 0).unwrap();
        let now = start + TimeDelta::seconds(30);
        assert_eq!(left(Some(start), now, 100, 300), Some(TimeDelta::seconds(60)));
        assert_eq!(left(Some(start), now, 0, 300), None);
        assert_eq!(left(Some(start), now, 300, 300), None);
        assert_eq!(left(None, now, 1, 3), None);
    }
}
