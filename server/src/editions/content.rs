//! What an edition says: everything that is published of a survey, in one document that needs no database to be read.
//!
//! The document is JSON, and its bytes have the edition's digest. Values are points from 0 to 100, rounded once, half-up; what is hidden
//! has no value. Whoever publishes (pages, files, reports, the API) takes figures from here and nowhere else.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::base::text::Language;

/// Of the document's shape: readers of another one refuse it.
pub const FORMAT: u16 = 1;

/// The country among the places.
pub const COUNTRY: &str = crate::places::COUNTRY;

/// The rule of the figures that stand in headlines; the other one is published beside it.
pub const HEADLINE_RULE: &str = "M";

/// The rule of the shares of answers.
pub const SHARES: &str = "level";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Content {
    pub format: u16,
    pub survey: Survey,
    pub method: Method,
    pub sample: Vec<Sample>,
    pub fieldwork: Fieldwork,
    /// The country first, then the provinces by name, each followed by the earlier ones it was made of.
    pub places: Vec<Place>,
    /// The overall index first, then each domain followed by its factors and items. Empty for a questionnaire that measures nothing.
    pub indicators: Vec<Indicator>,
    pub questions: Vec<Question>,
    pub figures: Vec<Figure>,
}

/// The same words in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Words {
    pub vi: String,
    pub en: String,
}

impl Words {
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Survey {
    pub slug: String,
    pub name: Words,
    pub year: i32,
    pub opened_on: NaiveDate,
    pub closed_on: NaiveDate,
    /// The people are made up: said on every page that shows them.
    pub synthetic: bool,
}

/// What the figures were computed with, by digest (hexadecimal SHA-256).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Method {
    /// `sipas-2026`: two surveys of one method can be compared.
    pub name: String,
    pub recipe: String,
    pub engine: String,
    pub run: String,
    pub computed_at: DateTime<Utc>,
    pub inputs: BTreeMap<String, String>,
    /// Of the run's figures before rounding.
    pub figures_digest: String,
}

/// A draw as it was published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Sample {
    /// Canonical JSON.
    pub design: String,
    pub design_digest: String,
    pub frame_digest: String,
    pub seed_source: String,
    pub seed: String,
    pub algorithm: String,
    pub list_digest: String,
    pub persons: i32,
    pub reserves: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Fieldwork {
    pub responses: i64,
    /// Persons of the sample as first drawn; a replacement never raises a rate.
    pub invited: u64,
    /// AAPOR RR1 and RR3 in points; none before anybody was invited.
    pub response_rate_1: Option<f64>,
    pub response_rate_3: Option<f64>,
    /// Responses by mode; empty where one mode has too few to be told.
    pub modes: Vec<(String, u64)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    Country,
    Province,
    /// A province that was merged into one of today.
    Earlier,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Place {
    /// `VN`, `48`, or `24/27` for the earlier province 27 inside 24.
    pub code: String,
    pub kind: PlaceKind,
    pub name: Words,
    /// In addresses: `da-nang`.
    pub slug: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Overall,
    Domain,
    Factor,
    Item,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Indicator {
    pub code: String,
    pub level: Level,
    /// The indicator it is a part of; none for the overall one.
    pub part_of: Option<String>,
    pub name: Words,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    pub code: String,
    /// As printed before it; none for a question without a number.
    pub number: Option<String>,
    pub name: Words,
    /// Several answers are possible, so the shares add up to more than a hundred.
    pub several: bool,
    /// Numbered as in the figures.
    pub answers: Vec<(i16, Words)>,
}

/// One indicator in one place by one rule, or the share of one answer. All values in points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Figure {
    pub place: String,
    /// An indicator or a question.
    pub code: String,
    /// `M`, `T` or, of an answer, `level`.
    pub rule: String,
    /// The answer whose share it is; 0 for an indicator.
    #[serde(default, skip_serializing_if = "is_none")]
    pub answer: i16,
    /// People with a valid answer, rounded to five below a hundred; none where the figure is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub se: Option<f64>,
    /// The bounds of the 95 % interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// One letter per mark: c hidden, u low reliability, e estimated, m a part is missing, b break.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub flags: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none(answer: &i16) -> bool {
    *answer == 0
}

/// Where a province stands among those with a value: never a rank without the ranks that the sample allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Standing {
    pub rank: u32,
    /// 95 % for all provinces together.
    pub first: u32,
    pub last: u32,
    /// 95 % for this province alone.
    pub own_first: u32,
    pub own_last: u32,
    /// Provinces of one tier cannot be told from its highest one; 1 is the highest tier.
    pub tier: u32,
    pub of: u32,
}

impl Content {
    /// The figures of an indicator (answer 0) or an answer, by place.
    pub fn of<'a>(&'a self, code: &'a str, rule: &'a str, answer: i16) -> impl Iterator<Item = &'a Figure> {
        self.figures.iter().filter(move |it| it.answer == answer && it.rule == rule && it.code == code)
    }

    pub fn figure<'a>(&'a self, code: &'a str, rule: &'a str, place: &'a str) -> Option<&'a Figure> {
        self.of(code, rule, 0).find(|it| it.place == place)
    }

    /// The overall index; none for a questionnaire that measures nothing.
    pub fn overall(&self) -> Option<&Indicator> {
        self.indicators.first()
    }

    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|known| known.code == code)
    }

    pub fn place(&self, code: &str) -> Option<&Place> {
        self.places.iter().find(|known| known.code == code)
    }

    pub fn provinces(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| place.kind == PlaceKind::Province)
    }
}
