//! Another road to the same variance: Rao & Wu's rescaled bootstrap, which knows no formula but the figure itself.

use std::collections::BTreeMap;

use analysis::draw::{Chance, Digest};
use analysis::estimate::Tallies;

use crate::data::{SURVEY, golden, survey};
use crate::estimates::satisfied;

const ROUNDS: u32 = 2000;

/// In each stratum n − 1 PSUs are drawn with replacement, and each counts n/(n−1) times as often as it was drawn.
#[test]
fn the_bootstrap_agrees_with_the_formula() {
    let survey = survey("province", "psu");
    let tallies = Tallies::count(&survey, &[]).unwrap();
    let chance = Chance::new("bootstrap", Digest::of(b""), Digest::of(b""));
    let rows = golden(SURVEY);
    for item in ["q01", "q11", "q41"] {
        // Per stratum, each PSU's sums of satisfied and of all weights.
        let mut strata: BTreeMap<&str, BTreeMap<&str, (f64, f64)>> = BTreeMap::new();
        for row in rows.iter().filter(|row| matches!(row[item].as_str(), "1" | "2" | "3" | "4" | "5")) {
            let weight: f64 = row["weight"].parse().unwrap();
            let sums = strata.entry(&row["province"]).or_default().entry(&row["psu"]).or_default();
            sums.0 += if row[item].as_str() > "3" { weight } else { 0.0 };
            sums.1 += weight;
        }
        let strata: Vec<Vec<(f64, f64)>> = strata.into_values().map(|psus| psus.into_values().collect()).collect();
        let share = |round: u32| {
            let mut sums = (0.0, 0.0);
            for (stratum, psus) in strata.iter().enumerate() {
                let n = psus.len();
                for draw in 1..n {
                    let path = format!("{item} {round} {stratum} {draw}");
                    let at = usize::try_from(chance.below("psu", &path, n as u64)).unwrap();
                    let factor = n as f64 / (n - 1) as f64;
                    sums = (sums.0 + factor * psus[at].0, sums.1 + factor * psus[at].1);
                }
            }
            sums.0 / sums.1
        };
        let shares: Vec<f64> = (0..ROUNDS).map(share).collect();
        let mean = shares.iter().sum::<f64>() / f64::from(ROUNDS);
        let variance = shares.iter().map(|share| (share - mean).powi(2)).sum::<f64>() / f64::from(ROUNDS - 1);
        let ratio = variance / tallies.estimate(&satisfied(&tallies, 0, item)).variance;
        println!("{item}: bootstrap over formula {ratio:.3}");
        assert!((0.9..1.1).contains(&ratio), "{item}: {ratio}");
    }
}
