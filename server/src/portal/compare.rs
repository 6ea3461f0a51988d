//! Up to five provinces on one axis.

use super::frame::{frame, page};
use super::grid::{Grid, Value};
use super::map::rules;
use super::pages::{ComparePage, choice_list};
use super::province::name;
use super::shelf::{Public, Released};
use super::told::{difference, told, untold};
use super::view::{MOST_COMPARED, View, at, slug};
use crate::base::page::Link;
use crate::base::parts::{Choice, Choices};
use crate::base::picture::dot_plot::{Dot, draw};
use crate::base::picture::{Picture, Told};
use crate::base::text::{Language, Texts, Value as Words};
use crate::editions::Difference;
use crate::editions::content::{COUNTRY, Indicator, Level};
use crate::error::{Error, Result};
use crate::places;

/// Overall, domains and factors.
fn compared(released: &Released) -> impl Iterator<Item = &Indicator> {
    released.content.indicators.iter().filter(|it| it.level != Level::Item)
}

pub(super) fn title(texts: Texts, codes: &[String]) -> String {
    if codes.is_empty() {
        return texts.get("portal-compare-title").into_owned();
    }
    let names: Vec<&str> = codes.iter().map(|code| name(code)).collect();
    texts.with("portal-compare-of", [("provinces", names.join(", "))]).into_owned()
}

/// One indicator in all the places, and the country.
fn plot(texts: Texts, released: &Released, it: &Indicator, codes: &[String], rule: &str) -> Option<Picture> {
    let dot = |code: &str, label: String, country: bool| {
        let figure = released.figure(&it.code, rule, code);
        Dot {
            name: label,
            value: figure.and_then(|figure| figure.value),
            interval: figure.and_then(|figure| figure.low.zip(figure.high)),
            country,
        }
    };
    let mut dots: Vec<Dot> = codes.iter().map(|code| dot(code, name(code).to_owned(), false)).collect();
    dots.push(dot(COUNTRY, texts.get("results-country").into_owned(), true));
    let description = texts.with("results-plot-description", [("places", dots.len())]).into_owned();
    draw(texts, Told { title: it.name.of(texts.language()).to_owned(), description }, &dots)
}

/// The overall index: what stands for the whole page as a file.
pub(super) fn picture(texts: Texts, public: &Public, codes: &[String], rule: &str) -> Option<Picture> {
    let released = public.newest()?;
    plot(texts, released, released.content.overall()?, codes, rule)
}

pub(super) fn grid(public: &Public, codes: &[String], rule: &str, language: Language) -> Grid {
    let columns = vec!["indicator", "name", "place_code", "place", "value", "low", "high", "se", "n", "flags"];
    let Some(released) = public.newest() else { return Grid { columns, rows: Vec::new() } };
    let places = || codes.iter().map(String::as_str).chain([COUNTRY]);
    let row = |it: &Indicator, code: &str| {
        let figure = released.figure(&it.code, rule, code)?;
        let place = released.content.place(code)?;
        Some(vec![
            Value::text(it.code.clone()),
            Value::text(it.name.of(language)),
            Value::text(code),
            Value::text(place.name.of(language)),
            Value::points(figure.value),
            Value::points(figure.low),
            Value::points(figure.high),
            figure.se.map_or(Value::None, |se| Value::Number(se, 4)),
            Value::count(figure.n),
            Value::text(figure.flags.clone()),
        ])
    };
    let rows = released.content.indicators.iter().flat_map(|it| places().filter_map(move |code| row(it, code)));
    Grid { columns, rows: rows.collect() }
}

pub(super) fn show(texts: Texts, public: &Public, view: &View) -> Result<ComparePage> {
    let View::Compare { codes, rule } = view else { return Err(Error::internal("portal-view")) };
    let mut choosers: Vec<Choices> = (0..MOST_COMPARED).map(|at| chooser(texts, at, codes.get(at))).collect();
    choosers.push(rules(texts, rule));
    let link = |code: &String| {
        let view = View::Province { code: code.clone(), rule };
        Link::new(name(code), view.address(texts.language(), ""))
    };
    let released = public.newest().filter(|_| !codes.is_empty());
    let row = |released: &Released, it: &Indicator| {
        let figures: Vec<_> = codes.iter().map(|code| released.figure(&it.code, rule, code)).collect();
        let words = it.name.of(texts.language()).to_owned();
        let first = figures.first().copied().flatten();
        let apart = figures.iter().zip(codes).skip(1).filter_map(|(figure, code)| {
            let apart = Difference::of((*figure)?, first?).filter(|it| it.is_more_than_chance())?;
            let values = [("province", Words::from(name(code))), ("difference", Words::from(difference(texts, apart)))];
            Some(texts.with("portal-compare-difference", values).into_owned())
        });
        let mut apart: Vec<String> = apart.collect();
        if apart.is_empty() && codes.len() > 1 {
            apart.push(texts.get("portal-compare-none-apart").into_owned());
        }
        (
            words,
            figures.iter().map(|figure| figure.map_or_else(untold, |figure| told(texts, figure))).collect(),
            apart.join("; "),
        )
    };
    let drawn = |released: &Released, it: &Indicator, place: usize| {
        let picture = plot(texts, released, it, codes, rule)?;
        Some((it.name.of(texts.language()).to_owned(), picture.page(&format!("so-sanh-{place}"))))
    };
    let pictures =
        released.into_iter().flat_map(|it| compared(it).enumerate().filter_map(move |(at, node)| drawn(it, node, at)));
    Ok(ComparePage {
        frame: frame(texts, public, "/so-sanh", released.is_some().then_some(view), COUNTRY),
        action: at(texts.language(), "/so-sanh"),
        names: codes.iter().map(link).collect(),
        pictures: pictures.collect(),
        rows: released.into_iter().flat_map(|it| compared(it).map(move |node| row(it, node))).collect(),
        empty: match public.newest() {
            None => Some(texts.get("portal-nothing-yet").into_owned()),
            Some(_) if codes.is_empty() => Some(texts.get("portal-compare-choose").into_owned()),
            Some(_) => None,
        },
        choosers,
        page: page(texts, public, title(texts, codes), Language::ALL.map(|language| view.address(language, ""))),
    })
}

fn chooser(texts: Texts, at: usize, chosen: Option<&String>) -> Choices {
    let none = Choice::new("", texts.get("portal-compare-none"), chosen.is_none());
    let mut provinces: Vec<_> = places::provinces().iter().collect();
    provinces.sort_by_key(|province| places::key(&province.name));
    let options = provinces
        .into_iter()
        .map(|province| Choice::new(slug(province), province.name.clone(), chosen == Some(&province.code)));
    let legend = texts.with("portal-compare-place", [("n", at + 1)]).into_owned();
    let mut list = choice_list("tinh", legend, [none].into_iter().chain(options).collect());
    list.id = format!("tinh-{}", at + 1);
    list
}
