use super::*;
use crate::base::text::{Language, Texts};

#[test]
fn the_built_in_files_have_no_defect() {
    assert_eq!(file::national().map(|rows| rows.len()), Ok(14));
    assert_eq!(file::provinces().map(|rows| rows.len()), Ok(58));
}

#[test]
fn every_figure_has_a_source_and_lies_in_the_series_of_its_year() {
    let national = national().iter().map(|it| (it.year, it.series, Some(it.percent), &it.source));
    let provinces = provinces().iter().map(|it| (it.year, it.series, it.percent, &it.source));
    for (year, series, percent, source) in national.chain(provinces) {
        assert!(source.split(' ').all(|address| address.starts_with("http")), "{year}: {source}");
        assert_eq!(series, Series::of(i32::from(year)), "{year}");
        assert!(percent.is_none_or(|percent| (50.0..100.0).contains(&percent)), "{year}: {percent:?}");
    }
}

#[test]
fn the_country_is_known_from_2017_on_in_three_series_and_the_pilot_apart() {
    let overall: Vec<_> =
        national().iter().filter(|it| it.measure == "overall").map(|it| (it.year, it.percent)).collect();
    let known = [80.9, 82.99, 84.45, 85.48, 87.16, 80.08, 82.66, 83.94];
    assert_eq!(overall, (2017..).zip(known).collect::<Vec<_>>());
    assert!(national().iter().all(|it| (it.series == Series::Pilot) == (it.measure != "overall")));
    assert_eq!(points().iter().filter(|point| point.pilot).count(), 6);
    assert_eq!([2016, 2021, 2022, 2024, 2026].map(Series::of), Series::ALL);
}

#[test]
fn each_break_is_told_in_both_languages() {
    assert_eq!(breaks().iter().map(|change| change.year).collect::<Vec<_>>(), [2017, 2022, 2023, 2025]);
    for (change, language) in breaks().iter().flat_map(|change| Language::ALL.map(|language| (change, language))) {
        let sentence = Texts::new(language).get(change.key);
        assert!(sentence.contains(&change.year.to_string()) && sentence.len() > 60, "{language}: {sentence}");
    }
}

#[test]
fn earlier_provinces_are_found_under_those_of_today_by_their_official_names() {
    for old in provinces() {
        let today = places::provinces()
            .iter()
            .filter(|province| province.predecessors.iter().any(|it| it.code == old.code && it.name == old.name));
        assert_eq!(today.count(), 1, "{} {}", old.code, old.name);
        assert_eq!(old.percent.is_none(), old.status == Status::Rank, "{} {}", old.year, old.name);
    }
    let names = |code: &str| {
        let mut names: Vec<_> = of_province(code).iter().map(|old| old.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    assert_eq!(names("48"), ["Quảng Nam", "Đà Nẵng"]);
    assert_eq!(names("46"), ["Thừa Thiên Huế"]);
    assert!(names("99").is_empty());
}

#[test]
fn what_was_measured_has_a_name_in_both_languages() {
    for (it, language) in national().iter().flat_map(|it| Language::ALL.map(|language| (it, language))) {
        assert!(Texts::new(language).has(&it.measure_key()), "{language}: {}", it.measure);
    }
}
