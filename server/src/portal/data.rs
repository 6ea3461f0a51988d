//! Open data: every file with its digest, every edition there was.

use serde_json::json;

use super::answer::Body;
use super::frame::{ENDINGS, frame, page};
use super::grid::{Grid, Value};
use super::pages::{DataPage, FileLine};
use super::shelf::{Public, Released};
use super::view::{View, at};
use crate::app::App;
use crate::base::page::Link;
use crate::base::seal::{hex, sha256};
use crate::base::text::{Language, Texts};
use crate::campaigns;
use crate::editions::content::{COUNTRY, Figure, HEADLINE_RULE};
use crate::editions::{self, Edition, State};
use crate::error::{Error, Result};

/// Under which the figures may be used. The ministry's to confirm.
pub(super) const LICENCE: &str = "CC BY 4.0";
pub(super) const LICENCE_ADDRESS: &str = "https://creativecommons.org/licenses/by/4.0/";

/// Every figure of the newest edition, one per row.
pub(super) fn figures(released: &Released) -> Grid {
    let content = &released.content;
    let words = |figure: &Figure| {
        let indicator = content.indicator(&figure.code).map(|it| &it.name);
        let question = || content.questions.iter().find(|it| it.code == figure.code);
        let name = indicator.or_else(|| question().map(|it| &it.name)).cloned().unwrap_or_default();
        let answers = question().filter(|_| figure.answer > 0).map(|it| &it.answers);
        let answer = answers.and_then(|all| all.iter().find(|(known, _)| *known == figure.answer));
        (name, answer.map(|(_, words)| words.clone()).unwrap_or_default())
    };
    let row = |figure: &Figure| {
        let (name, answer) = words(figure);
        let standing = figure.standing;
        vec![
            Value::text(figure.place.clone()),
            Value::text(content.place(&figure.place).map(|place| place.name.vi.as_str()).unwrap_or_default()),
            Value::text(figure.code.clone()),
            Value::text(name.vi),
            Value::text(name.en),
            if figure.answer > 0 { Value::count(Some(figure.answer)) } else { Value::None },
            Value::text(answer.vi),
            Value::text(answer.en),
            Value::text(figure.rule.clone()),
            Value::count(figure.n),
            Value::points(figure.value),
            figure.se.map_or(Value::None, |se| Value::Number(se, 4)),
            Value::points(figure.low),
            Value::points(figure.high),
            Value::text(figure.flags.clone()),
            Value::count(standing.map(|it| it.rank)),
            Value::count(standing.map(|it| it.first)),
            Value::count(standing.map(|it| it.last)),
            Value::count(standing.map(|it| it.tier)),
        ]
    };
    Grid {
        columns: vec![
            "place_code",
            "place",
            "code",
            "name_vi",
            "name_en",
            "answer",
            "answer_vi",
            "answer_en",
            "rule",
            "n",
            "value",
            "se",
            "low",
            "high",
            "flags",
            "rank",
            "rank_first",
            "rank_last",
            "tier",
        ],
        rows: content.figures.iter().map(row).collect(),
    }
}

/// `/du-lieu/sipas-2026/1/so-lieu.csv`: an address that never shows anything else.
fn file_address(slug: &str, number: i32, name: &str) -> String {
    format!("/du-lieu/{slug}/{number}/{name}")
}

pub(super) const DOCUMENT: &str = "tai-lieu.json";
pub(super) const FIGURES: &str = "so-lieu.csv";

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
        let csv = figures(released).csv().map_err(unwritten)?;
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
    let views = [("portal-nav-trend", View::Trend), ("portal-nav-map", overall)].map(|(key, view)| {
        let links = ENDINGS.iter().map(|(ending, name)| Link::new(*name, view.address(language, ending)));
        (texts.get(key).into_owned(), links.collect())
    });
    Ok(DataPage {
        frame: frame(texts, public, "/du-lieu", None, COUNTRY),
        files,
        views: views.into_iter().collect(),
        editions: all,
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
pub(super) async fn file(app: &App, public: &Public, slug: &str, number: i32, name: &str) -> Result<Body> {
    let missing = || Error::not_found("page-missing");
    if ![DOCUMENT, FIGURES].contains(&name) {
        return Err(missing());
    }
    let newest = public.surveys.iter().find(|it| it.content.survey.slug == slug).ok_or_else(missing)?;
    let edition = newest.editions.iter().find(|edition| edition.number == number).ok_or_else(missing)?;
    if name == FIGURES {
        // Only of what is in memory; the document of an older edition holds the same figures.
        let current = newest.edition.number == number;
        let csv = if current { figures(newest).csv().map_err(unwritten)? } else { return Err(missing()) };
        return Ok(Body::file("text/csv; charset=utf-8", Some(format!("{slug}-{number}.csv")), csv));
    }
    let campaign = campaigns::find_by_slug(app, slug).await?;
    let found = editions::find(app, &campaign, edition.number).await?;
    if found.state(app.clock.now()) != State::Public {
        return Err(missing());
    }
    let (_, bytes) = editions::content(app, &found).await?;
    Ok(Body::file("application/json", Some(format!("{slug}-{number}.json")), bytes))
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
