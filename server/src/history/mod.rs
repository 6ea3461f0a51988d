//! What was published of earlier years, and where its way of measuring changed: facts of the press and of provinces' pages, each with its source.
//!
//! Invariants: nothing here is computed by us; figures of two [`Series`] are never joined, subtracted or ranked together.
//! Files: `server/data/history/`.

mod file;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use crate::base::picture::trend::Point;
use crate::places;

/// Figures that were measured in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Series {
    /// Six services in ten provinces, of 2013 to 2016.
    Pilot,
    /// Whoever had just had something to do with an office: 2017 to 2021.
    Users,
    /// Households and a new questionnaire: 2022.
    Households,
    /// The method of 2023 to 2026, in 63 provinces.
    Present,
    /// The same in the 34 provinces of July 2025.
    ThirtyFour,
}

/// How well a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// As the source prints it.
    Reported,
    /// The source prints less digits than there were.
    Rounded,
    /// From two printed figures: a value and a change.
    Derived,
    /// From points that were given for it.
    Approximate,
    /// The source tells the rank only.
    Rank,
}

/// A figure for the country.
#[derive(Clone, Debug, PartialEq)]
pub struct National {
    pub year: u16,
    /// `overall`, or the service that a pilot asked about.
    pub measure: String,
    pub series: Series,
    /// From 0 to 100.
    pub percent: f64,
    pub status: Status,
    /// One or more addresses, a space between them.
    pub source: String,
    /// In English; empty where there is nothing to note.
    pub note: String,
}

/// The overall index of one of the 63 earlier provinces.
#[derive(Clone, Debug, PartialEq)]
pub struct Province {
    pub year: u16,
    /// Of Decision 124/2004/QĐ-TTg, which may stand for another province today.
    pub code: String,
    pub name: String,
    pub series: Series,
    pub percent: Option<f64>,
    pub rank_of_63: Option<u16>,
    pub status: Status,
    pub source: String,
    pub note: String,
}

/// A change of the way of measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Break {
    /// The first year of the new way.
    pub year: u16,
    /// Of the sentence that tells what changed.
    pub key: &'static str,
}

const BREAKS: [Break; 4] = [
    Break { year: 2017, key: "history-break-2017" },
    Break { year: 2022, key: "history-break-2022" },
    Break { year: 2023, key: "history-break-2023" },
    Break { year: 2025, key: "history-break-2025" },
];

static NATIONAL: LazyLock<Vec<National>> = LazyLock::new(|| file::national().unwrap_or_default());
static PROVINCES: LazyLock<Vec<Province>> = LazyLock::new(|| file::provinces().unwrap_or_default());

/// In the order of years.
pub fn breaks() -> &'static [Break] {
    &BREAKS
}

impl Series {
    const ALL: [Self; 5] = [Self::Pilot, Self::Users, Self::Households, Self::Present, Self::ThirtyFour];

    pub fn of(year: i32) -> Self {
        let passed = BREAKS.iter().filter(|change| i32::from(change.year) <= year).count();
        Self::ALL.get(passed).copied().unwrap_or(Self::ThirtyFour)
    }

    /// In files: the first year, or `pilot`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pilot => "pilot",
            Self::Users => "2017",
            Self::Households => "2022",
            Self::Present => "2023",
            Self::ThirtyFour => "2025",
        }
    }
}

impl National {
    /// Of the words for what was measured.
    pub fn measure_key(&self) -> String {
        format!("history-measure-{}", self.measure.replace('_', "-"))
    }

    /// Decimals that the source prints.
    pub fn decimals(&self) -> u8 {
        if self.status == Status::Rounded || self.series == Series::Pilot { 1 } else { 2 }
    }
}

/// The country's figures, of pilots too, in the order of years.
pub fn national() -> &'static [National] {
    &NATIONAL
}

/// The earlier provinces' figures, the newest year first.
pub fn provinces() -> &'static [Province] {
    &PROVINCES
}

/// The figures of the earlier provinces that a province of today was made of, each a series of its own.
pub fn of_province(code: &str) -> Vec<&'static Province> {
    let Some(today) = places::provinces().iter().find(|province| province.code == code) else { return Vec::new() };
    let part = |old: &&Province| today.predecessors.iter().any(|before| before.code == old.code);
    provinces().iter().filter(part).collect()
}

/// The country's years as a picture takes them: pilots as such, no interval, since none was published.
pub fn points() -> Vec<Point> {
    let point = |it: &National| Point {
        year: it.year,
        value: it.percent,
        interval: None,
        decimals: it.decimals(),
        pilot: it.series == Series::Pilot,
    };
    national().iter().map(point).collect()
}
