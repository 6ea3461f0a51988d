//! What must hold for any data.

use analysis::draw::*;
use analysis::estimate::{Estimate, EstimateError, Measure, Scores, Tallies};
use analysis::frame::{Columns, Item, Layout, Responses, ResponsesError, Selection, SurveyDesign, Texts};
use analysis::index::{Indicator, IndicatorKind, Tree};
use analysis::index::{ItemRule, SIPAS_2026_M, SIPAS_2026_T};
use analysis::table::tabulate;
use proptest::prelude::*;

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(2000))]
    #[test]
    fn every_method_draws_its_number_of_different_units(
        sizes in prop::collection::vec(1_u64..1000, 1..60), n in 0_u64..70, seed in any::<u64>(),
    ) {
        let ids: Vec<String> = (0..sizes.len()).map(|unit| format!("u{unit}")).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let chance = Chance::new(&seed.to_string(), Digest([0; 32]), Digest([1; 32]));
        let expected = sizes.len().min(usize::try_from(n).unwrap());
        let (main, reserve) = simple_random(&chance, "h", &ids, expected, 5);
        let mut both = [main.clone(), reserve].concat();
        both.sort_unstable();
        both.dedup();
        prop_assert_eq!(both.len(), (expected + 5).min(sizes.len()));
        let drawn = [
            main,
            systematic(&chance, "h", &ids, expected),
            pps_systematic(&chance, "h", &ids, &sizes, n, ListOrder::Given).unwrap(),
            pps_systematic(&chance, "h", &ids, &sizes, n, ListOrder::Randomised).unwrap(),
        ];
        for mut places in drawn {
            places.sort_unstable();
            places.dedup();
            prop_assert_eq!(places.len(), expected);
            prop_assert!(places.iter().all(|place| *place < sizes.len()));
        }
        let sum: f64 = inclusion_probabilities(&sizes, n).unwrap().into_iter().map(Fraction::to_f64).sum();
        prop_assert!((sum - expected as f64).abs() < 1e-9);
    }
}

#[derive(Clone, Debug)]
struct Answer {
    psu: u8,
    weight: f64,
    sex: u8,
    levels: [Option<u8>; 2],
}

/// Up to four strata of at least two PSUs, uneven in every way.
fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let level = || prop_oneof![3 => (1_u8..=5).prop_map(Some), 1 => Just(None), 1 => Just(Some(97))];
    let one = (0_u8..12, prop_oneof![9 => 0.1_f64..50.0, 1 => Just(0.0)], 0_u8..3, [level(), level()])
        .prop_map(|(psu, weight, sex, levels)| Answer { psu, weight, sex, levels });
    prop::collection::vec(one, 0..120).prop_map(|mut answers| {
        let everywhere =
            (0..12).map(|psu| Answer { psu, weight: 1.0, sex: psu % 2, levels: [Some(psu % 5 + 1), None] });
        answers.extend(everywhere);
        answers
    })
}

fn responses(answers: &[Answer]) -> Responses {
    Responses::from_columns(columns(answers)).unwrap()
}

fn columns(answers: &[Answer]) -> Columns {
    let column = |of: fn(&Answer) -> String| answers.iter().map(of).collect::<Texts>();
    let item = |at: usize| {
        (Item { code: format!("q{at}"), levels: 5 }, answers.iter().map(|answer| answer.levels[at]).collect())
    };
    Columns {
        stratum: column(|a| format!("h{}", a.psu % 4)),
        psu: column(|a| format!("p{}", a.psu)),
        weight: answers.iter().map(|answer| answer.weight).collect(),
        groups: vec![
            ("sex".into(), column(|a| ["", "f", "m"][usize::from(a.sex)].into())),
            ("province".into(), column(|a| format!("h{}", a.psu % 4))),
        ],
        items: vec![item(0), item(1)],
        ..Columns::default()
    }
}

const SATISFIED: Scores = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
const NOT_SATISFIED: Scores = [0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

/// Of the nation.
fn satisfied(answers: &[Answer]) -> (Measure, Estimate) {
    let tallies = Tallies::count(&responses(answers), &[]).unwrap();
    let measure = tallies.mean(0, &[(0, SATISFIED)]).unwrap();
    let estimate = tallies.estimate(&measure);
    (measure, estimate)
}

/// The influence in the unit of this place.
fn at(measure: &Measure, place: usize) -> f64 {
    measure.influence.units().iter().find(|(unit, _)| *unit as usize == place).map_or(0.0, |(_, z)| *z)
}

fn close(a: f64, b: f64) -> bool {
    a == b || (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) + 1e-15
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_order_of_rows_changes_no_bit(answers in answers(), turn in 0_usize..200) {
        let mut shuffled = answers.clone();
        shuffled.rotate_left(turn % answers.len());
        shuffled.reverse();
        let of = |answers: &[Answer]| {
            let tallies = Tallies::count(&responses(answers), &["sex"]).unwrap();
            let groups = tallies.groups().len();
            let measures: Vec<_> = (0..groups).map(|group| tallies.mean(group, &[(0, ItemRule::M.scores(5))])).collect();
            (tallies.groups().to_vec(), measures)
        };
        prop_assert_eq!(of(&answers), of(&shuffled));
    }

    #[test]
    fn scaling_all_weights_changes_no_share_and_no_precision(answers in answers(), factor in 0.001_f64..1000.0) {
        let scaled: Vec<_> = answers.iter().map(|a| Answer { weight: a.weight * factor, ..a.clone() }).collect();
        let (before, after) = (satisfied(&answers).1, satisfied(&scaled).1);
        prop_assert!(close(before.value, after.value) && close(before.variance, after.variance));
        prop_assert_eq!((before.n, before.df), (after.n, after.df));
        prop_assert!(close(before.deff_wr.unwrap_or(0.0), after.deff_wr.unwrap_or(0.0)) && close(before.kish.unwrap(), after.kish.unwrap()));
    }

    #[test]
    fn the_complement_has_the_rest_and_the_same_variance(answers in answers()) {
        let tallies = Tallies::count(&responses(&answers), &["province"]).unwrap();
        for group in 0..tallies.groups().len() {
            let of = |scores| tallies.estimate(&tallies.mean(group, &[(0, scores)]).unwrap());
            let (share, rest) = (of(SATISFIED), of(NOT_SATISFIED));
            prop_assert!(close(share.value, 1.0 - rest.value));
            prop_assert!((share.variance - rest.variance).abs() <= 1e-9 * share.variance + 1e-18);
        }
    }

    /// The nation is the mean of two groups that cover it, and its influence is theirs.
    #[test]
    fn a_group_and_its_complement_make_the_whole(answers in answers()) {
        let halves: Vec<_> = answers.iter().map(|a| Answer { sex: 1 + a.sex % 2, ..a.clone() }).collect();
        let survey = responses(&halves);
        let (whole, sexes) = (Tallies::count(&survey, &[]).unwrap(), Tallies::count(&survey, &["sex"]).unwrap());
        let nation = whole.mean(0, &[(0, SATISFIED)]).unwrap();
        let parts: Vec<_> = (0..sexes.groups().len()).filter_map(|group| sexes.mean(group, &[(0, SATISFIED)])).collect();
        prop_assume!(parts.len() == 2);
        let weight = |at: usize| parts[at].weight / nation.weight;
        let value: f64 = (0..parts.len()).map(|at| weight(at) * parts[at].value).sum();
        prop_assert!(close(value, nation.value));
        let n: u32 = parts.iter().map(|part| part.n).sum();
        prop_assert_eq!(n, nation.n);
        // W z = Σ_g W_g z_g + what the groups' own means leave over: so the variances are consistent.
        // Units stand by stratum, then by name.
        let mut labels: Vec<String> = (0..12).map(|psu| format!("p{psu}")).collect();
        labels.sort_by_key(|label| (label.trim_start_matches('p').parse::<u32>().unwrap() % 4, label.clone()));
        for (place, label) in labels.iter().enumerate() {
            let mut expected = 0.0;
            for (group, part) in sexes.groups().iter().zip(&parts) {
                let valid = halves.iter().filter(|answer| {
                    format!("p{}", answer.psu) == *label
                        && ["", "f", "m"][usize::from(answer.sex)] == group.labels[0]
                        && answer.levels[0].is_some_and(|level| level <= 5)
                });
                let weight: f64 = valid.map(|answer| answer.weight).sum();
                expected += part.weight * at(part, place);
                expected += weight * (part.value - nation.value);
            }
            let found = at(&nation, place) * nation.weight;
            prop_assert!((found - expected).abs() < 1e-9 * nation.weight, "{found} {expected}");
        }
    }

    #[test]
    fn variances_are_never_negative_and_intervals_hold_the_value(answers in answers()) {
        for by in [&[][..], &["sex"][..], &["province", "sex"][..]] {
            let tallies = Tallies::count(&responses(&answers), by).unwrap();
            for place in 0..tallies.groups().len() {
                for item in [0, 1] {
                    let Some(measure) = tallies.mean(place, &[(item, SATISFIED)]) else { continue };
                    let estimate = tallies.estimate(&measure);
                    prop_assert!(estimate.variance >= 0.0 && estimate.kish.unwrap() >= 1.0 - 1e-12);
                    prop_assert!(measure.influence.units().iter().map(|(_, z)| z).sum::<f64>().abs() < 1e-12);
                    if let Some(interval) = estimate.interval() {
                        prop_assert!(interval.low <= estimate.value + 1e-12 && estimate.value <= interval.high + 1e-12);
                        prop_assert!(interval.low >= 0.0 && interval.high <= 1.0);
                    }
                }
            }
        }
    }

    #[test]
    fn a_person_without_a_valid_answer_changes_nothing(answers in answers(), psu in 0_u8..12) {
        let nobody = Answer { psu, weight: 3.0, sex: 0, levels: [None, Some(99)] };
        let more = [answers.clone(), vec![nobody]].concat();
        prop_assert_eq!(satisfied(&answers), satisfied(&more));
    }

    /// Of every item in every group: symmetric, and no combination of figures has a variance below 0.
    #[test]
    fn covariances_are_symmetric_and_fit_together(
        answers in answers(), factors in prop::collection::vec(-3.0_f64..3.0, 20),
    ) {
        let tallies = Tallies::count(&responses(&answers), &["province", "sex"]).unwrap();
        let places = (0..tallies.groups().len()).flat_map(|group| [(group, 0), (group, 1)]);
        let measures: Vec<_> = places.filter_map(|(group, item)| tallies.mean(group, &[(item, SATISFIED)])).collect();
        let matrix = tallies.covariances(&measures);
        let (mut sum, mut scale) = (0.0, 0.0);
        for (a, row) in matrix.iter().enumerate() {
            prop_assert_eq!(row[a], tallies.stages().variance(&measures[a].influence));
            for (b, covariance) in row.iter().enumerate() {
                prop_assert!(close(*covariance, matrix[b][a]));
                let product = factors[a % 20] * factors[b % 20] * covariance;
                (sum, scale) = (sum + product, scale + product.abs());
            }
        }
        prop_assert!(sum >= -1e-12 * scale, "{sum} {scale}");
        let parts: Vec<_> = measures.iter().zip(factors.iter().cycle()).map(|(part, factor)| (*factor, part)).collect();
        let combined = tallies.combination(&parts).map_or(0.0, |whole| tallies.stages().variance(&whole.influence));
        prop_assert!((combined - sum).abs() <= 1e-9 * scale + 1e-15, "{combined} {sum}");
    }

    /// Answers from several files make the survey of one.
    #[test]
    fn chunks_in_any_order_are_the_same_survey(answers in answers(), cut in 0_usize..100) {
        let (first, second) = answers.split_at(cut.min(answers.len()));
        let joined = [second, first].concat();
        prop_assert_eq!(satisfied(&answers), satisfied(&joined));
    }

    /// The whole population asked leaves nothing to chance; a part of it less than the formula without correction.
    #[test]
    fn finite_populations_lower_the_variance(answers in answers(), there in 3_u32..50) {
        let sized = |there: u32| {
            let mut columns = columns(&answers);
            columns.numbers = vec![("N".into(), vec![Some(f64::from(there)); answers.len()])];
            let selection = Selection::Finite { sizes: vec!["N".into()] };
            let design = SurveyDesign { selection, ..SurveyDesign::default() };
            let survey = Responses::from_columns(columns).unwrap().drawn_by(design);
            let tallies = Tallies::count(&survey, &[]).unwrap();
            tallies.estimate(&tallies.mean(0, &[(0, SATISFIED)]).unwrap())
        };
        let (all, some, replaced) = (sized(3), sized(there), satisfied(&answers).1);
        prop_assert_eq!(all.variance, 0.0);
        let open = 1.0 - 3.0 / f64::from(there);
        prop_assert!((some.variance - open * replaced.variance).abs() <= 1e-9 * replaced.variance + 1e-18);
        prop_assert_eq!((some.value, some.df, some.n), (replaced.value, replaced.df, replaced.n));
    }

    #[test]
    fn tables_of_any_data_never_panic(answers in answers()) {
        let factor = Indicator::factor("f", ["q0", "q1"]);
        let tree = Tree::new(Indicator::new(IndicatorKind::Overall, "o", vec![factor])).unwrap();
        let cells = tabulate(&responses(&answers), &tree, &[SIPAS_2026_M, SIPAS_2026_T], &["sex", "province"]).unwrap();
        let numbers = cells.iter().flat_map(|c| [c.estimate, c.se, c.deff, c.interval.map(|i| i.low)]).flatten();
        prop_assert!(numbers.into_iter().all(f64::is_finite));
    }
}

fn two(texts: [&str; 2]) -> Texts {
    texts.into_iter().collect()
}

fn two_rows() -> Columns {
    Columns {
        stratum: two(["h", "h"]),
        psu: two(["a", "b"]),
        weight: vec![1.0, 2.0],
        groups: vec![("sex".into(), two(["f", ""]))],
        items: vec![(Item { code: "q".into(), levels: 5 }, vec![Some(5), Some(99)])],
        ..Columns::default()
    }
}

#[test]
fn unsound_columns_are_refused_by_row_and_column() {
    let refuse = |change: fn(&mut Columns)| {
        let mut columns = two_rows();
        change(&mut columns);
        Responses::from_columns(columns).unwrap_err().to_string()
    };
    assert!(Responses::from_columns(two_rows()).is_ok());
    assert_eq!(Responses::from_columns(Columns::default()).unwrap_err(), ResponsesError::NoRows);
    assert_eq!(refuse(|c| c.weight[1] = f64::NAN), "row 2: weight NaN is not a number from 0 up");
    assert_eq!(refuse(|c| c.weight[0] = -0.5), "row 1: weight -0.5 is not a number from 0 up");
    assert_eq!(refuse(|c| c.weight[0] = f64::INFINITY), "row 1: weight inf is not a number from 0 up");
    assert_eq!(refuse(|c| c.psu = two(["a", ""])), "row 2: psu is empty");
    assert_eq!(refuse(|c| c.items[0].1[1] = Some(6)), "row 2: q has the unknown code 6");
    assert_eq!(refuse(|c| c.items[0].1[0] = Some(0)), "row 1: q has the unknown code 0");
    assert_eq!(refuse(|c| c.items[0].0.levels = 12), "item q has 12 levels; from 2 to 11 are possible");
    assert_eq!(refuse(|c| c.items.push(c.items[0].clone())), "column q stands twice");
    assert_eq!(refuse(|c| c.groups[0].1 = ["f"].into_iter().collect()), "column sex has 1 rows instead of 2");
    assert_eq!(refuse(|c| c.person = vec!["x".into(); 2]), "person x stands in the rows 1 and 2");
    assert_eq!(refuse(|c| c.person = vec!["x".into(), String::new()]), "row 2: person is empty");
    assert_eq!(refuse(|c| c.person = vec!["x".into()]), "column person has 1 rows instead of 2");
    assert_eq!(refuse(|c| c.below = vec![("village".into(), two(["v", ""]))]), "row 2: village is empty");
    assert_eq!(refuse(|c| c.numbers = vec![("N".into(), vec![None, Some(f64::NAN)])]), "row 2: N is no number: NaN");
    assert_eq!(refuse(|c| c.numbers = vec![("q".into(), vec![None, None])]), "column q stands twice");
    let two_strata = refuse(|c| {
        c.psu = two(["a", "a"]);
        c.stratum = two(["h", "g"]);
    });
    assert_eq!(two_strata, "PSU a stands in the strata h and g");
}

#[test]
fn unsound_files_are_refused_by_row_and_column() {
    let layout = Layout {
        stratum: "h".into(),
        psu: "i".into(),
        weight: "w".into(),
        groups: vec!["sex".into()],
        items: vec![Item { code: "q".into(), levels: 5 }],
        ..Layout::default()
    };
    let read = |text: &str| Responses::from_csv(text.as_bytes(), &layout).map(|read| read.rows());
    let refuse = |text: &str| read(text).unwrap_err().to_string();
    assert_eq!(read("q,w,i,h,sex,more\n5,1,a,h,f,x\n,2,b,h,,y\n98,2.5,b,h,m,z\n"), Ok(3));
    assert_eq!(refuse("q,w,i,h\n5,1,a,h\n"), "column sex is missing");
    assert_eq!(refuse("q,w,i,h,sex,q\n5,1,a,h,f,5\n"), "column q stands twice");
    assert_eq!(refuse("q,w,i,h,sex\n5,much,a,h,f\n"), "row 1: weight much is not a number from 0 up");
    assert_eq!(refuse("q,w,i,h,sex\n5,1,a,h,f\n5,NaN,a,h,f\n"), "row 2: weight NaN is not a number from 0 up");
    assert_eq!(refuse("q,w,i,h,sex\n5,1,a,h,f\n4.5,1,a,h,f\n"), "row 2: q has the unknown code 4.5");
    assert_eq!(refuse("q,w,i,h,sex\n"), "no rows");
    assert!(refuse("q,w,i,h,sex\n5,1,a\n").starts_with("cannot be read: "));
    let numbers = Layout { numbers: vec!["N".into()], person: Some("id".into()), ..layout.clone() };
    let refuse = |text: &str| Responses::from_csv(text.as_bytes(), &numbers).unwrap_err().to_string();
    assert_eq!(refuse("q,w,i,h,sex,id\n5,1,a,h,f,x\n"), "column N is missing");
    assert_eq!(refuse("q,w,i,h,sex,N\n5,1,a,h,f,3\n"), "column id is missing");
    assert_eq!(refuse("q,w,i,h,sex,N,id\n5,1,a,h,f,many,x\n"), "row 1: N is no number: many");
}

#[test]
fn a_stratum_with_one_psu_is_named() {
    let mut columns = two_rows();
    columns.stratum = two(["h", "g"]);
    let survey = Responses::from_columns(columns).unwrap();
    let error = Tallies::count(&survey, &[]).unwrap_err();
    assert_eq!(error, EstimateError::LonelyPsu { strata: vec!["g".into(), "h".into()] });
}
