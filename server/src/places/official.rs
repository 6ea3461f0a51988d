//! The official list, read once from the file that is built in.

use std::sync::LazyLock;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization as _;

const FILE: &str = include_str!("../../data/provinces_63_to_34.csv");

/// The first day of the 34 provinces.
pub(super) const SINCE: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 7, 1);
/// The last day of the 63.
pub(super) const UNTIL: Option<NaiveDate> = NaiveDate::from_ymd_opt(2025, 6, 30);

/// A province of today and those it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// Two digits.
    pub code: &'static str,
    pub name: &'static str,
    /// Run by the centre (*thành phố trực thuộc trung ương*).
    pub city: bool,
    pub predecessors: Vec<Predecessor>,
}

/// One of the 63. They had codes too, but some stand for another province today, so a word is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predecessor {
    pub id: String,
    pub name: &'static str,
    pub city: bool,
}

static PROVINCES: LazyLock<Vec<Province>> = LazyLock::new(|| FILE.lines().skip(1).filter_map(province).collect());

/// In the order of their codes.
pub fn provinces() -> &'static [Province] {
    &PROVINCES
}

/// `None` for a code that no province of today has.
pub fn province_name(code: &str) -> Option<&'static str> {
    provinces().iter().find(|province| province.code == code).map(|province| province.name)
}

/// `code,name,kind,predecessors separated by semicolons,their number`; no field is quoted.
fn province(line: &'static str) -> Option<Province> {
    let mut fields = line.split(',');
    let (code, name, kind, old) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let city = kind.starts_with("thành phố");
    // Đồng Nai became a city after it was merged; Huế was none under its old name.
    let city_before = kind == "thành phố";
    let predecessors =
        old.split(';').map(|old| Predecessor { id: word(old), name: old, city: city_before && old == name }).collect();
    Some(Province { code, name, city, predecessors })
}

/// "Bà Rịa - Vũng Tàu" → "ba-ria-vung-tau".
fn word(name: &str) -> String {
    let plain: String = name
        .nfd()
        .filter_map(|letter| match letter {
            'đ' | 'Đ' => Some('d'),
            letter if letter.is_ascii() => Some(letter.to_ascii_lowercase()),
            _mark => None,
        })
        .collect();
    plain.split([' ', '-']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn thirty_four_provinces_come_from_sixty_three() {
        let predecessors: Vec<_> = provinces().iter().flat_map(|province| &province.predecessors).collect();
        assert_eq!((provinces().len(), predecessors.len()), (34, 63));
        assert_eq!(predecessors.iter().map(|old| &old.id).collect::<BTreeSet<_>>().len(), 63);
        assert_eq!(provinces().iter().filter(|province| province.city).count(), 7);
        assert_eq!(predecessors.iter().filter(|old| old.city).count(), 5);
    }

    #[test]
    fn names_are_found_by_code() {
        assert_eq!(province_name("08"), Some("Tuyên Quang"));
        assert_eq!(province_name("8"), None);
        assert_eq!(word("Bà Rịa - Vũng Tàu"), "ba-ria-vung-tau");
        assert_eq!(word("Đắk Nông"), "dak-nong");
    }
}
