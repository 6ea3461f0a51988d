//! One invitation: found by the person's code on the list or by the code of the letter; printed again, or given a new code.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::super::code::Code;
use super::super::store::Invitation;
use super::super::{single, wording};
use super::codes::mistake_in_words;
use super::{board, campaign, pdf};
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Field, Problem};
use crate::base::seal::hex;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::Campaign;
use crate::error::{Error, Kind, Result};
use crate::staff::session::{Coordinator, SignedIn};

#[derive(Template)]
#[template(path = "invitations/find.html")]
struct FindPage {
    page: Page,
    campaign: Campaign,
    problems: Vec<Problem>,
    person: Field,
    code: Field,
}

impl FindPage {
    fn board(&self) -> String {
        board(&self.campaign)
    }

    fn action(&self) -> String {
        format!("{}/tim", self.board())
    }
}

fn find_page(visit: &Visit, signed_in: &SignedIn, campaign: Campaign, typed: &Fields) -> FindPage {
    let texts = visit.texts();
    let field = |name: &str, label: &str, hint: &str| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(label).into_owned(),
        hint: Some(texts.get(hint).into_owned()),
        value: typed.get(name).to_owned(),
        error: None,
    };
    FindPage {
        page: signed_in.page(visit).titled(texts.get("find-title")),
        campaign,
        problems: Vec::new(),
        person: field("nguoi", "find-person", "find-person-hint"),
        code: field("ma", "find-code", "cancel-code-hint"),
    }
}

pub(super) async fn find_form(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaign(&app, &slug).await?;
    visit.ok(&find_page(&visit, &signed_in, campaign, &Fields::none()))
}

/// A code is never part of an address, which a browser would keep.
pub(super) async fn find(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaign(&app, &slug).await?;
    let (person, typed, texts) = (fields.get("nguoi").trim(), fields.get("ma").trim(), visit.texts());
    let (target, found) = if person.is_empty() {
        match Code::parse(typed) {
            Err(mistake) => ("ma", Err(mistake_in_words(mistake, texts))),
            Ok(code) => {
                ("ma", told(single::find_by_code(&app, &campaign, &signed_in.place_code, &code).await, &visit)?)
            }
        }
    } else {
        let found = single::find_by_person(&app, &campaign, &signed_in.place_code, person).await;
        ("nguoi", told(found, &visit)?)
    };
    let message = match found {
        Ok(found) => return Ok(see_other(&format!("{}/nguoi/{}", board(&campaign), found.id))),
        Err(message) => message,
    };
    let mut page = find_page(&visit, &signed_in, campaign, &fields);
    if target == "ma" {
        page.code.error = Some(message.clone());
    } else {
        page.person.error = Some(message.clone());
    }
    page.problems = vec![Problem::new(target, message)];
    page.page = page.page.failed();
    visit.refused(&page)
}

/// What was found, or the sentence to show beside the field.
fn told(found: Result<Invitation>, visit: &Visit) -> Result<Result<Invitation, String>> {
    match found {
        Err(error) if error.kind == Kind::Invalid => {
            Ok(Err(visit.texts().get(&format!("error-{}", error.code)).into_owned()))
        }
        found => found.map(Ok),
    }
}

#[derive(Template)]
#[template(path = "invitations/one.html")]
struct OnePage {
    page: Page,
    campaign: Campaign,
    problems: Vec<Problem>,
    id: Uuid,
    person: String,
    status: String,
    /// The letter can be printed again.
    listed: bool,
    /// A new code can be made.
    open: bool,
    /// What the code is known by: a form made for an earlier code is refused.
    of_code: String,
    code: Field,
    done: bool,
}

impl OnePage {
    fn action(&self, what: &str) -> String {
        format!("{}/nguoi/{}/{what}", board(&self.campaign), self.id)
    }

    fn back(&self) -> String {
        format!("{}/tim", board(&self.campaign))
    }
}

#[derive(Deserialize)]
pub(super) struct Done {
    xong: Option<String>,
}

async fn one_page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: Campaign,
    found: &Invitation,
) -> Result<OnePage> {
    let texts = visit.texts();
    let listed = single::line_of(app, found).await?.is_some();
    Ok(OnePage {
        page: signed_in.page(visit).titled(texts.with("one-title", [("person", found.person_code.as_str())])),
        campaign,
        problems: Vec::new(),
        id: found.id,
        person: found.person_code.clone(),
        status: texts.get(&format!("invitation-{}", found.status)).into_owned(),
        listed: listed && found.status != "cancelled",
        open: matches!(found.status.as_str(), "open" | "refused"),
        of_code: of_code(found),
        code: Field {
            id: "ma".to_owned(),
            name: "ma".to_owned(),
            label: texts.get("one-old-code").into_owned(),
            hint: Some(texts.get(if listed { "one-old-code-known" } else { "one-old-code-hint" }).into_owned()),
            ..Field::default()
        },
        done: false,
    })
}

/// Enough to tell one code of this invitation from the next; leads to neither.
fn of_code(found: &Invitation) -> String {
    hex(&found.code_digest).chars().take(16).collect()
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    done: Query<Done>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let campaign = campaign(&app, &slug).await?;
    let found = single::find(&app, &campaign, &signed_in.place_code, id).await.map_err(missing)?;
    let mut page = one_page(&app, &visit, &signed_in, campaign, &found).await?;
    page.done = done.xong.is_some();
    visit.ok(&page)
}

/// By its address, what is elsewhere is a page that is not there.
fn missing(error: Error) -> Error {
    if error.code == "person-unknown" { Error::not_found("page-missing") } else { error }
}

pub(super) async fn print(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (slug, id) = path.into_inner();
    let campaign = campaign(&app, &slug).await?;
    single::find(&app, &campaign, &signed_in.place_code, id).await.map_err(missing)?;
    let languages: Vec<_> =
        wording::printable(&app, &campaign).await?.into_iter().map(|(code, _)| code).take(2).collect();
    let bytes = single::print_again(&app, &signed_in.actor(), &campaign, id, &languages).await?;
    Ok(pdf(&format!("{}-thu.pdf", campaign.slug), "attachment", bytes))
}

pub(super) async fn new_code(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (slug, id) = path.into_inner();
    let campaign = campaign(&app, &slug).await?;
    let found = single::find(&app, &campaign, &signed_in.place_code, id).await.map_err(missing)?;
    if fields.get("cua-ma") != of_code(&found) {
        return Err(Error::conflict("code-changed"));
    }
    let typed = fields.get("ma").trim();
    let made = match (typed.is_empty(), Code::parse(typed)) {
        (true, _) => Ok(None),
        (false, Ok(code)) => Ok(Some(code)),
        (false, Err(mistake)) => Err(mistake_in_words(mistake, visit.texts())),
    };
    let problem = match made {
        Err(message) => message,
        Ok(typed) => match single::new_code(&app, &signed_in.actor(), &campaign, &found, typed).await {
            Ok(()) => return Ok(see_other(&format!("{}/nguoi/{id}?xong=1", board(&campaign)))),
            Err(error) if ["old-code-needed", "code-changed"].contains(&error.code) => {
                visit.texts().get(&format!("error-{}", error.code)).into_owned()
            }
            Err(error) => return Err(error),
        },
    };
    let mut page = one_page(&app, &visit, &signed_in, campaign, &found).await?;
    page.code.error = Some(problem.clone());
    page.problems = vec![Problem::new("ma", problem)];
    page.page = page.page.failed();
    visit.refused(&page)
}
