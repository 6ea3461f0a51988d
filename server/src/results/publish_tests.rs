use analysis::estimate::{Interval, IntervalMethod};
use analysis::index::{IndicatorKind, ItemRule};

use super::*;

fn cell(n: u32, reliability: Reliability) -> Cell {
    Cell {
        level: "province".to_owned(),
        group: String::new(),
        kind: IndicatorKind::Item,
        indicator: String::new(),
        method: "sipas-2026-t",
        rule: ItemRule::T,
        n,
        estimate: Some(0.8),
        se: Some(0.02),
        df: 9,
        deff: Some(1.4),
        interval: Some(Interval { low: 0.7, high: 0.9, method: IntervalMethod::Logit }),
        reliability: Some(reliability),
        psus: 9,
        flags: Vec::new(),
    }
}

/// One code in some provinces and the country they add up to.
fn published(code: &str, provinces: &[(&str, Cell)]) -> Vec<Figure> {
    let country = cell(provinces.iter().map(|(_, cell)| cell.n).sum(), Reliability::Publish);
    let all = provinces.iter().map(|(place, cell)| (*place, cell)).chain([(COUNTRY, &country)]);
    let proposed: Vec<_> =
        all.map(|(place, cell)| Proposed { place, code: code.to_owned(), answer: 0, cell }).collect();
    figures(&proposed, None).unwrap()
}

fn told(figures: &[Figure]) -> Vec<(&str, Option<i64>, bool, &str)> {
    figures.iter().map(|it| (it.place_code.as_str(), it.n, it.estimate.is_some(), it.flags.as_str())).collect()
}

#[test]
fn a_small_figure_is_hidden_with_the_one_that_would_give_it_away() {
    let sound = |n| cell(n, Reliability::Publish);
    let figures = published("q", &[("01", sound(9)), ("04", sound(300)), ("08", sound(200))]);
    let expected =
        [("01", None, false, "c"), ("04", Some(300), true, ""), ("08", None, false, "c"), ("VN", Some(509), true, "")];
    assert_eq!(told(&figures), expected);
    // Two communes know each other, and everybody's answer would be known.
    let alike = Cell { flags: vec![Flag::AllAlike], ..sound(29) };
    for small in [Cell { psus: 2, ..sound(50) }, alike] {
        assert_eq!(published("q", &[("01", small), ("04", sound(300)), ("08", sound(200))])[0].flags, "c");
    }
    assert!(published("q", &[("01", sound(12)), ("04", sound(300))]).iter().all(|figure| figure.estimate.is_some()));
}

#[test]
fn what_is_too_inexact_keeps_its_n_only_and_what_is_doubtful_is_marked() {
    let of = |reliability| published("q", &[("01", cell(42, reliability)), ("04", cell(300, Reliability::Publish))]);
    for inexact in [Reliability::TooFew, Reliability::TooWide, Reliability::TooWideForItsSize] {
        assert_eq!(told(&of(inexact))[0], ("01", Some(40), false, "u"), "42 people are told as 40");
    }
    for doubtful in [Reliability::ReviewDegreesOfFreedom, Reliability::NoVariance] {
        assert_eq!(told(&of(doubtful))[0], ("01", Some(40), true, "u"));
    }
    let alike = Cell { flags: vec![Flag::AllAlike], ..cell(42, Reliability::NoVariance) };
    assert_eq!(told(&published("q", &[("01", alike)]))[0], ("01", Some(40), true, "ue"));
    assert_eq!(told(&of(Reliability::Publish))[0], ("01", Some(40), true, ""));
}

/// An index is the mean of its parts: one hidden part would follow from the others.
#[test]
fn a_hidden_item_takes_another_part_of_its_index_along() {
    let tree = Tree::new(Indicator::new(
        IndicatorKind::Overall,
        "overall",
        vec![Indicator::new(IndicatorKind::Domain, "d", vec![Indicator::factor("f", ["a", "b", "c"])])],
    ))
    .unwrap();
    let of_code = |code: &str| match code {
        "a" => [9, 300, 300],
        "b" => [40, 250, 300],
        _ => [50, 320, 310],
    };
    let cells: Vec<(&str, Vec<(&str, Cell)>)> = ["overall", "d", "f", "a", "b", "c"]
        .into_iter()
        .map(|code| {
            let n = of_code(code);
            let all = ["01", "04", "08"].into_iter().zip(n).chain([(COUNTRY, n.iter().sum())]);
            (code, all.map(|(place, n)| (place, cell(n, Reliability::Publish))).collect())
        })
        .collect();
    let proposed: Vec<_> = cells
        .iter()
        .flat_map(|(code, places)| {
            places.iter().map(|(place, cell)| Proposed { place, code: (*code).to_owned(), answer: 0, cell })
        })
        .collect();
    let figures = figures(&proposed, Some(&tree)).unwrap();
    let mut hidden: Vec<String> = figures
        .iter()
        .filter(|figure| figure.flags.contains(HIDDEN))
        .map(|figure| format!("{} {}", figure.indicator, figure.place_code))
        .collect();
    hidden.sort();
    // By itself a 01; with it a 04, of the provinces, and b 01, the smaller of the other items; then again provinces and items.
    assert_eq!(hidden, ["a 01", "a 04", "b 01", "b 04"]);
}
