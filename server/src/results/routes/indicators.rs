//! One indicator over all places, one place over all indicators.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use analysis::index::{IndicatorKind, ItemRule, Tree};
use serde::Deserialize;

use super::drawn::{Subject, View};
use super::{about, beside, empty, explain, may_see, page, questions};
use crate::app::App;
use crate::base::bar::Bar;
use crate::base::parts::Choice;
use crate::base::text::Texts;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::places::COUNTRY;
use crate::results::changes::{self, Comparison};
use crate::results::pages::{Branch, Change, Chooser, Compared, Place, PlacePage, TablePage};
use crate::results::store::{Figure, Run};
use crate::results::{self, Names, RULES, Row, method, old_provinces, ranks, views};
use crate::staff::session::Analyst;

/// What the address of a table says; each part has a default.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "chi-so")]
    indicator: Option<String>,
    #[serde(rename = "quy-tac")]
    rule: Option<String>,
    #[serde(rename = "sap-xep")]
    order: Option<String>,
    #[serde(rename = "xem", default)]
    view: View,
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

pub(super) async fn table(
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
    // Nothing is measured: what was answered is all there is to see.
    let Some(tree) = method::tree(&form)? else { return Ok(see_other(&questions::address(&campaign.slug))) };
    let names = Names::new(&form, texts.language());
    let rule = wanted.rule()?;
    let indicator = wanted.indicator.as_deref().unwrap_or(&tree.overall().code);
    if !tree.indicators().any(|known| known.code == indicator) {
        return Err(Error::not_found("results-indicator-missing"));
    }
    let title = names.of(indicator).to_owned();
    let Some(run) = results::current(&app, &campaign).await?.filter(|run| run.responses > 0) else {
        return empty(&app, &visit, page, &campaign).await;
    };

    let mut rows = results::table(&app, &campaign, indicator, rule).await?;
    rows.retain(|row| row.is_country() || may_see(&signed_in, &row.figure.place_code));
    if wanted.order() == BY_SCORE {
        // The country stays first; places without a value come last.
        rows.sort_by(|a, b| {
            b.is_country()
                .cmp(&a.is_country())
                .then(b.figure.estimate.unwrap_or(-1.0).total_cmp(&a.figure.estimate.unwrap_or(-1.0)))
        });
    }
    let since = Since::of(&app, &campaign, &run, indicator, rule).await?;
    let place_of =
        |row: &Row| if row.is_country() { texts.get("results-country").into_owned() } else { row.place_name.clone() };
    let (close, valued) = views::overlapping(&rows.iter().collect::<Vec<_>>());
    let place_names: Vec<String> = rows.iter().map(place_of).collect();
    let subject = Subject {
        campaign: &campaign,
        run: &run,
        title: &title,
        indicator,
        rule: rule.name(),
        order: wanted.order(),
        headline: indicator == tree.overall().code && rule == ItemRule::M,
    };
    let drawing = subject.draw(texts, wanted.view, &rows, &place_names)?;
    let tabs = subject.tabs(texts, wanted.view);
    visit.ok(&TablePage {
        about: about(texts, &campaign, &run),
        chooser: chooser(texts, &tree, &names, indicator, rule, wanted.order()),
        indicator: title.clone(),
        questions: questions::address(&campaign.slug),
        rule_meaning: meaning(texts, rule),
        ranked: rows.iter().any(|row| row.standing.is_some()),
        deff: rows.iter().any(|row| row.figure.deff.is_some()),
        legend: views::legend(texts, rows.iter().map(|row| &row.figure)),
        overlap: (close > 0)
            .then(|| texts.with("results-overlap", [("close", close), ("places", valued)]).into_owned()),
        tabs,
        view: wanted.view.name(),
        drawing,
        places: rows.iter().map(|row| place_line(texts, &campaign, row, place_of(row), rule, since.as_ref())).collect(),
        break_sentence: since.as_ref().and_then(|since| beside::break_sentence(texts, since.comparison)),
        before: since
            .filter(|since| since.comparison != Comparison::OtherMethod)
            .map(|since| since.campaign.name(texts.language()).to_owned()),
        beside: beside::address(&campaign.slug),
        may_export: signed_in.place_code == COUNTRY,
        page,
    })
}

/// One indicator in the survey before.
struct Since {
    campaign: Campaign,
    comparison: Comparison,
    figures: Vec<Figure>,
}

impl Since {
    /// None where no earlier survey has final figures.
    async fn of(app: &App, campaign: &Campaign, run: &Run, indicator: &str, rule: ItemRule) -> Result<Option<Self>> {
        let Some((campaign, before)) = changes::earlier(app, campaign).await?.into_iter().next() else {
            return Ok(None);
        };
        let comparison = changes::comparison(&before, run);
        let mut figures = results::of_rule(app, &before, rule).await?;
        figures.retain(|figure| figure.indicator == indicator && comparison != Comparison::OtherMethod);
        Ok(Some(Self { campaign, comparison, figures }))
    }

    fn change(&self, texts: Texts, now: &Figure) -> Option<Change> {
        let then = self.figures.iter().find(|then| then.place_code == now.place_code)?;
        changes::distance(then, now).map(|distance| Change::of(texts, &distance, self.comparison))
    }
}

fn place_line(
    texts: Texts,
    campaign: &Campaign,
    row: &Row,
    name: String,
    rule: ItemRule,
    since: Option<&Since>,
) -> Place {
    let address = format!("/pt/ket-qua/{}/{}?quy-tac={}", campaign.slug, row.figure.place_code, rule.name());
    Place {
        name,
        address: (!row.is_country()).then_some(address),
        explain: explain::address(&campaign.slug, &row.figure.place_code, &row.figure.indicator, rule),
        rank: row.standing.map(|standing| views::rank(texts, standing.rank, standing.joint)),
        tier: row.standing.map(|standing| standing.tier),
        line: views::Line::of(texts, &row.figure),
        change: since.and_then(|since| since.change(texts, &row.figure)),
    }
}

pub(super) async fn place(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    path: Path<(String, String)>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse> {
    let (slug, code) = path.into_inner();
    let texts = visit.texts();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let place = results::place_name(&app, &code).await?;
    if !may_see(&signed_in, &code) {
        return Err(Error::new(Kind::Forbidden, "results-place-forbidden"));
    }
    let rule = wanted.rule()?;
    let page = page(&visit, &signed_in, &campaign);
    let Some(run) = results::current(&app, &campaign).await?.filter(|run| run.responses > 0) else {
        return empty(&app, &visit, page, &campaign).await;
    };
    let form = campaign.form(&app).await?;
    // Nothing is measured: what was answered is all there is to see.
    let Some(tree) = method::tree(&form)? else { return Ok(see_other(&questions::address(&campaign.slug))) };
    let names = Names::new(&form, texts.language());
    let mut of_indicator: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for figure in results::of_rule(&app, &run, rule).await? {
        of_indicator.entry(figure.indicator.clone()).or_default().push(figure);
    }
    let mut indicators = Vec::new();
    let mut flags = String::new();
    let overall = of_indicator.get(&tree.overall().code).into_iter().flatten();
    let earlier = overall
        .filter(|figure| old_provinces::is_old(&figure.place_code) && old_provinces::whole(&figure.place_code) == code);
    let earlier: Vec<_> = earlier
        .map(|figure| {
            flags.push_str(&figure.flags);
            (old_provinces::name(&figure.place_code).unwrap_or_default(), views::Line::of(texts, figure))
        })
        .collect();
    for indicator in tree.indicators() {
        let figures = of_indicator.get(&indicator.code).map_or(&[][..], Vec::as_slice);
        let of = |place: &str| figures.iter().find(|figure| figure.place_code == place);
        let Some(figure) = of(&code) else { continue };
        let country = of(COUNTRY).and_then(|figure| figure.estimate);
        let standing = ranks::standings(figures)?.get(code.as_str()).copied();
        flags.push_str(&figure.flags);
        indicators.push(Compared {
            name: names.of(&indicator.code).to_owned(),
            kind: kind(indicator.kind),
            explain: explain::address(&campaign.slug, &code, &indicator.code, rule),
            line: views::Line::of(texts, figure),
            rank: standing.map(|standing| views::rank(texts, standing.rank, standing.own)),
            country: views::points(texts, country),
            bar: Bar::new(figure.estimate, figure.ci_low.zip(figure.ci_high), country),
        });
    }
    visit.ok(&PlacePage {
        ranked: indicators.iter().any(|indicator| indicator.rank.is_some()),
        indicators,
        earlier,
        about: about(texts, &campaign, &run),
        back: format!("/pt/ket-qua/{}?quy-tac={}", campaign.slug, rule.name()),
        rules: rules(texts, rule),
        rule_meaning: meaning(texts, rule),
        legend: views::marks_of(texts, &flags),
        page: page.titled(
            texts.with(
                "results-place-title",
                [("place", place.as_str()), ("campaign", campaign.name(texts.language()))],
            ),
        ),
        place,
    })
}

pub(super) fn meaning(texts: Texts, rule: ItemRule) -> String {
    texts.get(&format!("results-rule-{}-meaning", rule.name())).into_owned()
}

pub(super) fn rules(texts: Texts, chosen: ItemRule) -> Vec<Choice> {
    RULES
        .into_iter()
        .map(|rule| Choice::new(rule.name(), texts.get(&format!("results-rule-{}", rule.name())), rule == chosen))
        .collect()
}

fn chooser(texts: Texts, tree: &Tree, names: &Names, indicator: &str, rule: ItemRule, order: &str) -> Chooser {
    let choice = |code: &str, indent: &str| Choice::new(code, format!("{indent}{}", names.of(code)), code == indicator);
    let branches = tree.overall().parts.iter().map(|branch| Branch {
        label: names.of(&branch.code).to_owned(),
        indicators: branch
            .walk()
            .into_iter()
            .map(|node| choice(&node.code, if node.kind == IndicatorKind::Item { "– " } else { "" }))
            .collect(),
    });
    let orders = [BY_NAME, BY_SCORE]
        .into_iter()
        .map(|by| Choice::new(by, texts.get(&format!("results-order-{by}")), by == order));
    Chooser {
        overall: choice(&tree.overall().code, ""),
        branches: branches.collect(),
        rules: rules(texts, rule),
        orders: orders.collect(),
    }
}

pub(super) fn kind(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::Overall => "overall",
        IndicatorKind::Domain => "domain",
        IndicatorKind::Factor => "factor",
        IndicatorKind::Item => "item",
    }
}
