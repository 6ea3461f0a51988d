//! All versions, and how another one comes in.

use std::io::{Read as _, Seek as _, SeekFrom};

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::web::Data;
use survey_forms::{Form, xlsform};

use super::address;
use crate::app::App;
use crate::base::blocking;
use crate::base::parts::Problem;
use crate::base::web::fields::Fields;
use crate::base::web::upload;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Result};
use crate::places::national_only;
use crate::questionnaires;
use crate::questionnaires::pages::{ListPage, Listed, Refusal};
use crate::staff::session::{Coordinator, SignedIn};

/// As much as the reader of workbooks takes.
const MOST_MEGABYTES: usize = 5;

pub(super) async fn list(app: Data<App>, visit: Visit, Coordinator(signed_in): Coordinator) -> Result<HttpResponse> {
    visit.ok(&list_page(&app, &visit, &signed_in).await?)
}

async fn list_page(app: &App, visit: &Visit, signed_in: &SignedIn) -> Result<ListPage> {
    let texts = visit.texts();
    let mut versions = Vec::new();
    for version in questionnaires::list(app).await? {
        let form = questionnaires::form(app, version.id).await?;
        versions.push(Listed::new(&version, &form, texts));
    }
    let mut built_in = Vec::new();
    for source in survey_forms::builtin() {
        let form = Form::parse(&source).map_err(|_defects| Error::internal("form-damaged"))?;
        if !versions.iter().any(|listed| listed.digest == form.digest()) {
            built_in.push((source.code, form.words(visit.language.code()).title()));
        }
    }
    let page = signed_in.page(visit).titled(texts.get("forms-title"));
    let national = national_only(signed_in).is_ok();
    Ok(ListPage { page, versions, built_in, national, problems: Vec::new(), refusal: None })
}

pub(super) async fn send(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    form: Multipart,
) -> Result<HttpResponse> {
    national_only(&signed_in)?;
    let texts = visit.texts();
    let received = upload::receive(form, &signed_in.csrf, &app.config.files.uploads, MOST_MEGABYTES).await;
    let upload = match received {
        Err(error) if error.code == "file-missing" => {
            let mut page = list_page(&app, &visit, &signed_in).await?;
            page.page = page.page.failed();
            page.problems.push(Problem::new("file", texts.get("error-file-missing")));
            return visit.refused(&page);
        }
        received => received?,
    };
    let (name, read) = blocking::run(move || read_workbook(upload)).await?;
    match read {
        Ok(source) => Ok(see_other(&address(questionnaires::propose(&app, &signed_in.actor(), &source).await?))),
        Err(refusals) => {
            let mut page = list_page(&app, &visit, &signed_in).await?;
            page.page = page.page.failed();
            page.problems.push(Problem::new("loi", texts.with("form-refused", [("n", refusals.len())])));
            page.refusal = Some(Refusal::new(name, &refusals, texts));
            visit.refused(&page)
        }
    }
}

type Read = std::result::Result<survey_forms::Source, Vec<xlsform::Refusal>>;

/// The file's name and what became of it. A workbook that names no form of its own is called after its file.
fn read_workbook(mut upload: upload::Upload) -> Result<(String, Read)> {
    let mut bytes = Vec::new();
    upload.file.seek(SeekFrom::Start(0))?;
    upload.file.read_to_end(&mut bytes)?;
    let name = upload.name.rsplit_once('.').map_or(upload.name.as_str(), |(name, _)| name);
    let read = xlsform::import(&bytes, name);
    Ok((upload.name, read))
}

pub(super) async fn choose(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let source = survey_forms::builtin().into_iter().find(|source| source.code == fields.get("form"));
    let source = source.ok_or_else(|| Error::not_found("form-missing"))?;
    Ok(see_other(&address(questionnaires::propose(&app, &signed_in.actor(), &source).await?)))
}
