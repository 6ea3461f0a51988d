//! A figure in plain words.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use analysis::estimate::{IntervalMethod, t_quantile};
use analysis::index::{Indicator, ItemRule, half_up};
use serde::Deserialize;
use survey_forms::{Form, Unit};

use super::{about, empty, may_see, page};
use crate::app::App;
use crate::base::seal::hex;
use crate::base::text::{Texts, Value};
use crate::base::web::visit::Visit;
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::places::COUNTRY;
use crate::results::explain::{self, Formula};
use crate::results::pages::{ExplainPage, InputLine, Part};
use crate::results::store::{Figure, Run};
use crate::results::{self, DECIMALS, Names, method, steps, views};
use crate::staff::session::Analyst;

/// What the address says.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "noi")]
    place: Option<String>,
    #[serde(rename = "chi-so")]
    indicator: Option<String>,
    #[serde(rename = "quy-tac")]
    rule: Option<String>,
}

/// Where a figure is explained.
pub(super) fn address(slug: &str, place: &str, indicator: &str, rule: ItemRule) -> String {
    format!("/pt/ket-qua/{slug}/giai-thich?noi={place}&chi-so={indicator}&quy-tac={}", rule.name())
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
    let form = campaign.form(&app).await?;
    let tree = method::tree(&form)?.ok_or_else(|| Error::not_found("results-indicator-missing"))?;
    let code = wanted.indicator.as_deref().unwrap_or(&tree.overall().code);
    let node = tree.indicators().find(|known| known.code == code);
    let node = node.ok_or_else(|| Error::not_found("results-indicator-missing"))?;
    let rule = match wanted.rule.as_deref() {
        None => ItemRule::M,
        Some(name) => method::rule(name).ok_or_else(|| Error::not_found("results-rule-missing"))?,
    };
    let place = wanted.place.as_deref().unwrap_or(COUNTRY);
    let place_name = match place {
        COUNTRY => texts.get("results-country").into_owned(),
        code => results::place_name(&app, code).await?,
    };
    if place != COUNTRY && !may_see(&signed_in, place) {
        return Err(Error::new(Kind::Forbidden, "results-place-forbidden"));
    }
    let page = page(&visit, &signed_in, &campaign);
    let Some(run) = results::current(&app, &campaign).await?.filter(|run| run.responses > 0) else {
        return empty(&app, &visit, page, &campaign).await;
    };
    let of_rule = results::of_rule(&app, &run, rule).await?;
    let of_place: BTreeMap<&str, &Figure> = of_rule
        .iter()
        .filter(|figure| figure.place_code == place)
        .map(|figure| (figure.indicator.as_str(), figure))
        .collect();
    let figure = *of_place.get(code).ok_or_else(|| Error::not_found("results-place-missing"))?;
    let names = Names::new(&form, texts.language());
    let levels = explain::levels(&form, node);
    let formula = match levels {
        Some(levels) => Formula::of_item(rule, levels, &results::shares(&app, &run, code, place).await?),
        None => Formula::of_index(node, &of_place),
    };
    let items: Vec<&str> = node.items().collect();
    let modes = match figure.n {
        Some(_) => explain::modes(&app, &campaign, &run, place, &items).await?,
        None => None,
    };
    let part = |part: &Indicator| {
        let figure = of_place.get(part.code.as_str())?;
        Some(Part {
            name: names.of(&part.code).to_owned(),
            address: address(&campaign.slug, place, &part.code, rule),
            items: part.items().count(),
            line: views::Line::of(texts, figure),
        })
    };
    let count = |(mode, n): (String, Option<u32>)| {
        let name = texts.get(&format!("results-mode-{mode}")).into_owned();
        InputLine { name, value: n.map_or_else(|| "–".to_owned(), |n| texts.number(n)) }
    };
    let title = texts.with("results-explain-title", [("indicator", names.of(code)), ("place", place_name.as_str())]);
    visit.ok(&ExplainPage {
        about: about(texts, &campaign, &run),
        line: views::Line::of(texts, figure),
        rule_meaning: texts.get(&format!("results-rule-{}-meaning", rule.name())).into_owned(),
        formula: formula.as_ref().map(|formula| arithmetic(texts, formula)),
        composition: composition(texts, node, levels, rule),
        parts: node.parts.iter().filter_map(part).collect(),
        questions: items.iter().map(|item| question(&form, &names, item)).collect(),
        modes: modes.map(|modes| modes.into_iter().map(count).collect()),
        precision: precision(texts, figure, rule, node),
        deff: figure.deff.map(|deff| texts.number(half_up(deff, DECIMALS))),
        recipe: texts.get(&format!("weights-recipe-{}-short", run.recipe)).into_owned(),
        steps: steps::views(texts, &names, &run.steps),
        inputs: inputs(texts, &run),
        run: format!("/pt/ket-qua/{}/lan-tinh/{}", campaign.slug, run.id),
        legend: views::marks_of(texts, &figure.flags),
        back: back(&campaign, code, rule),
        page: page.titled(title),
    })
}

fn back(campaign: &Campaign, indicator: &str, rule: ItemRule) -> String {
    format!("/pt/ket-qua/{}?chi-so={indicator}&quy-tac={}", campaign.slug, rule.name())
}

/// `(23 × 84,10 + 16 × 86,20) / 39 = 84,96`, in points.
fn arithmetic(texts: Texts, formula: &Formula) -> String {
    let whole = |number: f64| texts.number(half_up(number, 0));
    let one = |number: f64| (number - 1.0).abs() < f64::EPSILON;
    let term = |term: &explain::Term| {
        let points = views::points(texts, Some(term.value));
        if one(term.factor) { points } else { format!("{} × {points}", whole(term.factor)) }
    };
    let sum = formula.terms.iter().map(term).collect::<Vec<_>>().join(" + ");
    let value = views::points(texts, Some(formula.value()));
    if one(formula.divisor) {
        format!("{sum} = {value}")
    } else {
        format!("({sum}) / {} = {value}", whole(formula.divisor))
    }
}

fn composition(texts: Texts, node: &Indicator, levels: Option<u8>, rule: ItemRule) -> String {
    match levels {
        Some(levels) => texts.with(&format!("results-explain-item-{}", rule.name()), [("levels", levels)]),
        None => texts.with("results-explain-index", [("items", node.items().count())]),
    }
    .into_owned()
}

fn question(form: &Form, names: &Names, item: &str) -> String {
    let number = form.unit(item).and_then(Unit::number);
    number.map_or_else(|| names.of(item).to_owned(), |number| format!("{number}. {}", names.of(item)))
}

/// How exact the figure is, and how that is known; none where it has no error.
fn precision(texts: Texts, figure: &Figure, rule: ItemRule, node: &Indicator) -> Option<String> {
    let (value, df) = (figure.estimate?, figure.df?);
    figure.ci_low?;
    let method = match explain::interval_method(rule, node.kind, value) {
        IntervalMethod::Wilson => "wilson",
        IntervalMethod::KornGraubard => "exact",
        _ => "logit",
    };
    let number = |value: f64| Value::from(texts.number(half_up(value, DECIMALS)));
    let told = [
        ("se", figure.se.map_or_else(|| Value::from("–"), |se| number(100.0 * se))),
        ("df", Value::from(texts.number(half_up(df, 0)))),
        ("t", t_quantile(df).map_or_else(|| Value::from("–"), number)),
        ("method", Value::from(texts.get(&format!("results-explain-interval-{method}")))),
    ];
    Some(texts.with("results-explain-precision", told).into_owned())
}

fn inputs(texts: Texts, run: &Run) -> Vec<InputLine> {
    let line = |key: &str, value: String| InputLine { name: texts.get(key).into_owned(), value };
    vec![
        line("results-input-method", run.method.clone()),
        line("results-explain-run", run.id.to_string()),
        line("results-input-responses", hex(&run.response_digest)),
        line("results-run-inputs-digest", hex(&run.input_digest)),
        line("results-run-cells", hex(&run.cells_digest)),
        line("results-input-engine", run.engine.clone()),
    ]
}
