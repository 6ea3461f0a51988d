//! The pages of the fieldwork: the board, cases, who visits whom, replacements; and the interviewer's day.

mod assignments;
mod board;
mod cases;
mod replacements;
mod today;

use actix_web::web::{ServiceConfig, get, post};
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::places;
use crate::staff::session::SignedIn;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/dot/{slug}/tien-do", get().to(board::country))
        .route("/qt/dot/{slug}/tien-do.xlsx", get().to(board::sheet))
        .route("/qt/dot/{slug}/tien-do/{province}", get().to(board::province))
        .route("/qt/dot/{slug}/tien-do/{province}/{commune}", get().to(board::commune))
        .route("/qt/dot/{slug}/ho-so", get().to(cases::list))
        .route("/qt/dot/{slug}/ho-so/{case}", get().to(cases::show))
        .route("/qt/dot/{slug}/ho-so/{case}/thay-the", post().to(cases::ask_replacement))
        .route("/qt/dot/{slug}/phan-cong", get().to(assignments::show))
        .route("/qt/dot/{slug}/phan-cong", post().to(assignments::assign))
        .route("/qt/dot/{slug}/phan-cong/{act}/hoan-tac", post().to(assignments::undo))
        .route("/qt/dot/{slug}/thay-the", get().to(replacements::show))
        .route("/qt/dot/{slug}/thay-the/{id}", post().to(replacements::decide))
        .route("/qt/dot/{slug}/mat-xa", post().to(replacements::lose_commune))
        .route("/qt/dot/{slug}/mat-xa/{id}", post().to(replacements::confirm_loss))
        .route("/dtv", get().to(today::show))
        .route("/dtv/ho-so/{case}", get().to(today::case))
        .route("/dtv/ho-so/{case}", post().to(today::visit))
        .route("/dtv/ho-so/{case}/thay-the", post().to(today::ask_replacement));
}

/// The part of a campaign an address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Place {
    tinh: String,
    xa: String,
}

/// A case of this campaign that the reader may see.
async fn case(app: &App, signed_in: &SignedIn, slug: &str, id: Uuid) -> Result<(Campaign, super::Case)> {
    let campaign = campaigns::find_by_slug(app, slug).await?;
    let case = super::find(app, id).await?;
    if case.campaign_id != campaign.id {
        return Err(Error::not_found("case-missing"));
    }
    places::covers(signed_in, &case.province_code)?;
    Ok((campaign, case))
}
