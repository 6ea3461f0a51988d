//! The analysts' pages: campaigns, one indicator over all places, one place over all indicators.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query, ServiceConfig, get, post};
use analysis::index::{IndicatorKind, ItemRule, Tree};
use serde::Deserialize;

use super::bar::Bar;
use super::dot_plot::DotPlot;
use super::pages::{
    About, Branch, Chooser, Compared, EmptyPage, ListPage, Listed, Place, PlacePage, TablePage, compute_address,
};
use super::store::{self, Figure, Run};
use super::{RULES, Row, method, views};
use crate::app::App;
use crate::base::page::Page;
use crate::base::parts::Choice;
use crate::base::seal::hex;
use crate::base::text::Texts;
use crate::base::web::fields::Fields;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::jobs;
use crate::places::COUNTRY;
use crate::staff::session::{Analyst, SignedIn};

pub fn routes(service: &mut ServiceConfig) {
    service
        .route("/pt", get().to(list))
        .route("/pt/ket-qua/{slug}", get().to(table))
        .route("/pt/ket-qua/{slug}/tinh", post().to(compute))
        .route("/pt/ket-qua/{slug}/{province}", get().to(place));
}

/// What the address of a table says; each part has a default.
#[derive(Deserialize)]
struct Wanted {
    #[serde(rename = "chi-so")]
    indicator: Option<String>,
    #[serde(rename = "quy-tac")]
    rule: Option<String>,
    #[serde(rename = "sap-xep")]
    order: Option<String>,
}

const BY_NAME: &str = "ten";
const BY_SCORE: &str = "diem";

impl Wanted {
    fn rule(&self) -> Result<ItemRule> {
        let Some(name) = &self.rule else { return Ok(ItemRule::M) };
        method::rule(name).ok_or_else(|| Error::not_found("results-rule-missing"))
    }

    fn order(&self) -> &'static str {
        if self.order.as_deref() == Some(BY_SCORE) { BY_SCORE } else { BY_NAME }
    }
}

async fn list(app: Data<App>, visit: Visit, Analyst(signed_in): Analyst) -> Result<HttpResponse> {
    let runs = store::runs(&mut app.database.contact.read().await?).await?;
    let texts = visit.texts();
    let campaigns = campaigns::list(&app).await?.into_iter().map(|campaign| {
        let run = runs.iter().find(|run| run.campaign_id == campaign.id);
        Listed {
            name: name(&campaign, texts),
            run: run.map(|run| (texts.number(run.responses), texts.moment(run.computed_at))),
            provisional: run.is_some_and(|run| run.provisional),
            slug: campaign.slug,
        }
    });
    visit.ok(&ListPage {
        campaigns: campaigns.collect(),
        may_export: signed_in.place_code == COUNTRY,
        page: signed_in.page(&visit).titled(texts.get("results-title")),
    })
}

async fn compute(
    app: Data<App>,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    fields.check_csrf(&signed_in.csrf)?;
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let job = super::request(&app, &signed_in.actor(), &campaign).await?;
    Ok(see_other(&jobs::routes::address(job)))
}

async fn table(
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
    let tree = method::tree(&form)?;
    let names = method::indicator_names(&form, texts.language());
    let rule = wanted.rule()?;
    let indicator =
        wanted.indicator.as_deref().or_else(|| tree.indicators().next().map(|first| first.code)).unwrap_or_default();
    let title = names.get(indicator).ok_or_else(|| Error::not_found("results-indicator-missing"))?;
    let Some(run) = super::current(&app, &campaign).await?.filter(|run| run.responses > 0) else {
        return empty(&app, &visit, page, &campaign).await;
    };

    let mut rows = super::table(&app, &campaign, indicator, rule).await?;
    rows.retain(|row| row.is_country() || may_see(&signed_in, &row.figure.place_code));
    if wanted.order() == BY_SCORE {
        // The country stays first; places without a value come last.
        rows.sort_by(|a, b| {
            b.is_country()
                .cmp(&a.is_country())
                .then(b.figure.estimate.unwrap_or(-1.0).total_cmp(&a.figure.estimate.unwrap_or(-1.0)))
        });
    }
    let place_of =
        |row: &Row| if row.is_country() { texts.get("results-country").into_owned() } else { row.place_name.clone() };
    let (close, valued) = views::overlapping(&rows.iter().collect::<Vec<_>>());
    let description = texts.with("results-plot-description", [("places", valued)]).into_owned();
    let dots: Vec<_> = rows.iter().map(|row| views::dot(row, place_of(row))).collect();
    visit.ok(&TablePage {
        about: about(texts, &campaign, &run),
        chooser: chooser(texts, &tree, &names, indicator, rule, wanted.order()),
        indicator: title.clone(),
        rule_meaning: meaning(texts, rule),
        deff: rows.iter().any(|row| row.figure.deff.is_some()),
        legend: views::legend(texts, rows.iter().map(|row| &row.figure)),
        overlap: (close > 0)
            .then(|| texts.with("results-overlap", [("close", close), ("places", valued)]).into_owned()),
        plot: DotPlot::new(texts, title.clone(), description, &dots),
        places: rows.iter().map(|row| place_line(texts, &campaign, row, place_of(row), rule)).collect(),
        may_export: signed_in.place_code == COUNTRY,
        page,
    })
}

fn place_line(texts: Texts, campaign: &Campaign, row: &Row, name: String, rule: ItemRule) -> Place {
    let address = format!("/pt/ket-qua/{}/{}?quy-tac={}", campaign.slug, row.figure.place_code, rule.name());
    Place { name, address: (!row.is_country()).then_some(address), line: views::Line::of(texts, &row.figure) }
}

async fn place(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    path: Path<(String, String)>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse> {
    let (slug, code) = path.into_inner();
    let texts = visit.texts();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let place = super::place_name(&app, &code).await?;
    if !may_see(&signed_in, &code) {
        return Err(Error::new(Kind::Forbidden, "results-place-forbidden"));
    }
    let rule = wanted.rule()?;
    let page = page(&visit, &signed_in, &campaign);
    let Some(run) = super::current(&app, &campaign).await?.filter(|run| run.responses > 0) else {
        return empty(&app, &visit, page, &campaign).await;
    };
    let form = campaign.form(&app).await?;
    let names = method::indicator_names(&form, texts.language());
    let own = super::of_place(&app, &run, &code, rule).await?;
    let country = super::of_place(&app, &run, COUNTRY, rule).await?;
    let tree = method::tree(&form)?;
    let indicators = tree.indicators().filter_map(|indicator| {
        let figure = figure_of(&own, indicator.code)?;
        let country = figure_of(&country, indicator.code).and_then(|figure| figure.estimate);
        Some(Compared {
            name: names.get(indicator.code).cloned().unwrap_or_default(),
            kind: kind(indicator.kind),
            line: views::Line::of(texts, figure),
            country: views::points(texts, country),
            bar: Bar::new(figure.estimate, figure.ci_low.zip(figure.ci_high), country),
        })
    });
    visit.ok(&PlacePage {
        indicators: indicators.collect(),
        about: about(texts, &campaign, &run),
        back: format!("/pt/ket-qua/{}?quy-tac={}", campaign.slug, rule.name()),
        rules: rules(texts, rule),
        rule_meaning: meaning(texts, rule),
        legend: views::legend(texts, own.iter()),
        page: page.titled(
            texts.with(
                "results-place-title",
                [("place", place.as_str()), ("campaign", name(&campaign, texts).as_str())],
            ),
        ),
        place,
    })
}

/// No run yet, or one before the first answer: one sentence and the act that fills the page.
async fn empty(app: &App, visit: &Visit, page: Page, campaign: &Campaign) -> Result<HttpResponse> {
    let key =
        if super::current(app, campaign).await?.is_some() { "results-no-answers" } else { "results-not-computed" };
    visit.ok(&EmptyPage {
        page,
        compute: compute_address(&campaign.slug),
        sentence: visit.texts().get(key).into_owned(),
    })
}

fn page(visit: &Visit, signed_in: &SignedIn, campaign: &Campaign) -> Page {
    let page = signed_in.page(visit).titled(name(campaign, visit.texts()));
    Page { synthetic: campaign.synthetic, ..page }
}

/// An account for a province sees that province and the country.
fn may_see(signed_in: &SignedIn, place: &str) -> bool {
    signed_in.place_code == COUNTRY || signed_in.place_code == place
}

fn name(campaign: &Campaign, texts: Texts) -> String {
    match texts.language() {
        crate::base::text::Language::Vietnamese => campaign.name_vi.clone(),
        crate::base::text::Language::English => campaign.name_en.clone(),
    }
}

fn about(texts: Texts, campaign: &Campaign, run: &Run) -> About {
    About {
        slug: campaign.slug.clone(),
        as_of: texts.with("as-of", [("moment", texts.moment(run.computed_at))]).into_owned(),
        responses: run.responses,
        method: run.method.clone(),
        digest: hex(&run.response_digest),
        provisional: run.provisional,
        synthetic: campaign.synthetic,
    }
}

fn meaning(texts: Texts, rule: ItemRule) -> String {
    texts.get(&format!("results-rule-{}-meaning", rule.name())).into_owned()
}

fn rules(texts: Texts, chosen: ItemRule) -> Vec<Choice> {
    RULES
        .into_iter()
        .map(|rule| Choice::new(rule.name(), texts.get(&format!("results-rule-{}", rule.name())), rule == chosen))
        .collect()
}

fn chooser(
    texts: Texts,
    tree: &Tree,
    names: &BTreeMap<String, String>,
    indicator: &str,
    rule: ItemRule,
    order: &str,
) -> Chooser {
    let choice = |code: &str, indent: &str| {
        Choice::new(code, format!("{indent}{}", names.get(code).map_or(code, String::as_str)), code == indicator)
    };
    let overall = tree.indicators().next().map(|first| choice(first.code, "")).unwrap_or_default();
    let mut branches: Vec<Branch> = Vec::new();
    for node in tree.indicators() {
        match (node.kind, branches.last_mut()) {
            (IndicatorKind::Domain, _) => branches.push(Branch {
                label: names.get(node.code).cloned().unwrap_or_default(),
                indicators: vec![choice(node.code, "")],
            }),
            (IndicatorKind::Factor, Some(branch)) => branch.indicators.push(choice(node.code, "")),
            (IndicatorKind::Item, Some(branch)) => branch.indicators.push(choice(node.code, "– ")),
            _ => {}
        }
    }
    let orders = [BY_NAME, BY_SCORE]
        .into_iter()
        .map(|by| Choice::new(by, texts.get(&format!("results-order-{by}")), by == order));
    Chooser { overall, branches, rules: rules(texts, rule), orders: orders.collect() }
}

fn kind(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::Overall => "overall",
        IndicatorKind::Domain => "domain",
        IndicatorKind::Factor => "factor",
        IndicatorKind::Item => "item",
    }
}

fn figure_of<'a>(figures: &'a [Figure], indicator: &str) -> Option<&'a Figure> {
    figures.iter().find(|figure| figure.indicator == indicator)
}
