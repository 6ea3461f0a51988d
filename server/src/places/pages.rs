//! What the pages of places show.

use askama::Template;
use chrono::NaiveDate;

use super::file::Defect;
use super::place::{ALWAYS, Place, STILL};
use super::store::LoadedFile;
use crate::base::page::Page;
use crate::base::parts::{Field, Problem};
use crate::base::text::{Texts, Value};

#[derive(Template)]
#[template(path = "places/search.html")]
pub(super) struct SearchPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub text: Field,
    pub day: Field,
    /// None before anything was typed.
    pub found: Option<Vec<Line>>,
    pub provinces: Vec<Line>,
    pub files: Vec<LoadedFile>,
    /// Who sees the whole country may load a file.
    pub national: bool,
    pub refusal: Vec<Told>,
    pub refused: usize,
    pub columns: String,
}

#[derive(Template)]
#[template(path = "places/place.html")]
pub(super) struct PlacePage {
    pub page: Page,
    pub day: Field,
    pub place: Line,
    /// From the country down to the place itself.
    pub within: Vec<Line>,
    pub inside: Vec<Line>,
    /// All rows of this code.
    pub versions: Vec<Line>,
    pub made_of: Vec<Line>,
    pub became: Vec<Line>,
}

impl PlacePage {
    fn inside_title(&self) -> String {
        let counts = [("n", Value::from(self.inside.len())), ("day", Value::from(self.day.value.as_str()))];
        self.page.texts.with("place-inside", counts).into_owned()
    }
}

/// A place in one line of a list.
pub(super) struct Line {
    pub name: String,
    pub kind: String,
    pub code: String,
    pub address: String,
    /// From when to when it stood.
    pub days: String,
    /// The part of the people that came along; empty where that is no question.
    pub share: String,
}

impl Line {
    /// `day` is the day the reader asks about: a place that does not stand then is led to on a day of its own.
    pub(super) fn new(place: &Place, share: Option<f64>, day: NaiveDate, texts: Texts) -> Self {
        let day = if place.stands_on(day) { day } else { day.clamp(place.valid_from, place.valid_until) };
        let days = match (place.valid_from == ALWAYS, place.valid_until == STILL) {
            (true, true) => texts.get("place-days-always"),
            (true, false) => texts.with("place-days-until", [("until", texts.day(place.valid_until))]),
            (false, true) => texts.with("place-days-from", [("from", texts.day(place.valid_from))]),
            (false, false) => texts.with(
                "place-days-between",
                [("from", texts.day(place.valid_from)), ("until", texts.day(place.valid_until))],
            ),
        };
        Self {
            name: place.name.clone(),
            kind: texts.get(&format!("place-kind-{}", place.kind)).into_owned(),
            code: place.code.clone(),
            address: format!("/qt/noi/{}?ngay={}", place.code, day.format("%d/%m/%Y")),
            days: days.into_owned(),
            share: share.map(|share| texts.percent(share * 100.0, 1)).unwrap_or_default(),
        }
    }
}

/// A defect of a file in words.
pub(super) struct Told {
    pub line: u64,
    pub column: &'static str,
    pub value: String,
    pub what: String,
    pub fix: String,
}

impl Told {
    pub(super) fn new(defect: &Defect, texts: Texts) -> Self {
        let said = |part: &str| {
            let key = format!("place-{part}-{}", defect.kind.name());
            texts.with(&key, [("value", defect.value.as_str())]).into_owned()
        };
        Self {
            line: defect.line,
            column: defect.column,
            value: defect.value.clone(),
            what: said("what"),
            fix: said("fix"),
        }
    }
}
