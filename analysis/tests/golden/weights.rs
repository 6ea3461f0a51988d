//! From the draw to calibrated weights, against R `survey` 4.1-1 at 1e-9.

use std::collections::BTreeMap;

use analysis::estimate::Tallies;
use analysis::index::ItemRule;
use analysis::weights::{
    Bounds, CalibratedResponses, CalibrationRules, CaseWeights, Cases, ClassLimits, Distance, Margin, Merging, Outcome,
    Step, StepKind, calibrate_responses,
};

use crate::data::{Agreement, Row, golden, number, survey};

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

fn calibrated(method: &str) -> CalibratedResponses {
    let bounds = |low, high| Bounds { low, high };
    let distance = match method {
        "linear" | "poststrat_province_sex" => Distance::Linear,
        "raking" => Distance::Raking,
        "raking_b" => Distance::TruncatedRaking(bounds(0.93, 1.095)),
        _ => Distance::Logit(bounds(0.9, 1.12)),
    };
    let margins = if method.starts_with("poststrat") { vec![margin(&["province", "sex"])] } else { margins() };
    let rules = CalibrationRules { distance, ..CalibrationRules::default() };
    calibrate_responses(survey("province", "psu"), &margins, rules).unwrap()
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
            let estimate = tallies.mean(group, &[(item, ItemRule::T.scores(5))]).unwrap().estimate;
            agreement.rows += 1;
            agreement.check(row, "p", estimate.value);
            agreement.check(row, "se", estimate.se());
            agreement.check(row, "df", f64::from(estimate.df));
            agreement.check(row, "deff", estimate.deff.unwrap());
        }
    }
    agreement.report("sipas_calibrated", 150);
}
