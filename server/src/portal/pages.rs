//! What the public's pages show.

use askama::Template;

use super::frame::Frame;
use crate::base::bar::Bar;
use crate::base::page::{Link, Page};
use crate::base::parts::{Choice, Choices};
use crate::base::tile_list::TileList;

/// A figure in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// `83,94`, or a dash.
    pub value: String,
    /// `83,10 – 84,70`.
    pub interval: String,
    pub n: String,
    /// `3 (1–7)`; empty where nothing is ranked.
    pub rank: String,
    /// Letters with their meanings.
    pub flags: Vec<(char, String)>,
}

#[derive(Template)]
#[template(path = "portal/home.html")]
pub(super) struct HomePage {
    pub page: Page,
    pub frame: Frame,
    /// Interval, people, change: under the heading.
    pub lead: Vec<String>,
    /// A survey takes answers: the code is asked for here.
    pub open: bool,
    pub search: String,
    pub facts: Vec<String>,
    pub trend: String,
    pub trend_page: String,
    pub map: Option<TileList>,
    pub map_page: String,
}

pub(super) struct TrendRow {
    pub year: String,
    pub value: String,
    pub interval: String,
    pub series: String,
    pub source: Link,
}

#[derive(Template)]
#[template(path = "portal/trend.html")]
pub(super) struct TrendPage {
    pub page: Page,
    pub frame: Frame,
    pub picture: String,
    /// Numbered as in the picture.
    pub breaks: Vec<String>,
    pub rows: Vec<TrendRow>,
}

pub(super) struct PlaceRow {
    pub name: String,
    pub address: String,
    pub country: bool,
    pub told: Told,
    pub change: String,
    pub tier: String,
}

#[derive(Template)]
#[template(path = "portal/map.html")]
pub(super) struct MapPage {
    pub page: Page,
    pub frame: Frame,
    pub action: String,
    pub indicators: Choices,
    pub rules: Choices,
    pub map: TileList,
    pub rows: Vec<PlaceRow>,
    pub changed: bool,
    pub flags: Vec<(char, String)>,
    pub picture: String,
}

/// Provinces whose names begin with one letter.
pub(super) struct Letter {
    pub letter: String,
    pub provinces: Vec<Link>,
}

#[derive(Template)]
#[template(path = "portal/provinces.html")]
pub(super) struct ProvincesPage {
    pub page: Page,
    pub frame: Frame,
    pub search: String,
    pub letters: Vec<Letter>,
}

pub(super) struct FactorRow {
    pub name: String,
    /// `overall`, `domain`, `factor`, `item`.
    pub level: &'static str,
    pub told: Told,
    pub country: String,
    pub best: String,
    pub bar: Option<Bar>,
}

#[derive(Template)]
#[template(path = "portal/province.html")]
pub(super) struct ProvincePage {
    pub page: Page,
    pub frame: Frame,
    pub lead: Vec<String>,
    pub rules: Choices,
    pub action: String,
    /// Each factor against the best.
    pub picture: String,
    pub rows: Vec<FactorRow>,
    pub strengths: Vec<String>,
    pub weaknesses: Vec<String>,
    /// Who answered: questions about the person with the shares of their answers.
    pub people: Vec<(String, Vec<(String, String)>)>,
    /// The earlier provinces that this one was made of, with their figures.
    pub earlier: Vec<(String, Told)>,
    /// Their published results of earlier years.
    pub history: Vec<TrendRow>,
    pub compare: Link,
    /// The same on paper.
    pub papers: Vec<Link>,
    pub flags: Vec<(char, String)>,
}

#[derive(Template)]
#[template(path = "portal/compare.html")]
pub(super) struct ComparePage {
    pub page: Page,
    pub frame: Frame,
    pub action: String,
    /// One for each place that can be chosen.
    pub choosers: Vec<Choices>,
    pub names: Vec<Link>,
    /// An indicator and its drawing.
    pub pictures: Vec<(String, String)>,
    /// An indicator, its value and interval in each place, and in words what is more than chance.
    pub rows: Vec<(String, Vec<Told>, String)>,
    /// Why there is nothing to see yet.
    pub empty: Option<String>,
}

/// An area of service: its average and its attributes.
pub(super) struct SdgArea {
    pub name: String,
    pub average: Told,
    pub items: Vec<(String, Told)>,
}

#[derive(Template)]
#[template(path = "portal/sdg.html")]
pub(super) struct SdgPage {
    pub page: Page,
    pub frame: Frame,
    pub picture: String,
    pub areas: Vec<SdgArea>,
}

/// A file that can be taken.
pub(super) struct FileLine {
    pub link: Link,
    pub what: String,
    pub size: String,
    pub digest: String,
}

#[derive(Template)]
#[template(path = "portal/data.html")]
pub(super) struct DataPage {
    pub page: Page,
    pub frame: Frame,
    pub files: Vec<FileLine>,
    pub views: Vec<(String, Vec<Link>)>,
    /// Edition, when it became public, why, its digest and its document.
    pub editions: Vec<(String, String, String, FileLine)>,
    /// The same for programs that look for news.
    pub feed: String,
}

#[derive(Template)]
#[template(path = "portal/method.html")]
pub(super) struct MethodPage {
    pub page: Page,
    pub frame: Frame,
    /// Headings with their paragraphs.
    pub sections: Vec<(String, Vec<String>)>,
    /// Facts of the newest survey.
    pub facts: Vec<(String, String)>,
    pub questions: Vec<String>,
}

#[derive(Template)]
#[template(path = "portal/search.html")]
pub(super) struct SearchPage {
    pub page: Page,
    pub frame: Frame,
    pub action: String,
    pub asked: String,
    pub found: Vec<(Link, String)>,
}

pub(super) fn choice_list(id: &str, legend: String, options: Vec<Choice>) -> Choices {
    Choices { id: id.to_owned(), name: id.to_owned(), legend, options, ..Choices::default() }
}

impl DataPage {
    fn licence() -> &'static str {
        super::data::LICENCE
    }

    fn licence_address() -> &'static str {
        super::data::LICENCE_ADDRESS
    }
}
