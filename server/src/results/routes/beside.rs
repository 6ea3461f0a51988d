//! Up to five provinces beside each other, and beside what they were in an earlier survey.

use std::collections::BTreeMap;

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use analysis::index::{IndicatorKind, ItemRule, Tree};

use super::indicators::{kind, meaning, rules};
use super::{about, empty, explain, may_see, page, questions};
use crate::app::App;
use crate::base::bar::Bar;
use crate::base::parts::Choice;
use crate::base::text::Texts;
use crate::base::web::visit::{Visit, see_other};
use crate::campaigns::{self, Campaign};
use crate::error::{Error, Kind, Result};
use crate::places::{self, COUNTRY};
use crate::results::changes::{self, Comparison};
use crate::results::pages::{Beside, BesideLine, BesidePage, Change, Changed, ChangedLine};
use crate::results::store::{Figure, Run};
use crate::results::{self, Names, method, views};
use crate::staff::session::{Analyst, SignedIn};

pub(super) const MOST: usize = 5;

pub(super) fn address(slug: &str) -> String {
    format!("/pt/ket-qua/{slug}/doi-chieu")
}

/// What the address says; `noi` may stand there several times.
struct Wanted {
    places: Vec<String>,
    rule: ItemRule,
    /// The slug of an earlier survey.
    before: String,
}

impl Wanted {
    fn read(query: &str) -> Result<Self> {
        let mut wanted = Self { places: Vec::new(), rule: ItemRule::M, before: String::new() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "noi" if !value.is_empty() && !wanted.places.contains(&value.to_string()) => {
                    wanted.places.push(value.into_owned());
                }
                "quy-tac" => {
                    wanted.rule = method::rule(&value).ok_or_else(|| Error::not_found("results-rule-missing"))?;
                }
                "truoc" => wanted.before = value.into_owned(),
                _ => {}
            }
        }
        if wanted.places.len() > MOST {
            return Err(Error::invalid("results-beside-many").with("most", MOST));
        }
        Ok(wanted)
    }
}

/// Figures by place and indicator.
type Figures = BTreeMap<(String, String), Figure>;

async fn figures(app: &App, run: &Run, rule: ItemRule) -> Result<Figures> {
    let figures = results::of_rule(app, run, rule).await?.into_iter();
    Ok(figures.map(|figure| ((figure.place_code.clone(), figure.indicator.clone()), figure)).collect())
}

fn of<'a>(figures: &'a Figures, place: &str, indicator: &str) -> Option<&'a Figure> {
    figures.get(&(place.to_owned(), indicator.to_owned()))
}

pub(super) async fn show(
    app: Data<App>,
    visit: Visit,
    Analyst(signed_in): Analyst,
    slug: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let texts = visit.texts();
    let campaign = campaigns::find_by_slug(&app, &slug).await?;
    let form = campaign.form(&app).await?;
    // Nothing is measured: what was answered is all there is to see.
    let Some(tree) = method::tree(&form)? else { return Ok(see_other(&questions::address(&campaign.slug))) };
    let wanted = Wanted::read(request.query_string())?;
    let mut chosen = Vec::new();
    for code in &wanted.places {
        chosen.push((code.clone(), results::place_name(&app, code).await?));
        if !may_see(&signed_in, code) {
            return Err(Error::new(Kind::Forbidden, "results-place-forbidden"));
        }
    }
    let page = page(&visit, &signed_in, &campaign);
    let Some(run) = results::current(&app, &campaign).await?.filter(|run| run.responses > 0) else {
        return empty(&app, &visit, page, &campaign).await;
    };
    let names = Names::new(&form, texts.language());
    let figures_now = figures(&app, &run, wanted.rule).await?;
    let surveys = changes::earlier(&app, &campaign).await?;
    let before = surveys.iter().find(|(other, _)| other.slug == wanted.before);
    if before.is_none() && !wanted.before.is_empty() {
        return Err(Error::not_found("results-before-missing"));
    }
    let (changed, sentence) = match before {
        Some((other, earlier)) => {
            let comparison = changes::comparison(earlier, &run);
            let figures_then = figures(&app, earlier, wanted.rule).await?;
            let table = Changed {
                name: other.name(texts.language()).to_owned(),
                lines: changed_lines(texts, &tree, &names, &chosen, [&figures_then, &figures_now], comparison),
            };
            (Some(table).filter(|_| comparison != Comparison::OtherMethod), break_sentence(texts, comparison))
        }
        None => (None, None),
    };
    let indicators = tree.indicators().filter(|node| node.kind != IndicatorKind::Item);
    let indicators: Vec<Beside> = indicators
        .map(|node| Beside {
            name: names.of(&node.code).to_owned(),
            kind: kind(node.kind),
            lines: lines(texts, &campaign, &figures_now, &chosen, &node.code, wanted.rule),
        })
        .filter(|beside| !beside.lines.is_empty())
        .collect();
    let shown = chosen.iter().flat_map(|(place, _)| {
        let of_place = tree.indicators().filter(|node| node.kind != IndicatorKind::Item);
        of_place.filter_map(|node| of(&figures_now, place, &node.code)).collect::<Vec<_>>()
    });
    let title = texts.with("results-beside-title", [("campaign", campaign.name(texts.language()))]);
    visit.ok(&BesidePage {
        legend: views::legend(texts, shown),
        about: about(texts, &campaign, &run),
        action: address(&campaign.slug),
        choosers: choosers(&app, texts, &signed_in, &wanted.places).await?,
        rules: rules(texts, wanted.rule),
        rule_meaning: meaning(texts, wanted.rule),
        surveys: survey_choices(texts, &surveys, &wanted.before),
        several: chosen.len() > 1,
        indicators,
        changed,
        break_sentence: sentence,
        back: format!("/pt/ket-qua/{}?quy-tac={}", campaign.slug, wanted.rule.name()),
        page: page.titled(title),
    })
}

/// One list for each place: the address keeps them all without a script.
async fn choosers(app: &App, texts: Texts, signed_in: &SignedIn, chosen: &[String]) -> Result<Vec<Vec<Choice>>> {
    let provinces = places::list(app).await?;
    let seen: Vec<_> = provinces.into_iter().filter(|place| may_see(signed_in, &place.code)).collect();
    let chooser = |position: usize| {
        let code = chosen.get(position);
        let nowhere = Choice::new("", texts.get("results-beside-nowhere"), code.is_none());
        let places = seen.iter().map(|place| Choice::new(&place.code, &place.name, code == Some(&place.code)));
        std::iter::once(nowhere).chain(places).collect()
    };
    Ok((0..MOST.min(seen.len())).map(chooser).collect())
}

fn survey_choices(texts: Texts, surveys: &[(Campaign, Run)], chosen: &str) -> Vec<Choice> {
    if surveys.is_empty() {
        return Vec::new();
    }
    let none = Choice::new("", texts.get("results-beside-no-survey"), chosen.is_empty());
    let choice = |other: &Campaign| Choice::new(&other.slug, other.name(texts.language()), other.slug == chosen);
    std::iter::once(none).chain(surveys.iter().map(|(other, _)| choice(other))).collect()
}

fn lines(
    texts: Texts,
    campaign: &Campaign,
    figures: &Figures,
    chosen: &[(String, String)],
    indicator: &str,
    rule: ItemRule,
) -> Vec<BesideLine> {
    let country = of(figures, COUNTRY, indicator).and_then(|figure| figure.estimate);
    let first = chosen.first().and_then(|(place, _)| of(figures, place, indicator));
    let line = |(position, (place, name)): (usize, &(String, String))| {
        let figure = of(figures, place, indicator)?;
        let distance = first.filter(|_| position > 0).and_then(|first| changes::distance(first, figure));
        Some(BesideLine {
            place: name.clone(),
            explain: explain::address(&campaign.slug, place, indicator, rule),
            line: views::Line::of(texts, figure),
            bar: Bar::new(figure.estimate, figure.ci_low.zip(figure.ci_high), country),
            to_first: distance.map(|distance| Change::of(texts, &distance, Comparison::Alike)),
            first: position == 0,
        })
    };
    chosen.iter().enumerate().filter_map(line).collect()
}

/// The country and each place, then and now.
fn changed_lines(
    texts: Texts,
    tree: &Tree,
    names: &Names,
    chosen: &[(String, String)],
    [then, now]: [&Figures; 2],
    comparison: Comparison,
) -> Vec<ChangedLine> {
    let country = (COUNTRY.to_owned(), texts.get("results-country").into_owned());
    let places: Vec<_> = std::iter::once(&country).chain(chosen).collect();
    let mut lines = Vec::new();
    for node in tree.indicators().filter(|node| node.kind != IndicatorKind::Item) {
        for (place, name) in &places {
            let Some((before, after)) = of(then, place, &node.code).zip(of(now, place, &node.code)) else { continue };
            let change = changes::distance(before, after).map(|distance| Change::of(texts, &distance, comparison));
            let line = |figure: &Figure| views::Line::of(texts, figure);
            lines.push((names.of(&node.code).to_owned(), name.clone(), line(before), line(after), change));
        }
    }
    lines
}

/// Why a change is not to be read as one of opinion alone.
pub(super) fn break_sentence(texts: Texts, comparison: Comparison) -> Option<String> {
    let key = match comparison {
        Comparison::Alike => return None,
        Comparison::Break => "results-flag-b",
        Comparison::OtherMethod => "results-beside-other-method",
    };
    Some(texts.get(key).into_owned())
}
