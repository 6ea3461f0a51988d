//! A version as files to take along.

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Data, Path};
use survey_forms::xlsform;
use uuid::Uuid;

use super::{offered, version};
use crate::app::App;
use crate::base::blocking;
use crate::base::web::visit::Visit;
use crate::error::{Error, Result};
use crate::questionnaires::paper;
use crate::staff::session::Coordinator;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `<code>.csv` for spreadsheets, `<code>.xml` as DDI-Codebook 2.5 for archives, `<code>.xlsx` as XLSForm to write on.
pub(super) async fn codebook(
    app: Data<App>,
    visit: Visit,
    Coordinator(_signed_in): Coordinator,
    path: Path<(Uuid, String)>,
) -> Result<HttpResponse> {
    let (id, file) = path.into_inner();
    let (version, form) = version(&app, id).await?;
    let (kind, content) = match file.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => ("text/csv; charset=utf-8", form.codebook().csv(visit.language.code()).into_bytes()),
        Some("xml") => ("application/xml", form.codebook().ddi().into_bytes()),
        Some("xlsx") => {
            (XLSX, xlsform::export(&form).map_err(|cause| Error::internal("form-export").caused_by(cause))?)
        }
        _ => return Err(Error::not_found("page-missing")),
    };
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let name = format!("attachment; filename=\"{}.{ending}\"", version.form_code);
    Ok(HttpResponse::Ok().content_type(kind).insert_header((CONTENT_DISPOSITION, name)).body(content))
}

/// `<language>.pdf`: the questionnaire to print.
pub(super) async fn paper(
    app: Data<App>,
    Coordinator(_signed_in): Coordinator,
    path: Path<(Uuid, String)>,
) -> Result<HttpResponse> {
    let (id, file) = path.into_inner();
    let language = file.strip_suffix(".pdf").ok_or_else(|| Error::not_found("page-missing"))?.to_owned();
    let (version, form) = version(&app, id).await?;
    offered(&form, &language)?;
    let name = format!("inline; filename=\"{}-{language}-{:.12}.pdf\"", version.form_code, version.digest);
    let print = move || paper::print(&form, &language).map_err(|cause| Error::internal("form-print").caused_by(cause));
    let content = blocking::run(print).await?;
    Ok(HttpResponse::Ok().content_type("application/pdf").insert_header((CONTENT_DISPOSITION, name)).body(content))
}
