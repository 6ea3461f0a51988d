//! The interviewer's day: whom to visit next, and how it went. Works without script; the tablet's own pages are beside it.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use uuid::Uuid;

use super::cases::{page as case_page, with_reason};
use crate::app::App;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Kind, Result};
use crate::fieldwork::pages::{CaseLine, CasePage, TodayPage, VisitForm};
use crate::fieldwork::visits::NewVisit;
use crate::fieldwork::{self, Case, Outcome, replacements, visits};
use crate::staff::session::{Interviewer, SignedIn};
use survey_forms::read_day;

pub(super) async fn show(app: Data<App>, visit: Visit, Interviewer(signed_in): Interviewer) -> Result<HttpResponse> {
    let cases = fieldwork::of_interviewer(&app, signed_in.staff_id).await?;
    let people = fieldwork::people(&app, &cases).await?;
    let texts = visit.texts();
    let (mut to_do, mut done) = (Vec::new(), Vec::new());
    for case in cases {
        let over = case.status != "open" || case.outcome().is_some_and(Outcome::is_final);
        let address = format!("/dtv/ho-so/{}", case.invitation_id);
        let person = people.get(&case.person_code).cloned();
        let line = CaseLine::new(case, person.as_ref(), address, texts);
        if over { done.push(line) } else { to_do.push(line) }
    }
    // Appointments first; the rest along the route.
    to_do.sort_by_key(|line| line.case.appointment.is_empty());
    visit.ok(&TodayPage { page: signed_in.page(&visit).titled(texts.get("nav-today")), to_do, done })
}

async fn own(app: &App, signed_in: &SignedIn, id: Uuid) -> Result<Case> {
    let case = fieldwork::find(app, id).await?;
    if case.interviewer_id == Some(signed_in.staff_id) {
        Ok(case)
    } else {
        Err(Error::new(Kind::Forbidden, "case-of-another"))
    }
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, id: Uuid) -> Result<CasePage> {
    let case = own(app, signed_in, id).await?;
    let texts = visit.texts();
    let open = case.status == "open";
    let mut page = case_page(app, visit, signed_in, case, "/dtv".to_owned()).await?;
    if let Some(form) = &mut page.replacement {
        form.action = format!("/dtv/ho-so/{id}/thay-the");
    }
    let field = |name: &str, value: String| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(&format!("visit-{name}")).into_owned(),
        hint: Some(texts.get(&format!("visit-{name}-hint")).into_owned()),
        value,
        error: None,
    };
    page.visit = open.then(|| VisitForm {
        action: format!("/dtv/ho-so/{id}"),
        id: Uuid::now_v7().to_string(),
        outcome: Choices {
            id: "ket-qua".to_owned(),
            name: "ket-qua".to_owned(),
            legend: texts.get("visit-outcome").into_owned(),
            options: Outcome::ALL
                .map(|outcome| Choice::new(outcome.name(), texts.get(&format!("outcome-{}", outcome.name())), false))
                .into(),
            ..Choices::default()
        },
        day: field("ngay", app.clock.today().format("%d/%m/%Y").to_string()),
        appointment: field("hen", String::new()),
        note: field("ghi-chu", String::new()),
    });
    Ok(page)
}

pub(super) async fn case(
    app: Data<App>,
    visit: Visit,
    Interviewer(signed_in): Interviewer,
    id: Path<Uuid>,
) -> Result<HttpResponse> {
    visit.ok(&page(&app, &visit, &signed_in, *id).await?)
}

pub(super) async fn visit(
    app: Data<App>,
    visit: Visit,
    Interviewer(signed_in): Interviewer,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let case = own(&app, &signed_in, *id).await?;
    let outcome = Outcome::from_name(fields.get("ket-qua"));
    let recorded = match (outcome, read_day(fields.get("ngay"))) {
        (None, _) => Err(Error::invalid("visit-outcome")),
        (_, None) => Err(Error::invalid("visit-day")),
        (Some(outcome), Some(visited_on)) => {
            let new = NewVisit {
                id: fields
                    .get("visit")
                    .parse()
                    .map_err(|_not_an_id| Error::new(Kind::BadRequest, "request-unreadable"))?,
                outcome,
                visited_on,
                appointment: fields.get("hen").trim().to_owned(),
                note: fields.get("ghi-chu").trim().to_owned(),
            };
            visits::record(&app, &signed_in.actor(), signed_in.staff_id, &case, new).await
        }
    };
    match recorded {
        Ok(()) => Ok(see_other("/dtv")),
        Err(error) if error.is_refusal() => {
            let mut page = page(&app, &visit, &signed_in, *id).await?;
            say(&mut page, &error, &fields);
            visit.refused(&page)
        }
        Err(error) => Err(error),
    }
}

/// What was typed stays, with what is wrong beside the field it belongs to.
fn say(page: &mut CasePage, error: &Error, fields: &Fields) {
    let message = page.page.texts.with(&format!("error-{}", error.code), error.params.clone()).into_owned();
    let Some(form) = &mut page.visit else { return };
    fields.get("visit").clone_into(&mut form.id);
    for option in &mut form.outcome.options {
        option.chosen = option.value == fields.get("ket-qua");
    }
    for field in [&mut form.day, &mut form.appointment, &mut form.note] {
        fields.get(&field.name).clone_into(&mut field.value);
    }
    let (target, slot) = match error.code {
        "visit-outcome" => (form.outcome.id.clone(), &mut form.outcome.error),
        "visit-day" => (form.day.id.clone(), &mut form.day.error),
        "visit-appointment" => (form.appointment.id.clone(), &mut form.appointment.error),
        _ => (form.note.id.clone(), &mut form.note.error),
    };
    *slot = Some(message.clone());
    page.problems.push(Problem::new(target, message));
    page.page = page.page.clone().failed();
}

pub(super) async fn ask_replacement(
    app: Data<App>,
    visit: Visit,
    Interviewer(signed_in): Interviewer,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let case = own(&app, &signed_in, *id).await?;
    match replacements::request(&app, &signed_in.actor(), &case, fields.get("ly-do")).await {
        Ok(_) => Ok(see_other(&format!("/dtv/ho-so/{id}"))),
        Err(error) if error.is_refusal() => {
            let page = page(&app, &visit, &signed_in, *id).await?;
            visit.refused(&with_reason(page, &error, fields.get("ly-do")))
        }
        Err(error) => Err(error),
    }
}
