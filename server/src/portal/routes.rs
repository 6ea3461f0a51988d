//! Addresses of the public's pages, in Vietnamese and under `/en` in English.

use actix_web::web::{Data, Path, Query, ServiceConfig, get, head};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::answer::Body;
use super::shelf::{self, Public};
use super::twins::{self, Ending};
use super::view::{Asked, MOST_COMPARED, View, at, province as province_of};
use super::{compare, data, feed, home, map, method, province, sdg, search, trend};
use crate::app::App;
use crate::base::text::{Language, Texts};
use crate::base::web::visit::see_other;
use crate::error::{Error, Result};
use crate::responses::routes::START;
use crate::responses::session::Arrival;

pub fn routes(service: &mut ServiceConfig) {
    service.route("/", get().to(first)).route("/", head().to(looked_at));
    for prefix in ["", "/en"] {
        let path = |rest: &str| format!("{prefix}{rest}");
        if !prefix.is_empty() {
            service.route(prefix, get().to(home_page));
        }
        service
            .route(&path("/xu-huong{ending:[a-z.]*}"), get().to(trend_page))
            .route(&path("/sdg-16-6-2{ending:[a-z.]*}"), get().to(sdg_page))
            .route(&path("/ban-do{ending:[a-z.]*}"), get().to(map_page))
            .route(&path("/tinh"), get().to(provinces_page))
            .route(&path("/tinh/{slug}"), get().to(province_page))
            .route(&path("/so-sanh{ending:[a-z.]*}"), get().to(compare_page))
            .route(&path("/du-lieu"), get().to(data_page))
            .route(&path(feed::PATH), get().to(news))
            .route(&path("/du-lieu/{slug}/{number}/{name}"), get().to(data_file))
            .route(&path("/phuong-phap"), get().to(method_page))
            .route(&path("/tim"), get().to(search_page));
    }
}

fn texts(request: &HttpRequest) -> Texts {
    let english = request.path() == "/en" || request.path().starts_with("/en/");
    Texts::new(if english { Language::English } else { Language::Vietnamese })
}

/// To the answers of whoever is in the middle of them, else to what is public.
async fn first(app: Data<App>, request: HttpRequest, arrival: Arrival) -> Result<HttpResponse> {
    if matches!(arrival, Arrival::Here(_)) { Ok(see_other(START)) } else { home_page(app, request).await }
}

/// Chat programs look before anybody taps.
async fn looked_at() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").finish()
}

/// A page that was made before, or is made now.
async fn shown<T: Template>(
    app: &App,
    request: &HttpRequest,
    address: &str,
    make: impl FnOnce(Texts, &Public) -> Result<T>,
) -> Result<HttpResponse> {
    let public = shelf::current(app).await?;
    let body = public.body(address, || Ok(Body::page(make(texts(request), &public)?.render()?)))?;
    Ok(body.answer(request, &public, app.clock.now()))
}

/// A view as a page, or as the twin that its address ends with.
async fn viewed<T: Template>(
    app: &App,
    request: &HttpRequest,
    view: View,
    ending: Option<Ending>,
    make: impl FnOnce(Texts, &Public, &View) -> Result<T>,
) -> Result<HttpResponse> {
    let texts = texts(request);
    let Some(ending) = ending else {
        let address = view.address(texts.language(), "");
        return shown(app, request, &address, |texts, public| make(texts, public, &view)).await;
    };
    let public = shelf::current(app).await?;
    let address = format!("{}#{ending:?}", view.address(texts.language(), ""));
    let body = public.body(&address, || twins::make(texts, &public, &view, ending))?;
    Ok(body.answer(request, &public, app.clock.now()))
}

/// The ending of an address, none for a page.
///
/// # Errors
/// Not found, if there are no files of that kind.
fn ending(text: &str) -> Result<Option<Ending>> {
    match Ending::split(text) {
        _ if text.is_empty() => Ok(None),
        Some(("", ending)) => Ok(Some(ending)),
        _ => Err(missing()),
    }
}

fn missing() -> Error {
    Error::not_found("page-missing")
}

fn rule(asked: &Asked) -> Result<&'static str> {
    asked.rule().ok_or_else(|| Error::not_found("results-rule-missing"))
}

async fn home_page(app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let address = at(texts(&request).language(), "/");
    shown(&app, &request, &address, |texts, public| Ok(home::show(texts, public))).await
}

async fn trend_page(app: Data<App>, request: HttpRequest, end: Path<String>) -> Result<HttpResponse> {
    viewed(&app, &request, View::Trend, ending(&end)?, |texts, public, _| Ok(trend::show(texts, public))).await
}

async fn sdg_page(app: Data<App>, request: HttpRequest, end: Path<String>) -> Result<HttpResponse> {
    viewed(&app, &request, View::Sdg, ending(&end)?, |texts, public, _| Ok(sdg::show(texts, public))).await
}

async fn map_page(
    app: Data<App>,
    request: HttpRequest,
    end: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse> {
    let indicator = asked.indicator.clone().filter(|code| !code.is_empty());
    // What no edition knows is not kept as a page either.
    if let (Some(code), Some(newest)) = (&indicator, shelf::current(&app).await?.newest()) {
        map::indicator(newest, Some(code))?;
    }
    let view = View::Map { indicator, rule: rule(&asked)? };
    viewed(&app, &request, view, ending(&end)?, map::show).await
}

async fn provinces_page(app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let address = at(texts(&request).language(), "/tinh");
    shown(&app, &request, &address, |texts, public| Ok(province::list(texts, public))).await
}

async fn province_page(
    app: Data<App>,
    request: HttpRequest,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse> {
    let (slug, ending) = Ending::split(&slug).map_or((slug.as_str(), None), |(slug, ending)| (slug, Some(ending)));
    let province = province_of(slug).ok_or_else(|| Error::not_found("portal-province-missing"))?;
    let view = View::Province { code: province.code.clone(), rule: rule(&asked)? };
    viewed(&app, &request, view, ending, province::show).await
}

async fn compare_page(
    app: Data<App>,
    request: HttpRequest,
    end: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse> {
    let mut codes: Vec<String> = Vec::new();
    let wanted = form_urlencoded::parse(request.query_string().as_bytes()).filter(|(name, _)| name == "tinh");
    for (_, slug) in wanted.filter(|(_, slug)| !slug.is_empty()) {
        let province = province_of(&slug).ok_or_else(|| Error::not_found("portal-province-missing"))?;
        if !codes.contains(&province.code) {
            codes.push(province.code.clone());
        }
    }
    codes.truncate(MOST_COMPARED);
    let view = View::Compare { codes, rule: rule(&asked)? };
    viewed(&app, &request, view, ending(&end)?, compare::show).await
}

async fn data_page(app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let address = at(texts(&request).language(), "/du-lieu");
    shown(&app, &request, &address, data::show).await
}

async fn news(app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let texts = texts(&request);
    let public = shelf::current(&app).await?;
    let body = public.body(&at(texts.language(), feed::PATH), || {
        let feed = feed::show(texts, &public, &app.config.web.public_url).render()?;
        Ok(Body::file("application/atom+xml; charset=utf-8", None, feed.into_bytes()))
    })?;
    Ok(body.answer(&request, &public, app.clock.now()))
}

async fn data_file(app: Data<App>, request: HttpRequest, path: Path<(String, i32, String)>) -> Result<HttpResponse> {
    let (slug, number, name) = path.into_inner();
    let public = shelf::current(&app).await?;
    let body = data::file(&app, &public, &slug, number, &name).await?;
    Ok(body.answer(&request, &public, app.clock.now()))
}

async fn method_page(app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let address = at(texts(&request).language(), "/phuong-phap");
    shown(&app, &request, &address, |texts, public| Ok(method::show(texts, public))).await
}

#[derive(serde::Deserialize)]
struct Sought {
    q: Option<String>,
}

/// One province: its page. Several, or none: the list.
async fn search_page(app: Data<App>, request: HttpRequest, sought: Query<Sought>) -> Result<HttpResponse> {
    let texts = texts(&request);
    let asked = sought.into_inner().q.unwrap_or_default();
    if let [(province, _)] = &search::find(&asked)[..] {
        return Ok(see_other(&search::address(texts, province)));
    }
    let public = shelf::current(&app).await?;
    let body = Body::page(search::show(texts, &public, &asked).render()?);
    Ok(body.answer(&request, &public, app.clock.now()))
}
