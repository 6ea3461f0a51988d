//! Rank sets: exact where nothing is simulated, within the error of a simulation where it is.

use analysis::estimate::Tallies;
use analysis::index::SIPAS_2026_T;
use analysis::rank::{League, RankError, RankSet};
use analysis::table::tabulate;
use proptest::prelude::*;

use crate::data::{Row, golden, number, survey};

fn table() -> (Vec<Row>, League) {
    let rows = golden(include_bytes!("../data/sipas_ranks.csv.gz"));
    let column = |name: &str| rows.iter().map(|row| number(row, name)).collect::<Vec<_>>();
    let league = League::independent(&column("index"), &column("se")).unwrap();
    (rows, league)
}

fn constant(name: &str) -> f64 {
    let rows = golden(include_bytes!("../data/sipas_ranks_constants.csv.gz"));
    number(rows.iter().find(|row| row["name"] == name).unwrap(), "value")
}

fn set(row: &Row, method: &str) -> RankSet {
    let rank = |end: &str| row[&format!("{method}_{end}")].parse().unwrap();
    RankSet { first: rank("lo"), last: rank("hi") }
}

#[test]
fn rank_sets_are_those_of_the_reference() {
    let (rows, league) = table();
    let by = |method: &str| rows.iter().map(|row| set(row, method)).collect::<Vec<_>>();
    assert!((league.interval_quantile() / constant("z_kww_independent") - 1.0).abs() < 1e-9);
    assert!((league.critical_of_all_pairs() / constant("z_all_pairs_bonferroni") - 1.0).abs() < 1e-9);
    assert_eq!(league.sets_by_intervals(), by("kww"));
    assert_eq!(league.sets_by_pairs(constant("c_max_pairs_mc")), by("mogstad"));
    assert_eq!(league.sets_by_pairs(league.critical_of_all_pairs()), by("pair_bonf"));
    assert_eq!(league.own_sets(), by("marg"));
}

#[test]
fn simulated_ranks_are_those_of_another_simulation_but_for_chance() {
    let (rows, league) = table();
    let simulation = league.simulate("2025");
    assert!((simulation.critical - constant("c_max_pairs_mc")).abs() < 0.03, "{}", simulation.critical);
    for ((row, ours), first_ten) in rows.iter().zip(&simulation.ranks).zip(&simulation.first_ten) {
        let theirs = set(row, "gs_mc");
        assert!(ours.first.abs_diff(theirs.first) <= 1 && ours.last.abs_diff(theirs.last) <= 1, "{ours:?} {theirs:?}");
        assert!((first_ten - number(row, "p_top10_mc")).abs() < 0.01);
    }
    assert_eq!(simulation, league.simulate("2025"), "the same seed, the same tables");
    assert_ne!(simulation, league.simulate("2026"));
}

#[test]
fn a_standing_is_a_rank_with_its_sets() {
    let (rows, league) = table();
    for (row, standing) in rows.iter().zip(league.standings("2025")) {
        assert_eq!(standing.rank, row["rank"].parse::<u32>().unwrap());
        for set in [standing.own, standing.joint, standing.by_intervals, standing.simulated] {
            assert!(set.first <= standing.rank && standing.rank <= set.last, "{standing:?}");
        }
        // One unit alone can be said more of than all at once.
        assert!(standing.own.first >= standing.joint.first && standing.own.last <= standing.joint.last);
    }
}

/// From the answers: the covariances of provinces are 0, so both leagues are one.
#[test]
fn provinces_that_are_strata_are_independent() {
    let survey = survey("province", "psu");
    let tallies = Tallies::count(&survey, &["province"]).unwrap();
    let items: Vec<_> = (0..50).map(|item| (item, SIPAS_2026_T.rule.scores(5))).collect();
    let measures: Vec<_> = (0..63)
        .map(|group| {
            let parts: Vec<_> = items.iter().map(|item| tallies.mean(group, &[*item]).unwrap()).collect();
            let parts: Vec<_> = parts.iter().map(|part| (1.0 / 50.0, part)).collect();
            tallies.combination(&parts).unwrap()
        })
        .collect();
    let covariance = tallies.covariances(&measures);
    let values: Vec<f64> = measures.iter().map(|measure| measure.value).collect();
    let (rows, _) = table();
    let league = League::correlated(&values, covariance).unwrap();
    let marginal: Vec<_> = rows.iter().map(|row| set(row, "marg")).collect();
    assert_eq!(league.own_sets(), marginal);
    let tree = crate::tables::tree();
    let cells = tabulate(&survey, &tree, &[SIPAS_2026_T], &["province"]).unwrap();
    let overall = cells.iter().filter(|cell| cell.level == "province" && cell.indicator == "overall");
    for (cell, value) in overall.zip(values) {
        assert!((cell.estimate.unwrap() - value).abs() < 1e-12);
    }
}

#[test]
fn tiers_part_what_differs_and_nothing_else() {
    let far = League::independent(&[0.9, 0.5, 0.89, 0.1, 0.52], &[0.01; 5]).unwrap();
    assert_eq!(far.tiers(), [1, 2, 1, 3, 2]);
    let near = League::independent(&[0.9, 0.5, 0.89, 0.1, 0.52], &[0.9; 5]).unwrap();
    assert_eq!(near.tiers(), [1; 5]);
    // Holm: one difference of z = 2.5 among ten pairs has p 0.0124 > 0.05/10.
    let one = League::independent(&[1.0, 1.0, 1.0, 1.0, 1.0 - 2.5 * 2.0_f64.sqrt()], &[1.0; 5]).unwrap();
    assert_eq!(one.tiers(), [1; 5]);
    let two = League::independent(&[1.0, 1.0 - 2.5 * 2.0_f64.sqrt()], &[1.0; 2]).unwrap();
    assert_eq!(two.tiers(), [1, 2]);
    assert_eq!(table().1.tiers().iter().max(), Some(&3));
}

#[test]
fn what_cannot_be_ranked_is_refused() {
    let error = |values: &[f64], errors: &[f64]| League::independent(values, errors).unwrap_err();
    assert_eq!(error(&[1.0], &[]), RankError::Length { values: 1, errors: 0 });
    assert_eq!(error(&[1.0, f64::INFINITY], &[0.1, 0.1]), RankError::NotANumber { unit: 1, value: f64::INFINITY });
    assert_eq!(error(&[1.0, 2.0], &[-0.1, 0.1]), RankError::NotANumber { unit: 0, value: -0.1 });
    let matrix = |both: f64, other: f64| League::correlated(&[1.0, 2.0], vec![vec![1.0, both], vec![other, 1.0]]);
    assert!(matrix(0.5, 0.5).is_ok());
    assert_eq!(matrix(0.5, 0.4).unwrap_err(), RankError::Covariance { first: 0, second: 1 });
    assert_eq!(matrix(1.5, 1.5).unwrap_err(), RankError::Covariance { first: 0, second: 1 });
    let empty = League::independent(&[], &[]).unwrap();
    assert!(empty.standings("seed").is_empty());
    let alone = League::independent(&[0.5], &[0.1]).unwrap().standings("seed")[0];
    assert_eq!(
        (alone.rank, alone.own, alone.joint, alone.tier),
        (1, RankSet { first: 1, last: 1 }, RankSet { first: 1, last: 1 }, 1)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sets_hold_their_rank_and_grow_with_the_error(
        units in prop::collection::vec((0.0_f64..1.0, 0.0_f64..0.2), 2..30), critical in 0.0_f64..5.0,
    ) {
        let (values, errors): (Vec<f64>, Vec<f64>) = units.into_iter().unzip();
        let league = League::independent(&values, &errors).unwrap();
        let wider = League::independent(&values, &errors.iter().map(|error| 2.0 * error).collect::<Vec<_>>()).unwrap();
        let ranks = values.iter().map(|value| 1 + values.iter().filter(|other| *other > value).count());
        for ((rank, set), wide) in ranks.zip(league.sets_by_pairs(critical)).zip(wider.sets_by_pairs(critical)) {
            prop_assert!(set.first as usize <= rank && rank <= set.last as usize);
            prop_assert!(wide.first <= set.first && wide.last >= set.last);
        }
    }
}
