//! Figures in words, and as the pictures of a report.

use super::apart::{self, Against};
use crate::base::picture::tiles::Tile;
use crate::base::picture::{Picture, Told, against_best, dot_plot, tiles, trend};
use crate::base::text::Texts;
use crate::editions::content::{COUNTRY, Content, Figure, HEADLINE_RULE, Indicator, Level, Place, PlaceKind};
use crate::history;

pub(super) const NOTHING: &str = "–";
/// Decimals of a published figure.
const DECIMALS: u8 = 2;

pub(super) fn points(texts: Texts, value: Option<f64>) -> String {
    value.map_or_else(|| NOTHING.to_owned(), |value| texts.decimal(value, usize::from(DECIMALS)))
}

pub(super) fn interval(texts: Texts, figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => format!("{}\u{a0}–\u{a0}{}", points(texts, Some(low)), points(texts, Some(high))),
        _ => NOTHING.to_owned(),
    }
}

pub(super) fn n(texts: Texts, figure: &Figure) -> String {
    figure.n.map_or_else(|| NOTHING.to_owned(), |n| texts.number(n))
}

/// With its sign.
pub(super) fn signed(texts: Texts, points: f64) -> String {
    let sign = if points < 0.0 { "\u{2212}" } else { "+" };
    format!("{sign}{}", texts.decimal(points.abs(), usize::from(DECIMALS)))
}

/// `3 (1–7)`: never a rank without the ranks that the sample allows, with 95 % for all provinces together.
pub(super) fn rank(texts: Texts, figure: &Figure) -> String {
    figure.standing.map_or_else(
        || NOTHING.to_owned(),
        |it| {
            let set = [("rank", it.rank), ("first", it.first), ("last", it.last)];
            texts.with("results-rank-set", set.map(|(name, rank)| (name, i64::from(rank)))).into_owned()
        },
    )
}

/// The overall figure of a place in a sentence.
pub(super) fn finding(texts: Texts, content: &Content, place: &Place) -> String {
    let overall = content.overall().and_then(|overall| content.figure(&overall.code, HEADLINE_RULE, &place.code));
    let Some(figure) = overall.filter(|figure| figure.value.is_some()) else {
        return texts.with("report-no-finding", [("place", place.name.of(texts.language()))]).into_owned();
    };
    let told = [
        ("place", place.name.of(texts.language()).to_owned()),
        ("value", points(texts, figure.value)),
        ("interval", interval(texts, figure)),
        ("n", n(texts, figure)),
    ];
    texts.with("report-finding", told).into_owned()
}

/// What the marks in these figures mean, each once: letter and words.
pub(super) fn legend<'c>(texts: Texts, figures: impl Iterator<Item = &'c Figure>) -> Vec<(char, String)> {
    let mut marks: Vec<char> = figures.flat_map(|figure| figure.flags.chars()).collect();
    marks.sort_unstable();
    marks.dedup();
    marks.into_iter().map(|mark| (mark, texts.get(&format!("results-flag-{mark}")).into_owned())).collect()
}

fn told(texts: Texts, key: &str, indicator: &Indicator) -> Told {
    Told { title: indicator.name.of(texts.language()).to_owned(), description: texts.get(key).into_owned() }
}

/// The country's years: what was published before, and this edition's figure.
pub(super) fn years(texts: Texts, content: &Content) -> Option<(Picture, Vec<String>)> {
    let overall = content.overall().filter(|_| content.method.name.starts_with("sipas"))?;
    let figure = content.figure(&overall.code, HEADLINE_RULE, COUNTRY)?;
    let year = u16::try_from(content.survey.year).ok()?;
    let mut points = history::points();
    points.retain(|point| point.year != year);
    let interval = figure.low.zip(figure.high);
    points.extend(figure.value.map(|value| trend::Point { year, value, interval, decimals: DECIMALS, pilot: false }));
    let breaks: Vec<_> = history::breaks().iter().filter(|it| it.year <= year).collect();
    let starts: Vec<u16> = breaks.iter().map(|it| it.year).collect();
    let picture = trend::draw(texts, told(texts, "results-trend-description", overall), &points, &starts)?;
    Some((picture, breaks.iter().map(|it| texts.get(it.key).into_owned()).collect()))
}

/// The provinces on the map of tiles.
pub(super) fn map(texts: Texts, content: &Content, indicator: &Indicator) -> Picture {
    let figures = content.of(&indicator.code, HEADLINE_RULE, 0);
    let tiles: Vec<Tile> = figures.map(|it| Tile { code: it.place.clone(), value: it.value }).collect();
    let none = texts.get("results-map-none");
    // The country and earlier provinces have no tile: they take part in no class.
    let tiles: Vec<Tile> =
        tiles.into_iter().filter(|tile| content.provinces().any(|place| place.code == tile.code)).collect();
    tiles::draw(texts, told(texts, "report-map-description", indicator), &tiles, &none)
}

/// The country and the provinces from the highest down, those without a value left out.
pub(super) fn dots(texts: Texts, content: &Content, indicator: &Indicator) -> Option<Picture> {
    let dots = sorted(texts, content, indicator);
    dot_plot::draw(texts, told(texts, "report-dots-description", indicator), &dots)
}

/// The same in two pictures, side by side on one axis, the country in both.
pub(super) fn dots_in_halves(texts: Texts, content: &Content, indicator: &Indicator) -> Vec<Picture> {
    let all = sorted(texts, content, indicator);
    let (country, provinces): (Vec<_>, Vec<_>) = all.iter().cloned().partition(|dot| dot.country);
    let half = |dots: &[dot_plot::Dot]| {
        let dots = [country.as_slice(), dots].concat();
        dot_plot::draw_some(texts, told(texts, "report-dots-description", indicator), &dots, &all)
    };
    provinces.chunks(provinces.len().div_ceil(2).max(1)).filter_map(half).collect()
}

fn sorted(texts: Texts, content: &Content, indicator: &Indicator) -> Vec<dot_plot::Dot> {
    let mut figures: Vec<&Figure> =
        content.of(&indicator.code, HEADLINE_RULE, 0).filter(|it| it.value.is_some()).collect();
    let value = |figure: &Figure| figure.value.unwrap_or_default();
    figures.sort_by(|a, b| (b.place == COUNTRY).cmp(&(a.place == COUNTRY)).then(value(b).total_cmp(&value(a))));
    let dot = |it: &&Figure| {
        let place = content.place(&it.place).filter(|place| place.kind != PlaceKind::Earlier)?;
        Some(dot_plot::Dot {
            name: place.name.of(texts.language()).to_owned(),
            value: it.value,
            interval: it.low.zip(it.high),
            country: it.place == COUNTRY,
        })
    };
    figures.iter().filter_map(dot).collect()
}

/// The factors of a place as bars before the best province's; where there is no factor, the domains, else the items.
pub(super) fn bars(texts: Texts, content: &Content, place: &Place, all: &[Against<'_>]) -> Option<Picture> {
    let overall = content.overall()?;
    let levels = [Level::Factor, Level::Domain, Level::Item];
    let level = levels.into_iter().find(|level| all.iter().any(|it| it.indicator.level == *level))?;
    let row = |it: &Against<'_>| against_best::Row {
        name: it.indicator.name.of(texts.language()).to_owned(),
        value: it.figure.value,
        interval: it.figure.low.zip(it.figure.high),
        best: apart::best(content, &it.indicator.code),
        country: it.country.filter(|_| place.kind != PlaceKind::Country),
    };
    let rows: Vec<_> = all.iter().filter(|it| it.indicator.level == level).map(row).collect();
    let name = |code: &str| content.place(code).map_or_else(String::new, |it| it.name.of(texts.language()).to_owned());
    let legend = against_best::Legend {
        place: name(&place.code),
        best: texts.get("report-best").into_owned(),
        country: (place.kind != PlaceKind::Country).then(|| name(COUNTRY)),
    };
    against_best::draw(texts, told(texts, "report-bars-description", overall), &legend, &rows)
}
