//! Designs of several stages, lonely units, unequal chances.

use analysis::estimate::{DesignError, Estimate, EstimateError, Tallies};
use analysis::frame::{Columns, Item, JointProbability, Lonely, Responses, Selection, SurveyDesign};
use analysis::index::ItemRule;

use crate::data::{Agreement, golden, survey, survey_by_stages};
use crate::estimates::{check, compare, satisfied};

#[test]
fn the_nation_by_three_designs() {
    let mut agreement = Agreement::default();
    let rows = golden(include_bytes!("../data/sipas_national.csv.gz"));
    for rows in rows.chunk_by(|a, b| a["design"] == b["design"]) {
        let survey = match rows[0]["design"].as_str() {
            "wr" => survey("province", "psu"),
            "d1_uc" => survey_by_stages(&["N1"]),
            _ => survey_by_stages(&["N1", "N2", "N3"]),
        };
        let tallies = Tallies::count(&survey, &[]).unwrap();
        for row in rows {
            check(&mut agreement, row, &tallies.estimate(&satisfied(&tallies, 0, &row["item"])));
        }
    }
    agreement.report("sipas_national", 150);
}

#[test]
fn provinces_by_three_stages_and_by_the_first_alone() {
    let by_province = |sizes: &[&str]| Tallies::count(&survey_by_stages(sizes), &["province"]).unwrap();
    let file = include_bytes!("../data/sipas_province_d1_3stage.csv.gz");
    compare("sipas_province_d1_3stage", file, &by_province(&["N1", "N2", "N3"]), &["province"], 315);
    let file = include_bytes!("../data/sipas_province_d1uc.csv.gz");
    compare("sipas_province_d1uc", file, &by_province(&["N1"]), &["province"], 3150);
}

#[test]
fn lonely_psus_by_every_policy() {
    let lonely = survey("province_urban", "psu");
    let Err(error) = Tallies::count(&lonely, &[]) else { panic!("lonely strata must be named") };
    assert_eq!(error.to_string().matches(':').count(), 6, "five strata after the colon of the message: {error}");
    let mut agreement = Agreement::default();
    let rows = golden(include_bytes!("../data/sipas_lonely_psu.csv.gz"));
    for rows in rows.chunk_by(|a, b| a["policy"] == b["policy"]) {
        let by = |lonely| SurveyDesign { lonely, ..SurveyDesign::default() };
        let survey = match rows[0]["policy"].as_str() {
            "remove" => lonely.clone().drawn_by(by(Lonely::Certainty)),
            "adjust" => lonely.clone().drawn_by(by(Lonely::Adjust)),
            "average" => lonely.clone().drawn_by(by(Lonely::Average)),
            _ => lonely.clone().collapse_lonely_strata("province").unwrap(),
        };
        let tallies = Tallies::count(&survey, &[]).unwrap();
        for row in rows {
            let estimate = tallies.estimate(&satisfied(&tallies, 0, &row["item"]));
            agreement.rows += 1;
            agreement.check(row, "p", estimate.value);
            agreement.check(row, "se", estimate.se());
            agreement.check(row, "df", estimate.df);
        }
    }
    agreement.report("sipas_lonely_psu", 20);
}

/// PSU, stratum, and the levels of its persons, each with its weight.
type Psu = (&'static str, &'static str, &'static [(u8, f64)]);

fn responses(psus: &[Psu], numbers: Vec<(String, Vec<Option<f64>>)>) -> Responses {
    let persons = |psu: &Psu| psu.2.iter().map(|person| (psu.0, psu.1, *person)).collect::<Vec<_>>();
    let rows: Vec<_> = psus.iter().flat_map(persons).collect();
    Responses::from_columns(Columns {
        stratum: rows.iter().map(|row| row.1).collect(),
        psu: rows.iter().map(|row| row.0).collect(),
        weight: rows.iter().map(|row| row.2.1).collect(),
        items: vec![(Item { code: "q".into(), levels: 5 }, rows.iter().map(|row| Some(row.2.0)).collect())],
        numbers,
        ..Columns::default()
    })
    .unwrap()
}

const PSUS: [Psu; 5] = [
    ("a", "h", &[(5, 2.0), (1, 3.0)]),
    ("b", "h", &[(4, 2.5), (4, 1.0), (2, 1.0)]),
    ("c", "h", &[(3, 4.0)]),
    ("d", "i", &[(5, 1.0), (2, 1.0)]),
    ("e", "i", &[(1, 6.0), (5, 2.0)]),
];
const CHANCES: [f64; 5] = [0.2, 0.5, 0.8, 0.4, 1.0];

/// The chance of each person's PSU, from that of the PSUs.
fn chances(chances: &[f64; 5]) -> Vec<(String, Vec<Option<f64>>)> {
    let of_rows = PSUS.iter().zip(chances).flat_map(|(psu, chance)| psu.2.iter().map(|_| Some(*chance)));
    vec![("pi".into(), of_rows.collect())]
}

fn joint(pairs: &[(&str, &str, f64)]) -> Selection {
    let pair = |(a, b, probability): &(&str, &str, f64)| JointProbability {
        psus: [(*a).into(), (*b).into()],
        probability: *probability,
    };
    Selection::SenYatesGrundy { joint: pairs.iter().map(pair).collect() }
}

const JOINT: [(&str, &str, f64); 9] = [
    ("a", "a", 0.2),
    ("b", "b", 0.5),
    ("c", "c", 0.8),
    ("a", "b", 0.08),
    ("c", "a", 0.15),
    ("b", "c", 0.38),
    ("d", "d", 0.4),
    ("e", "e", 1.0),
    ("e", "d", 0.4),
];

/// The share of 4 and 5 and its influence by PSU, from the definitions.
fn by_hand() -> (f64, Vec<f64>) {
    let sum = |of: &dyn Fn(&(u8, f64)) -> f64| PSUS.iter().flat_map(|psu| psu.2).map(of).sum::<f64>();
    let satisfied = |level: u8| f64::from(u8::from(level > 3));
    let weight = sum(&|person| person.1);
    let p = sum(&|person| person.1 * satisfied(person.0)) / weight;
    let z = |psu: &Psu| psu.2.iter().map(|person| person.1 * (satisfied(person.0) - p) / weight).sum();
    (p, PSUS.iter().map(z).collect())
}

fn estimate(survey: &Responses, selection: Selection) -> Result<Estimate, EstimateError> {
    let tallies = Tallies::count(&survey.clone().drawn_by(SurveyDesign { selection, ..SurveyDesign::default() }), &[])?;
    Ok(tallies.estimate(&tallies.mean(0, &[(0, ItemRule::T.scores(5))]).unwrap()))
}

#[test]
fn unequal_chances_follow_their_formulas() {
    let survey = responses(&PSUS, chances(&CHANCES));
    let (p, z) = by_hand();
    let brewer = estimate(&survey, Selection::Brewer { probability: "pi".into() }).unwrap();
    let mut expected = 0.0;
    for range in [0..3, 3..5] {
        let n = range.len() as f64;
        let mean = range.clone().map(|at| z[at]).sum::<f64>() / n;
        expected += n / (n - 1.0) * range.map(|at| (1.0 - CHANCES[at]) * (z[at] - mean).powi(2)).sum::<f64>();
    }
    assert!((brewer.value - p).abs() < 1e-15 && (brewer.variance / expected - 1.0).abs() < 1e-12);

    let pairs = estimate(&survey, joint(&JOINT)).unwrap();
    let both = |i: usize, j: usize| {
        let (i, j) = (PSUS[i].0, PSUS[j].0);
        JOINT.iter().find(|pair| (pair.0, pair.1) == (i, j) || (pair.1, pair.0) == (i, j)).unwrap().2
    };
    let mut expected = 0.0;
    for range in [0..3, 3..5] {
        for (i, j) in range.clone().flat_map(|i| range.clone().map(move |j| (i, j))) {
            expected -= 0.5 * (both(i, j) - both(i, i) * both(j, j)) / both(i, j) * (z[i] - z[j]).powi(2);
        }
    }
    assert!((pairs.variance / expected - 1.0).abs() < 1e-12, "{} {expected}", pairs.variance);
}

/// Over all samples of a small population, the estimated variance of a total is the true one on average.
#[test]
fn sen_yates_grundy_is_unbiased_over_all_samples() {
    // Conditional Poisson: the chance of a sample is the product of its units' odds.
    let (odds, amounts) = ([0.3, 0.7, 1.1, 0.5, 1.9], [3.0, 8.0, 12.0, 4.0, 21.0]);
    let names = ["a", "b", "c", "d", "e"];
    let samples: Vec<Vec<usize>> = (0_u32..32)
        .filter(|mask| mask.count_ones() == 3)
        .map(|mask| (0..5).filter(|at| mask >> at & 1 == 1).collect())
        .collect();
    let weight = |sample: &Vec<usize>| sample.iter().map(|at| odds[*at]).product::<f64>();
    let all: f64 = samples.iter().map(weight).sum();
    let chance =
        |holds: &dyn Fn(&Vec<usize>) -> bool| samples.iter().filter(|it| holds(it)).map(weight).sum::<f64>() / all;
    let own: Vec<f64> = (0..5).map(|at| chance(&|sample| sample.contains(&at))).collect();
    let mut joint = Vec::new();
    for (i, j) in (0..5).flat_map(|i| (i..5).map(move |j| (i, j))) {
        let probability = chance(&|sample| sample.contains(&i) && sample.contains(&j));
        joint.push(JointProbability { psus: [names[i].into(), names[j].into()], probability });
    }
    let truth: f64 = amounts.iter().sum();
    let (mut mean, mut variance, mut estimated) = (0.0, 0.0, 0.0);
    for sample in &samples {
        let survey = Responses::from_columns(Columns {
            stratum: ["h"; 3].into_iter().collect(),
            psu: sample.iter().map(|at| names[*at]).collect(),
            weight: sample.iter().map(|at| 1.0 / own[*at]).collect(),
            numbers: vec![("amount".into(), sample.iter().map(|at| Some(amounts[*at])).collect())],
            ..Columns::default()
        });
        let selection = Selection::SenYatesGrundy { joint: joint.clone() };
        let survey = survey.unwrap().drawn_by(SurveyDesign { selection, ..SurveyDesign::default() });
        let tallies = Tallies::count(&survey, &[]).unwrap();
        let total = tallies.estimate(&tallies.total(0, tallies.number("amount").unwrap()).unwrap());
        let probability = weight(sample) / all;
        mean += probability * total.value;
        variance += probability * (total.value - truth).powi(2);
        estimated += probability * total.variance;
    }
    assert!((mean / truth - 1.0).abs() < 1e-12);
    assert!((estimated / variance - 1.0).abs() < 1e-10, "{estimated} {variance}");
}

/// Simple random samples of PSUs, then of persons: over all of them, the two-stage formula is right on average.
#[test]
fn two_stages_are_unbiased_over_all_samples() {
    let population: [[f64; 3]; 4] = [[1.0, 4.0, 2.0], [7.0, 3.0, 3.0], [0.0, 5.0, 6.0], [9.0, 8.0, 1.0]];
    let pairs = |n: usize| (0..n).flat_map(move |i| (i + 1..n).map(move |j| [i, j]));
    let mut totals = Vec::new();
    for [a, b] in pairs(4) {
        for (of_a, of_b) in pairs(3).flat_map(|one| pairs(3).map(move |other| (one, other))) {
            let drawn =
                [(a, of_a), (b, of_b)].into_iter().flat_map(|(psu, of)| of.map(|at| (psu, population[psu][at])));
            let rows: Vec<_> = drawn.collect();
            let survey = Responses::from_columns(Columns {
                stratum: ["h"; 4].into_iter().collect(),
                psu: rows.iter().map(|row| row.0.to_string()).collect(),
                weight: vec![3.0; 4],
                numbers: vec![
                    ("amount".into(), rows.iter().map(|row| Some(row.1)).collect()),
                    ("psus".into(), vec![Some(4.0); 4]),
                    ("persons".into(), vec![Some(3.0); 4]),
                ],
                ..Columns::default()
            });
            let selection = Selection::Finite { sizes: vec!["psus".into(), "persons".into()] };
            let survey = survey.unwrap().drawn_by(SurveyDesign { selection, ..SurveyDesign::default() });
            let tallies = Tallies::count(&survey, &[]).unwrap();
            totals.push(tallies.estimate(&tallies.total(0, tallies.number("amount").unwrap()).unwrap()));
        }
    }
    let count = totals.len() as f64;
    let truth: f64 = population.iter().flatten().sum();
    let mean = totals.iter().map(|total| total.value).sum::<f64>() / count;
    let variance = totals.iter().map(|total| (total.value - truth).powi(2)).sum::<f64>() / count;
    let estimated = totals.iter().map(|total| total.variance).sum::<f64>() / count;
    assert!((mean / truth - 1.0).abs() < 1e-12 && (estimated / variance - 1.0).abs() < 1e-12, "{estimated} {variance}");
}

#[test]
fn a_design_that_the_responses_do_not_bear_out_is_refused() {
    let survey = responses(&PSUS, chances(&CHANCES));
    let refused = |survey: &Responses, selection| estimate(survey, selection).unwrap_err().to_string();
    let finite = |sizes: &[&str]| Selection::Finite { sizes: sizes.iter().map(|size| (*size).to_owned()).collect() };
    assert_eq!(refused(&survey, finite(&["N"])), "column N is missing");
    assert_eq!(refused(&survey, finite(&["pi", "pi", "pi"])), "the responses do not tell the units of stage 3");
    assert_eq!(refused(&survey, finite(&["pi"])), "h: pi has several values");
    let sized = |a: Option<f64>, h: f64| {
        let of_rows = PSUS.iter().flat_map(|psu| psu.2.iter().map(|_| if psu.1 == "h" { Some(h) } else { Some(9.0) }));
        let mut sizes: Vec<_> = of_rows.collect();
        sizes[0] = a;
        responses(&PSUS, vec![("N".into(), sizes)])
    };
    assert_eq!(refused(&sized(None, 4.0), finite(&["N"])), "h: N is not known");
    assert_eq!(refused(&sized(Some(2.0), 2.0), finite(&["N"])), "h: 3 units were drawn of 2 (N)");
    assert!(estimate(&sized(Some(3.0), 3.0), finite(&["N"])).unwrap().variance > 0.0, "stratum i is not taken whole");
    let brewer = |chance: f64| {
        let survey = responses(&PSUS, chances(&[chance, 0.5, 0.8, 0.4, 1.0]));
        refused(&survey, Selection::Brewer { probability: "pi".into() })
    };
    assert_eq!(brewer(1.5), "the inclusion probability of a is 1.5");
    assert_eq!(brewer(0.0), "the inclusion probability of a is 0");
    assert_eq!(refused(&survey, joint(&JOINT[..8])), "no inclusion probability of d together with e");
    let twice = [&JOINT[..], &[("d", "e", 0.3)]].concat();
    assert_eq!(refused(&survey, joint(&twice)), "two inclusion probabilities of d together with e");
    let strata = ["h", "i", "j"].map(String::from).into();
    let error = Tallies::count(&survey.drawn_by(SurveyDesign { strata, ..SurveyDesign::default() }), &[]).unwrap_err();
    assert_eq!(error, DesignError::StrataNotDrawn { strata: vec!["j".into()] }.into());
}

/// At the second stage a lonely unit is named, counted as certain, or uncentred; no mean of others stands for it.
#[test]
fn lonely_units_inside_a_psu() {
    let psus: [Psu; 3] =
        [("a", "h", &[(5, 2.0), (1, 2.0)]), ("b", "h", &[(5, 4.0)]), ("c", "h", &[(2, 2.0), (4, 2.0)])];
    let sizes = vec![("N".into(), vec![Some(6.0); 5]), ("M".into(), [2.0, 2.0, 4.0, 4.0, 4.0].map(Some).into())];
    let by = |lonely_below| {
        let selection = Selection::Finite { sizes: vec!["N".into(), "M".into()] };
        let survey = responses(&psus, sizes.clone());
        let tallies =
            Tallies::count(&survey.drawn_by(SurveyDesign { selection, lonely_below, ..SurveyDesign::default() }), &[])?;
        Ok::<_, EstimateError>(tallies.estimate(&tallies.mean(0, &[(0, ItemRule::T.scores(5))]).unwrap()))
    };
    for refused in [Lonely::Fail, Lonely::Average] {
        let error = by(refused).unwrap_err();
        assert_eq!(error, DesignError::LonelyUnits { stage: 2, psus: vec!["b".into()] }.into());
    }
    let (certain, adjusted) = (by(Lonely::Certainty).unwrap(), by(Lonely::Adjust).unwrap());
    // p = 2/3; b's one person of four has z = 4·(1 − 2/3)/12 = 1/9; f of the first stage is 1/2.
    let part = 0.5 * 0.75 / 81.0;
    assert!((adjusted.variance - certain.variance - part).abs() < 1e-15);
    assert_eq!((certain.value, certain.df, certain.n), (2.0 / 3.0, 2.0, 5));
}

/// Strata that were joined have their PSUs together, drawn and there.
#[test]
fn joined_strata_add_up_their_sizes() {
    let psus: [Psu; 4] = [
        ("a", "h", &[(5, 2.0), (1, 2.0)]),
        ("b", "h", &[(5, 4.0)]),
        ("c", "i", &[(2, 2.0), (4, 2.0)]),
        ("d", "k", &[(4, 1.0)]),
    ];
    let survey = |strata: [&str; 6], sizes: [f64; 6]| {
        let rows: Vec<_> = psus.iter().flat_map(|psu| psu.2.iter().map(|person| (psu.0, *person))).collect();
        let columns = Columns {
            stratum: strata.into_iter().collect(),
            psu: rows.iter().map(|row| row.0).collect(),
            weight: rows.iter().map(|row| row.1.1).collect(),
            groups: vec![("pair".into(), ["1", "1", "1", "2", "2", "2"].into_iter().collect())],
            items: vec![(Item { code: "q".into(), levels: 5 }, rows.iter().map(|row| Some(row.1.0)).collect())],
            numbers: vec![("N".into(), sizes.map(Some).into())],
            ..Columns::default()
        };
        Responses::from_columns(columns).unwrap()
    };
    let finite = || Selection::Finite { sizes: vec!["N".into()] };
    let drawn = survey(["h", "h", "h", "i", "i", "k"], [6.0, 6.0, 6.0, 3.0, 3.0, 7.0]);
    let joined = estimate(&drawn.collapse_lonely_strata("pair").unwrap(), finite()).unwrap();
    let by_hand = survey(["h", "h", "h", "ik", "ik", "ik"], [6.0, 6.0, 6.0, 10.0, 10.0, 10.0]);
    assert_eq!(joined, estimate(&by_hand, finite()).unwrap());
}

#[test]
fn totals_and_ratios() {
    let spent = [1.0, 3.0, 0.0, 2.0, 5.0, 4.0, 1.0, 2.0, 6.0, 8.0].map(Some).to_vec();
    let visits = [1.0, 2.0, 1.0, 2.0, 2.0, 1.0, 1.0, 3.0, 2.0, 4.0].map(Some).to_vec();
    let survey = responses(&PSUS, vec![("spent".into(), spent), ("visits".into(), visits)]);
    let tallies = Tallies::count(&survey, &[]).unwrap();
    let total = |name: &str| tallies.total(0, tallies.number(name).unwrap()).unwrap();
    let (spent, visits) = (total("spent"), total("visits"));
    assert_eq!((spent.value, visits.value), (11.0 + 7.0 + 16.0 + 3.0 + 52.0, 8.0 + 6.5 + 4.0 + 4.0 + 20.0));
    // Σ n/(n−1)·(z − z̄)², stratum by stratum.
    let of = |z: &[f64]| {
        let (n, mean) = (z.len() as f64, z.iter().sum::<f64>() / z.len() as f64);
        n / (n - 1.0) * z.iter().map(|z| (z - mean).powi(2)).sum::<f64>()
    };
    let variance = |z: [f64; 5]| of(&z[..3]) + of(&z[3..]);
    let (y, x) = ([11.0, 7.0, 16.0, 3.0, 52.0], [8.0, 6.5, 4.0, 4.0, 20.0]);
    let estimate = tallies.estimate(&spent);
    assert!((estimate.variance / variance(y) - 1.0).abs() < 1e-12 && estimate.deff.is_none());
    let ratio = tallies.estimate(&tallies.ratio(&spent, &visits).unwrap());
    assert!((ratio.value - 89.0 / 42.5).abs() < 1e-15);
    let z = [0, 1, 2, 3, 4].map(|at| (y[at] - 89.0 / 42.5 * x[at]) / 42.5);
    assert!((ratio.variance / variance(z) - 1.0).abs() < 1e-12);
    let interval = ratio.interval().unwrap();
    assert!((interval.high - ratio.value - ratio.t.unwrap() * ratio.se()).abs() < 1e-12);
    let nothing = tallies.combination(&[(1.0, &visits), (-1.0, &visits)]).unwrap();
    assert!(tallies.ratio(&spent, &nothing).is_none());
}
