//! The same figures as a drawing: places on one axis, on the map of tiles, over the years.

use askama::Template as _;
use serde::Deserialize;

use crate::base::page::Link;
use crate::base::picture::tiles::Tile;
use crate::base::picture::{Told, dot_plot, shares, trend};
use crate::base::text::Texts;
use crate::base::tile_list::TileList;
use crate::campaigns::Campaign;
use crate::error::Result;
use crate::results::pages::{Drawing, Measured};
use crate::results::store::{Figure, Run};
use crate::results::{DECIMALS, Names, Row, views};
use crate::{history, places};

/// How a table is looked at; each has its own address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) enum View {
    #[default]
    #[serde(rename = "bang")]
    Table,
    #[serde(rename = "cham")]
    Dots,
    #[serde(rename = "ban-do")]
    Map,
    #[serde(rename = "xu-huong")]
    Trend,
}

impl View {
    const ALL: [Self; 4] = [Self::Table, Self::Dots, Self::Map, Self::Trend];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Table => "bang",
            Self::Dots => "cham",
            Self::Map => "ban-do",
            Self::Trend => "xu-huong",
        }
    }
}

/// What is drawn: an indicator by a rule, in a survey.
pub(super) struct Subject<'a> {
    pub campaign: &'a Campaign,
    pub run: &'a Run,
    pub title: &'a str,
    pub indicator: &'a str,
    pub rule: &'a str,
    pub order: &'a str,
    /// It is the overall index by the rule that was published of earlier years.
    pub headline: bool,
}

impl Subject<'_> {
    /// One address for each view, the other parameters kept.
    pub(super) fn tabs(&self, texts: Texts, chosen: View) -> Vec<Link> {
        let tab = |view: View| {
            let query = form_urlencoded::Serializer::new(String::new())
                .extend_pairs([("chi-so", self.indicator), ("quy-tac", self.rule), ("sap-xep", self.order)])
                .append_pair("xem", view.name())
                .finish();
            let address = format!("/pt/ket-qua/{}?{query}", self.campaign.slug);
            Link { current: view == chosen, ..Link::new(texts.get(&format!("results-view-{}", view.name())), address) }
        };
        View::ALL.map(tab).into()
    }

    /// None for the table, and where nothing has a value.
    pub(super) fn draw(&self, texts: Texts, view: View, rows: &[Row], names: &[String]) -> Result<Option<Drawing>> {
        match view {
            View::Table => Ok(None),
            View::Dots => Ok(self.dots(texts, rows, names)),
            View::Map => self.map(texts, rows).map(Some),
            View::Trend => Ok(self.trend(texts, rows)),
        }
    }

    fn told(&self, description: String) -> Told {
        Told { title: self.title.to_owned(), description }
    }

    fn dots(&self, texts: Texts, rows: &[Row], names: &[String]) -> Option<Drawing> {
        let dots: Vec<_> = rows.iter().zip(names).map(|(row, name)| views::dot(row, name.clone())).collect();
        let valued = rows.iter().filter(|row| !row.is_country() && row.figure.estimate.is_some()).count();
        let description = texts.with("results-plot-description", [("places", valued)]).into_owned();
        let picture = dot_plot::draw(texts, self.told(description), &dots)?;
        Some(Drawing { html: picture.page("dot-plot"), notes: Vec::new(), years: Vec::new() })
    }

    fn map(&self, texts: Texts, rows: &[Row]) -> Result<Drawing> {
        let tile = |row: &Row| Tile { code: row.figure.place_code.clone(), value: views::rounded(row.figure.estimate) };
        let tiles: Vec<Tile> = rows.iter().filter(|row| !row.is_country()).map(tile).collect();
        let link = |code: &str| {
            let row = rows.iter().find(|row| row.figure.place_code == code);
            let name = row.map(|row| row.place_name.as_str()).or_else(|| places::province_name(code));
            let address = row.map(|_| format!("/pt/ket-qua/{}/{code}?quy-tac={}", self.campaign.slug, self.rule));
            (name.unwrap_or_default().to_owned(), address)
        };
        let list = TileList::new(texts, &tiles, texts.get("results-map-none").into_owned(), link);
        Ok(Drawing { html: list.render()?, notes: Vec::new(), years: Vec::new() })
    }

    /// What was published of earlier years, then this survey's own figure for the country.
    fn trend(&self, texts: Texts, rows: &[Row]) -> Option<Drawing> {
        let own = rows.iter().find(|row| row.is_country())?;
        let year = u16::try_from(self.campaign.year).ok()?;
        let comparable = self.headline && self.run.method.starts_with("sipas");
        let mut points = if comparable { history::points() } else { Vec::new() };
        points.retain(|point| point.year != year);
        let interval = own.figure.ci_low.zip(own.figure.ci_high);
        let interval = interval.and_then(|(low, high)| views::rounded(Some(low)).zip(views::rounded(Some(high))));
        let own_point = views::rounded(own.figure.estimate).map(|value| trend::Point {
            year,
            value,
            interval,
            decimals: DECIMALS,
            pilot: false,
        });
        points.extend(own_point);
        let first = points.iter().map(|point| point.year).min()?;
        let breaks: Vec<_> = history::breaks().iter().filter(|it| it.year > first && it.year <= year).collect();
        let starts: Vec<u16> = breaks.iter().map(|it| it.year).collect();
        let description = texts.get("results-trend-description").into_owned();
        let picture = trend::draw(texts, self.told(description), &points, &starts)?;
        let mut notes: Vec<String> = breaks.iter().map(|it| texts.get(it.key).into_owned()).collect();
        if !comparable {
            notes.push(texts.get("results-trend-alone").into_owned());
        }
        Some(Drawing { html: picture.page("trend"), notes, years: years(texts, own, comparable, year) })
    }
}

/// What stands under the line of the years: the newest first.
fn years(texts: Texts, own: &Row, comparable: bool, year: u16) -> Vec<Measured> {
    let line = views::Line::of(texts, &own.figure);
    let own = Measured {
        year: year.to_string(),
        what: texts.get("results-trend-own").into_owned(),
        score: line.score,
        interval: line.interval,
        sources: Vec::new(),
    };
    let published = |it: &history::National| Measured {
        year: it.year.to_string(),
        what: texts.get(&it.measure_key()).into_owned(),
        score: texts.decimal(it.percent, usize::from(it.decimals())),
        interval: "–".to_owned(),
        sources: it.source.split(' ').map(str::to_owned).collect(),
    };
    let before = history::national().iter().filter(|it| comparable && it.year != year);
    std::iter::once(own).chain(before.rev().map(published)).collect()
}

/// How the answers on the scale of satisfaction share out, a bar for each place. None where a share is hidden: the rest of a bar would tell it.
pub(super) fn scale(texts: Texts, names: &Names, question: &str, places: &[(&str, &[Figure])]) -> Option<String> {
    let row = |(name, figures): &(&str, &[Figure])| {
        let points: Vec<f64> = figures.iter().filter_map(|figure| views::rounded(figure.estimate)).collect();
        Some(shares::Row { name: (*name).to_owned(), shares: points.try_into().ok()? })
    };
    let rows: Option<Vec<_>> = places.iter().map(row).collect();
    let (_, figures) = places.first()?;
    let answer = |figure: &Figure| names.answer(&figure.indicator, figure.answer.unsigned_abs()).to_owned();
    let answers: Vec<String> = figures.iter().map(answer).collect();
    let told = Told { title: question.to_owned(), description: texts.get("results-scale-description").into_owned() };
    Some(shares::draw(texts, told, &answers.try_into().ok()?, &rows?)?.page("scale"))
}
