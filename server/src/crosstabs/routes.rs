//! Making a table, taking it as a file, keeping it and forgetting it.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path, Query, ServiceConfig, get, post};
use analysis::index::IndicatorKind;
use uuid::Uuid;

use super::asked::{Asked, SHARES, UNWEIGHTED, WEIGHTED, Wanted, own_part};
use super::book::{Book, Family};
use super::frames::{self, Open};
use super::pages::{Chooser, EmptyPage, Group, SavedView, TablePage, shown};
use super::store::Kept;
use super::{csv_file, table};
use crate::app::App;
use crate::base::parts::{Choice, Field, Problem};
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::results::{self, RULES};
use crate::staff::session::{Analyst, SignedIn};

const MOST_LETTERS: usize = 120;

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt/ket-qua/{slug}/bang-cheo", get().to(show))
        .route("/pt/ket-qua/{slug}/bang-cheo/tep", get().to(file))
        .route("/pt/ket-qua/{slug}/bang-cheo/luu", post().to(save))
        .route("/pt/ket-qua/{slug}/bang-cheo/bo/{id}", post().to(delete));
}

fn address(slug: &str) -> String {
    format!("/pt/ket-qua/{slug}/bang-cheo")
}

/// What every handler begins with.
struct Ground {
    campaign: Campaign,
    open: Arc<Open>,
    book: Arc<Book>,
}

/// None before there is a run with figures.
async fn ground(app: &App, visit: &Visit, slug: &str) -> Result<(Campaign, Option<Ground>)> {
    let campaign = campaigns::find_by_slug(app, slug).await?;
    let Some(open) = frames::frame(app, &campaign).await? else { return Ok((campaign, None)) };
    let book = Arc::new(Book::of(&open.frame.form, visit.texts())?);
    Ok((campaign.clone(), Some(Ground { campaign, open, book })))
}

async fn show(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse> {
    let (campaign, ground) = ground(&app, &visit, &slug).await?;
    let Some(ground) = ground else { return empty(&visit, &signed_in, &campaign) };
    // Nothing chosen yet.
    if wanted.rows.is_empty() {
        return visit.ok(&page(&app, &visit, &signed_in, &ground, &wanted).await?);
    }
    match made(&app, &signed_in, &ground, &wanted).await {
        Ok((asked, table)) => {
            let mut page = page(&app, &visit, &signed_in, &ground, &wanted).await?;
            let legend = results::legend(visit.texts(), table.figures());
            page.shown = Some(shown(visit.texts(), &ground.book, &asked, &table, &page.address, legend));
            visit.ok(&page)
        }
        Err(error) if [Kind::Invalid, Kind::TooMany].contains(&error.kind) => {
            let page = page(&app, &visit, &signed_in, &ground, &wanted).await?;
            visit.refused(&refused(&visit, page, &error))
        }
        Err(error) => Err(error),
    }
}

async fn made(app: &App, signed_in: &SignedIn, ground: &Ground, wanted: &Wanted) -> Result<(Asked, table::Table)> {
    let Ground { campaign, open, book } = ground;
    let asked = Asked::read(wanted, book, &signed_in.place_code)?;
    let mut table = super::make(app, &signed_in.actor(), campaign, open, book, &asked).await?;
    table.mark(&open.frame.run);
    Ok((asked, table))
}

/// The page with what is wrong; everything that was chosen stays.
fn refused(visit: &Visit, mut page: TablePage, error: &Error) -> TablePage {
    let params = error.params.iter().map(|(name, value)| (*name, value.clone())).collect::<Vec<_>>();
    let sentence = visit.texts().with(&format!("error-{}", error.code), params).into_owned();
    let target = match error.code {
        "crosstabs-measure-missing" | "crosstabs-index-has-no-shares" | "crosstabs-not-measured" => "do",
        "crosstabs-columns-missing" | "crosstabs-same-twice" => "cot",
        "crosstabs-part-missing" | "crosstabs-too-close" | "crosstabs-too-close-to-all" => "loc",
        "crosstabs-weights-missing" => "trong-so",
        "crosstabs-name-missing" => "ten",
        "crosstabs-rows-missing" => "hang",
        _ => "",
    };
    if target == "ten" {
        page.name.error = Some(sentence.clone());
    }
    page.problems.push(Problem::new(target, sentence));
    page.page = page.page.failed();
    page
}

async fn file(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse> {
    let (_, ground) = ground(&app, &visit, &slug).await?;
    let ground = ground.ok_or_else(|| Error::not_found("exports-nothing"))?;
    let (asked, table) = made(&app, &signed_in, &ground, &wanted).await?;
    super::note_download(&app, &signed_in.actor(), &ground.campaign, &asked).await?;
    let name = format!("attachment; filename=\"{}-bang-cheo.csv\"", ground.campaign.slug);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .body(csv_file::write(&ground.book, &asked, &table)?))
}

async fn save(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (campaign, ground) = ground(&app, &visit, &slug).await?;
    let Some(ground) = ground else { return empty(&visit, &signed_in, &campaign) };
    let wanted = Query::<Wanted>::from_query(fields.get("bang"))
        .map_err(|cause| Error::new(Kind::BadRequest, "request-unreadable").caused_by(cause.to_string()))?;
    let name = fields.get("ten").trim();
    let asked = Asked::read(&wanted, &ground.book, &signed_in.place_code)?;
    if !(1..=MOST_LETTERS).contains(&name.chars().count()) || name.chars().any(char::is_control) {
        let mut page = page(&app, &visit, &signed_in, &ground, &wanted).await?;
        name.clone_into(&mut page.name.value);
        let error = Error::invalid("crosstabs-name-missing").with("most", MOST_LETTERS);
        let (_, table) = made(&app, &signed_in, &ground, &wanted).await?;
        let legend = results::legend(visit.texts(), table.figures());
        page.shown = Some(shown(visit.texts(), &ground.book, &asked, &table, &page.address, legend));
        return visit.refused(&refused(&visit, page, &error));
    }
    super::save(&app, &signed_in, &ground.campaign, name, &asked).await?;
    Ok(see_other(&format!("{}?{}", address(&ground.campaign.slug), asked.query())))
}

async fn delete(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    path: Path<(String, Uuid)>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let (slug, id) = path.into_inner();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    super::delete(&app, &signed_in, &campaign, id).await?;
    Ok(see_other(&address(&campaign.slug)))
}

fn empty(visit: &Visit, signed_in: &SignedIn, campaign: &Campaign) -> Result<HttpResponse> {
    visit.ok(&EmptyPage {
        page: titled(visit, signed_in, campaign),
        compute: format!("/pt/ket-qua/{}/tinh", campaign.slug),
        back: format!("/pt/ket-qua/{}", campaign.slug),
    })
}

fn titled(visit: &Visit, signed_in: &SignedIn, campaign: &Campaign) -> crate::base::page::Page {
    let title = visit.texts().with("crosstabs-title", [("campaign", campaign.name(visit.language))]);
    let mut page = signed_in.page(visit).titled(title);
    page.synthetic = campaign.synthetic;
    page
}

async fn page(app: &App, visit: &Visit, signed_in: &SignedIn, ground: &Ground, wanted: &Wanted) -> Result<TablePage> {
    let texts = visit.texts();
    let Ground { campaign, open, book } = ground;
    let address = address(&campaign.slug);
    let saved = super::saved(app, signed_in, campaign).await?;
    Ok(TablePage {
        about: results::about(texts, campaign, &open.frame.run),
        problems: Vec::new(),
        chooser: chooser(texts, book, wanted, &signed_in.place_code),
        shown: None,
        name: Field {
            id: "ten".to_owned(),
            name: "ten".to_owned(),
            label: texts.get("crosstabs-name").into_owned(),
            ..Field::default()
        },
        saved: saved.into_iter().map(|saved| saved_view(texts, &address, signed_in, saved)).collect(),
        address,
        back: format!("/pt/ket-qua/{}", campaign.slug),
        page: titled(visit, signed_in, campaign),
    })
}

fn saved_view(texts: Texts, address: &str, signed_in: &SignedIn, saved: Kept) -> SavedView {
    SavedView {
        address: format!("{address}?{}", saved.query),
        moment: texts.moment(saved.saved_at),
        delete: (saved.owner == signed_in.login).then(|| format!("{address}/bo/{}", saved.id)),
        name: saved.name,
        owner: saved.owner,
    }
}

fn chooser(texts: Texts, book: &Book, wanted: &Wanted, place: &str) -> Chooser {
    let word = |key: &str| texts.get(key).into_owned();
    let of_family = |family: Family, chosen: &str| Group {
        label: word(match family {
            Family::Design => "crosstabs-family-design",
            Family::Person => "crosstabs-family-person",
            Family::Question => "crosstabs-family-question",
        }),
        options: book
            .variables
            .iter()
            .filter(|variable| variable.family == family)
            .map(|variable| Choice::new(&variable.code, &variable.name, variable.code == chosen))
            .collect(),
    };
    let families = |chosen: &str| [Family::Design, Family::Person, Family::Question].map(|it| of_family(it, chosen));
    let indices = book.indicators.iter().filter(|(node, _)| node.kind != IndicatorKind::Item);
    let indices = Group {
        label: word("crosstabs-family-indices"),
        options: indices.map(|(node, name)| Choice::new(&node.code, name, node.code == wanted.rows)).collect(),
    };
    let [design, person, question] = families(&wanted.rows);
    let parts = book.variables.iter().filter(|variable| variable.divides).map(|variable| Group {
        label: variable.name.clone(),
        options: variable
            .values
            .iter()
            .map(|(label, name)| {
                let value = format!("{}:{label}", variable.code);
                let chosen = value == wanted.part;
                Choice::new(value, name, chosen)
            })
            .collect(),
    });
    // An account for a province has one part to choose.
    let own = own_part(place).map(|(code, label)| format!("{code}:{label}"));
    let allowed = |mut group: Group| {
        group.options.retain(|option| own.as_ref().is_none_or(|own| *own == option.value));
        Some(group).filter(|group| !group.options.is_empty())
    };
    let shares = Choice::new(SHARES, word("crosstabs-measure-shares"), [SHARES, ""].contains(&wanted.measure.as_str()));
    let scores = RULES.into_iter().map(|rule| {
        Choice::new(rule.name(), word(&format!("results-rule-{}", rule.name())), rule.name() == wanted.measure)
    });
    let unweighted = wanted.weights == UNWEIGHTED;
    Chooser {
        rows: [indices, question, person, design].into_iter().filter(|group| !group.options.is_empty()).collect(),
        measures: std::iter::once(shares).chain(scores).collect(),
        no_columns: Choice::new("", word("crosstabs-no-columns"), wanted.columns.is_empty()),
        columns: families(&wanted.columns).into_iter().filter(|group| !group.options.is_empty()).collect(),
        everybody: own.is_none().then(|| Choice::new("", word("crosstabs-everybody"), wanted.part.is_empty())),
        parts: parts.filter_map(allowed).collect(),
        weights: vec![
            Choice::new(WEIGHTED, word("crosstabs-with-weights"), !unweighted),
            Choice::new(UNWEIGHTED, word("crosstabs-without-weights"), unweighted),
        ],
    }
}
