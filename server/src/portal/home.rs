//! The first page: the finding as its heading, the trend, the map, the way to one's own province.

use super::frame::{frame, page};
use super::map::{self, sentence};
use super::pages::HomePage;
use super::reading::{change, extremes};
use super::shelf::{Public, Released};
use super::told;
use super::trend;
use super::view::{View, at};
use crate::base::text::{Language, Texts, Value};
use crate::editions::content::{COUNTRY, HEADLINE_RULE};

pub(super) fn show(texts: Texts, public: &Public) -> HomePage {
    let language = texts.language();
    let newest = public.newest();
    let found = newest.and_then(|newest| Some((newest, map::country(newest, HEADLINE_RULE)?)));
    let title =
        newest.and_then(|newest| finding(texts, newest)).unwrap_or_else(|| texts.get("portal-home").into_owned());
    let mut lead = Vec::new();
    if let Some((newest, figure)) = found {
        lead.push(sentence(texts, "portal-finding-more", figure));
        lead.push(changed(texts, public, newest));
    } else {
        lead.push(texts.get("portal-nothing-yet").into_owned());
    }
    let trend = View::Trend;
    let map_view = View::Map { indicator: None, rule: HEADLINE_RULE };
    HomePage {
        frame: frame(texts, public, "/", None, COUNTRY),
        lead,
        open: public.open,
        search: at(language, "/tim"),
        facts: newest.map(|newest| facts(texts, newest)).unwrap_or_default(),
        trend: trend::picture(texts, public).map(|picture| picture.page("xu-huong")).unwrap_or_default(),
        trend_page: trend.address(language, ""),
        map: newest
            .filter(|newest| !newest.overall().is_empty())
            .map(|newest| map::tile_list(texts, newest, newest.overall(), HEADLINE_RULE)),
        map_page: map_view.address(language, ""),
        page: page(texts, public, title, Language::ALL.map(|language| at(language, "/"))),
    }
}

/// What an edition found, in a sentence; none where the country has no value.
pub(super) fn finding(texts: Texts, released: &Released) -> Option<String> {
    let value = map::country(released, HEADLINE_RULE)?.value?;
    let values = [("year", released.content.survey.year.to_string()), ("value", texts.percent(value, 2))];
    Some(texts.with("portal-finding", values).into_owned())
}

/// By how much, where the surveys can be compared; else that they cannot.
fn changed(texts: Texts, public: &Public, newest: &Released) -> String {
    match change(public, newest.overall(), HEADLINE_RULE, COUNTRY) {
        Some(change) => {
            let values = [("year", change.since.to_string()), ("change", told::difference(texts, change.difference))];
            texts.with("portal-changed", values).into_owned()
        }
        None => texts.get("portal-change-none").into_owned(),
    }
}

/// Three facts, each with its figures.
fn facts(texts: Texts, newest: &Released) -> Vec<String> {
    let name = |code: &str| newest.content.indicator(code).map(|it| it.name.of(texts.language())).unwrap_or_default();
    let mut facts = Vec::new();
    if let Some([(high, most), (low, least)]) = extremes(newest, HEADLINE_RULE) {
        let values = [
            ("high", Value::from(name(high))),
            ("most", Value::from(texts.decimal(most, 2))),
            ("low", Value::from(name(low))),
            ("least", Value::from(texts.decimal(least, 2))),
        ];
        facts.push(texts.with("portal-fact-factors", values).into_owned());
    }
    let standings: Vec<_> = newest.all(newest.overall(), HEADLINE_RULE).filter_map(|figure| figure.standing).collect();
    let alone = standings.iter().filter(|it| it.first == it.last).count();
    if !standings.is_empty() {
        let values = [("provinces", standings.len()), ("alone", alone)];
        facts.push(texts.with("portal-fact-ranks", values).into_owned());
    }
    let fieldwork = &newest.content.fieldwork;
    let rate = fieldwork.response_rate_1.map(|rate| texts.percent(rate, 1));
    let values = [
        ("responses", Value::from(fieldwork.responses)),
        ("rate", Value::from(rate.unwrap_or_else(|| told::NOTHING.to_owned()))),
    ];
    facts.push(texts.with("portal-fact-responses", values).into_owned());
    facts
}
