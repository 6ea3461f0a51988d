//! What a place is: its level and kind, and from when to when it was so.

use chrono::NaiveDate;

/// Stands for "since before anybody wrote it down".
pub const ALWAYS: NaiveDate = day(1, 1, 1);
/// Stands for "still so".
pub const STILL: NaiveDate = day(9999, 12, 31);

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Country,
    Region,
    Province,
    District,
    Commune,
    Village,
}

impl Level {
    pub const ALL: [Self; 6] =
        [Self::Country, Self::Region, Self::Province, Self::District, Self::Commune, Self::Village];

    pub fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::Province => "province",
            Self::District => "district",
            Self::Commune => "commune",
            Self::Village => "village",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// What places of this level can be.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Country => &["country"],
            Self::Region => &["region"],
            Self::Province => &["province", "city"],
            Self::District => &["district", "town", "city"],
            Self::Commune => &["commune", "ward", "township", "special_zone"],
            Self::Village => &["village", "neighbourhood"],
        }
    }

    /// Where places of this level may lie. Districts ended with June 2025.
    pub fn parents(self) -> &'static [Self] {
        match self {
            Self::Country => &[],
            Self::Region => &[Self::Country],
            Self::Province => &[Self::Country, Self::Region],
            Self::District => &[Self::Province],
            Self::Commune => &[Self::Province, Self::District],
            Self::Village => &[Self::Commune],
        }
    }
}

/// A place as it was from one day to another. The same code with another name, kind or extent is another row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub level: Level,
    /// The official one; no two places of any level share one on the same day.
    pub code: String,
    pub kind: String,
    pub name: String,
    /// Code of the place it lies in; empty for the country.
    pub parent: String,
    /// First day; [`ALWAYS`] when unknown.
    pub valid_from: NaiveDate,
    /// Last day; [`STILL`] while it stands.
    pub valid_until: NaiveDate,
}

impl Place {
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && day <= self.valid_until
    }
}

/// Where a place's people came from: the predecessor's code, whose row ended before, and the part of its people who came.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    pub code: String,
    pub share: f64,
}
