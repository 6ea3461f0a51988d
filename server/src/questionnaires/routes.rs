//! The coordinator's questionnaires: choose or send one, try it, see what changed, approve it, take its codebook.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::sync::Arc;

use actix_multipart::Multipart;
use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Data, Path, Query, ServiceConfig, get, post};
use serde::Deserialize;
use survey_forms::{Form, SkipPolicy, xlsform};
use uuid::Uuid;

use super::Version;
use super::changes::Change;
use super::pages::{EndPage, ListPage, Listed, PreviewPage, Refusal, VersionPage};
use super::preview::{CARRIED, OWN_FIELDS, Shown, Trial, carried};
use crate::app::App;
use crate::base::blocking;
use crate::base::page::{Link, Page};
use crate::base::parts::Problem;
use crate::base::web::fields::Fields;
use crate::base::web::headers::MayBeFramed;
use crate::base::web::upload;
use crate::base::web::visit::{Visit, see_other};
use crate::error::{Error, Result};
use crate::places::national_only;
use crate::staff::session::{Coordinator, SignedIn};

const LIST: &str = "/qt/phieu";
/// As much as the reader of workbooks takes.
const MOST_MEGABYTES: usize = 5;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route(LIST, get().to(list))
        .route(LIST, post().to(send))
        .route("/qt/phieu/co-san", post().to(choose))
        .route("/qt/phieu/{id}", get().to(show))
        .route("/qt/phieu/{id}/duyet", post().to(approve))
        .route("/qt/phieu/{id}/ma-hoa/{file}", get().to(codebook))
        .route("/qt/phieu/{id}/xem/{language}", get().to(preview))
        .route("/qt/phieu/{id}/thu/{language}", get().to(trial_start))
        .route("/qt/phieu/{id}/thu/{language}/{page}", get().to(trial_show))
        .route("/qt/phieu/{id}/thu/{language}/{page}", post().to(trial_give));
}

/// The address of a version.
pub(super) fn address(version: Uuid) -> String {
    format!("{LIST}/{version}")
}

async fn list(app: Data<App>, visit: Visit, Coordinator(signed_in): Coordinator) -> Result<HttpResponse> {
    visit.ok(&list_page(&app, &visit, &signed_in).await?)
}

async fn list_page(app: &App, visit: &Visit, signed_in: &SignedIn) -> Result<ListPage> {
    let texts = visit.texts();
    let mut versions = Vec::new();
    for version in super::list(app).await? {
        let form = super::form(app, version.id).await?;
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

async fn send(
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
        Ok(source) => Ok(see_other(&address(super::propose(&app, &signed_in.actor(), &source).await?))),
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

async fn choose(app: Data<App>, Coordinator(signed_in): Coordinator, fields: Fields) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    let source = survey_forms::builtin().into_iter().find(|source| source.code == fields.get("form"));
    let source = source.ok_or_else(|| Error::not_found("form-missing"))?;
    Ok(see_other(&address(super::propose(&app, &signed_in.actor(), &source).await?)))
}

async fn show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    id: Path<Uuid>,
) -> Result<HttpResponse> {
    let (version, form) = version(&app, *id).await?;
    let texts = visit.texts();
    let language = visit.language.code();
    let before = super::predecessor(&app, &version).await?;
    let changes = match &before {
        Some(before) => {
            let old = super::form(&app, before.id).await?;
            survey_forms::differences(&old, &form, language).iter().map(|it| Change::new(it, &form, texts)).collect()
        }
        None => Vec::new(),
    };
    let national = national_only(&signed_in).is_ok();
    let own = version.proposed_by == signed_in.actor().to_string();
    visit.ok(&VersionPage {
        page: signed_in.page(&visit).titled(form.words(language).title()),
        listed: Listed::new(&version, &form, texts),
        languages: to_look_at(&form)
            .map(|code| Link::new(form.language_name(code), format!("{}/xem/{code}", address(*id))))
            .collect(),
        before: before.map(|before| (address(before.id), texts.moment(before.created_at))),
        changes,
        may_approve: national && !own,
        own,
    })
}

async fn approve(
    app: Data<App>,
    Coordinator(signed_in): Coordinator,
    id: Path<Uuid>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    national_only(&signed_in)?;
    super::approve(&app, &signed_in.actor(), &super::find(&app, *id).await?).await?;
    Ok(see_other(&address(*id)))
}

/// `<code>.csv` for spreadsheets, `<code>.xml` as DDI-Codebook 2.5 for archives, `<code>.xlsx` as XLSForm to write on.
async fn codebook(
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

/// A phone on the desk: the pages stand in a frame of a phone's size, so that they lay themselves out as on one.
async fn preview(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String)>,
) -> Result<HttpResponse> {
    let (id, language) = path.into_inner();
    let (_, form) = version(&app, id).await?;
    known(&form, &language)?;
    let title = visit.texts().with("form-preview-title", [("form", form.words(&language).title())]).into_owned();
    let link = |code: &String| Link {
        current: *code == language,
        ..Link::new(form.language_name(code), format!("{}/xem/{code}", address(id)))
    };
    visit.ok(&PreviewPage {
        page: signed_in.page(&visit).titled(title),
        back: address(id),
        phone: trial_address(id, &language),
        languages: to_look_at(&form).map(link).collect(),
    })
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn trial_address(id: Uuid, language: &str) -> String {
    format!("{}/thu/{language}", address(id))
}

#[derive(Deserialize)]
struct Carried {
    #[serde(rename = "tra-loi", default)]
    answers: String,
}

async fn trial_start(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String)>,
) -> Result<HttpResponse> {
    let (id, language) = path.into_inner();
    let form = version(&app, id).await?.1;
    trial(&visit, &signed_in, &form, id, &language, |trial, frame| trial.show(frame, None, carried("")))
}

async fn trial_show(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String, String)>,
    query: Query<Carried>,
) -> Result<HttpResponse> {
    let (id, language, page) = path.into_inner();
    let form = version(&app, id).await?.1;
    trial(&visit, &signed_in, &form, id, &language, |trial, frame| {
        trial.show(frame, Some(&page), carried(&query.answers))
    })
}

async fn trial_give(
    app: Data<App>,
    visit: Visit,
    Coordinator(signed_in): Coordinator,
    path: Path<(Uuid, String, String)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (id, language, page) = path.into_inner();
    let form = version(&app, id).await?.1;
    let skip = if fields.has("skip") { SkipPolicy::Accept } else { SkipPolicy::Warn };
    trial(&visit, &signed_in, &form, id, &language, |trial, frame| {
        trial.give(frame, &page, carried(fields.get(CARRIED)), &fields.without(OWN_FIELDS), skip)
    })
}

fn trial(
    visit: &Visit,
    signed_in: &SignedIn,
    form: &Form,
    id: Uuid,
    language: &str,
    shown: impl FnOnce(&Trial, Page) -> Shown,
) -> Result<HttpResponse> {
    known(form, language)?;
    let address = trial_address(id, language);
    let frame = Page { csrf: signed_in.csrf.clone(), path: address.clone(), ..visit.page() };
    let trial = Trial { form, address: address.clone(), language };
    let mut response = match shown(&trial, frame.clone()) {
        Shown::Page(page) if page.is_refused() => visit.refused(&*page)?,
        Shown::Page(page) => visit.ok(&*page)?,
        Shown::NoPage => see_other(&address),
        Shown::End(answers) => visit.ok(&EndPage {
            answered: survey_forms::Interview::new(form, answers).progress().answered,
            page: frame.titled(visit.texts().get("form-trial-end")),
            address,
        })?,
    };
    response.extensions_mut().insert(MayBeFramed);
    Ok(response)
}

async fn version(app: &App, id: Uuid) -> Result<(Version, Arc<Form>)> {
    Ok((super::find(app, id).await?, super::form(app, id).await?))
}

/// The languages staff can try: those offered, then those on trial.
fn to_look_at(form: &Form) -> impl Iterator<Item = &String> {
    form.languages().iter().chain(form.trial_languages())
}

fn known(form: &Form, language: &str) -> Result<()> {
    let known = to_look_at(form).any(|known| known == language);
    if known { Ok(()) } else { Err(Error::not_found("page-missing")) }
}
