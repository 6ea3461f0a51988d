//! Who comes, as far as a page needs to know: language, address, whether the browser holds our style sheet.

use std::future::{Ready, ready};

use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, ContentType, VARY};
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, HttpResponse, HttpResponseBuilder};
use askama::Template;
use flate2::Compression;

use super::headers::Nonce;
use crate::app::App;
use crate::base::assets;
use crate::base::page::Page;
use crate::base::text::{Language, Texts};
use crate::error::Result;

pub const LANGUAGE_COOKIE: &str = "ngon-ngu";
const SHEET_COOKIE: &str = "css";

#[derive(Clone, Debug)]
pub struct Visit {
    pub language: Language,
    /// The code that was chosen; a questionnaire may speak more languages than we do.
    pub spoken: String,
    pub path: String,
    pub secure: bool,
    sheet_known: bool,
    takes_gzip: bool,
    nonce: String,
}

impl Visit {
    pub fn of(request: &HttpRequest) -> Self {
        let chosen = request.cookie(LANGUAGE_COOKIE);
        // The public's pages say their language in their address.
        let english = request.path() == "/en" || request.path().starts_with("/en/");
        let chosen_language = || chosen.as_ref().and_then(|code| Language::from_code(code.value())).unwrap_or_default();
        let language = if english { Language::English } else { chosen_language() };
        Self {
            language,
            spoken: chosen.map_or_else(|| language.code().to_owned(), |code| code.value().to_owned()),
            path: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            secure: request.app_data::<Data<App>>().is_some_and(|app| app.config.web.secure_cookies()),
            nonce: request.extensions().get::<Nonce>().cloned().unwrap_or_default().0,
            takes_gzip: assets::takes_gzip(request.headers()),
            sheet_known: request.cookie(SHEET_COOKIE).is_some_and(|cookie| cookie.value() == assets::citizen_version()),
        }
    }

    pub fn texts(&self) -> Texts {
        Texts::new(self.language)
    }

    pub fn page(&self) -> Page {
        Page { sheet_known: self.sheet_known, nonce: self.nonce.clone(), ..Page::new(self.language, &self.path) }
    }

    /// A cookie of ours: not for scripts, not for other sites, only over TLS where there is TLS.
    pub fn cookie(&self, name: &'static str, value: String) -> Cookie<'static> {
        Cookie::build(name, value).path("/").http_only(true).same_site(SameSite::Lax).secure(self.secure).finish()
    }

    /// Renders into `response`, and remembers that the browser now holds the style sheet.
    pub fn render(&self, mut response: HttpResponseBuilder, template: &impl Template) -> Result<HttpResponse> {
        if !self.sheet_known {
            let mut cookie = self.cookie(SHEET_COOKIE, assets::citizen_version().to_owned());
            cookie.set_max_age(Duration::days(30));
            response.cookie(cookie);
        }
        response.content_type(ContentType::html());
        let page = template.render()?;
        if !self.takes_gzip {
            return Ok(response.body(page));
        }
        // The framework's own compression is made for speed; on a slow network every kilobyte is a wait.
        response.insert_header((CONTENT_ENCODING, "gzip")).insert_header((VARY, "accept-encoding"));
        Ok(response.body(assets::gzipped(&page, Compression::default())))
    }

    pub fn ok(&self, template: &impl Template) -> Result<HttpResponse> {
        self.render(HttpResponse::Ok(), template)
    }

    /// For pages of the public, where nobody is given a cookie.
    #[must_use]
    pub fn unmarked(&self) -> Self {
        Self { sheet_known: true, ..self.clone() }
    }

    /// The same page again with what is wrong: 422.
    pub fn refused(&self, template: &impl Template) -> Result<HttpResponse> {
        self.render(HttpResponse::UnprocessableEntity(), template)
    }
}

impl FromRequest for Visit {
    type Error = actix_web::Error;
    type Future = Ready<Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

/// After a write: the next page by GET, so that Back and reload never send a form twice.
pub fn see_other(location: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("location", location)).finish()
}
