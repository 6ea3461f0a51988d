//! The list to sign for those who took part.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use askama::Template;

use super::super::payment::{self, FEWEST, Format};
use super::super::progress;
use super::{board, campaign, pdf};
use crate::app::App;
use crate::base::page::Page;
use crate::base::web::fields::Fields;
use crate::base::web::visit::Visit;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::staff::session::Coordinator;

#[derive(Template)]
#[template(path = "invitations/payment.html")]
struct PaymentPage {
    page: Page,
    campaign: Campaign,
    /// Code, name, responded.
    provinces: Vec<(String, String, u64)>,
}

impl PaymentPage {
    fn board(&self) -> String {
        board(&self.campaign)
    }

    fn action(&self) -> String {
        format!("{}/ky-nhan", self.board())
    }

    fn means(&self) -> String {
        self.page.texts.with("payment-means", [("n", FEWEST)]).into_owned()
    }
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let campaign = campaign(&app, &slug).await?;
    let rows = progress(&app, campaign.id, &signed_in.place_code).await?;
    let provinces = rows.into_iter().map(|row| (row.province_code, row.name, row.responded));
    let mut page = signed_in.page(&visit).titled(visit.texts().get("payment-title"));
    page.synthetic = campaign.synthetic;
    visit.ok(&PaymentPage { page, campaign, provinces: provinces.collect() })
}

pub(super) async fn take(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaign(&app, &slug).await?;
    let missing = || Error::not_found("page-missing");
    let format = Format::from_name(fields.get("dang")).ok_or_else(missing)?;
    let seen = progress(&app, campaign.id, &signed_in.place_code).await?;
    let province = seen.iter().find(|row| row.province_code == fields.get("tinh")).ok_or_else(missing)?;
    let file = payment::export(&app, &signed_in.actor(), &campaign, &province.province_code, format).await?;
    let name = format!("{}-ky-nhan-{}.{}", campaign.slug, province.province_code, format.name());
    if format == Format::Pdf {
        return Ok(pdf(&name, "attachment", file));
    }
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(file))
}
