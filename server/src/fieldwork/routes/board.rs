//! The board, and the same as a spreadsheet.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{Data, Path, Query};

use super::Place;
use crate::app::App;
use crate::base::blocking;
use crate::base::page::Link;
use crate::base::sheet;
use crate::base::text::Texts;
use crate::base::web::visit::Visit;
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::fieldwork::board::{Board, Counts, Line, Within, board, communes};
use crate::fieldwork::pages::BoardPage;
use crate::places;
use crate::staff::Role;
use crate::staff::session::{Overseer, SignedIn};

pub(super) async fn country(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    slug: Path<String>,
) -> Result<HttpResponse> {
    show(&app, &visit, &signed_in, &slug, Within::default()).await
}

pub(super) async fn province(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let (slug, province) = path.into_inner();
    show(&app, &visit, &signed_in, &slug, Within { province, commune: String::new() }).await
}

pub(super) async fn commune(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse> {
    let (slug, province, commune) = path.into_inner();
    show(&app, &visit, &signed_in, &slug, Within { province, commune }).await
}

async fn show(app: &App, visit: &Visit, signed_in: &SignedIn, slug: &str, within: Within) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(app, slug).await?;
    // Who sees one province begins there.
    let within = Within { province: places::asked(signed_in, &within.province)?, ..within };
    let path = path(app, &campaign, &within, visit.texts()).await?;
    let board = board(app, &campaign, &within).await?;
    let here = path.last().map_or_else(String::new, |link| link.label.clone());
    let texts = visit.texts();
    let mut page = signed_in.page(visit).titled(texts.with("fieldwork-title", [("place", here)]));
    page.synthetic = campaign.synthetic;
    let as_of = texts.with("as-of", [("moment", texts.moment(app.clock.now()))]).into_owned();
    let steers = signed_in.role == Role::Coordinator;
    visit.ok(&BoardPage { page, campaign, within, path, board, as_of, steers })
}

/// Where the reader is; a commune that has no case here is no place of this campaign.
async fn path(app: &App, campaign: &Campaign, within: &Within, texts: Texts) -> Result<Vec<Link>> {
    let base = format!("{}/tien-do", campaign.address());
    let mut path = vec![Link::new(texts.get("board-country"), &base)];
    if let Some(name) = places::province_name(&within.province) {
        path.push(Link::new(name, format!("{base}/{}", within.province)));
    }
    if !within.commune.is_empty() {
        let communes = communes(app, campaign.id, &within.province).await?;
        let commune = communes.into_iter().find(|(code, _)| *code == within.commune);
        let (code, name) = commune.ok_or_else(|| Error::not_found("place-missing"))?;
        path.push(Link::new(name, format!("{base}/{}/{code}", within.province)));
    }
    Ok(path)
}

pub(super) async fn sheet(
    app: Data<App>,
    visit: Visit,
    Overseer(signed_in): Overseer,
    slug: Path<String>,
    place: Query<Place>,
) -> Result<HttpResponse> {
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let within = Within { province: places::asked(&signed_in, &place.tinh)?, commune: place.xa.clone() };
    let board = board(&app, &campaign, &within).await?;
    let texts = visit.texts();
    let as_of = texts.with("as-of", [("moment", texts.moment(app.clock.now()))]).into_owned();
    let name = format!("{}-tien-do.xlsx", campaign.slug);
    let content = blocking::run(move || {
        let headings = COLUMNS.map(|key| texts.get(key).into_owned());
        sheet::workbook(&texts.get("step-fieldwork"), &as_of, &headings, &rows(&board, texts))
    })
    .await?;
    Ok(HttpResponse::Ok()
        .content_type(sheet::XLSX)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(content))
}

const COLUMNS: [&str; 11] = [
    "board-place",
    "board-sample",
    "board-reserves",
    "board-assigned",
    "board-visited",
    "board-responded",
    "board-refused",
    "board-absent",
    "board-planned",
    "rate-rr1-name",
    "rate-rr3-name",
];

fn rows(board: &Board, texts: Texts) -> Vec<Vec<sheet::Cell>> {
    let mut rows = Vec::new();
    for (above, lines) in &board.groups {
        if !above.name.is_empty() {
            rows.push(row(above, texts));
        }
        rows.extend(lines.iter().map(|line| row(line, texts)));
    }
    let total = Line { name: texts.get("progress-total").into_owned(), ..board.total.clone() };
    rows.push(row(&total, texts));
    rows
}

#[expect(clippy::cast_precision_loss, reason = "samples are far below 2^53")]
fn row(line: &Line, texts: Texts) -> Vec<sheet::Cell> {
    let name = if line.name.is_empty() { texts.get("board-nobody").into_owned() } else { line.name.clone() };
    let Counts { sample, reserves, assigned, visited, responded, refused, absent, first } = line.counts;
    let counts = [sample, reserves, assigned, visited, responded, refused, absent];
    let figures = [line.pace.map(|pace| pace.planned), first.response_rate_1(), first.response_rate_3()];
    [sheet::Cell::Text(name)]
        .into_iter()
        .chain(counts.map(|count| sheet::Cell::Number(count as f64)))
        .chain(figures.map(|figure| figure.map_or(sheet::Cell::Empty, sheet::Cell::Number)))
        .collect()
}
