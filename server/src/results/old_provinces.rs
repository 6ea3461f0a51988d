//! Earlier provinces as domains of those of today, where the sample was drawn from them: their figures are direct estimates like any other
//! (docs/methods/boundaries.md).

use std::collections::{BTreeMap, BTreeSet};

use analysis::frame::Texts;

use crate::places::{self, COUNTRY};

/// The column of the answers; its labels are places as in [`code`].
pub(super) const OLD_PROVINCE: &str = "old-province";

/// `24/27`: what was province 27 inside the province 24 of today. The code alone may stand for another province now.
fn code(province: &str, old: &str) -> String {
    format!("{province}/{old}")
}

/// The place that a place is a part of.
pub(super) fn whole(place: &str) -> &str {
    place.split_once('/').map_or(COUNTRY, |(province, _)| province)
}

/// Whether it is an earlier province inside one of today.
pub(super) fn is_old(place: &str) -> bool {
    place.contains('/')
}

/// The name of an earlier province; none for another code.
pub(super) fn name(place: &str) -> Option<&'static str> {
    let (province, old) = place.split_once('/')?;
    let province = places::provinces().iter().find(|known| known.code == province)?;
    province.predecessors.iter().find(|known| known.code == old).map(|known| known.name.as_str())
}

/// The earlier province of each row. Only of provinces whose strata all name one (`24-urban.27`, from the design's groups), and more than one:
/// then they add up to the province. Empty for the others.
pub(super) fn column(strata: &Texts, provinces: &Texts) -> Texts {
    let mut olds: BTreeMap<&str, BTreeSet<Option<&str>>> = BTreeMap::new();
    for (stratum, province) in strata.iter().zip(provinces.iter()) {
        olds.entry(province).or_default().insert(old(stratum, province));
    }
    olds.retain(|_, olds| olds.len() > 1 && !olds.contains(&None));
    let of_row = |(stratum, province)| {
        let old = old(stratum, province).filter(|_| olds.contains_key(province));
        old.map_or_else(String::new, |old| code(province, old))
    };
    strata.iter().zip(provinces.iter()).map(of_row).collect()
}

/// The earlier province that the group of a stratum names.
fn old<'a>(stratum: &'a str, province: &str) -> Option<&'a str> {
    let (_, group) = stratum.split_once('.')?;
    name(&code(province, group)).map(|_| group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_provinces_are_told_where_they_make_up_the_whole() {
        let rows = [
            ("24-urban.24", "24"),
            ("24-rural.27", "24"),
            // One stratum does not say.
            ("48-urban.48", "48"),
            ("48-rural", "48"),
            // Nothing to tell apart, and a group that is no earlier province.
            ("01-urban", "01"),
            ("31-urban.north", "31"),
            ("31-urban.south", "31"),
        ];
        let strata = rows.iter().map(|row| row.0).collect();
        let provinces = rows.iter().map(|row| row.1).collect();
        let told: Vec<String> = column(&strata, &provinces).iter().map(str::to_owned).collect();
        assert_eq!(told, ["24/24", "24/27", "", "", "", "", ""]);
        assert_eq!((whole("24/27"), whole("24"), is_old("24/27"), is_old("24")), ("24", COUNTRY, true, false));
        assert_eq!(name("24/24"), Some("Bắc Giang"));
        assert_eq!((name("24"), name("24/01")), (None, None));
    }
}
