//! The coordinator's pages of invitations.

mod board;
mod codes;
mod leaving;
mod letters;
mod messages;
mod one;
mod payment;
mod print_form;
mod words;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{ServiceConfig, get, post};

use crate::app::App;
use crate::campaigns::{self, Campaign};
use crate::error::Result;
use crate::places;
use crate::staff::session::SignedIn;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/dot/{slug}/cap-ma", get().to(codes::show))
        .route("/qt/dot/{slug}/cap-ma", post().to(codes::issue))
        .route("/qt/dot/{slug}/thu-hoi-ma", get().to(codes::cancel_form))
        .route("/qt/dot/{slug}/thu-hoi-ma", post().to(codes::cancel))
        .route("/qt/dot/{slug}/thu-moi", get().to(board::show))
        .route("/qt/dot/{slug}/thu-moi/in", get().to(letters::show))
        .route("/qt/dot/{slug}/thu-moi/in", post().to(letters::print))
        .route("/qt/dot/{slug}/thu-moi/in/mau", get().to(letters::sample))
        .route("/qt/dot/{slug}/thu-moi/tep/{id}", get().to(letters::download))
        .route("/qt/dot/{slug}/thu-moi/huy", get().to(letters::destroy_form))
        .route("/qt/dot/{slug}/thu-moi/huy", post().to(letters::destroy))
        .route("/qt/dot/{slug}/thu-moi/loi", get().to(words::show))
        .route("/qt/dot/{slug}/thu-moi/loi", post().to(words::propose))
        .route("/qt/dot/{slug}/thu-moi/loi/{id}/duyet", post().to(words::approve))
        .route("/qt/dot/{slug}/thu-moi/tim", get().to(one::find_form))
        .route("/qt/dot/{slug}/thu-moi/tim", post().to(one::find))
        .route("/qt/dot/{slug}/thu-moi/nguoi/{id}", get().to(one::show))
        .route("/qt/dot/{slug}/thu-moi/nguoi/{id}/in", post().to(one::print))
        .route("/qt/dot/{slug}/thu-moi/nguoi/{id}/ma-moi", post().to(one::new_code))
        .route("/qt/dot/{slug}/thu-moi/tin", get().to(messages::show))
        .route("/qt/dot/{slug}/thu-moi/tin", post().to(messages::write))
        .route("/qt/dot/{slug}/thu-moi/tin/{id}", get().to(messages::one))
        .route("/qt/dot/{slug}/thu-moi/tin/{id}/gui", post().to(messages::start))
        .route("/qt/dot/{slug}/thu-moi/tin/{id}/thoi", post().to(messages::withdraw))
        .route("/qt/dot/{slug}/thu-moi/ky-nhan", get().to(payment::show))
        .route("/qt/dot/{slug}/thu-moi/ky-nhan", post().to(payment::take))
        .route("/thoi-nhan/{token}", get().to(leaving::ask))
        .route("/thoi-nhan/{token}", post().to(leaving::leave))
        .route("/tin-nhan/bao-cao", post().to(leaving::report));
}

/// The board of a campaign's invitations.
fn board(campaign: &Campaign) -> String {
    format!("{}/thu-moi", campaign.address())
}

async fn campaign(app: &App, slug: &str) -> Result<Campaign> {
    campaigns::find_by_slug(app, slug).await
}

/// The one province somebody may see; none for who sees them all.
fn scope(signed_in: &SignedIn) -> Option<&str> {
    Some(signed_in.place_code.as_str()).filter(|place| *place != places::COUNTRY)
}

fn pdf(name: &str, shown: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((header::CONTENT_DISPOSITION, format!("{shown}; filename=\"{name}\"")))
        .body(bytes)
}
