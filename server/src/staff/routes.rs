//! Sign-in and sign-out.

use actix_web::web::{Data, Query, ServiceConfig, get, post};
use actix_web::{HttpResponse, cookie::time::Duration};
use serde::Deserialize;

use super::pages::SignInPage;
use super::session::{COOKIE, SignedIn};
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Field, Problem};
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Kind, Result};

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/dang-nhap", get().to(show))
        .route("/dang-nhap", post().to(sign_in))
        .route("/dang-xuat", post().to(sign_out));
}

#[derive(Deserialize)]
struct Return {
    ve: Option<String>,
}

async fn show(visit: Visit, back: Query<Return>) -> Result<HttpResponse> {
    visit.ok(&page(&visit, back.into_inner().ve.unwrap_or_default(), String::new(), None))
}

async fn sign_in(app: Data<App>, visit: Visit, fields: Fields) -> Result<HttpResponse> {
    // No token here: there is no session to steal yet, and another site's post is refused by its origin.
    let login = fields.get("login").trim().to_lowercase();
    match super::sign_in(&app, &login, fields.get("password")).await {
        Ok((token, role)) => {
            let back = fields.get("ve");
            let place = if back.starts_with(role.home()) { back } else { role.home() };
            let mut response = see_other(place);
            response
                .add_cookie(&visit.cookie(COOKIE, token.text().to_owned()))
                .map_err(|cause| Error::internal("cookie").caused_by(cause))?;
            Ok(response)
        }
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::TooMany) => {
            let texts = visit.texts();
            let message = texts.with(&format!("error-{}", error.code), error.params.clone()).into_owned();
            let page = page(&visit, fields.get("ve").to_owned(), login, Some(message));
            visit.render(actix_web::HttpResponseBuilder::new(error.kind.status()), &page)
        }
        Err(error) => Err(error),
    }
}

fn page(visit: &Visit, back: String, login: String, problem: Option<String>) -> SignInPage {
    let texts = visit.texts();
    let page: Page = visit.page().titled(texts.get("sign-in-title"));
    SignInPage {
        page: if problem.is_some() { page.failed() } else { page },
        problems: problem.iter().map(|message| Problem::new("login", message)).collect(),
        login: Field {
            id: "login".into(),
            name: "login".into(),
            label: texts.get("sign-in-login").into_owned(),
            value: login,
            error: problem,
            hint: None,
        },
        back,
    }
}

async fn sign_out(app: Data<App>, visit: Visit, signed_in: SignedIn, fields: Fields) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    super::sign_out(&app, &signed_in).await?;
    let mut response = see_other("/dang-nhap");
    let mut gone = visit.cookie(COOKIE, String::new());
    gone.set_max_age(Duration::ZERO);
    response.add_cookie(&gone).map_err(|cause| Error::internal("cookie").caused_by(cause))?;
    Ok(response)
}
