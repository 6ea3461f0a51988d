//! What must hold for the weights of any survey.

use analysis::weights::{
    Auxiliary, Bounds, Calibration, CalibrationRules, Distance, Merging, WeightError, calibrate, trim,
};
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Sample {
    weights: Vec<f64>,
    auxiliaries: Vec<Auxiliary>,
}

fn categories(name: &str, of_row: Vec<String>, totals: &[(&str, f64)]) -> Auxiliary {
    let totals = totals.iter().map(|(label, total)| ((*label).to_owned(), *total)).collect();
    Auxiliary::Categories { name: name.into(), of_row, totals, merging: Merging::default() }
}

/// 3 × 2 categories, every crossing of them with respondents, and totals within a third of what the weights say.
fn samples() -> impl Strategy<Value = Sample> {
    let rows = prop::collection::vec((0_usize..3, 0_usize..2, 0.2_f64..40.0), 0..60);
    (rows, prop::array::uniform5(0.75_f64..1.33)).prop_map(|(mut rows, move_by)| {
        rows.extend((0..6).map(|cell| (cell % 3, cell / 3, 5.0)));
        let sum =
            |of: &dyn Fn(&(usize, usize, f64)) -> bool| rows.iter().filter(|row| of(row)).map(|row| row.2).sum::<f64>();
        let first: Vec<f64> = (0..3).map(|at| move_by[at] * sum(&|row| row.0 == at)).collect();
        let second: Vec<f64> = (0..2).map(|at| move_by[3 + at] * sum(&|row| row.1 == at)).collect();
        let same = first.iter().sum::<f64>() / second.iter().sum::<f64>();
        let label = |of: fn(&(usize, usize, f64)) -> usize| rows.iter().map(|row| format!("c{}", of(row))).collect();
        Sample {
            weights: rows.iter().map(|row| row.2).collect(),
            auxiliaries: vec![
                categories("first", label(|row| row.0), &[("c0", first[0]), ("c1", first[1]), ("c2", first[2])]),
                categories("second", label(|row| row.1), &[("c0", second[0] * same), ("c1", second[1] * same)]),
            ],
        }
    })
}

fn rules(distance: Distance) -> CalibrationRules {
    CalibrationRules { distance, least_respondents: 1 }
}

fn reverse(auxiliaries: &[Auxiliary]) -> Vec<Auxiliary> {
    let mut turned = auxiliaries.to_vec();
    for auxiliary in &mut turned {
        match auxiliary {
            Auxiliary::Categories { of_row, .. } => of_row.reverse(),
            Auxiliary::Quantity { of_row, .. } => of_row.reverse(),
        }
    }
    turned
}

fn near(a: &Calibration, b: &Calibration) -> bool {
    a.factors.iter().zip(&b.factors).all(|(a, b)| (a - b).abs() < 1e-9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn calibrated_weights_hit_every_total_or_name_the_worst(sample in samples(), kind in 0_usize..5) {
        let bounds = Bounds { low: 0.2, high: 4.0 };
        let distance = [
            Distance::Raking, Distance::Linear, Distance::TruncatedLinear(bounds), Distance::TruncatedRaking(bounds), Distance::Logit(bounds),
        ][kind];
        let calibration = match calibrate(&sample.weights, &sample.auxiliaries, rules(distance)) {
            // Bounds can make totals unreachable; raking always reaches them, since every crossing has respondents.
            Err(WeightError::NotMet { .. } | WeightError::Negative { .. }) if kind > 0 => return Ok(()),
            calibration => calibration.unwrap(),
        };
        for line in &calibration.report.margins {
            prop_assert!((line.after - line.target.unwrap()).abs() < 1e-9 * (1.0 + line.after), "{:?}", line);
        }
        prop_assert!(calibration.weights.iter().all(|weight| *weight >= 0.0));
        if kind > 1 {
            prop_assert!(calibration.factors.iter().all(|g| (0.2..=4.0).contains(g)));
        }
    }

    #[test]
    fn neither_the_order_of_rows_nor_the_unit_of_weights_moves_a_factor(sample in samples(), scale in 0.01_f64..100.0) {
        let before = calibrate(&sample.weights, &sample.auxiliaries, rules(Distance::Raking)).unwrap();
        let turned: Vec<f64> = sample.weights.iter().rev().copied().collect();
        let mut after = calibrate(&turned, &reverse(&sample.auxiliaries), rules(Distance::Raking)).unwrap();
        after.factors.reverse();
        prop_assert!(near(&before, &after));
        let scaled: Vec<f64> = sample.weights.iter().map(|weight| weight * scale).collect();
        let mut auxiliaries = sample.auxiliaries;
        for auxiliary in &mut auxiliaries {
            if let Auxiliary::Categories { totals, .. } = auxiliary {
                for (_, total) in totals {
                    *total *= scale;
                }
            }
        }
        prop_assert!(near(&before, &calibrate(&scaled, &auxiliaries, rules(Distance::Raking)).unwrap()));
    }

    /// What the margins know has no variance left: the influence of their own totals vanishes.
    #[test]
    fn the_totals_of_the_margins_have_no_influence_left(sample in samples()) {
        let calibration = calibrate(&sample.weights, &sample.auxiliaries, rules(Distance::Raking)).unwrap();
        let Auxiliary::Categories { of_row, .. } = &sample.auxiliaries[0] else { unreachable!() };
        let z: Vec<f64> = of_row.iter().zip(&calibration.weights).map(|(label, w)| if label == "c1" { *w } else { 0.0 }).collect();
        prop_assert!(calibration.residuals(&z).iter().all(|z| z.abs() < 1e-9));
    }

    #[test]
    fn one_margin_of_cells_is_post_stratification(sample in samples()) {
        let one = &sample.auxiliaries[..1];
        let ours = calibrate(&sample.weights, one, rules(Distance::Linear)).unwrap();
        let Auxiliary::Categories { of_row, totals, .. } = &one[0] else { unreachable!() };
        for (label, total) in totals {
            let rows = || of_row.iter().zip(sample.weights.iter().zip(&ours.factors)).filter(|(of, _)| *of == label);
            let sum: f64 = rows().map(|(_, (weight, _))| weight).sum();
            prop_assert!(rows().all(|(_, (_, g))| (g - total / sum).abs() < 1e-9));
        }
    }

    #[test]
    fn trimming_keeps_the_sum_of_a_group_and_leaves_nobody_above(
        weights in prop::collection::vec(prop_oneof![9 => 0.1_f64..5.0, 1 => 5.0_f64..60.0, 1 => Just(0.0)], 4..60),
    ) {
        let groups: Vec<String> = (0..weights.len()).map(|row| format!("g{}", row % 2)).collect();
        let Ok(trimmed) = trim(&weights, &groups, 3.5) else { return Ok(()) };
        for group in ["g0", "g1"] {
            let sum = |weights: &[f64]| -> f64 { weights.iter().zip(&groups).filter(|(_, of)| *of == group).map(|(w, _)| w).sum() };
            prop_assert!((sum(&weights) - sum(&trimmed.weights)).abs() <= 1e-9 * sum(&weights));
            let of_group = || trimmed.weights.iter().zip(&trimmed.trimmed).zip(&groups).filter(|(_, of)| *of == group);
            let limit = of_group().filter(|((_, trimmed), _)| **trimmed).map(|((weight, _), _)| *weight).fold(f64::NAN, f64::max);
            prop_assert!(of_group().all(|((weight, _), _)| limit.is_nan() || *weight <= limit));
        }
    }
}

fn labels(text: &str) -> Vec<String> {
    text.chars().map(String::from).collect()
}

#[test]
fn what_cannot_be_calibrated_is_refused_by_name() {
    let of = |weights: &[f64], auxiliaries: &[Auxiliary]| {
        calibrate(weights, auxiliaries, rules(Distance::default())).unwrap_err()
    };
    let sexes = |f: f64, m: f64| categories("sex", labels("ffmm"), &[("f", f), ("m", m)]);
    let ones = [1.0; 4];
    for value in [f64::NAN, f64::INFINITY, -1.0] {
        let error = of(&[1.0, value, 1.0, 1.0], &[sexes(2.0, 2.0)]);
        assert!(matches!(error, WeightError::Weight { row: 2, .. }), "{error}");
    }
    assert_eq!(of(&[], &[]), WeightError::NoRows);
    assert_eq!(of(&ones, &[]), WeightError::NoMargins);
    let short = WeightError::ColumnLength { column: "sex".into(), expected: 3, found: 4 };
    assert_eq!(of(&ones[..3], &[sexes(2.0, 2.0)]), short);
    // Beyond the bounds: every woman would have to count seven times.
    let error = of(&ones, &[sexes(14.0, 2.0)]);
    assert!(
        matches!(&error, WeightError::NotMet { category, total: 14.0, reached, .. } if category == "f" && *reached < 6.1),
        "{error}"
    );
    // Nobody of a category that exists, and a category that does not.
    let third = categories("sex", labels("ffmm"), &[("f", 2.0), ("m", 2.0), ("x", 1.0)]);
    let (margin, category) = ("sex".to_owned(), "x".to_owned());
    assert_eq!(
        of(&ones, &[third]),
        WeightError::FewInCategory { margin: margin.clone(), category, respondents: 0, least: 1 }
    );
    let unknown = categories("sex", labels("ffmx"), &[("f", 2.0), ("m", 2.0)]);
    assert_eq!(
        of(&ones, &[unknown]),
        WeightError::UnknownCategory { margin: margin.clone(), row: 4, category: "x".into() }
    );
    let twice = categories("sex", labels("ffmm"), &[("f", 2.0), ("m", 2.0), ("f", 2.0)]);
    assert_eq!(of(&ones, &[twice]), WeightError::CategoryTwice { margin: margin.clone(), category: "f".into() });
    let error = of(&ones, &[sexes(f64::NAN, 2.0)]);
    assert!(matches!(error, WeightError::Total { .. }));
    // Two margins, two populations.
    let ages = categories("age", labels("oyoy"), &[("o", 3.0), ("y", 2.0)]);
    let disagree =
        WeightError::MarginsDisagree { first: margin, first_total: 4.0, second: "age".into(), second_total: 5.0 };
    assert_eq!(of(&ones, &[sexes(2.0, 2.0), ages]), disagree);
    // Redundant margins are no mistake; such that contradict each other are.
    let again = |f: f64, m: f64| categories("sex again", labels("ffmm"), &[("f", f), ("m", m)]);
    assert!(calibrate(&ones, &[sexes(2.5, 1.5), again(2.5, 1.5)], rules(Distance::default())).is_ok());
    assert!(matches!(of(&ones, &[sexes(2.5, 1.5), again(1.5, 2.5)]), WeightError::NotMet { .. }));
    // Unbounded and linear, a weight would fall below 0.
    let quantity = Auxiliary::Quantity { name: "income".into(), of_row: vec![1.0, 1.0, 1.0, 9.0], total: 0.5 };
    let linear = calibrate(&ones, &[sexes(2.0, 2.0), quantity], rules(Distance::Linear)).unwrap_err();
    assert!(matches!(linear, WeightError::Negative { .. }));
    let few = calibrate(&ones, &[sexes(2.0, 2.0)], CalibrationRules::default()).unwrap_err();
    assert!(matches!(few, WeightError::FewInCategory { respondents: 2, least: 30, .. }));
}

#[test]
fn small_categories_join_as_declared() {
    let of_row = labels(&("y".repeat(40) + &"m".repeat(35) + "oooo"));
    let totals = [("y", 60.0), ("m", 50.0), ("o", 10.0)].map(|(label, total)| (label.to_owned(), total)).to_vec();
    let merging = Merging::new([("o", "m")]).unwrap();
    let ages = Auxiliary::Categories { name: "age".into(), of_row, totals, merging };
    let calibration = calibrate(&[1.0; 79], &[ages], CalibrationRules::default()).unwrap();
    let lines: Vec<_> =
        calibration.report.margins.iter().map(|line| (line.category.as_str(), line.respondents)).collect();
    assert_eq!(lines, [("m", 39), ("y", 40)]);
    assert!((calibration.weights[78] - 60.0 / 39.0).abs() < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever comes in, there are weights that meet the totals or an error; never a panic, never weights that do not.
    #[test]
    fn no_input_gives_weights_that_miss(
        rows in prop::collection::vec((0_usize..3, any::<f64>(), -2.0_f64..9.0), 0..12),
        totals in prop::collection::vec(prop_oneof![any::<f64>(), 0.0_f64..50.0], 0..4), tame in any::<bool>(), kind in 0_usize..3,
    ) {
        let distance = [Distance::Linear, Distance::Raking, Distance::default()][kind];
        let of_row = rows.iter().map(|row| format!("c{}", row.0)).collect();
        let totals: Vec<(String, f64)> = totals.iter().enumerate().map(|(at, total)| (format!("c{at}"), *total)).collect();
        let sex = Auxiliary::Categories { name: "sex".into(), of_row, totals, merging: Merging::default() };
        let quantity = Auxiliary::Quantity { name: "age".into(), of_row: rows.iter().map(|row| row.2).collect(), total: 20.0 };
        let weights: Vec<f64> = rows.iter().map(|row| if tame { row.1.abs() % 100.0 } else { row.1 }).collect();
        for auxiliaries in [vec![sex.clone()], vec![sex, quantity]] {
            if let Ok(calibration) = calibrate(&weights, &auxiliaries, rules(distance)) {
                for line in calibration.report.margins {
                    prop_assert!((line.after - line.target.unwrap()).abs() <= 1e-9 * (1.0 + line.after.abs()), "{line:?}");
                }
            }
        }
        let groups = vec!["g".to_owned(); weights.len()];
        if let Ok(trimmed) = trim(&weights, &groups, 3.5) {
            prop_assert!(trimmed.weights.iter().all(|weight| weight.is_finite()));
        }
    }
}
