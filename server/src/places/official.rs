//! The list that comes with the product, read once from the file that is built in.
//!
//! Codes and names of provinces and communes are those of Decision 19/2025/QĐ-TTg (1 July 2025) with the changes of Resolution
//! 30/2026/QH16 (30 April 2026); the 63 earlier provinces have the codes of Decision 124/2004/QĐ-TTg.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::file::{self, Row, predecessor};
use super::place::{Level, Place, STILL};

pub(super) const FILE: &[u8] = include_bytes!("../../data/places.csv");

/// A province of today and those it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// Two digits.
    pub code: String,
    pub name: String,
    /// Run by the centre (*thành phố trực thuộc trung ương*).
    pub city: bool,
    /// The six regions' codes, R1 to R6.
    pub region: String,
    /// Earlier provinces, under all the names they had, in the order of their codes.
    pub predecessors: Vec<Predecessor>,
}

/// An earlier province. Its code may stand for another province today.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Predecessor {
    pub code: String,
    pub name: String,
}

static PLACES: LazyLock<Vec<Row>> = LazyLock::new(|| file::read(FILE).unwrap_or_default());
static PROVINCES: LazyLock<Vec<Province>> = LazyLock::new(|| {
    let standing = places().iter().filter(|row| row.place.valid_until == STILL && row.place.level == Level::Province);
    let mut provinces: Vec<_> = standing.map(province).collect();
    provinces.sort_by(|a, b| a.code.cmp(&b.code));
    provinces
});

pub(super) fn places() -> &'static [Row] {
    &PLACES
}

/// In the order of their codes.
pub fn provinces() -> &'static [Province] {
    &PROVINCES
}

/// `None` for a code that no province of today has.
pub fn province_name(code: &str) -> Option<&'static str> {
    provinces().iter().find(|province| province.code == code).map(|province| province.name.as_str())
}

/// The regions in the order of their codes: code and name.
pub fn regions() -> Vec<(&'static str, &'static str)> {
    let regions = places().iter().filter(|row| row.place.level == Level::Region && row.place.valid_until == STILL);
    regions.map(|row| (row.place.code.as_str(), row.place.name.as_str())).collect()
}

fn province(row: &'static Row) -> Province {
    let mut predecessors = BTreeSet::new();
    add_predecessors(row, &mut predecessors);
    let Place { code, name, kind, parent, .. } = row.place.clone();
    Province { code, name, city: kind == "city", region: parent, predecessors: predecessors.into_iter().collect() }
}

/// Those of 2025 and, since names change too, theirs.
fn add_predecessors(row: &'static Row, found: &mut BTreeSet<Predecessor>) {
    for origin in &row.origins {
        let versions: Vec<&Place> =
            places().iter().map(|other| &other.place).filter(|place| place.code == origin.code).collect();
        let Some(before) = predecessor(&versions, &row.place) else { continue };
        // The same province under the same name is not an earlier one, only an earlier row of it.
        if before.parent == super::COUNTRY {
            found.insert(Predecessor { code: before.code.clone(), name: before.name.clone() });
        }
        if let Some(earlier) = places().iter().find(|other| std::ptr::eq(&raw const other.place, before)) {
            add_predecessors(earlier, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::file::fit;
    use super::*;

    fn on(level: Level, day: &str) -> usize {
        let day: NaiveDate = day.parse().unwrap();
        places().iter().filter(|row| row.place.level == level && row.place.stands_on(day)).count()
    }

    #[test]
    fn the_built_in_file_has_no_defect() {
        let rows = file::read(FILE).expect("a readable file");
        assert_eq!(fit(&rows, &[]), []);
    }

    #[test]
    fn thirty_four_provinces_come_from_sixty_three() {
        assert_eq!((provinces().len(), regions().len()), (34, 6));
        assert_eq!((on(Level::Province, "2024-12-31"), on(Level::Province, "2025-06-30")), (63, 63));
        assert_eq!(on(Level::Province, "2025-07-01"), 34);
        assert_eq!(on(Level::Commune, "2025-07-01"), 3_321);
        assert_eq!(on(Level::Commune, "2026-05-01"), 3_321);
        // Huế was Thừa Thiên Huế until 2024.
        assert_eq!(provinces().iter().map(|province| province.predecessors.len()).sum::<usize>(), 64);
        assert_eq!(provinces().iter().filter(|province| province.city).count(), 7);
    }

    #[test]
    fn names_are_found_by_code() {
        assert_eq!(province_name("08"), Some("Tuyên Quang"));
        assert_eq!(province_name("8"), None);
        let names = |code: &str| -> Vec<&str> {
            let province = provinces().iter().find(|province| province.code == code).unwrap();
            province.predecessors.iter().map(|old| old.name.as_str()).collect()
        };
        assert_eq!(names("08"), ["Hà Giang", "Tuyên Quang"]);
        assert_eq!(names("46"), ["Huế", "Thừa Thiên Huế"]);
        assert_eq!(names("75"), ["Bình Phước", "Đồng Nai"]);
    }
}
