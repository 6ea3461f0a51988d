//! The pages of quality and check-back.

mod board;
mod check_back;

use actix_web::web::{ServiceConfig, get, post};
use serde::Deserialize;

use crate::error::{Error, Kind, Result};
use crate::places;
use crate::staff::session::SignedIn;

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

/// The province an address names, or the reader's own; refused when it is not theirs to see.
fn province(signed_in: &SignedIn, asked: &str) -> Result<String> {
    let own = signed_in.place_code.as_str();
    let province = if asked.is_empty() && own != places::COUNTRY { own } else { asked };
    if !province.is_empty() {
        if places::province_name(province).is_none() {
            return Err(Error::not_found("place-missing"));
        }
        places::covers(signed_in, province)?;
    }
    Ok(province.to_owned())
}

fn refused(error: &Error) -> bool {
    matches!(error.kind, Kind::Invalid | Kind::Conflict)
}
