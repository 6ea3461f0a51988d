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

use super::ExportFile;
use super::pages::{AskPage, ListPage, Listed};
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Problem};
use crate::base::seal::hex;
use crate::base::sheet::XLSX;
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::Result;
use crate::jobs::{self, ExportContents, ExportFormat};
use crate::places::national_only;
use crate::staff::session::{Analyst, SignedIn};

const CHUNK: usize = 64 * 1024;

/// The names of the two inputs, which are also where an error leads.
const CONTENTS: &str = "gi";
const FORMAT: &str = "dang";

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt/ket-qua/{slug}/xuat", get().to(ask))
        .route("/pt/ket-qua/{slug}/xuat", post().to(request))
        .route("/pt/tep", get().to(list))
        .route("/pt/tep/{id}", get().to(download));
}

/// The address of a file.
pub(super) fn address(id: Uuid) -> String {
    format!("/pt/tep/{id}")
}

async fn ask(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst, slug: Path<String>) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let usual = (ExportContents::Tables.name(), ExportFormat::Xlsx.name());
    visit.ok(&asking(&visit, &signed_in, &campaign, usual, &[]))
}

async fn request(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let chosen = (fields.get(CONTENTS), fields.get(FORMAT));
    let contents = ExportContents::ALL.into_iter().find(|known| known.name() == chosen.0);
    let format = ExportFormat::ALL.into_iter().find(|known| known.name() == chosen.1);
    let mut wrong = Vec::new();
    if let (Some(contents), Some(format)) = (contents, format) {
        match super::request(&app, &signed_in.actor(), &campaign, contents, format).await {
            Ok(job) => return Ok(see_other(&jobs::routes::address(job))),
            Err(error) if error.is_refusal() => {
                wrong.push((if error.code == super::TOO_EARLY { CONTENTS } else { FORMAT }, error.code));
            }
            Err(error) => return Err(error),
        }
    }
    wrong.extend(contents.is_none().then_some((CONTENTS, "exports-contents-missing")));
    wrong.extend(format.is_none().then_some((FORMAT, "exports-format-missing")));
    visit.refused(&asking(&visit, &signed_in, &campaign, chosen, &wrong))
}

/// The form with what is chosen in it, and for each input that is wrong the code of its sentence.
fn asking(
    visit: &Visit,
    signed_in: &SignedIn,
    campaign: &Campaign,
    chosen: (&str, &str),
    wrong: &[(&'static str, &'static str)],
) -> AskPage {
    let texts = visit.texts();
    let problem = |(input, code): &(&'static str, &'static str)| {
        Problem::new(*input, texts.get(&format!("error-{code}")).into_owned())
    };
    let problems: Vec<Problem> = wrong.iter().map(problem).collect();
    let contents = ExportContents::ALL
        .map(|known| (known.name(), texts.get(&format!("exports-contents-{}", known.name())).into_owned()));
    let formats = ExportFormat::ALL
        .map(|known| (known.name(), texts.get(&format!("exports-format-{}", known.name())).into_owned()));
    let title = texts.with("exports-ask-title", [("campaign", campaign.name(texts.language()))]);
    let page = signed_in.page(visit).titled(title);
    let page = if problems.is_empty() { page } else { page.failed() };
    AskPage {
        contents: question(texts, CONTENTS, "exports-choose-contents", &contents, chosen.0, &problems),
        formats: question(texts, FORMAT, "exports-choose-format", &formats, chosen.1, &problems),
        problems,
        address: format!("/pt/ket-qua/{}/xuat", campaign.slug),
        back: format!("/pt/ket-qua/{}", campaign.slug),
        page: Page { synthetic: campaign.synthetic, ..page },
    }
}

fn question(
    texts: Texts,
    name: &str,
    legend: &str,
    options: &[(&'static str, String)],
    chosen: &str,
    problems: &[Problem],
) -> Choices {
    Choices {
        id: name.to_owned(),
        name: name.to_owned(),
        legend: texts.get(legend).into_owned(),
        error: problems.iter().find(|problem| problem.target == name).map(|problem| problem.message.clone()),
        options: options.iter().map(|(value, label)| Choice::new(*value, label, *value == chosen)).collect(),
        ..Choices::default()
    }
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
    Ok(sent(&file, opened))
}

/// A file on its way out.
pub fn sent(file: &ExportFile, opened: File) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(content_type(&file.file_name))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.file_name)))
        .body(SizedStream::new(file.bytes.unsigned_abs(), chunks(opened)))
}

fn content_type(file_name: &str) -> &'static str {
    match file_name.rsplit_once('.') {
        Some((_, "csv")) => "text/csv; charset=utf-8",
        Some((_, "xlsx")) => XLSX,
        Some((_, "zip")) => "application/zip",
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
