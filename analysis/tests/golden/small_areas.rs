//! Communes by the model of Fay and Herriot, against R at 1e-9, and what is refused.

use std::collections::BTreeMap;

use analysis::estimate::Tallies;
use analysis::frame::{Item, Layout, Responses};
use analysis::index::ItemRule;
use analysis::small_area::{Area, Benchmark, FayHerriot, Likelihood, SmallAreaError, benchmark, smoothed_variance};
use flate2::read::GzDecoder;

use crate::data::{Agreement, Row, SURVEY, golden, number};

fn communes() -> Vec<Row> {
    golden(include_bytes!("../data/fay_herriot_communes.csv.gz"))
}

fn area(row: &Row) -> Area {
    Area {
        code: row["psu"].clone(),
        direct: number(row, "y"),
        variance: number(row, "D"),
        covariates: vec![number(row, "x_urban"), number(row, "x_edu")],
    }
}

#[test]
fn parameters_figures_and_errors() {
    let rows = communes();
    let areas: Vec<Area> = rows.iter().map(area).collect();
    let restricted = FayHerriot::fit(&areas, Likelihood::Restricted).unwrap();
    let full = FayHerriot::fit(&areas, Likelihood::Full).unwrap();
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/fay_herriot_parameters.csv.gz")) {
        let model = if row["method"] == "REML" { &restricted } else { &full };
        let place = ["beta0", "beta_urban", "beta_edu"].iter().position(|name| *name == row["name"]);
        agreement.rows += 1;
        agreement.check(&row, "value", place.map_or(model.between, |place| model.coefficients[place]));
    }
    agreement.report("fay_herriot_parameters", 8);

    let benchmarks: Vec<Benchmark> = rows
        .iter()
        .map(|row| Benchmark {
            area: row["psu"].clone(),
            group: row["province"].clone(),
            population: number(row, "Nhat"),
            direct: number(row, "y"),
        })
        .collect();
    let benchmarked = benchmark(&restricted.areas, &benchmarks).unwrap();
    let mut agreement = Agreement::default();
    for ((row, area), benchmarked) in rows.iter().zip(&restricted.areas).zip(benchmarked) {
        agreement.rows += 1;
        agreement.check(row, "gamma", area.own_part);
        agreement.check(row, "eblup", area.value);
        agreement.check(row, "g1", area.error.g1);
        agreement.check(row, "g2", area.error.g2);
        agreement.check(row, "g3", area.error.g3);
        agreement.check(row, "mse", area.error.mean_square());
        agreement.check(row, "eblup_benchmarked", benchmarked);
    }
    agreement.report("fay_herriot_communes", 630);
}

/// From the answers to y and D: p of all communes together, Kish's factor and n of each.
#[test]
fn direct_figures_and_smoothed_variances() {
    let layout = Layout {
        stratum: "province".into(),
        psu: "psu".into(),
        weight: "weight".into(),
        groups: vec!["psu".into()],
        items: vec![Item { code: "q01".into(), levels: 5 }],
        ..Layout::default()
    };
    let responses = Responses::from_csv(GzDecoder::new(SURVEY), &layout).unwrap();
    let tallies = Tallies::count(&responses, &["psu"]).unwrap();
    let of = |group| tallies.estimate(&tallies.mean(group, &[(0, ItemRule::T.scores(5))]).unwrap());
    let direct: BTreeMap<String, _> =
        tallies.groups().iter().enumerate().map(|(place, group)| (group.labels[0].clone(), of(place))).collect();
    let n: f64 = direct.values().map(|estimate| f64::from(estimate.n)).sum();
    let p = direct.values().map(|estimate| f64::from(estimate.n) * estimate.value).sum::<f64>() / n;
    let mut agreement = Agreement::default();
    for row in communes() {
        let estimate = &direct[&row["psu"]];
        let n = f64::from(estimate.n);
        agreement.rows += 1;
        agreement.check(&row, "y", estimate.value);
        agreement.check(&row, "Nhat", estimate.weight);
        agreement.check(&row, "D", smoothed_variance(p, estimate.kish.unwrap(), n, n / 3.0, 0.03));
    }
    agreement.report("fay_herriot_communes (y, N, D)", 630);
}

#[test]
fn a_commune_without_a_sample_gets_the_models_value_and_the_whole_variance() {
    let areas: Vec<Area> = communes().iter().map(area).collect();
    let model = FayHerriot::fit(&areas, Likelihood::Restricted).unwrap();
    let empty = model.synthetic("P01-C99", &[1.0, 3.0]).unwrap();
    let [constant, urban, education] = model.coefficients[..] else { panic!("three coefficients") };
    assert!((empty.value - (constant + urban + 3.0 * education)).abs() < 1e-12);
    assert_eq!((empty.own_part, empty.error.g1, empty.error.g3), (0.0, model.between, 0.0));
    let best = areas.iter().zip(&model.areas).min_by(|a, b| a.0.variance.total_cmp(&b.0.variance)).unwrap().1;
    assert!(empty.error.mean_square() > best.error.mean_square());
    let wrong = model.synthetic("x", &[1.0]).unwrap_err();
    assert_eq!(wrong, SmallAreaError::Covariates { area: "x".into(), expected: 2, found: 1 });
    // An area that is known exactly keeps its own figure.
    let mut sure = areas;
    sure[0].variance = 1e-14;
    let model = FayHerriot::fit(&sure, Likelihood::Restricted).unwrap();
    assert!((model.areas[0].value - sure[0].direct).abs() < 1e-9 && model.areas[0].own_part > 0.999_999);
}

#[test]
fn bad_areas_are_named() {
    let areas: Vec<Area> = communes().iter().map(area).collect();
    let with = |change: &dyn Fn(&mut Area)| {
        let mut areas = areas.clone();
        change(&mut areas[3]);
        FayHerriot::fit(&areas, Likelihood::Restricted).unwrap_err()
    };
    let area = areas[3].code.clone();
    assert_eq!(with(&|area| area.variance = 0.0), SmallAreaError::Variance { area: area.clone(), value: 0.0 });
    assert_eq!(with(&|area| area.direct = f64::NAN), SmallAreaError::NotFinite { area: area.clone() });
    let missing = SmallAreaError::Covariates { area: area.clone(), expected: 2, found: 1 };
    assert_eq!(with(&|area| area.covariates.truncate(1)), missing);
    let first = areas[0].code.clone();
    assert_eq!(with(&|area| area.code.clone_from(&first)), SmallAreaError::Twice { area: first.clone() });
    let alike: Vec<Area> =
        areas.iter().map(|area| Area { covariates: vec![1.0, area.covariates[1]], ..area.clone() }).collect();
    assert_eq!(FayHerriot::fit(&alike, Likelihood::Full), Err(SmallAreaError::Redundant));
    assert_eq!(FayHerriot::fit(&areas[..4], Likelihood::Full), Err(SmallAreaError::TooFew { areas: 4, covariates: 2 }));
    let entry = |area: &str, population| Benchmark { area: area.into(), group: "g".into(), population, direct: 0.5 };
    let model = FayHerriot::fit(&areas, Likelihood::Restricted).unwrap();
    assert_eq!(benchmark(&model.areas, &[entry("x", 1.0)]), Err(SmallAreaError::UnknownArea { area: "x".into() }));
    let none = SmallAreaError::Population { area: area.clone(), value: 0.0 };
    assert_eq!(benchmark(&model.areas, &[entry(&area, 0.0)]), Err(none));
}
