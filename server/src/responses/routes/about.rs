//! Help, privacy, accessibility, and whether the letter is genuine: for everybody, with or without a code.

use actix_web::HttpResponse;
use actix_web::web::Data;

use super::super::pages::{AccessPage, GenuinePage, HelpPage, PrivacyPage, plain_address};
use super::public_page;
use crate::app::App;
use crate::base::web::visit::Visit;
use crate::error::Result;

pub(super) async fn help(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    visit.ok(&HelpPage { page: public_page(&app, &visit).await?.titled(visit.texts().get("help-h1")) })
}

pub(super) async fn privacy(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    visit.ok(&PrivacyPage { page: public_page(&app, &visit).await?.titled(visit.texts().get("privacy-h1")) })
}

pub(super) async fn access(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    visit.ok(&AccessPage { page: public_page(&app, &visit).await?.titled(visit.texts().get("access-h1")) })
}

pub(super) async fn genuine(app: Data<App>, visit: Visit) -> Result<HttpResponse> {
    let page = public_page(&app, &visit).await?.titled(visit.texts().get("genuine-h1"));
    visit.ok(&GenuinePage { page, address: plain_address(&app.config.web.public_url).to_owned() })
}
