//! The runs of a campaign: all of them, one with its inputs, and two side by side.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use uuid::Uuid;

use super::{may_see, page};
use crate::app::App;
use crate::base::parts::Choice;
use crate::base::seal::hex;
use crate::base::text::Texts;
use crate::base::web::visit::Visit;
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Result};
use crate::places::{self, COUNTRY};
use crate::results::compare::{self, Difference};
use crate::results::pages::{CompareLine, ComparePage, InputLine, RunLine, RunPage, RunsPage};
use crate::results::store::{self, Figure, Run};
use crate::results::{self, Names, Row, is_whole, publish, steps, views};
use crate::staff::session::Analyst;
use crate::weighting;

/// Lines of a comparison on its page.
const MOST_LINES: usize = 300;

/// Which two runs; the two newest where the address does not say.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "truoc")]
    before: Option<Uuid>,
    #[serde(rename = "sau")]
    after: Option<Uuid>,
}

pub(super) fn address(slug: &str) -> String {
    format!("/pt/ket-qua/{slug}/lan-tinh")
}

pub(super) async fn list(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
) -> Result<HttpResponse> {
    let texts = visit.texts();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let runs = runs(&app, &campaign).await?;
    let shown = results::current(&app, &campaign).await?.map(|run| run.id);
    let lines = runs.iter().map(|run| RunLine {
        address: format!("{}/{}", address(&campaign.slug), run.id),
        moment: texts.moment(run.computed_at),
        requested_by: run.requested_by.clone(),
        responses: texts.number(run.responses),
        recipe: recipe_name(texts, &run.recipe),
        provisional: run.provisional,
        shown: shown == Some(run.id),
        digest: short(&run.cells_digest),
    });
    visit.ok(&RunsPage {
        lines: lines.collect(),
        compare: format!("/pt/ket-qua/{}/so-sanh", campaign.slug),
        before: choose(texts, &runs, runs.get(1)),
        after: choose(texts, &runs, runs.first()),
        weights: places::national_only(&signed_in).is_ok().then(|| weighting::routes::address(&campaign.slug)),
        back: format!("/pt/ket-qua/{}", campaign.slug),
        page: page(&visit, &signed_in, &campaign)
            .titled(texts.with("results-runs-title", [("campaign", campaign.name(texts.language()))])),
    })
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    path: Path<(String, Uuid)>,
) -> Result<HttpResponse> {
    let (slug, id) = path.into_inner();
    let texts = visit.texts();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let run = find(runs(&app, &campaign).await?, id)?;
    let figures = store::figures(&mut app.database.contact.read().await?, run.id).await?;
    let names = Names::new(&*campaign.form(&app).await?, texts.language());
    visit.ok(&RunPage {
        steps: steps::views(texts, &names, &run.steps),
        inputs: compare::inputs(&run).into_iter().map(|(name, value)| input(texts, name, value)).collect(),
        responses: run.responses,
        cells: run.cells,
        input_digest: hex(&run.input_digest),
        cells_digest: hex(&run.cells_digest),
        requested_by: run.requested_by.clone(),
        whole: is_whole(&run, &figures),
        provisional: run.provisional,
        synthetic: campaign.synthetic,
        back: address(&campaign.slug),
        page: page(&visit, &signed_in, &campaign)
            .titled(texts.with("results-run-title", [("moment", texts.moment(run.computed_at))])),
    })
}

pub(super) async fn compared(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse> {
    let texts = visit.texts();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let runs = runs(&app, &campaign).await?;
    let pick = |id: Option<Uuid>, place: usize| {
        let chosen = id.or_else(|| runs.get(place).map(|run| run.id));
        find(runs.clone(), chosen.unwrap_or_default())
    };
    let (before, after) = (pick(wanted.before, 1)?, pick(wanted.after, 0)?);
    let mut figures = [Vec::new(), Vec::new()];
    for (figures, run) in figures.iter_mut().zip([&before, &after]) {
        *figures = store::figures(&mut app.database.contact.read().await?, run.id).await?;
    }
    let [old, new] = figures;
    let mut compared = compare::compare(old, new, before.response_digest == after.response_digest);
    compared.differences.retain(|difference| {
        let place = difference.figure().map_or(COUNTRY, |figure| figure.place_code.as_str());
        place == COUNTRY || may_see(&signed_in, place)
    });
    let all = compared.differences.len();
    compared.differences.truncate(MOST_LINES);
    let names = Names::new(&*campaign.form(&app).await?, texts.language());
    let is_break = compare::is_break(&before, &after);
    let lines = lines(&app, texts, &names, compared.differences, is_break).await?;
    let flags: String = lines.iter().map(|(_, flags)| flags.as_str()).collect();
    visit.ok(&ComparePage {
        causes: compare::causes(&before, &after)
            .into_iter()
            .map(|cause| (input(texts, cause.input, cause.before), input(texts, cause.input, cause.after).value))
            .collect(),
        legend: views::marks_of(texts, &flags),
        lines: lines.into_iter().map(|(line, _)| line).collect(),
        all,
        same: compared.same,
        left_out: compared.left_out,
        is_break,
        action: format!("/pt/ket-qua/{}/so-sanh", campaign.slug),
        before: choose(texts, &runs, Some(&before)),
        after: choose(texts, &runs, Some(&after)),
        back: address(&campaign.slug),
        page: page(&visit, &signed_in, &campaign)
            .titled(texts.with("results-compare-title", [("campaign", campaign.name(texts.language()))])),
    })
}

async fn runs(app: &App, campaign: &Campaign) -> Result<Vec<Run>> {
    store::runs(&mut app.database.contact.read().await?, campaign.id).await
}

fn find(runs: Vec<Run>, id: Uuid) -> Result<Run> {
    runs.into_iter().find(|run| run.id == id).ok_or_else(|| Error::not_found("results-run-missing"))
}

fn choose(texts: Texts, runs: &[Run], chosen: Option<&Run>) -> Vec<Choice> {
    let label = |run: &Run| format!("{} · {}", texts.moment(run.computed_at), short(&run.cells_digest));
    runs.iter().map(|run| Choice::new(run.id.to_string(), label(run), chosen == Some(run))).collect()
}

/// Enough of a digest to tell a few runs apart.
fn short(digest: &[u8]) -> String {
    hex(digest).chars().take(12).collect()
}

/// `Bù không trả lời`, of the sentence that says what the recipe does.
fn recipe_name(texts: Texts, code: &str) -> String {
    texts.get(&format!("weights-recipe-{code}-short")).into_owned()
}

fn input(texts: Texts, name: &str, value: String) -> InputLine {
    let value = match value.as_str() {
        "" => texts.get("results-input-none").into_owned(),
        "provisional" => texts.get("results-provisional").into_owned(),
        "final" => texts.get("exports-about-final").into_owned(),
        _ => value,
    };
    InputLine { name: texts.get(&format!("results-input-{name}")).into_owned(), value }
}

/// The lines with the marks of each.
async fn lines(
    app: &App,
    texts: Texts,
    names: &Names,
    differences: Vec<Difference>,
    is_break: bool,
) -> Result<Vec<(CompareLine, String)>> {
    let place = |difference: &Difference| difference.figure().cloned().into_iter().collect::<Vec<Figure>>();
    let mut place_names = std::collections::BTreeMap::new();
    for Row { place_name, figure, .. } in results::named(app, differences.iter().flat_map(place).collect()).await? {
        place_names.insert(figure.place_code, place_name);
    }
    let line = |difference: Difference| {
        let figure = difference.figure()?.clone();
        let mut flags = figure.flags.clone();
        flags.extend(is_break.then_some(publish::BREAK));
        let told =
            |figure: Option<&Figure>| figure.map_or_else(views::Line::none, |figure| views::Line::of(texts, figure));
        let line = CompareLine {
            place: if figure.place_code == COUNTRY {
                texts.get("results-country").into_owned()
            } else {
                place_names.get(&figure.place_code).cloned().unwrap_or_default()
            },
            indicator: names.of(&figure.indicator).to_owned(),
            part: if figure.answer > 0 {
                names.answer(&figure.indicator, figure.answer.unsigned_abs()).to_owned()
            } else {
                texts.get(&format!("results-rule-{}", figure.rule)).into_owned()
            },
            before: told(difference.before.as_ref()),
            after: told(difference.after.as_ref()),
            change: views::change(texts, difference.change()),
            marks: views::marks_of(texts, &flags),
        };
        Some((line, flags))
    };
    Ok(differences.into_iter().filter_map(line).collect())
}
