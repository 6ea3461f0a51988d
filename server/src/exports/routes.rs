//! Asking for a file, the files kept, and the download.

use std::fs::File;
use std::io::{self, Read as _};

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path, ServiceConfig, get, post};
use futures_util::Stream;
use futures_util::stream::try_unfold;
use uuid::Uuid;

use super::pages::{ListPage, Listed};
use crate::app::App;
use crate::base::seal::hex;
use crate::base::sheet::XLSX;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns;
use crate::error::{Error, Result};
use crate::jobs::{self, ExportContents, ExportFormat};
use crate::places::national_only;
use crate::staff::session::Analyst;

const CHUNK: usize = 64 * 1024;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt/ket-qua/{slug}/xuat", post().to(request))
        .route("/pt/tep", get().to(list))
        .route("/pt/tep/{id}", get().to(download));
}

/// The address of a file.
pub(super) fn address(id: Uuid) -> String {
    format!("/pt/tep/{id}")
}

async fn request(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let format = ExportFormat::ALL
        .into_iter()
        .find(|known| known.name() == fields.get("dang"))
        .ok_or_else(|| Error::not_found("exports-format-missing"))?;
    let contents = ExportContents::ALL
        .into_iter()
        .find(|known| known.name() == fields.get("gi"))
        .ok_or_else(|| Error::not_found("exports-contents-missing"))?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let job = super::request(&app, &signed_in.actor(), &campaign, contents, format).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

async fn list(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let texts = visit.texts();
    let files = super::list(&app).await?.into_iter().map(|file| Listed {
        address: address(file.id),
        created: texts.moment(file.created_at),
        expires: texts.date(file.expires_at),
        size: texts.number(file.bytes),
        digest: hex(&file.digest),
        name: file.file_name,
    });
    visit.ok(&ListPage { files: files.collect(), page: signed_in.page(&visit).titled(texts.get("exports-title")) })
}

async fn download(app: Data<App>, Analyst(signed_in): Analyst, id: Path<Uuid>) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let (file, opened) = super::take(&app, &signed_in.actor(), *id).await?;
    Ok(HttpResponse::Ok()
        .content_type(content_type(&file.file_name))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.file_name)))
        .body(SizedStream::new(file.bytes.unsigned_abs(), chunks(opened))))
}

fn content_type(file_name: &str) -> &'static str {
    match file_name.rsplit_once('.') {
        Some((_, "csv")) => "text/csv; charset=utf-8",
        Some((_, "xlsx")) => XLSX,
        _ => "application/octet-stream",
    }
}

/// Read beside the runtime, a chunk at a time, as fast as it is taken.
fn chunks(file: File) -> impl Stream<Item = io::Result<Bytes>> {
    try_unfold(file, |mut file| async move {
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = vec![0; CHUNK];
            let length = file.read(&mut chunk)?;
            chunk.truncate(length);
            Ok::<_, io::Error>((chunk, file))
        });
        let (chunk, file) = read.await.map_err(io::Error::other)??;
        Ok((!chunk.is_empty()).then(|| (Bytes::from(chunk), file)))
    })
}
