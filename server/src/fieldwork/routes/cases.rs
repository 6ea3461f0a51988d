//! Cases for who follows the fieldwork: a list with filters, and one case with its visits.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use uuid::Uuid;

use super::case;
use crate::app::App;
use crate::base::parts::{Choice, Choices, Field, Pagination, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns;
use crate::error::{Error, Result};
use crate::fieldwork::outcome::may_be_replaced;
use crate::fieldwork::pages::{CaseLine, CasePage, CasesPage, ReplacementForm, VisitLine, state};
use crate::fieldwork::store::cases::{Wanted, list as wanted_cases};
use crate::fieldwork::{Case, Outcome, people, replacements, visits};
use crate::places;
use crate::staff::session::{Overseer, SignedIn};

const LISTED: u32 = 100;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    tinh: String,
    xa: String,
    nguoi: String,
    #[serde(rename = "ket-qua")]
    state: String,
    trang: u32,
}

pub(super) async fn list(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    slug: Path<String>,
    filter: Query<Filter>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let filter = filter.into_inner();
    let wanted = Wanted {
        province: places::asked(&signed_in, &filter.tinh)?,
        commune: filter.xa.clone(),
        interviewer: filter.nguoi.clone(),
        state: filter.state.clone(),
    };
    let current = filter.trang.max(1);
    let offset = i64::from(current - 1) * i64::from(LISTED);
    // One more than is shown tells whether there is another page.
    let mut connection = app.database.contact.read().await?;
    let mut cases = wanted_cases(&mut connection, campaign.id, &wanted, i64::from(LISTED) + 1, offset).await?;
    drop(connection);
    let more = cases.len() > LISTED as usize;
    cases.truncate(LISTED as usize);
    let people = people(&app, &cases).await?;
    let texts = visit.texts();
    let lines = cases
        .into_iter()
        .map(|case| {
            let address = format!("{}/ho-so/{}", campaign.address(), case.invitation_id);
            let person = people.get(&case.person_code).cloned();
            CaseLine::new(case, person.as_ref(), address, texts)
        })
        .collect();
    let query: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("tinh", &wanted.province), ("xa", &wanted.commune), ("nguoi", &wanted.interviewer)])
        .append_pair("ket-qua", &wanted.state)
        .finish();
    let mut page = signed_in.page(&visit).titled(texts.get("cases-title"));
    page.synthetic = campaign.synthetic;
    visit.ok(&CasesPage {
        back: format!("{}/tien-do", campaign.address()),
        page,
        filter: states(&wanted.state, texts),
        hidden: vec![("tinh", wanted.province), ("xa", wanted.commune), ("nguoi", wanted.interviewer)],
        cases: lines,
        pages: Pagination {
            current,
            last: if more { current + 1 } else { current },
            address: format!("{}/ho-so?{query}&trang=", campaign.address()),
        },
    })
}

fn states(chosen: &str, texts: Texts) -> Choices {
    let all = [("", "cases-all"), ("untouched", "case-untouched"), ("responded", "case-responded")];
    let option = |(value, key): (&str, String)| Choice::new(value, texts.get(&key), value == chosen);
    Choices {
        id: "ket-qua".to_owned(),
        name: "ket-qua".to_owned(),
        legend: texts.get("cases-filter").into_owned(),
        options: all
            .map(|(value, key)| (value, key.to_owned()))
            .into_iter()
            .chain(Outcome::ALL.map(|outcome| (outcome.name(), format!("outcome-{}", outcome.name()))))
            .map(option)
            .collect(),
        ..Choices::default()
    }
}

/// One case with everything but the forms.
pub(super) async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, case: Case, back: String) -> Result<CasePage> {
    let texts = visit.texts();
    let person = people(app, std::slice::from_ref(&case)).await?.remove(&case.person_code);
    let person = person.ok_or_else(|| Error::not_found("case-missing"))?;
    let visits = visits::of(app, case.invitation_id).await?;
    let requests = replacements::of(app, case.campaign_id).await?;
    let asked = requests
        .iter()
        .filter(|row| row.invitation_id == case.invitation_id)
        .map(|row| {
            texts
                .with(&format!("replacement-told-{}", row.state), [("moment", texts.moment(row.requested_at))])
                .into_owned()
        })
        .collect::<Vec<_>>();
    let open = requests.iter().any(|row| row.invitation_id == case.invitation_id && row.state != "refused");
    let replacement =
        (!open && may_be_replaced(&case.status, case.outcome(), case.attempts)).then(|| ReplacementForm {
            action: String::new(),
            reason: Field {
                id: "ly-do".into(),
                name: "ly-do".into(),
                label: texts.get("replacement-reason").into_owned(),
                hint: Some(texts.get("replacement-reason-hint").into_owned()),
                ..Field::default()
            },
        });
    let (state, colour) = state(&case, texts);
    Ok(CasePage {
        page: signed_in.page(visit).titled(&person.name),
        problems: Vec::new(),
        back,
        case,
        person,
        state,
        colour,
        visits: visits.into_iter().map(|visit| VisitLine::new(visit, texts)).collect(),
        visit: None,
        replacement,
        asked,
    })
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    path: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    visit.ok(&overseen(&app, &visit, &signed_in, &slug, id).await?)
}

async fn overseen(app: &App, visit: &Visit, signed_in: &SignedIn, slug: &str, id: Uuid) -> Result<CasePage> {
    let (campaign, case) = case(app, signed_in, slug, id).await?;
    let address = format!("{}/ho-so/{}", campaign.address(), case.invitation_id);
    let back = format!("{}/ho-so?tinh={}&xa={}", campaign.address(), case.province_code, case.commune_code);
    let mut page = page(app, visit, signed_in, case, back).await?;
    page.page.synthetic = campaign.synthetic;
    if let Some(form) = &mut page.replacement {
        form.action = format!("{address}/thay-the");
    }
    Ok(page)
}

pub(super) async fn ask_replacement(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (slug, id) = path.into_inner();
    let (campaign, case) = case(&app, &signed_in, &slug, id).await?;
    let asked = replacements::request(&app, &signed_in.actor(), &case, fields.get("ly-do")).await;
    match asked {
        Ok(_) => Ok(see_other(&format!("{}/ho-so/{id}", campaign.address()))),
        Err(error) if error.is_refusal() => {
            let page = overseen(&app, &visit, &signed_in, &slug, id).await?;
            visit.refused(&with_reason(page, &error, fields.get("ly-do")))
        }
        Err(error) => Err(error),
    }
}

/// The page again with what was typed and what is wrong with it.
pub(super) fn with_reason(mut page: CasePage, error: &Error, typed: &str) -> CasePage {
    let message = page.page.texts.with(&format!("error-{}", error.code), error.params.clone()).into_owned();
    let target = if page.replacement.is_some() { "ly-do" } else { "" };
    page.problems.push(Problem::new(target, &message));
    if let Some(form) = &mut page.replacement {
        typed.clone_into(&mut form.reason.value);
        form.reason.error = Some(message);
    }
    page.page = page.page.failed();
    page
}
