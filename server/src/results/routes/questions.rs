//! One question: which share of the people gave which answer.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use survey_forms::{Column, ColumnKind, Labels};

use super::drawn::scale;
use super::{about, empty, may_see, page};
use crate::app::App;
use crate::base::bar::Bar;
use crate::base::parts::Choice;
use crate::base::text::Texts;
use crate::base::web::visit::Visit;
use crate::campaigns;
use crate::error::{Error, Kind, Result};
use crate::places::{self, COUNTRY};
use crate::results::pages::{Answered, QuestionPage};
use crate::results::store::Figure;
use crate::results::{self, Names, method, views};
use crate::staff::session::{Analyst, SignedIn};

/// What the address says; each part has a default.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "cau")]
    question: Option<String>,
    #[serde(rename = "noi")]
    place: Option<String>,
}

pub(super) fn address(slug: &str) -> String {
    format!("/pt/ket-qua/{slug}/cau-hoi")
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse> {
    let texts = visit.texts();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let page = page(&visit, &signed_in, &campaign);
    let form = campaign.form(&app).await?;
    let book = form.codebook();
    let columns: Vec<&Column> = book.columns.iter().filter(|column| is_counted(column)).collect();
    let chosen = match &wanted.question {
        Some(code) => columns.iter().find(|column| column.name == *code),
        None => columns.first(),
    };
    let column = *chosen.ok_or_else(|| Error::not_found("results-question-missing"))?;
    let place = wanted.place.as_deref().unwrap_or(COUNTRY);
    let place_name = match place {
        COUNTRY => texts.get("results-country").into_owned(),
        code => results::place_name(&app, code).await?,
    };
    if place != COUNTRY && !may_see(&signed_in, place) {
        return Err(Error::new(Kind::Forbidden, "results-place-forbidden"));
    }
    let Some(run) = results::current(&app, &campaign).await?.filter(|run| run.responses > 0) else {
        return empty(&app, &visit, page, &campaign).await;
    };
    let shares = results::shares(&app, &run, &column.name, place).await?;
    let names = Names::new(&form, texts.language());
    // What an index measures is asked on a scale, from the worst to the best.
    let is_item = method::tree(&form)?.is_some_and(|tree| tree.indicators().any(|it| it.code == column.name));
    let country = match place {
        COUNTRY => Vec::new(),
        _ => results::shares(&app, &run, &column.name, COUNTRY).await?,
    };
    let country_name = texts.get("results-country");
    let compared = [(place_name.as_str(), shares.as_slice()), (&country_name, country.as_slice())];
    let compared = compared.get(..if place == COUNTRY { 1 } else { 2 }).unwrap_or_default();
    let question = numbered(texts, column);
    visit.ok(&QuestionPage {
        about: about(texts, &campaign, &run),
        questions: columns.iter().map(|each| choice(texts, each, each.name == column.name)).collect(),
        places: choose_place(&app, texts, &signed_in, place).await?,
        stem: worded(texts, &column.stem),
        drawing: is_item.then(|| scale(texts, &names, &question, compared)).flatten(),
        question,
        n: shares.first().and_then(|share| share.n).map(|n| texts.number(n)),
        several: column.kind == ColumnKind::Choices,
        answers: shares.iter().map(|share| answered(texts, &names, share)).collect(),
        legend: views::legend(texts, shares.iter()),
        // Without indicators the campaign's own page leads here.
        back: form.indicators().map_or_else(|| "/pt".to_owned(), |_| format!("/pt/ket-qua/{}", campaign.slug)),
        may_export: signed_in.place_code == COUNTRY,
        place: place_name,
        page,
    })
}

/// Numbers, days and words are no shares.
fn is_counted(column: &Column) -> bool {
    matches!(column.kind, ColumnKind::Choice | ColumnKind::Choices)
}

fn worded(texts: Texts, labels: &Labels) -> String {
    labels.get(texts.language().code()).or_else(|| labels.values().next()).cloned().unwrap_or_default()
}

fn numbered(texts: Texts, column: &Column) -> String {
    let label = worded(texts, &column.label);
    column.number.map_or_else(|| label.clone(), |number| format!("{number}. {label}"))
}

fn choice(texts: Texts, column: &Column, chosen: bool) -> Choice {
    Choice::new(&column.name, numbered(texts, column), chosen)
}

fn answered(texts: Texts, names: &Names, share: &Figure) -> Answered {
    Answered {
        name: names.answer(&share.indicator, share.answer.unsigned_abs()).to_owned(),
        line: views::Line::of(texts, share),
        bar: Bar::new(share.estimate, share.ci_low.zip(share.ci_high), None),
    }
}

/// The country, then the provinces that the reader may see.
async fn choose_place(app: &App, texts: Texts, signed_in: &SignedIn, chosen: &str) -> Result<Vec<Choice>> {
    let mut choices = vec![Choice::new(COUNTRY, texts.get("results-country"), chosen == COUNTRY)];
    let seen = places::list(app).await?.into_iter().filter(|place| may_see(signed_in, &place.code));
    choices.extend(seen.filter(|place| place.code != COUNTRY).map(|place| {
        let chosen = place.code == chosen;
        Choice::new(place.code, place.name, chosen)
    }));
    Ok(choices)
}
