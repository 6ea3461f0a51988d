//! The analysts' page of the machines that read here: who has a token, who is told of releases, and adding one.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ServiceConfig, get, post};
use askama::Template;
use uuid::Uuid;

use super::listed::{self, ListedToken, ListedWebhook};
use super::tokens::{self, LIVES, Scope};
use super::webhooks;
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Kind, Result};
use crate::places::national_only;
use crate::staff::session::{Analyst, SignedIn};

pub(super) const PAGE: &str = "/pt/may";

/// The names of the inputs, which are also where an error leads.
const NAME: &str = "ten";
const SCOPES: &str = "quyen";
const LIFE: &str = "han";
const ADDRESS: &str = "dia-chi";
/// Hidden in each form.
const FORM: &str = "phieu";

pub(super) fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt/may", get().to(list))
        .route("/pt/may", post().to(make))
        .route("/pt/may/{id}/thu-hoi", post().to(revoke))
        .route("/pt/may/bao-tin", post().to(add_webhook))
        .route("/pt/may/bao-tin/{id}/thu-hoi", post().to(revoke_webhook));
}

/// What was typed into the two forms.
struct Typed {
    token: tokens::Wanted,
    webhook: webhooks::Wanted,
}

impl Typed {
    fn nothing() -> Self {
        Self {
            token: tokens::Wanted { form: Uuid::new_v4(), name: String::new(), scopes: Vec::new(), life: None },
            webhook: webhooks::Wanted { form: Uuid::new_v4(), address: String::new() },
        }
    }
}

#[derive(Template)]
#[template(path = "api/machines.html")]
struct MachinesPage {
    page: Page,
    problems: Vec<Problem>,
    tokens: Vec<ListedToken>,
    /// Made with the form: sent again, it is no second token.
    token_form: Uuid,
    name: Field,
    scopes: Choices,
    life: Choices,
    webhooks: Vec<ListedWebhook>,
    webhook_form: Uuid,
    /// None where the operator lists no host.
    address: Option<Field>,
}

/// The only page that ever shows a token, or what notices are signed with.
#[derive(Template)]
#[template(path = "api/secret.html")]
struct SecretPage {
    page: Page,
    what: String,
    secret: String,
    how: String,
    /// A header.
    example: &'static str,
}

/// Where the forms lead is no page to come back to in another language.
fn here(visit: &Visit) -> Visit {
    let mut here = visit.clone();
    PAGE.clone_into(&mut here.path);
    here
}

/// The page with what was typed, and for each input that is wrong the code of its sentence.
async fn page(
    app: &App,
    visit: &Visit,
    signed_in: &SignedIn,
    typed: &Typed,
    wrong: &[(&'static str, &'static str)],
) -> Result<MachinesPage> {
    let texts = visit.texts();
    let sentence = |code: &str| texts.get(&format!("error-{code}")).into_owned();
    let error = |input: &str| wrong.iter().find(|(name, _)| *name == input).map(|(_, code)| sentence(code));
    let field = |name: &str, label: &str, hint: String, value: &str| Field {
        id: name.to_owned(),
        name: name.to_owned(),
        label: texts.get(label).into_owned(),
        hint: Some(hint),
        value: value.to_owned(),
        error: error(name),
    };
    let hosts = &app.config.api.webhook_hosts;
    let address = (!hosts.is_empty()).then(|| {
        let hint = texts.with("api-address-hint", [("hosts", hosts.join(", "))]);
        field(ADDRESS, "api-address", hint.into_owned(), &typed.webhook.address)
    });
    let Typed { token: typed, webhook } = typed;
    let scope = |scope: Scope| {
        let label = texts.get(&format!("api-scope-{}", scope.name()));
        Choice::new(scope.name(), label, typed.scopes.contains(&scope))
    };
    let life =
        |days: u64| Choice::new(days.to_string(), texts.with("api-days", [("days", days)]), typed.life == Some(days));
    let page = signed_in.page(&here(visit)).titled(texts.get("api-title"));
    Ok(MachinesPage {
        page: if wrong.is_empty() { page } else { page.failed() },
        problems: wrong.iter().map(|(input, code)| Problem::new(*input, sentence(code))).collect(),
        tokens: listed::tokens(app, texts).await?,
        token_form: typed.form,
        name: field(NAME, "api-name", texts.get("api-name-hint").into_owned(), &typed.name),
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
        webhooks: listed::webhooks(app, texts).await?,
        webhook_form: webhook.form,
        address,
    })
}

async fn list(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    visit.ok(&page(&app, &visit, &signed_in, &Typed::nothing(), &[]).await?)
}

async fn make(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst, fields: Fields) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let scopes = fields.all(SCOPES);
    let life = fields.get(LIFE);
    let wanted = tokens::Wanted {
        form: form_of(&fields),
        name: fields.get(NAME).to_owned(),
        scopes: Scope::ALL.into_iter().filter(|scope| scopes.iter().any(|name| name == scope.name())).collect(),
        life: LIVES.into_iter().find(|days| days.to_string() == life),
    };
    let mistakes = wanted.mistakes();
    if !mistakes.is_empty() {
        let typed = Typed { token: wanted, ..Typed::nothing() };
        return visit.refused(&page(&app, &visit, &signed_in, &typed, &mistakes).await?);
    }
    match tokens::make(&app, &signed_in.actor(), &wanted).await {
        Ok(secret) => {
            let words = ["api-token-title", "api-token-what", "api-token-how"];
            shown_once(&visit, &signed_in, words, secret, "Authorization: Bearer …")
        }
        // The same form once more: the token is not shown a second time, but its owner may end it and make another.
        Err(error) if error.kind == Kind::Conflict => {
            visit.refused(&page(&app, &visit, &signed_in, &Typed::nothing(), &[("", error.code)]).await?)
        }
        Err(error) => Err(error),
    }
}

/// Made with the form; a form that is not ours gets a new one.
fn form_of(fields: &Fields) -> Uuid {
    fields.get(FORM).parse().unwrap_or_else(|_not_ours| Uuid::new_v4())
}

/// `words` are the keys of the title and of what stands before and after the secret.
fn shown_once(
    visit: &Visit,
    signed_in: &SignedIn,
    words: [&str; 3],
    secret: String,
    example: &'static str,
) -> Result<HttpResponse> {
    let [title, what, how] = words.map(|key| visit.texts().get(key).into_owned());
    let page = signed_in.page(&here(visit)).titled(title);
    visit.ok(&SecretPage { page, what, secret, how, example })
}

async fn revoke(app: Data<App>, Analyst(signed_in): Analyst, id: Path<Uuid>, fields: Fields) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    tokens::revoke(&app, &signed_in.actor(), *id).await?;
    Ok(see_other(PAGE))
}

async fn add_webhook(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let wanted = webhooks::Wanted { form: form_of(&fields), address: fields.get(ADDRESS).to_owned() };
    let refused = async |wanted: webhooks::Wanted, error: Error| {
        let typed = Typed { webhook: wanted, ..Typed::nothing() };
        visit.refused(&page(&app, &visit, &signed_in, &typed, &[(ADDRESS, error.code)]).await?)
    };
    match webhooks::add(&app, &signed_in.actor(), &wanted).await {
        Ok(secret) => {
            let words = ["api-secret-title", "api-secret-what", "api-secret-how"];
            shown_once(&visit, &signed_in, words, secret, "X-Signature: …")
        }
        Err(error) if error.kind == Kind::Invalid => refused(wanted, error).await,
        // The same form once more, or an address that is there: another try is another form.
        Err(error) if error.kind == Kind::Conflict => {
            refused(webhooks::Wanted { form: Uuid::new_v4(), ..wanted }, error).await
        }
        Err(error) => Err(error),
    }
}

async fn revoke_webhook(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    webhooks::revoke(&app, &signed_in.actor(), *id).await?;
    Ok(see_other(PAGE))
}
