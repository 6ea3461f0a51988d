#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of a test are small"
)]

use super::*;
use crate::draw::SelectionMethod;

fn strata(strata: &[(u64, u64)]) -> Vec<Share> {
    let least = |there: u64| there.min(LEAST_UNITS.into());
    strata
        .iter()
        .map(|(adults, there)| Share { adults: *adults, deviation: 500, least: least(*there), most: *there })
        .collect()
}

fn proportional(of: &[(u64, u64)], n: u64) -> Option<Vec<u64>> {
    share(&Allocation::Proportional, &strata(of), n)
}

#[test]
fn strata_get_their_share_within_their_limits() {
    assert_eq!(proportional(&[(600, 30), (400, 20)], 10).unwrap(), [6, 4]);
    // The small stratum is lifted to two; the rest share eight.
    assert_eq!(proportional(&[(600, 30), (380, 20), (20, 9)], 10).unwrap(), [5, 3, 2]);
    // Only one commune there: it is taken, and nothing is lost.
    assert_eq!(proportional(&[(900, 30), (100, 1)], 10).unwrap(), [9, 1]);
    // More than there are: all of them, the rest elsewhere.
    assert_eq!(proportional(&[(900, 4), (100, 30)], 10).unwrap(), [4, 6]);
    // More than there are altogether: all.
    assert_eq!(proportional(&[(900, 4), (100, 3)], 10).unwrap(), [4, 3]);
    // The large stratum has few communes and the small ones still get their two.
    assert_eq!(proportional(&[(900, 5), (50, 9), (50, 9)], 6).unwrap(), [2, 2, 2]);
    assert_eq!(proportional(&[(900, 4), (100, 3)], 3), None);
    assert_eq!(proportional(&[(900, 40)], 12).unwrap(), [12]);
}

/// All ways to share `n` within the limits.
fn all_shares(strata: &[Share], n: u64) -> Vec<Vec<u64>> {
    let Some((first, rest)) = strata.split_first() else {
        return if n == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    (first.least..=first.most.min(n))
        .flat_map(|share| all_shares(rest, n - share).into_iter().map(move |others| [vec![share], others].concat()))
        .collect()
}

#[test]
fn neyman_is_the_best_of_all_shares() {
    let neyman = Allocation::Neyman { deviations: BTreeMap::new() };
    let variance = |strata: &[Share], shares: &[u64]| -> f64 {
        let term = |(stratum, share): (&Share, &u64)| {
            let weight = stratum.adults as f64 * f64::from(stratum.deviation);
            weight * weight / *share as f64
        };
        strata.iter().zip(shares).map(term).sum()
    };
    let mut word = 7_u64;
    let mut next = |below: u64| {
        word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (word >> 33) % below
    };
    for _ in 0..200 {
        let strata: Vec<Share> = (0..=1 + next(3))
            .map(|_| {
                let most = 2 + next(9);
                let deviation = u32::try_from(100 + next(400)).unwrap();
                Share { adults: 10 + next(5_000), deviation, least: 1 + next(2), most }
            })
            .collect();
        let least: u64 = strata.iter().map(|stratum| stratum.least).sum();
        let most: u64 = strata.iter().map(|stratum| stratum.most).sum();
        let n = least + next(most - least + 1);
        let ours = share(&neyman, &strata, n).unwrap();
        assert_eq!(ours.iter().sum::<u64>(), n);
        let best = all_shares(&strata, n).iter().map(|shares| variance(&strata, shares)).fold(f64::INFINITY, f64::min);
        assert!(variance(&strata, &ours) <= best * (1.0 + 1e-12), "{strata:?} {n}: {ours:?}");
    }
    assert_eq!(share(&neyman, &strata(&[(900, 4), (100, 3)]), 3), None);
}

/// Each share is as near to its exact part as whole numbers and limits allow: no unit moved makes them nearer.
#[test]
fn proportional_and_square_root_shares_cannot_be_bettered_by_brute_force() {
    for sizes in [[1200_u64, 340, 560], [17, 17, 17], [5, 900, 95], [1, 2, 4]] {
        for n in 6..=20 {
            let strata: Vec<Share> =
                sizes.iter().map(|size| Share { adults: *size, deviation: 500, least: 0, most: 99 }).collect();
            for (rule, power) in [(Allocation::Proportional, 1.0), (Allocation::SquareRoot, 0.5)] {
                let parts: Vec<f64> = sizes.iter().map(|size| (*size as f64).powf(power)).collect();
                let total: f64 = parts.iter().sum();
                let away = |shares: &[u64]| -> f64 {
                    parts
                        .iter()
                        .zip(shares)
                        .map(|(part, share)| (part / total * n as f64 - *share as f64).powi(2))
                        .sum()
                };
                let ours = share(&rule, &strata, n).unwrap();
                let best = all_shares(&strata, n).iter().map(|shares| away(shares)).fold(f64::INFINITY, f64::min);
                assert!(away(&ours) <= best + 1e-9, "{rule:?} {sizes:?} {n}: {ours:?}");
            }
        }
    }
}

#[test]
fn neyman_and_square_root_are_those_of_r() {
    let rows: Vec<Vec<&str>> =
        include_str!("../../tests/data/allocation.csv").lines().skip(1).map(|line| line.split(',').collect()).collect();
    for group in rows.chunk_by(|a, b| a[0] == b[0]) {
        let n = group[0][0].parse().unwrap();
        let column = |at: usize| -> Vec<u64> { group.iter().map(|row| row[at].parse().unwrap()).collect() };
        let strata = |least: u64| -> Vec<Share> {
            group
                .iter()
                .map(|row| {
                    let adults = row[2].parse().unwrap();
                    let deviation = (row[3].parse::<f64>().unwrap() * 1000.0).round() as u32;
                    Share { adults, deviation, least, most: adults }
                })
                .collect()
        };
        let neyman = Allocation::Neyman { deviations: BTreeMap::new() };
        assert_eq!(share(&neyman, &strata(2), n).unwrap(), column(4), "n = {n}");
        assert_eq!(share(&Allocation::SquareRoot, &strata(0), n).unwrap(), column(6), "n = {n}");
    }
}

fn usual() -> Design {
    Design {
        name: "sipas-2026".into(),
        communes: 10,
        villages_per_commune: 2,
        persons_per_village: 5,
        reserves_per_village: 5,
        ..Design::default()
    }
}

#[test]
fn the_digest_is_of_the_published_text() {
    let design = usual();
    assert_eq!(
        design.canonical_text(),
        r#"{"communes":10,"name":"sipas-2026","persons_per_village":5,"reserves_per_village":5,"villages_per_commune":2}"#
    );
    let other = Design { reserves_per_village: 6, ..design.clone() };
    assert_ne!(design.digest(), other.digest());
    let back: Design = serde_json::from_str(&design.canonical_text()).unwrap();
    assert_eq!(back, design);
}

#[test]
fn only_what_is_not_usual_is_written_and_it_reads_back() {
    let households = StageRule { unit: Stage::Household, method: SelectionMethod::Systematic };
    let mut stages = rules::usual();
    stages.insert(2, households);
    let design = Design {
        stages,
        households_per_village: 8,
        persons_per_household: 1,
        allocation: Allocation::Neyman { deviations: [("01/urban".to_owned(), 410)].into() },
        least: 3,
        take_all: ["c1".to_owned()].into(),
        reserve_communes: 1,
        groups: [("c1".to_owned(), "27".to_owned())].into(),
        ..usual()
    };
    let text = design.canonical_text();
    assert!(
        text.starts_with(r#"{"allocation":{"deviations":{"01/urban":410},"rule":"neyman"},"communes":10,"groups":"#)
    );
    assert_eq!(serde_json::from_str::<Design>(&text).unwrap(), design);
    assert!(serde_json::from_str::<Design>(&text.replace("least", "leest")).is_err());
    design.check().unwrap();
    let wrong = Design { stages: design.stages.iter().rev().copied().collect(), ..design.clone() };
    assert_eq!(wrong.check(), Err(DrawError::Stages));
    let nothing = Design { households_per_village: 0, ..design };
    assert_eq!(nothing.check(), Err(DrawError::Nothing { part: "households_per_village" }));
}
