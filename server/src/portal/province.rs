//! One province: each factor against the best, the country and its own past.

use super::data;
use super::frame::{frame, page};
use super::grid::{Grid, Value};
use super::map::{rules, sentence};
use super::pages::{FactorRow, ProvincePage, Told as Figures, TrendRow};
use super::reading::{Standout, change, standouts};
use super::shelf::{Public, Released};
use super::told::{self, meanings, points, told, untold};
use super::trend;
use super::view::{View, at};
use crate::base::bar::Bar;
use crate::base::page::Link;
use crate::base::picture::against_best::{self, Legend, Row};
use crate::base::picture::{Picture, Told};
use crate::base::text::{Language, Texts, Value as Words};
use crate::editions::content::{COUNTRY, Indicator, Level, PlaceKind};
use crate::error::{Error, Result};
use crate::places;

/// Questions about the person who answered: the form begins with them.
const PERSON: &str = "a";

pub(super) fn name(code: &str) -> &'static str {
    places::province_name(code).unwrap_or_default()
}

pub(super) fn title(texts: Texts, public: &Public, code: &str) -> String {
    let year = public.newest().map(|newest| newest.content.survey.year.to_string()).unwrap_or_default();
    texts.with("portal-province-title", [("province", name(code)), ("year", &year)]).into_owned()
}

/// Overall, domains and factors: what is drawn. Items are in the table.
fn drawn(released: &Released) -> impl Iterator<Item = &Indicator> {
    released.content.indicators.iter().filter(|it| it.level != Level::Item)
}

pub(super) fn picture(texts: Texts, public: &Public, code: &str, rule: &str) -> Option<Picture> {
    let released = public.newest()?;
    let row = |it: &Indicator| {
        let figure = released.figure(&it.code, rule, code);
        Row {
            name: it.name.of(texts.language()).to_owned(),
            value: figure.and_then(|figure| figure.value),
            interval: figure.and_then(|figure| figure.low.zip(figure.high)),
            best: released.best(&it.code, rule).and_then(|best| best.value),
            country: released.figure(&it.code, rule, COUNTRY).and_then(|country| country.value),
        }
    };
    let rows: Vec<Row> = drawn(released).map(row).collect();
    let legend = Legend {
        place: name(code).to_owned(),
        best: texts.get("portal-best").into_owned(),
        country: Some(texts.get("results-country").into_owned()),
    };
    let description = texts.get("portal-province-description").into_owned();
    against_best::draw(texts, Told { title: title(texts, public, code), description }, &legend, &rows)
}

pub(super) fn grid(public: &Public, code: &str, rule: &str, language: Language) -> Grid {
    let columns = vec![
        "indicator",
        "name",
        "level",
        "value",
        "low",
        "high",
        "se",
        "n",
        "rank",
        "rank_first",
        "rank_last",
        "country",
        "best",
        "best_place",
        "flags",
    ];
    let Some(released) = public.newest() else { return Grid { columns, rows: Vec::new() } };
    let row = |it: &Indicator| {
        let figure = released.figure(&it.code, rule, code)?;
        let best = released.best(&it.code, rule);
        Some(vec![
            Value::text(it.code.clone()),
            Value::text(it.name.of(language)),
            Value::text(level(it.level)),
            Value::points(figure.value),
            Value::points(figure.low),
            Value::points(figure.high),
            figure.se.map_or(Value::None, |se| Value::Number(se, 4)),
            Value::count(figure.n),
            Value::count(figure.standing.map(|it| it.rank)),
            Value::count(figure.standing.map(|it| it.first)),
            Value::count(figure.standing.map(|it| it.last)),
            Value::points(released.figure(&it.code, rule, COUNTRY).and_then(|country| country.value)),
            Value::points(best.and_then(|best| best.value)),
            best.map_or(Value::None, |best| Value::text(name(&best.place))),
            Value::text(figure.flags.clone()),
        ])
    };
    Grid { columns, rows: released.content.indicators.iter().filter_map(row).collect() }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Overall => "overall",
        Level::Domain => "domain",
        Level::Factor => "factor",
        Level::Item => "item",
    }
}

pub(super) fn show(texts: Texts, public: &Public, view: &View) -> Result<ProvincePage> {
    let View::Province { code, rule } = view else { return Err(Error::internal("portal-view")) };
    let released = public.newest();
    let compare = View::Compare { codes: vec![code.clone()], rule };
    let (above, below) = released.map(|it| standouts(it, rule, code)).unwrap_or_default();
    let of_province = released
        .into_iter()
        .flat_map(|it| it.content.indicators.iter().filter_map(|node| it.figure(&node.code, rule, code)));
    Ok(ProvincePage {
        frame: frame(texts, public, "/tinh", Some(view), code),
        lead: released.map(|it| lead(texts, public, it, code, rule)).unwrap_or_default(),
        rules: rules(texts, rule),
        action: view.address(texts.language(), "").split('?').next().unwrap_or_default().to_owned(),
        picture: picture(texts, public, code, rule).map(|picture| picture.page("tinh")).unwrap_or_default(),
        rows: released.map(|it| rows(texts, it, code, rule)).unwrap_or_default(),
        strengths: released.map(|it| words(texts, it, &above)).unwrap_or_default(),
        weaknesses: released.map(|it| words(texts, it, &below)).unwrap_or_default(),
        people: released.map(|it| people(texts, it, code)).unwrap_or_default(),
        earlier: released.map(|it| earlier(texts, it, code, rule)).unwrap_or_default(),
        history: history(texts, code),
        compare: Link::new(
            texts.with("portal-compare-with", [("province", name(code))]),
            compare.address(texts.language(), ""),
        ),
        papers: released
            .map(|it| {
                public.papers(it, code, texts.language()).into_iter().map(|report| data::paper(texts, it, report))
            })
            .into_iter()
            .flatten()
            .collect(),
        flags: meanings(texts, of_province),
        page: page(texts, public, title(texts, public, code), Language::ALL.map(|language| view.address(language, ""))),
    })
}

/// The score, where it stands, how it changed.
fn lead(texts: Texts, public: &Public, released: &Released, code: &str, rule: &str) -> Vec<String> {
    let Some(figure) = released.figure(released.overall(), rule, code) else {
        return vec![texts.get("portal-province-none").into_owned()];
    };
    if figure.value.is_none() {
        return vec![texts.get("portal-province-hidden").into_owned()];
    }
    let mut lead = vec![sentence(texts, "portal-province-finding", figure)];
    if let Some(standing) = figure.standing {
        let values = [("first", standing.own_first), ("last", standing.own_last), ("of", standing.of)];
        lead.push(
            texts.with("portal-province-rank", values.map(|(name, value)| (name, i64::from(value)))).into_owned(),
        );
    }
    if let Some(change) = change(public, released.overall(), rule, code) {
        let values = [("year", change.since.to_string()), ("change", told::difference(texts, change.difference))];
        lead.push(texts.with("portal-changed", values).into_owned());
    }
    lead
}

fn rows(texts: Texts, released: &Released, code: &str, rule: &str) -> Vec<FactorRow> {
    let row = |it: &Indicator| {
        let figure = released.figure(&it.code, rule, code)?;
        let country = released.figure(&it.code, rule, COUNTRY).and_then(|country| country.value);
        let share = |value: f64| value / 100.0;
        let interval = figure.low.zip(figure.high).map(|(low, high)| (share(low), share(high)));
        Some(FactorRow {
            name: it.name.of(texts.language()).to_owned(),
            level: level(it.level),
            told: told(texts, figure),
            country: points(texts, country),
            best: points(texts, released.best(&it.code, rule).and_then(|best| best.value)),
            bar: Bar::new(figure.value.map(share), interval, country.map(share)),
        })
    };
    released.content.indicators.iter().filter_map(row).collect()
}

fn words(texts: Texts, released: &Released, standouts: &[Standout<'_>]) -> Vec<String> {
    let sentence = |it: &Standout<'_>| {
        let name = released.content.indicator(it.code).map(|it| it.name.of(texts.language())).unwrap_or_default();
        let key = if it.difference.points > 0.0 { "portal-strength" } else { "portal-weakness" };
        let values =
            [("factor", Words::from(name)), ("points", Words::from(texts.decimal(it.difference.points.abs(), 2)))];
        texts.with(key, values).into_owned()
    };
    standouts.iter().map(sentence).collect()
}

/// Sex, age and whatever else is asked of the person, as the weights make them.
fn people(texts: Texts, released: &Released, code: &str) -> Vec<(String, Vec<(String, String)>)> {
    let of_person = released.content.questions.iter().filter(|question| {
        question.code.strip_prefix(PERSON).is_some_and(|rest| rest.chars().all(|letter| letter.is_ascii_digit()))
    });
    let shares = |question: &crate::editions::content::Question| {
        let shares = released.shares(&question.code, code);
        let name = |answer: i16| {
            let found = question.answers.iter().find(|(known, _)| *known == answer);
            found.map(|(_, words)| words.of(texts.language()).to_owned()).unwrap_or_default()
        };
        let told: Vec<_> = shares.iter().map(|share| (name(share.answer), points(texts, share.value))).collect();
        (question.name.of(texts.language()).to_owned(), told)
    };
    of_person.map(shares).filter(|(_, shares)| !shares.is_empty()).collect()
}

fn earlier(texts: Texts, released: &Released, code: &str, rule: &str) -> Vec<(String, Figures)> {
    let inside = released
        .content
        .places
        .iter()
        .filter(|place| place.kind == PlaceKind::Earlier && place.code.split('/').next() == Some(code));
    let figure = |place: &crate::editions::content::Place| {
        let told =
            released.figure(released.overall(), rule, &place.code).map_or_else(untold, |figure| told(texts, figure));
        (place.name.of(texts.language()).to_owned(), told)
    };
    inside.map(figure).collect()
}

/// Published results of the provinces that this one was made of, and of itself before.
fn history(texts: Texts, code: &str) -> Vec<TrendRow> {
    trend::province_rows(texts, code)
}

/// Every province by the first letter of its name.
pub(super) fn letters(texts: Texts) -> Vec<(String, Vec<Link>)> {
    let mut letters: Vec<(String, Vec<Link>)> = Vec::new();
    let mut provinces: Vec<_> = places::provinces().iter().collect();
    provinces.sort_by_key(|province| places::key(&province.name));
    for province in provinces {
        let view = View::Province { code: province.code.clone(), rule: crate::editions::content::HEADLINE_RULE };
        let old = province.predecessors.iter().map(|old| old.name.as_str()).filter(|old| *old != province.name);
        let old: Vec<&str> = old.collect();
        let label = if old.is_empty() {
            province.name.clone()
        } else {
            texts
                .with("portal-made-of", [("province", province.name.as_str()), ("earlier", &old.join(", "))])
                .into_owned()
        };
        let first: String = province.name.chars().take(1).collect();
        let link = Link::new(label, view.address(texts.language(), ""));
        match letters.last_mut().filter(|(letter, _)| *letter == first) {
            Some((_, links)) => links.push(link),
            None => letters.push((first, vec![link])),
        }
    }
    letters
}

/// The page of all provinces.
pub(super) fn list(texts: Texts, public: &Public) -> super::pages::ProvincesPage {
    let letters = letters(texts).into_iter().map(|(letter, provinces)| super::pages::Letter { letter, provinces });
    super::pages::ProvincesPage {
        frame: frame(texts, public, "/tinh", None, COUNTRY),
        search: at(texts.language(), "/tim"),
        letters: letters.collect(),
        page: page(texts, public, texts.get("portal-provinces"), Language::ALL.map(|language| at(language, "/tinh"))),
    }
}
