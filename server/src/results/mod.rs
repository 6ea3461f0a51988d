//! What the answers add up to: every indicator by a method version and the share of every answer, for the country and each
//! province, with its precision.
//!
//! Invariants: a run is kept with the digests of what went in and came out and never changes; the same inputs are the same run, and
//! give the same figures to the last bit; a figure that could tell what single persons said has no value in the database at all.
//! Tables: `office.method_run`, `office.result_cell`, `office.current_run`. Of the answers it reads the copy of the
//! coded ones only (docs/adr/0027), as one job.

mod answers;
mod changes;
mod compare;
mod compute;
mod explain;
mod frame;
mod method;
mod old_provinces;
mod pages;
mod publish;
mod questions;
mod ranks;
mod run;
mod steps;
mod store;
mod verify;
mod views;
mod weigh;
mod weighted;

pub mod jobs;
pub mod routes;

pub use frame::{AREA, Frame, MODE, PROVINCE, REGION, frame};
pub use method::{Names, RULES, methods, rule, tree};
pub use pages::About;
pub use publish::{Attacked, HIDDEN, of_cell};
pub use ranks::Standing;
pub use routes::about;
pub use store::{Figure, Run};
pub use verify::{Again, again, told_of_few};
pub use views::{Line, Mark, legend};
pub use weighted::{WeightedAnswers, weighted_answers};

use std::collections::BTreeMap;

use analysis::index::{ItemRule, Tree};
use serde_json::json;
use survey_forms::Unit;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::text::{Language, Texts};
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::jobs::{Job, queue};
use crate::places::{self, COUNTRY};

/// Decimals of a published figure; rounded half-up once, at the edge.
pub const DECIMALS: u8 = 2;

/// A figure, the name of its place and where that stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub place_name: String,
    pub figure: Figure,
    /// Of a province's indicator that has a value and an error.
    pub standing: Option<Standing>,
}

impl Row {
    pub fn is_country(&self) -> bool {
        self.figure.place_code == COUNTRY
    }
}

/// The run that is shown, if anything was ever computed.
pub async fn current(app: &App, campaign: &Campaign) -> Result<Option<Run>> {
    store::run(&mut app.database.contact.read().await?, campaign.id).await
}

/// A run of a campaign.
///
/// # Errors
/// Not found.
pub async fn run(app: &App, campaign: &Campaign, id: Uuid) -> Result<Run> {
    let runs = store::runs(&mut app.database.contact.read().await?, campaign.id).await?;
    runs.into_iter().find(|run| run.id == id).ok_or_else(|| Error::not_found("results-run-missing"))
}

/// One indicator by one rule: the country first, then the provinces of today by name. Empty before the first run.
pub async fn table(app: &App, campaign: &Campaign, indicator: &str, rule: ItemRule) -> Result<Vec<Row>> {
    let Some(run) = current(app, campaign).await? else { return Ok(Vec::new()) };
    let figures =
        store::figures_of_indicator(&mut app.database.contact.read().await?, run.id, indicator, rule.name()).await?;
    let mut rows = named(app, marked(&run, figures)).await?;
    rows.retain(|row| !old_provinces::is_old(&row.figure.place_code));
    ranked(rows)
}

/// Every figure of the run that is shown: indicators by rule, then the shares of answers; in the order of the questionnaire, then
/// place as in [`table`].
///
/// # Errors
/// Conflict, if the figures are not those that were computed.
pub async fn everything(app: &App, campaign: &Campaign) -> Result<Option<(Run, Vec<Row>)>> {
    let Some(run) = current(app, campaign).await? else { return Ok(None) };
    let figures = store::figures(&mut app.database.contact.read().await?, run.id).await?;
    if !is_whole(&run, &figures) {
        return Err(Error::conflict("results-changed"));
    }
    let form = campaign.form(app).await?;
    let tree = method::tree(&form)?;
    let indicators = tree.iter().flat_map(Tree::indicators).map(|indicator| indicator.code.as_str());
    let order: Vec<&str> = indicators.chain(form.units().iter().map(Unit::code)).collect();
    let mut rows = ranked(named(app, marked(&run, figures)).await?)?;
    rows.sort_by_cached_key(|Row { figure, .. }| {
        let place = order.iter().position(|code| *code == figure.indicator);
        (figure.answer > 0, figure.rule.clone(), place, figure.answer)
    });
    Ok(Some((run, rows)))
}

/// The shares of the answers to one question in one place, as the choices are numbered.
async fn shares(app: &App, run: &Run, question: &str, place: &str) -> Result<Vec<Figure>> {
    let shares = store::shares(&mut app.database.contact.read().await?, run.id, question, place).await?;
    Ok(marked(run, shares))
}

/// Asks for a new run; two who ask at once get one.
pub async fn request(app: &App, actor: &Actor, campaign: &Campaign) -> Result<Uuid> {
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "results.request", subject: campaign.slug.clone(), details: json!({}) },
        async |transaction| {
            queue::enqueue(transaction, &app.clock, &Job::Results { campaign: campaign.id }, actor).await
        },
    )
    .await
}

/// Every indicator by one rule, in all places.
async fn of_rule(app: &App, run: &Run, rule: ItemRule) -> Result<Vec<Figure>> {
    let figures = store::figures_of_rule(&mut app.database.contact.read().await?, run.id, rule.name()).await?;
    Ok(marked(run, figures))
}

/// Puts to every indicator where its province stands by it.
fn ranked(mut rows: Vec<Row>) -> Result<Vec<Row>> {
    let mut leagues: BTreeMap<(&str, &str), Vec<&Figure>> = BTreeMap::new();
    for Row { figure, .. } in rows.iter().filter(|row| row.figure.answer == 0) {
        leagues.entry((&figure.rule, &figure.indicator)).or_default().push(figure);
    }
    let mut standing_of = BTreeMap::new();
    for ((rule, indicator), figures) in leagues {
        let standings = ranks::standings(figures)?.into_iter();
        let key = |place: &str| (rule.to_owned(), indicator.to_owned(), place.to_owned());
        standing_of.extend(standings.map(|(place, standing)| (key(place), standing)));
    }
    for Row { figure, standing, .. } in rows.iter_mut().filter(|row| row.figure.answer == 0) {
        let key = (figure.rule.clone(), figure.indicator.clone(), figure.place_code.clone());
        *standing = standing_of.get(&key).copied();
    }
    Ok(rows)
}

/// Whether these are the figures that were computed.
fn is_whole(run: &Run, figures: &[Figure]) -> bool {
    run.cells == i64::try_from(figures.len()).unwrap_or(i64::MAX) && run.cells_digest == run::cells_digest(figures)
}

/// Every figure of a provisional run says so. It is no part of what is kept: the same answers after the close are the same figures.
pub fn marked(run: &Run, mut figures: Vec<Figure>) -> Vec<Figure> {
    if run.provisional {
        for figure in &mut figures {
            figure.flags.push(publish::PROVISIONAL);
        }
    }
    figures
}

/// Puts names to the codes; the order is the names' Vietnamese one, the country first, and under each province the earlier ones it was made of.
async fn named(app: &App, figures: Vec<Figure>) -> Result<Vec<Row>> {
    let provinces = places::list(app).await?;
    let mut rows: Vec<_> = figures
        .into_iter()
        .map(|figure| {
            let old = old_provinces::is_old(&figure.place_code);
            let province = if old { old_provinces::whole(&figure.place_code) } else { &figure.place_code };
            let place = provinces.iter().position(|known| known.code == province);
            let name = match (old, place.and_then(|place| provinces.get(place))) {
                (true, _) => old_provinces::name(&figure.place_code).map(earlier),
                (false, province) => province.map(|province| province.name.clone()),
            };
            let name = name.unwrap_or_else(|| figure.place_code.clone());
            let order = if figure.place_code == COUNTRY { 0 } else { 1 + place.unwrap_or(provinces.len()) };
            ((order, old.then(|| figure.place_code.clone())), Row { place_name: name, figure, standing: None })
        })
        .collect();
    rows.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// The name of a place that is no more, apart from that of a place of today.
fn earlier(name: &str) -> String {
    Texts::new(Language::Vietnamese).with("results-earlier-name", [("name", name)]).into_owned()
}

/// The name of a place, or not found.
async fn place_name(app: &App, code: &str) -> Result<String> {
    let province = places::list(app).await?.into_iter().find(|province| province.code == code);
    province.map(|province| province.name).ok_or_else(|| Error::not_found("results-place-missing"))
}
