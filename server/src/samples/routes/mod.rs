//! The coordinator's pages of the sample: designs, commitments, draws, and the files to check them from outside.

mod design;
mod draw;
mod files;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, ServiceConfig, get, post};

use super::pages::SamplesPage;
use crate::app::App;
use crate::base::web::visit::Visit;
use crate::campaigns;
use crate::error::Result;
use crate::staff::session::Coordinator;
use crate::{frames, places};

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/qt/dot/{slug}/mau", get().to(index))
        .route("/qt/dot/{slug}/mau/thiet-ke", get().to(design::new))
        .route("/qt/dot/{slug}/mau/thiet-ke", post().to(design::make))
        .route("/qt/dot/{slug}/mau/thiet-ke/{design}", get().to(design::show))
        .route("/qt/dot/{slug}/mau/thiet-ke/{design}/sua", get().to(design::edit))
        .route("/qt/dot/{slug}/mau/thiet-ke/{design}/sua", post().to(design::change))
        .route("/qt/dot/{slug}/mau/thiet-ke/{design}/cam-ket", post().to(design::commit))
        .route("/qt/dot/{slug}/mau/thiet-ke/{design}/{file}", get().to(files::of_design))
        .route("/qt/dot/{slug}/mau/{draw}", get().to(draw::show))
        .route("/qt/dot/{slug}/mau/{draw}/hat-giong", post().to(draw::seed))
        .route("/qt/dot/{slug}/mau/{draw}/tra-lai", post().to(draw::send_back))
        .route("/qt/dot/{slug}/mau/{draw}/xac-nhan", post().to(draw::confirm))
        .route("/qt/dot/{slug}/mau/{draw}/rut-lai", get().to(draw::withdraw_form))
        .route("/qt/dot/{slug}/mau/{draw}/rut-lai", post().to(draw::withdraw))
        .route("/qt/dot/{slug}/mau/{draw}/kiem-tra", post().to(draw::verify))
        .route("/qt/dot/{slug}/mau/{draw}/{file}", get().to(files::of_draw));
}

async fn index(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let mut page = signed_in.page(&visit).titled(visit.texts().get("samples-title"));
    page.synthetic = campaign.synthetic;
    let frame_frozen = frames::of(&app, campaign.id).await?.is_some_and(|frame| frame.frozen_at.is_some());
    visit.ok(&SamplesPage {
        page,
        designs: super::designs(&app, campaign.id).await?,
        draws: super::of(&app, campaign.id).await?,
        campaign,
        frame_frozen,
        national: places::national_only(&signed_in).is_ok(),
    })
}
