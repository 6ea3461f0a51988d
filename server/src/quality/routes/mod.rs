//! The pages of quality and check-back.

mod board;
mod check_back;

use actix_web::web::{ServiceConfig, get, post};
use serde::Deserialize;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/dot/{slug}/chat-luong", get().to(board::show))
        .route("/qt/dot/{slug}/chat-luong.xlsx", get().to(board::sheet))
        .route("/qt/dot/{slug}/chat-luong/tinh", post().to(board::compute))
        .route("/qt/dot/{slug}/chat-luong/ghi-chu", post().to(board::note))
        .route("/qt/dot/{slug}/phuc-tra", get().to(check_back::show))
        .route("/qt/dot/{slug}/phuc-tra/rut", post().to(check_back::draw))
        .route("/qt/dot/{slug}/phuc-tra/giao", post().to(check_back::give))
        .route("/qt/dot/{slug}/phuc-tra/{case}", get().to(check_back::case))
        .route("/qt/dot/{slug}/phuc-tra/{case}", post().to(check_back::record));
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Place {
    tinh: String,
}
