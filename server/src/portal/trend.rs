//! The years: what was published before, and the editions of here; a line never crosses a change of method.

use super::frame::{frame, page};
use super::grid::{Grid, Value};
use super::map::country;
use super::pages::{TrendPage, TrendRow};
use super::shelf::Public;
use super::told::{NOTHING, points};
use super::view::View;
use crate::base::page::Link;
use crate::base::picture::trend::{Point, draw};
use crate::base::picture::{Picture, Told};
use crate::base::text::{Language, Texts};
use crate::editions::content::{COUNTRY, HEADLINE_RULE};
use crate::history::{self, Series};

/// A year of the country.
struct Measured {
    year: i32,
    value: f64,
    decimals: u8,
    interval: Option<(f64, f64)>,
    n: Option<i64>,
    series: Series,
    /// What was measured: the overall index, or a service of the pilot.
    measure: String,
    source: Source,
    synthetic: bool,
}

enum Source {
    /// An edition, by its name.
    Edition(String),
    Address(String),
}

fn years(public: &Public) -> Vec<Measured> {
    let mut years: Vec<Measured> = history::national()
        .iter()
        .map(|it| Measured {
            year: i32::from(it.year),
            value: it.percent,
            decimals: it.decimals(),
            interval: None,
            n: None,
            series: it.series,
            measure: it.measure_key(),
            source: Source::Address(it.source.split(' ').next().unwrap_or_default().to_owned()),
            synthetic: false,
        })
        .collect();
    let of_edition = |released: &std::sync::Arc<super::shelf::Released>| {
        let figure = country(released, HEADLINE_RULE)?;
        Some(Measured {
            year: released.content.survey.year,
            value: figure.value?,
            decimals: 2,
            interval: figure.low.zip(figure.high),
            n: figure.n,
            series: Series::of(released.content.survey.year),
            measure: "history-measure-overall".to_owned(),
            source: Source::Edition(released.label()),
            synthetic: released.content.survey.synthetic,
        })
    };
    years.extend(public.surveys.iter().filter_map(of_edition));
    years.sort_by_key(|it| it.year);
    years
}

pub(super) fn title(texts: Texts) -> String {
    texts.get("portal-trend-title").into_owned()
}

pub(super) fn picture(texts: Texts, public: &Public) -> Option<Picture> {
    let point = |it: Measured| Point {
        year: u16::try_from(it.year).unwrap_or_default(),
        value: it.value,
        interval: it.interval,
        decimals: it.decimals,
        pilot: it.series == Series::Pilot,
    };
    let all: Vec<Point> = years(public).into_iter().map(point).collect();
    let breaks: Vec<u16> = history::breaks().iter().map(|it| it.year).collect();
    let description = texts.get("portal-trend-description").into_owned();
    draw(texts, Told { title: title(texts), description }, &all, &breaks)
}

pub(super) fn grid(texts: Texts, public: &Public) -> Grid {
    let row = |it: Measured| {
        let (low, high) = it.interval.unzip();
        vec![
            Value::Number(f64::from(it.year), 0),
            Value::text(texts.get(&it.measure)),
            Value::Number(it.value, usize::from(it.decimals)),
            Value::points(low),
            Value::points(high),
            Value::count(it.n),
            Value::text(it.series.name()),
            Value::text(match it.source {
                Source::Edition(label) => label,
                Source::Address(address) => address,
            }),
        ]
    };
    Grid {
        columns: vec!["year", "measure", "value", "low", "high", "n", "series", "source"],
        rows: years(public).into_iter().map(row).collect(),
    }
}

/// Sentences on where the method changed, as they are numbered in the picture.
pub(super) fn breaks(texts: Texts) -> Vec<String> {
    history::breaks().iter().map(|it| texts.get(it.key).into_owned()).collect()
}

pub(super) fn show(texts: Texts, public: &Public) -> TrendPage {
    let view = View::Trend;
    let row = |it: Measured| TrendRow {
        year: it.year.to_string(),
        value: texts.decimal(it.value, usize::from(it.decimals)),
        interval: it.interval.map_or_else(
            || NOTHING.to_owned(),
            |(low, high)| format!("{} – {}", texts.decimal(low, 2), texts.decimal(high, 2)),
        ),
        series: if it.synthetic { texts.get("synthetic").into_owned() } else { texts.get(&it.measure).into_owned() },
        source: match it.source {
            Source::Edition(label) => Link::new(label, super::view::at(texts.language(), "/du-lieu")),
            Source::Address(address) => Link::new(host(&address), address),
        },
    };
    TrendPage {
        frame: frame(texts, public, "/xu-huong", Some(&view), COUNTRY),
        picture: picture(texts, public).map(|picture| picture.page("xu-huong")).unwrap_or_default(),
        breaks: breaks(texts),
        rows: years(public).into_iter().rev().map(row).collect(),
        page: page(texts, public, title(texts), Language::ALL.map(|language| view.address(language, ""))),
    }
}

/// Who published it, as short as an address allows.
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).trim_start_matches("www.").to_owned()
}

/// Published results of a province, or of the earlier ones it was made of, the newest first.
pub(super) fn province_rows(texts: Texts, code: &str) -> Vec<TrendRow> {
    let row = |it: &&'static history::Province| {
        let rank = it.rank_of_63.map(|rank| texts.with("portal-rank-of-63", [("rank", rank)]).into_owned());
        let address = it.source.split(' ').next().unwrap_or_default();
        TrendRow {
            year: it.year.to_string(),
            value: points(texts, it.percent),
            interval: rank.unwrap_or_else(|| NOTHING.to_owned()),
            series: it.name.clone(),
            source: Link::new(host(address), address),
        }
    };
    history::of_province(code).iter().map(row).collect()
}
