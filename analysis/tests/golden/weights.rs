//! From the draw to calibrated weights, against R `survey` 4.1-1 at 1e-9.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use analysis::estimate::Tallies;
use analysis::index::ItemRule;
use analysis::weights::{
    Auxiliary, Bounds, CalibratedResponses, CalibrationRules, CaseWeights, Cases, ClassLimits, Distance, Margin,
    Merging, Outcome, TrimRules, WeightError, calibrate, calibrate_responses, calibrate_trimmed, trim,
};
use flate2::read::GzDecoder;

use crate::data::{Agreement, Row, SURVEY, golden, number, survey};

pub(crate) fn population() -> Vec<Row> {
    golden(include_bytes!("../data/sipas_population.csv.gz"))
}

/// The population in the categories of some columns.
pub(crate) fn margin(columns: &[&str]) -> Margin {
    let mut totals: BTreeMap<String, f64> = BTreeMap::new();
    for row in population() {
        let labels: Vec<&str> = columns.iter().map(|column| row[*column].as_str()).collect();
        *totals.entry(labels.join(":")).or_default() += number(&row, "N");
    }
    let columns = columns.iter().map(|column| (*column).to_owned()).collect();
    Margin { columns, totals: totals.into_iter().collect(), merging: Merging::default() }
}

/// Province, sex × age, area: 63 + 10 + 2 categories.
pub(crate) fn margins() -> Vec<Margin> {
    vec![margin(&["province"]), margin(&["sex", "age"]), margin(&["urban"])]
}

/// Some columns of the survey, row by row as in the file.
pub(crate) fn columns(names: &[&str]) -> Vec<Vec<String>> {
    let mut text = String::new();
    GzDecoder::new(SURVEY).read_to_string(&mut text).unwrap();
    let heading: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let places: Vec<usize> = names.iter().map(|name| heading.iter().position(|of| of == name).unwrap()).collect();
    let mut columns = vec![Vec::new(); names.len()];
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        for (column, place) in columns.iter_mut().zip(&places) {
            column.push(fields[*place].to_owned());
        }
    }
    columns
}

/// The weights of the file, and the margins of its rows.
pub(crate) fn rows(margins: &[Margin]) -> (Vec<f64>, Vec<Auxiliary>) {
    let weights = columns(&["weight"])[0].iter().map(|weight| weight.parse().unwrap()).collect();
    let auxiliaries = margins.iter().map(|margin| {
        let columns = columns(&margin.columns.iter().map(String::as_str).collect::<Vec<_>>());
        let labels = |row: usize| columns.iter().map(|column| column[row].as_str()).collect::<Vec<_>>().join(":");
        let of_row = (0..columns[0].len()).map(labels).collect();
        let (name, totals, merging) = (margin.columns.join("×"), margin.totals.clone(), margin.merging.clone());
        Auxiliary::Categories { name, of_row, totals, merging }
    });
    (weights, auxiliaries.collect())
}

fn rules(method: &str) -> (Vec<Margin>, CalibrationRules) {
    let bounds = |low, high| Bounds { low, high };
    let distance = match method {
        "linear" | "poststrat_province_sex" => Distance::Linear,
        "raking" => Distance::Raking,
        "raking_b" => Distance::TruncatedRaking(bounds(0.93, 1.095)),
        _ => Distance::Logit(bounds(0.9, 1.12)),
    };
    let margins = if method.starts_with("poststrat") { vec![margin(&["province", "sex"])] } else { margins() };
    (margins, CalibrationRules { distance, ..CalibrationRules::default() })
}

fn calibrated(method: &str) -> CalibratedResponses {
    let (margins, rules) = rules(method);
    calibrate_responses(survey("province", "psu"), &margins, rules, None).unwrap()
}

#[test]
fn calibrated_estimates_and_their_errors() {
    let rows = golden(include_bytes!("../data/sipas_calibrated.csv.gz"));
    let mut agreement = Agreement::default();
    for of_method in rows.chunk_by(|a, b| a["method"] == b["method"]) {
        let calibrated = calibrated(&of_method[0]["method"]);
        for line in &calibrated.report.margins {
            let missed = (line.after / line.target.unwrap() - 1.0).abs();
            assert!(missed < 1e-11, "{line:?}");
        }
        for row in of_method {
            let (column, label) = match row["domain"].as_str() {
                "VN" => ("", ""),
                "sex2" => ("sex", "2"),
                "age5" => ("age", "5"),
                "urban" => ("urban", "1"),
                province => ("province", province),
            };
            let by: Vec<&str> = Some(column).filter(|column| !column.is_empty()).into_iter().collect();
            let tallies = Tallies::count(&calibrated.responses, &by).unwrap();
            let group = tallies.groups().iter().position(|group| group.labels.iter().all(|of| of == label)).unwrap();
            let item = row["item"].trim_start_matches('s').parse::<usize>().unwrap() - 1;
            let estimate = tallies.estimate(&tallies.mean(group, &[(item, ItemRule::T.scores(5))]).unwrap());
            agreement.rows += 1;
            agreement.check(row, "p", estimate.value);
            agreement.check(row, "se", estimate.se());
            agreement.check(row, "df", estimate.df);
            agreement.check(row, "deff", estimate.deff.unwrap());
        }
    }
    agreement.report("sipas_calibrated", 150);
}

#[test]
fn calibrated_factors_row_by_row() {
    let keys = ["province", "sex", "age", "urban"];
    let of_row = columns(&keys);
    let golden = golden(include_bytes!("../data/sipas_calibrated_g_by_cell.csv.gz"));
    let mut agreement = Agreement::default();
    for of_method in golden.chunk_by(|a, b| a["method"] == b["method"]) {
        let (margins, rules) = rules(&of_method[0]["method"]);
        let (weights, auxiliaries) = rows(&margins);
        let calibration = calibrate(&weights, &auxiliaries, rules).unwrap();
        let cell = |row: usize| of_row.iter().map(|column| column[row].clone()).collect::<Vec<_>>();
        let of_cell: HashMap<_, f64> = (0..weights.len()).map(|row| (cell(row), calibration.factors[row])).collect();
        for row in of_method {
            agreement.rows += 1;
            agreement.check(row, "g", of_cell[&keys.map(|key| row[key].clone()).to_vec()]);
        }
        assert!(calibration.steps <= 12, "{} Newton steps", calibration.steps);
    }
    agreement.report("sipas_calibrated_g_by_cell", 6250);
}

/// The released cases of the survey, all of one stratum per province.
fn cases() -> (Cases, Vec<(String, f64)>) {
    let rows = golden(include_bytes!("../data/sipas_cases.csv.gz"));
    let mut population: BTreeMap<String, f64> = BTreeMap::new();
    for row in self::population() {
        *population.entry(row["province"].clone()).or_default() += number(&row, "N");
    }
    let outcome = |row: &Row| match row["status"].as_str() {
        "R" => Outcome::Respondent,
        "NR" => Outcome::NonRespondent,
        "IN" => Outcome::Ineligible,
        _ => Outcome::Unknown,
    };
    let cases = Cases {
        code: (0..rows.len()).map(|row| row.to_string()).collect(),
        stratum: rows.iter().map(|row| row["class"].split(':').next().unwrap().to_owned()).collect(),
        class: rows.iter().map(|row| row["class"].clone()).collect(),
        probability: rows.iter().map(|row| number(row, "weight").recip()).collect(),
        outcome: rows.iter().map(outcome).collect(),
    };
    (cases, population.into_iter().collect())
}

#[test]
fn response_factors_by_class() {
    let (cases, population) = cases();
    let weights = CaseWeights::of(&cases, &population, &Merging::default(), ClassLimits::default()).unwrap();
    let [base, unknown, response] = &weights.steps[..] else { panic!("three steps") };
    let mut agreement = Agreement::default();
    for row in golden(include_bytes!("../data/sipas_nonresponse_classes.csv.gz")) {
        let sum = |outcome: Outcome| -> f64 {
            let rows =
                (0..cases.code.len()).filter(|at| cases.class[*at] == row["class"] && cases.outcome[*at] == outcome);
            rows.map(|at| base.factors[at]).sum()
        };
        let any = |factors: &[f64]| {
            let mut rows = (0..factors.len()).filter(|at| cases.class[*at] == row["class"] && factors[*at] > 0.0);
            factors[rows.next().unwrap()]
        };
        agreement.rows += 1;
        agreement.check(&row, "sum_R", sum(Outcome::Respondent));
        agreement.check(&row, "sum_NR", sum(Outcome::NonRespondent));
        agreement.check(&row, "sum_IN", sum(Outcome::Ineligible));
        agreement.check(&row, "sum_UN", sum(Outcome::Unknown));
        agreement.check(&row, "f_unknown", any(&unknown.factors));
        agreement.check(&row, "f_nonresponse", any(&response.factors));
    }
    agreement.report("sipas_nonresponse_classes", 125);
    // The respondents' weights are those that the survey's file has.
    let mut of_respondents: Vec<f64> = weights.weights().into_iter().filter(|weight| *weight > 0.0).collect();
    let mut of_file: Vec<f64> = columns(&["weight"])[0].iter().map(|weight| weight.parse().unwrap()).collect();
    of_respondents.sort_unstable_by(f64::total_cmp);
    of_file.sort_unstable_by(f64::total_cmp);
    assert_eq!(of_respondents.len(), of_file.len());
    let far = of_respondents.iter().zip(&of_file).map(|(a, b)| (a / b - 1.0).abs()).fold(0.0, f64::max);
    assert!(far < 1e-12, "{far}");
    // What left with the unknown stays in the sum of the known ones; non-respondents' weight goes to respondents.
    for line in &unknown.report.margins {
        assert!((line.after / line.before - 1.0).abs() < 1e-12, "{line:?}");
    }
    let at = |line: &analysis::weights::MarginLine| line.category == "P01:0";
    let line = response.report.margins.iter().find(|line| at(line)).unwrap();
    assert!(line.after < line.before && line.respondents > 30, "the ineligible leave: {line:?}");
    assert!(response.report.kish > 1.0 && response.report.factors.high < 1.4);
}

#[test]
fn small_classes_join_as_declared_and_are_refused_where_nothing_is() {
    let (mut cases, population) = cases();
    // The urban class of the first province loses all but twenty of its respondents.
    let mut left = 20;
    for (class, outcome) in cases.class.iter().zip(&mut cases.outcome) {
        if class == "P01:1" && *outcome == Outcome::Respondent {
            left -= 1;
            if left < 0 {
                *outcome = Outcome::NonRespondent;
            }
        }
    }
    let of = |merging: &Merging, limits| CaseWeights::of(&cases, &population, merging, limits);
    let refused = of(&Merging::default(), ClassLimits::default()).unwrap_err();
    assert_eq!(refused, WeightError::FewInClass { class: "P01:1".into(), respondents: 20, least: 30 });
    let merging = Merging::new([("P01:0", "P01"), ("P01:1", "P01")]).unwrap();
    let joined = of(&merging, ClassLimits::default()).unwrap();
    assert_eq!((joined.joined["P01:0"].as_str(), joined.joined["P01:1"].as_str()), ("P01", "P01"));
    assert_eq!(joined.joined["P02:0"], "P02:0");
    let low = ClassLimits { least_respondents: 10, largest_factor: 3.0 };
    let refused = of(&Merging::default(), low).unwrap_err();
    assert!(matches!(&refused, WeightError::LargeFactor { class, factor, .. } if class == "P01:1" && *factor > 3.0));
    assert_eq!(Merging::new([("a", "b"), ("b", "a")]), Err(WeightError::Circle { label: "a".into() }));
}

#[test]
fn a_stratum_that_was_never_drawn_and_other_bad_cases_are_named() {
    let (cases, population) = cases();
    let of = |cases: &Cases, population: &[(String, f64)]| {
        CaseWeights::of(cases, population, &Merging::default(), ClassLimits::default()).unwrap_err()
    };
    let more = [population.clone(), vec![("P99".to_owned(), 1000.0)]].concat();
    assert_eq!(of(&cases, &more), WeightError::NeverDrawn { stratum: "P99".into() });
    assert_eq!(of(&cases, &population[1..]), WeightError::UnknownStratum { stratum: "P01".into() });
    let twice = Cases { code: [&cases.code[..1], &cases.code[..cases.code.len() - 1]].concat(), ..cases.clone() };
    assert_eq!(of(&twice, &population), WeightError::CodeTwice { row: 2, code: "0".into() });
    for value in [0.0, -0.1, 1.1, f64::INFINITY] {
        let mut bad = cases.clone();
        bad.probability[4] = value;
        assert_eq!(of(&bad, &population), WeightError::Probability { row: 5, value });
    }
    assert_eq!(of(&Cases::default(), &population), WeightError::NoRows);
}

#[test]
fn heavy_weights_are_trimmed_and_calibrated_until_none_is_left() {
    let (mut weights, auxiliaries) = rows(&margins());
    let provinces = columns(&["province"]).remove(0);
    for weight in weights.iter_mut().step_by(700) {
        *weight *= 9.0;
    }
    let limits = TrimRules::default();
    let trimmed = calibrate_trimmed(&weights, &auxiliaries, &provinces, CalibrationRules::default(), limits).unwrap();
    println!("{} rounds, {:.4} of the respondents trimmed", trimmed.trimming.rounds, trimmed.trimming.share);
    assert!(trimmed.trimming.rounds >= 1 && trimmed.trimming.needs_decision(), "{trimmed:?}");
    let none = trim(&trimmed.calibration.weights, &provinces, limits.times_median).unwrap();
    assert!(none.excess < 1e-6);
    for line in &trimmed.calibration.report.margins {
        assert!((line.after / line.target.unwrap() - 1.0).abs() < 1e-11);
    }
    let before = calibrate(&weights, &auxiliaries, CalibrationRules::default()).unwrap();
    assert!(trimmed.calibration.report.kish < before.report.kish);
}
