//! The index of a whole tree against R, and the table's own rules.

use analysis::estimate::{IntervalMethod, Tallies};
use analysis::frame::{Columns, Item, Responses, Texts};
use analysis::index::{
    Aggregation, DomainRule, Indicator, IndicatorKind, ItemRule, Method, NationRule, SIPAS_2026_M, SIPAS_2026_T, Tree,
};
use analysis::table::{Cell, Crossing, Flag, cross_indicator, cross_shares, distributions, percent, tabulate};

use crate::data::{Agreement, Row, golden, number, survey, survey_grouped_by};

/// The reference's two domains: items 1–29 and 30–50.
pub(crate) fn tree() -> Tree {
    let factor = |code: &str, items: std::ops::RangeInclusive<u32>| {
        Indicator::factor(code, items.map(|item| format!("q{item:02}")))
    };
    let domain = |code: &str, factors| Indicator::new(IndicatorKind::Domain, code, factors);
    let first = domain("first", vec![factor("first-a", 1..=10), factor("first-b", 11..=29)]);
    let second = domain("second", vec![factor("second-a", 30..=50)]);
    Tree::new(Indicator::new(IndicatorKind::Overall, "overall", vec![first, second])).unwrap()
}

const POOLED_T: Method = Method { name: "pooled", aggregation: Aggregation::Pooled, ..SIPAS_2026_T };
const DOMAINS_M: Method =
    Method { name: "domains", aggregation: Aggregation::EqualDomains(DomainRule::MeanOfItems), ..SIPAS_2026_M };

fn find<'a>(cells: &'a [Cell], method: &str, group: &str, indicator: &str) -> &'a Cell {
    let group = if group == "VN" { "" } else { group };
    cells.iter().find(|c| c.method == method && c.group == group && c.indicator == indicator).unwrap()
}

#[test]
fn overall_index_by_every_rule() {
    let methods = [SIPAS_2026_T, SIPAS_2026_M, POOLED_T, DOMAINS_M];
    let cells = tabulate(&survey("province", "psu"), &tree(), &methods, &["province"]).unwrap();
    assert_eq!(cells.len(), 4 * 64 * (1 + 2 + 3 + 50));
    let mut agreement = Agreement::default();
    let mut check = |row: &Row, method: &str, value: &str, se: &str, scale: f64| {
        let cell = find(&cells, method, &row["province"], "overall");
        agreement.near(number(row, value), cell.estimate.unwrap() * scale, value);
        agreement.near(number(row, se), cell.se.unwrap() * scale, se);
        assert_eq!(cell.df, row["df"].parse::<u32>().unwrap());
        agreement.rows += 1;
    };
    for row in golden(include_bytes!("../data/sipas_composite_wr.csv.gz")) {
        check(&row, "pooled", "ratio", "ratio_se", 1.0);
        check(&row, SIPAS_2026_T.name, "index", "index_se", 1.0);
    }
    for row in golden(include_bytes!("../data/sipas_mean_score_index_wr.csv.gz")) {
        let method = if row["rule"] == "items" { SIPAS_2026_M.name } else { "domains" };
        check(&row, method, "index_100", "se_100", 100.0);
    }
    agreement.report("sipas_composite_wr and sipas_mean_score_index_wr", 2 * 64 + 128);
}

/// How items are put together does not touch the items themselves.
#[test]
fn an_item_is_the_same_by_every_aggregation() {
    let cells = tabulate(&survey("province", "psu"), &tree(), &[SIPAS_2026_T, POOLED_T], &[]).unwrap();
    let (plain, pooled) = cells.split_at(cells.len() / 2);
    for (plain, pooled) in plain.iter().zip(pooled).filter(|(cell, _)| cell.kind == IndicatorKind::Item) {
        assert_eq!((plain.estimate, plain.se, plain.interval), (pooled.estimate, pooled.se, pooled.interval));
        assert_eq!(plain.deff, pooled.deff);
    }
    let composed = cells.iter().filter(|cell| cell.kind != IndicatorKind::Item);
    assert!(composed.clone().count() == 12 && composed.clone().all(|cell| cell.deff.is_none()));
}

#[test]
fn item_means() {
    let cells = tabulate(&survey("province", "psu"), &tree(), &[SIPAS_2026_M], &["province"]).unwrap();
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_mean_score_wr.csv.gz")) {
        let cell = find(&cells, SIPAS_2026_M.name, &row["province"], &row["item"]);
        agreement.check(&row, "mean", 5.0 * cell.estimate.unwrap());
        agreement.check(&row, "se", 5.0 * cell.se.unwrap());
        agreement.rows += 1;
    }
    agreement.report("sipas_mean_score_wr", 3200);
}

#[test]
fn the_share_of_each_level_is_that_of_the_reference_and_all_make_one() {
    let cells = distributions(&survey("province", "psu"), &["province"]).unwrap();
    assert_eq!(cells.len(), 64 * 50 * 5);
    let share = |item: &str, level: &str| {
        let rule = ItemRule::Level(level.parse().unwrap());
        cells.iter().find(|c| c.level == "nation" && c.indicator == item && c.rule == rule).unwrap()
    };
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_likert_levels_wr.csv.gz")) {
        // Level 0 is the mean of 1 to 5.
        if row["level_a"] != "0" {
            agreement.check(&row, "p_a", share(&row["item"], &row["level_a"]).estimate.unwrap());
        }
        agreement.rows += 1;
    }
    agreement.report("sipas_likert_levels_wr", 78);
    for answers in cells.chunks(5).filter(|answers| answers[0].n > 0) {
        let total: f64 = answers.iter().filter_map(|cell| cell.estimate).sum();
        assert!((total - 1.0).abs() < 1e-12 && answers.iter().all(|cell| cell.n == answers[0].n));
        assert!(answers.iter().all(|cell| cell.interval.is_some_and(|i| i.low <= i.high)), "{answers:?}");
    }
}

/// `svyby(~s, ~province + sex + urban)` of R, one part of one province after the other.
#[test]
fn a_cell_of_a_crossing_is_that_of_the_reference() {
    let survey = survey("province", "psu");
    let rows = golden(include_bytes!("../data/sipas_province_sex_urban_wr.csv.gz"));
    let mut agreement = Agreement::default();
    for row in rows {
        let part = format!("{}:{}", row["province"], row["urban"]);
        let crossing = Crossing { columns: Some("sex"), within: Some(("province_urban", &part)) };
        let item = Indicator::new(IndicatorKind::Item, row["item"].replace('s', "q"), Vec::new());
        let cells = cross_indicator(&survey, &item, &SIPAS_2026_T, &crossing).unwrap();
        let found = cells.iter().find(|found| found.column == row["sex"]).unwrap();
        assert_eq!((found.cell.n.to_string(), found.people), (row["n"].clone(), found.cell.n));
        assert_eq!(found.cell.df, row["df"].parse::<u32>().unwrap());
        agreement.check(&row, "p", found.cell.estimate.unwrap());
        // One PSU has a variance of 0, in R but for the last bits.
        if number(&row, "se") > 1e-15 {
            agreement.check(&row, "se", found.cell.se.unwrap());
        }
        agreement.rows += 1;
    }
    agreement.report("sipas_province_sex_urban_wr, cell by cell", 750);
}

#[test]
fn the_shares_of_a_crossing_are_those_of_the_reference_and_everybody_is_counted_once() {
    let survey = survey_grouped_by("q01");
    let cells = cross_shares(&survey, "q01", &Crossing { columns: Some("sex"), within: None }).unwrap();
    let mut agreement = Agreement::default();
    let levels = golden(include_bytes!("../data/sipas_likert_levels_wr.csv.gz"));
    for row in levels.iter().filter(|row| row["item"] == "q01" && row["level_a"] != "0") {
        if row["level_a"] == row["level_b"] {
            let whole = cells.iter().find(|it| it.column.is_empty() && it.row == row["level_a"]).unwrap();
            agreement.check(row, "p_a", whole.cell.estimate.unwrap());
            agreement.check(row, "cov", whole.cell.se.unwrap().powi(2));
            agreement.rows += 1;
        }
    }
    agreement.report("sipas_likert_levels_wr, as a crossing", 5);
    for level in 1..=5 {
        let of = |column: &str| cells.iter().find(|it| it.column == column && it.row == level.to_string()).unwrap();
        assert_eq!(of("1").people + of("2").people, of("").people);
        assert!(of("1").psus <= of("").psus && of("1").cell.n + of("2").cell.n == of("").cell.n);
    }
    // Nobody has such a label.
    let nobody = Crossing { columns: Some("sex"), within: Some(("province", "P99")) };
    assert_eq!(cross_shares(&survey, "q01", &nobody).unwrap(), []);
}

#[test]
fn the_people_under_labels_are_counted_and_rows_of_nobody_are_not() {
    let survey = survey("province", "psu");
    let count = |under: &[(&str, &str)]| survey.people(under).unwrap().filter(|is| *is).count();
    let women = Tallies::count(&survey, &["sex"]).unwrap().groups()[1].n;
    assert_eq!(count(&[("sex", "2")]), women as usize);
    assert_eq!(
        count(&[("sex", "2"), ("province", "P01")]) + count(&[("sex", "1"), ("province", "P01")]),
        count(&[("province", "P01")])
    );
    assert_eq!((count(&[]), count(&[("sex", "3")])), (survey.rows(), 0));
    assert!(survey.people(&[("height", "1")]).is_err());
}

#[test]
fn parts_add_up_to_the_whole_by_the_method() {
    let cells = tabulate(&survey("province", "psu"), &tree(), &[SIPAS_2026_M, DOMAINS_M], &[]).unwrap();
    let value = |method: &str, indicator: &str| find(&cells, method, "", indicator).estimate.unwrap();
    for method in [SIPAS_2026_M.name, DOMAINS_M.name] {
        let first = (10.0 * value(method, "first-a") + 19.0 * value(method, "first-b")) / 29.0;
        assert!((value(method, "first") - first).abs() < 1e-12);
    }
    let (first, second) = (value("domains", "first"), value("domains", "second"));
    assert!((value("domains", "overall") - f64::midpoint(first, second)).abs() < 1e-12);
    let items = (29.0 * first + 21.0 * second) / 50.0;
    assert!((value(SIPAS_2026_M.name, "overall") - items).abs() < 1e-12);
}

#[test]
fn the_nation_can_be_the_plain_mean_of_provinces() {
    let method = Method { name: "plain", nation: NationRule::MeanOfProvinces, ..SIPAS_2026_T };
    let cells = tabulate(&survey("province", "psu"), &tree(), &[method], &["province"]).unwrap();
    for indicator in ["overall", "second", "q07"] {
        let provinces: Vec<&Cell> =
            cells.iter().filter(|c| c.level == "province" && c.indicator == indicator).collect();
        let mean = provinces.iter().map(|c| c.estimate.unwrap()).sum::<f64>() / 63.0;
        // Provinces are strata, so their errors are independent.
        let se = provinces.iter().map(|c| c.se.unwrap().powi(2)).sum::<f64>().sqrt() / 63.0;
        let nation = find(&cells, "plain", "", indicator);
        assert!((nation.estimate.unwrap() - mean).abs() < 1e-12);
        assert!((nation.se.unwrap() / se - 1.0).abs() < 1e-9);
    }
}

/// The third reading of "the country": the answers of the sample, whoever they stand for.
#[test]
fn the_nation_can_be_the_plain_mean_of_respondents() {
    let method = Method { name: "alike", nation: NationRule::Unweighted, ..SIPAS_2026_T };
    let survey = survey("province", "psu");
    let cells = tabulate(&survey, &tree(), &[method, SIPAS_2026_T], &["province"]).unwrap();
    let rows = golden(crate::data::SURVEY);
    let answers: Vec<u8> = rows.iter().filter_map(|row| row["q07"].parse().ok()).filter(|level| *level < 6).collect();
    let share = answers.iter().filter(|level| **level > 3).count() as f64 / answers.len() as f64;
    let nation = find(&cells, "alike", "", "q07");
    assert!((nation.estimate.unwrap() - share).abs() < 1e-12);
    assert_eq!(nation.n as usize, answers.len());
    // Provinces keep their weights.
    let province = |method: &str| find(&cells, method, "P07", "q07").estimate;
    assert_eq!(province("alike"), province(SIPAS_2026_T.name));
}

/// Three PSUs in each of two strata; item `a` unanimous, `b` mixed, `c` unanswered in the east.
fn small() -> Responses {
    let mut columns = Columns {
        groups: ["province", "hamlet"].map(|name| (name.into(), Texts::default())).into(),
        items: ["a", "b", "c"].map(|code| (Item { code: code.into(), levels: 5 }, vec![])).into(),
        ..Columns::default()
    };
    for row in 0..60_u8 {
        let (psu, east) = (row / 10, row < 30);
        let province = if east { "east" } else { "west" };
        columns.stratum.push(province);
        columns.psu.push(&format!("psu {psu}"));
        columns.weight.push(1.5 + f64::from(psu));
        columns.groups[0].1.push(province);
        columns.groups[1].1.push(if psu == 4 { "alone" } else { "" });
        let levels = [Some(5), Some(1 + (row + psu) * 3 % 5), if east { Some(98) } else { Some(4) }];
        for ((_, answers), level) in columns.items.iter_mut().zip(levels) {
            answers.push(level);
        }
    }
    Responses::from_columns(columns).unwrap()
}

fn small_tree(items: &[&str]) -> Tree {
    let factor = Indicator::factor("f", items.iter().copied());
    Tree::new(Indicator::new(IndicatorKind::Overall, "o", vec![factor])).unwrap()
}

#[test]
fn what_cannot_be_estimated_is_flagged_and_never_guessed() {
    let cells =
        tabulate(&small(), &small_tree(&["a", "b", "c"]), &[SIPAS_2026_T, SIPAS_2026_M], &["province", "hamlet"])
            .unwrap();
    let t = SIPAS_2026_T.name;

    let unanimous = find(&cells, t, "east", "a");
    assert_eq!((unanimous.estimate, &unanimous.flags[..]), (Some(1.0), &[Flag::AllAlike][..]));
    let interval = unanimous.interval.unwrap();
    assert_eq!((interval.high, interval.method), (1.0, IntervalMethod::KornGraubard));
    // 30 answers, ten per PSU, planned design effect 1.45, 2 degrees of freedom.
    assert!(interval.low > 0.3 && interval.low < 0.75, "{interval:?}");

    let mean = find(&cells, SIPAS_2026_M.name, "east", "a");
    assert_eq!((mean.estimate, mean.se, mean.interval), (Some(1.0), Some(0.0), None));

    let unanswered = find(&cells, t, "east", "c");
    assert_eq!((unanswered.n, unanswered.estimate, unanswered.interval), (0, None, None));
    assert_eq!(unanswered.flags, [Flag::NoAnswers]);
    let above = find(&cells, t, "east", "o");
    assert_eq!((above.n, above.kind, above.estimate), (30, IndicatorKind::Overall, None));
    assert_eq!(above.flags, [Flag::PartWithoutAnswers]);

    let alone = find(&cells, t, "alone", "b");
    assert_eq!((alone.n, alone.df, alone.se, alone.interval), (10, 0, None, None));
    assert!(alone.estimate.is_some());
    assert_eq!(alone.flags, [Flag::NoDegreesOfFreedom]);
    assert!(cells.iter().all(|cell| !cell.group.is_empty() || cell.level == "nation"));
}

#[test]
fn a_missing_column_or_item_is_named() {
    let error =
        |by: &[&str]| tabulate(&small(), &small_tree(&["a", "b", "c"]), &[SIPAS_2026_T], by).unwrap_err().to_string();
    assert_eq!(error(&["sex"]), "column sex is missing");
    let error = tabulate(&small(), &small_tree(&["z"]), &[SIPAS_2026_T], &[]).unwrap_err().to_string();
    assert_eq!(error, "item z is not among the responses");
}

#[test]
fn the_published_text_is_a_percentage() {
    assert_eq!(percent(0.80075, 2), "80.08");
    assert_eq!(percent(1.0, 2), "100.00");
    assert_eq!(percent(2.0 / 3.0, 2), "66.67");
}

#[test]
fn pooled_means_count_answers_not_items() {
    let tallies = Tallies::count(&small(), &["province"]).unwrap();
    let scored = |item: usize| (item, ItemRule::T.scores(5));
    let west = tallies.mean(1, &[scored(0), scored(1), scored(2)]).unwrap();
    assert_eq!(west.n, 90);
    // East never answered `c`: its pooled mean is that of the others.
    let east = tallies.mean(0, &[scored(0), scored(1), scored(2)]).unwrap();
    assert_eq!(east.value, tallies.mean(0, &[scored(0), scored(1)]).unwrap().value);
}
