//! Open data: every file with its digest, every edition there was.

use std::sync::Arc;

use serde_json::json;

use super::answer::Body;
use super::feed;
use super::frame::{ENDINGS, frame, page};
use super::grid::Grid;
use super::pages::{DataPage, FileLine};
use super::shelf::{Public, Released};
use super::view::{View, at};
use crate::app::App;
use crate::base::blocking;
use crate::base::page::Link;
use crate::base::seal::{hex, sha256};
use crate::base::text::{Language, Texts};
use crate::editions::content::{COUNTRY, HEADLINE_RULE};
use crate::editions::{self, Edition};
use crate::error::{Error, Result};
use crate::reports::{self, ReportFile};
use crate::{campaigns, questionnaires};

/// Under which the figures may be used. The ministry's to confirm.
pub(super) const LICENCE: &str = "CC BY 4.0";
pub(super) const LICENCE_ADDRESS: &str = "https://creativecommons.org/licenses/by/4.0/";

/// `/du-lieu/sipas-2026/1/so-lieu.csv`: an address that never shows anything else.
pub(super) fn file_address(slug: &str, number: i32, name: &str) -> String {
    format!("/du-lieu/{slug}/{number}/{name}")
}

pub(super) const DOCUMENT: &str = "tai-lieu.json";
pub(super) const FIGURES: &str = "so-lieu.csv";
pub(super) const BUNDLE: &str = "ho-so.zip";

/// A report or the slides, as a link that says what it is.
pub(super) fn paper(texts: Texts, released: &Released, report: &ReportFile) -> Link {
    let kind = if report.kind == reports::Kind::Slides.name() { "portal-slides" } else { "portal-report" };
    let address = file_address(&released.content.survey.slug, released.edition.number, &report.file_name);
    Link::new(texts.with(kind, [("kilobytes", report.bytes.div_euclid(1024).max(1))]).into_owned(), address)
}

fn document_line(texts: Texts, slug: &str, edition: &Edition) -> FileLine {
    FileLine {
        link: Link::new(format!("{slug}-{}.json", edition.number), file_address(slug, edition.number, DOCUMENT)),
        what: texts.get("portal-file-document").into_owned(),
        size: String::new(),
        digest: hex(&edition.digest),
    }
}

pub(super) fn show(texts: Texts, public: &Public) -> Result<DataPage> {
    let language = texts.language();
    let mut files = Vec::new();
    let mut all = Vec::new();
    for released in &public.surveys {
        let slug = &released.content.survey.slug;
        let csv = editions::figures_csv(&released.content)?;
        files.push(FileLine {
            link: Link::new(
                format!("{slug}-{}.csv", released.edition.number),
                file_address(slug, released.edition.number, FIGURES),
            ),
            what: texts.with("portal-file-figures", [("figures", released.content.figures.len())]).into_owned(),
            size: texts.number(csv.len()),
            digest: hex(&sha256(&csv)),
        });
        files.push(document_line(texts, slug, &released.edition));
        files.push(FileLine {
            link: Link::new(
                format!("{slug}-{}-ho-so.zip", released.edition.number),
                file_address(slug, released.edition.number, BUNDLE),
            ),
            what: texts.get("portal-file-bundle").into_owned(),
            size: String::new(),
            digest: String::new(),
        });
        files.extend(public.papers(released, COUNTRY, language).into_iter().map(|report| FileLine {
            link: paper(texts, released, report),
            what: texts.get("portal-file-report").into_owned(),
            size: texts.number(report.bytes),
            digest: hex(&report.digest),
        }));
        for edition in &released.editions {
            let reason = match language {
                Language::Vietnamese => edition.note_vi.clone(),
                Language::English => edition.note_en.clone(),
            };
            let moment = edition.release_at.map(|moment| texts.moment(moment)).unwrap_or_default();
            all.push((format!("{slug}/{}", edition.number), moment, reason, document_line(texts, slug, edition)));
        }
    }
    let overall = View::Map { indicator: None, rule: HEADLINE_RULE };
    let views = [("portal-nav-trend", View::Trend), ("portal-nav-map", overall), ("sdg-short", View::Sdg)].map(
        |(key, view)| {
            let links = ENDINGS.iter().map(|(ending, name)| Link::new(*name, view.address(language, ending)));
            (texts.get(key).into_owned(), links.collect())
        },
    );
    Ok(DataPage {
        frame: frame(texts, public, "/du-lieu", None, COUNTRY),
        files,
        views: views.into_iter().collect(),
        editions: all,
        feed: at(language, feed::PATH),
        page: page(texts, public, texts.get("portal-data"), Language::ALL.map(|language| at(language, "/du-lieu"))),
    })
}

pub(super) fn unwritten(cause: csv::Error) -> Error {
    Error::internal("portal-file").caused_by(cause)
}

/// A file of an edition that is public, whichever it is.
///
/// # Errors
/// Not found, if there is no such edition, or it is not public (yet): both look the same.
pub(super) async fn file(app: &App, public: &Public, slug: &str, number: i32, name: &str) -> Result<Arc<Body>> {
    let missing = || Error::not_found("page-missing");
    let released = public.surveys.iter().find(|it| it.content.survey.slug == slug).ok_or_else(missing)?;
    let edition = released.editions.iter().find(|edition| edition.number == number).ok_or_else(missing)?;
    let address = file_address(slug, number, name);
    if let Some(kept) = public.kept(&address) {
        return Ok(kept);
    }
    let report = public.reports.iter().find(|report| report.edition_id == edition.id && report.file_name == name);
    if let Some(report) = report {
        let pdf = report.read(app).await?;
        return public.body(&address, || Ok(Body::file("application/pdf", Some(report.file_name.clone()), pdf)));
    }
    let (kind, ending) = match name {
        DOCUMENT => ("application/json", ".json"),
        FIGURES => ("text/csv; charset=utf-8", ".csv"),
        BUNDLE => ("application/zip", "-ho-so.zip"),
        _ => return Err(missing()),
    };
    let (content, document) = editions::content(app, edition).await?;
    let bytes = match name {
        FIGURES => editions::figures_csv(&content)?,
        BUNDLE => {
            let campaign = campaigns::find(app, edition.campaign_id).await?;
            let form = questionnaires::source(app, campaign.form_version_id).await?;
            blocking::run(move || editions::bundle(&content, &document, &form)).await?
        }
        _ => document,
    };
    public.body(&address, || Ok(Body::file(kind, Some(format!("{slug}-{number}{ending}")), bytes)))
}

/// What somebody who takes a table must know to use it.
pub(super) fn metadata(
    texts: Texts,
    public: &Public,
    title: &str,
    grid: &Grid,
    page_address: &str,
    notes: &[String],
) -> serde_json::Value {
    let newest = public.newest();
    let columns: Vec<_> = grid
        .columns
        .iter()
        .map(|name| json!({ "name": name, "meaning": texts.get(&format!("grid-{}", name.replace('_', "-"))) }))
        .collect();
    json!({
        "title": title,
        "language": texts.language().code(),
        "page": page_address,
        "edition": newest.map(Released::label),
        "edition_sha256": newest.map(|it| hex(&it.edition.digest)),
        "released_at": newest.and_then(|it| it.edition.release_at),
        "synthetic": newest.map(|it| it.content.survey.synthetic),
        "method": newest.map(|it| it.content.method.name.clone()),
        "method_page": at(texts.language(), "/phuong-phap"),
        "licence": LICENCE,
        "licence_url": LICENCE_ADDRESS,
        "citation": newest.map(|it| texts.with("portal-citation", [("label", it.label())]).into_owned()),
        "columns": columns,
        "rows": grid.rows.len(),
        "notes": notes,
    })
}
