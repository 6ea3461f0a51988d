//! The analysts' page of the machines that read here: who has a token, and making one.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ServiceConfig, get, post};
use askama::Template;
use uuid::Uuid;

use super::store::Token;
use super::tokens::{self, LIVES, Scope, Wanted};
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Kind, Result};
use crate::places::national_only;
use crate::staff::session::{Analyst, SignedIn};

const PAGE: &str = "/pt/may";

/// The names of the inputs, which are also where an error leads.
const NAME: &str = "ten";
const SCOPES: &str = "quyen";
const LIFE: &str = "han";

pub(super) fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt/may", get().to(list))
        .route("/pt/may", post().to(make))
        .route("/pt/may/{id}/thu-hoi", post().to(revoke));
}

struct Listed {
    id: Uuid,
    name: String,
    scopes: String,
    made: String,
    used: String,
    state: String,
    lives: bool,
}

#[derive(Template)]
#[template(path = "api/machines.html")]
struct MachinesPage {
    page: Page,
    problems: Vec<Problem>,
    tokens: Vec<Listed>,
    /// Made with the form: sent again, it is no second token.
    form_id: Uuid,
    name: Field,
    scopes: Choices,
    life: Choices,
}

/// The only page that ever shows a token.
#[derive(Template)]
#[template(path = "api/token.html")]
struct TokenPage {
    page: Page,
    token: String,
}

fn listed(texts: Texts, token: Token, lives: bool) -> Listed {
    let scopes = Scope::ALL.into_iter().filter(|scope| token.opens(*scope));
    let scopes: Vec<_> = scopes.map(|scope| texts.get(&format!("api-scope-{}", scope.name()))).collect();
    let state = match token.revoked_at {
        Some(moment) => texts.with("api-state-revoked", [("day", texts.date(moment))]),
        None if lives => texts.with("api-state-lives", [("day", texts.day(token.expires_on))]),
        None => texts.with("api-state-over", [("day", texts.day(token.expires_on))]),
    };
    Listed {
        id: token.id,
        name: token.name,
        scopes: scopes.join(", "),
        made: texts.day(token.made_on),
        used: token.last_used_on.map_or_else(|| texts.get("api-never-used").into_owned(), |day| texts.day(day)),
        state: state.into_owned(),
        lives,
    }
}

/// The page with what was typed, and for each input that is wrong the code of its sentence.
async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    typed: &Wanted,
    wrong: &[(&'static str, &'static str)],
) -> Result<MachinesPage> {
    let texts = visit.texts();
    let sentence = |code: &str| texts.get(&format!("error-{code}")).into_owned();
    let error = |input: &str| wrong.iter().find(|(name, _)| *name == input).map(|(_, code)| sentence(code));
    let today = app.clock.today();
    let tokens = tokens::list(app).await?.into_iter().map(|token| {
        let lives = token.lives(today);
        listed(texts, token, lives)
    });
    let scope = |scope: Scope| {
        let label = texts.get(&format!("api-scope-{}", scope.name()));
        Choice::new(scope.name(), label, typed.scopes.contains(&scope))
    };
    let life =
        |days: u64| Choice::new(days.to_string(), texts.with("api-days", [("days", days)]), typed.life == Some(days));
    let page = signed_in.page(visit).titled(texts.get("api-title"));
    Ok(MachinesPage {
        page: if wrong.is_empty() { page } else { page.failed() },
        problems: wrong.iter().map(|(input, code)| Problem::new(*input, sentence(code))).collect(),
        tokens: tokens.collect(),
        form_id: typed.form,
        name: Field {
            id: NAME.to_owned(),
            name: NAME.to_owned(),
            label: texts.get("api-name").into_owned(),
            hint: Some(texts.get("api-name-hint").into_owned()),
            value: typed.name.clone(),
            error: error(NAME),
        },
        scopes: Choices {
            id: SCOPES.to_owned(),
            name: SCOPES.to_owned(),
            legend: texts.get("api-scopes").into_owned(),
            error: error(SCOPES),
            many: true,
            options: Scope::ALL.map(scope).into(),
            ..Choices::default()
        },
        life: Choices {
            id: LIFE.to_owned(),
            name: LIFE.to_owned(),
            legend: texts.get("api-life").into_owned(),
            error: error(LIFE),
            options: LIVES.map(life).into(),
            ..Choices::default()
        },
    })
}

fn empty() -> Wanted {
    Wanted { form: Uuid::new_v4(), name: String::new(), scopes: Vec::new(), life: None }
}

async fn list(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    visit.ok(&page(&app, &visit, &signed_in, &empty(), &[]).await?)
}

async fn make(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst, fields: Fields) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let scopes = fields.all(SCOPES);
    let life = fields.get(LIFE);
    let wanted = Wanted {
        form: fields.get("phieu").parse().unwrap_or_else(|_not_ours| Uuid::new_v4()),
        name: fields.get(NAME).to_owned(),
        scopes: Scope::ALL.into_iter().filter(|scope| scopes.iter().any(|name| name == scope.name())).collect(),
        life: LIVES.into_iter().find(|days| days.to_string() == life),
    };
    let mistakes = wanted.mistakes();
    if !mistakes.is_empty() {
        return visit.refused(&page(&app, &visit, &signed_in, &wanted, &mistakes).await?);
    }
    match tokens::make(&app, &signed_in.actor(), &wanted).await {
        Ok(token) => {
            visit.ok(&TokenPage { page: signed_in.page(&visit).titled(visit.texts().get("api-token-title")), token })
        }
        // The same form once more: the token is not shown a second time, but its owner may end it and make another.
        Err(error) if error.kind == Kind::Conflict => {
            visit.refused(&page(&app, &visit, &signed_in, &empty(), &[("", error.code)]).await?)
        }
        Err(error) => Err(error),
    }
}

async fn revoke(app: Data<App>, Analyst(signed_in): Analyst, id: Path<Uuid>, fields: Fields) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    tokens::revoke(&app, &signed_in.actor(), *id).await?;
    Ok(see_other(PAGE))
}
