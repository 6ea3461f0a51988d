//! Conditional Poisson sampling of fixed size, the design of maximum entropy (Chen, Dempster & Liu 1994).

use super::Chance;

const STEPS: usize = 2000;
const TOLERANCE: f64 = 1e-13;

/// Odds that give the inclusion probabilities `target` (each strictly between 0 and 1, sum `n`), by the fixed
/// point w ← w·π(1−q)/(q(1−π)).
pub fn conditional_poisson_odds(target: &[f64], n: usize) -> Vec<f64> {
    let mut odds: Vec<f64> = target.iter().map(|p| p / (1.0 - p)).collect();
    for _ in 0..STEPS {
        let reached = probabilities(&odds, n);
        let error = reached.iter().zip(target).map(|(q, p)| (q - p).abs()).fold(0.0, f64::max);
        if error < TOLERANCE {
            break;
        }
        for ((w, p), q) in odds.iter_mut().zip(target).zip(&reached) {
            *w = *w * (p * (1.0 - q)) / (q * (1.0 - p));
        }
    }
    odds
}

/// Positions of `n` units, one uniform number per unit in the given order.
pub fn conditional_poisson(chance: &Chance, path: &str, ids: &[&str], odds: &[f64], n: usize) -> Vec<usize> {
    let tails = symmetric_tails(odds, n);
    let mut chosen = Vec::with_capacity(n);
    for (place, (id, w)) in ids.iter().zip(odds).enumerate() {
        let left = n - chosen.len();
        if left == 0 {
            break;
        }
        let tail =
            |from: usize, degree: usize| tails.get(from).and_then(|sums| sums.get(degree)).copied().unwrap_or_default();
        if chance.uniform("cps", path, id, 0) < w * tail(place + 1, left - 1) / tail(place, left) {
            chosen.push(place);
        }
    }
    chosen
}

/// Inclusion probabilities of the design with these odds.
fn probabilities(odds: &[f64], n: usize) -> Vec<f64> {
    let all = symmetric(odds.iter().copied(), n).last().copied().unwrap_or_default();
    (0..odds.len())
        .zip(odds)
        .map(|(place, w)| {
            // Recomputed without the unit: dividing it out would lose digits.
            let others = odds.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, w)| *w);
            w * symmetric(others, n).iter().rev().nth(1).copied().unwrap_or_default() / all
        })
        .collect()
}

/// Elementary symmetric functions of degree 0..=n.
fn symmetric(values: impl Iterator<Item = f64>, n: usize) -> Vec<f64> {
    let mut sums = vec![0.0; n + 1];
    if let Some(first) = sums.first_mut() {
        *first = 1.0;
    }
    for value in values {
        add_unit(&mut sums, value);
    }
    sums
}

/// The same for the units from each position on.
fn symmetric_tails(odds: &[f64], n: usize) -> Vec<Vec<f64>> {
    let mut tails = vec![symmetric(std::iter::empty(), n)];
    for w in odds.iter().rev() {
        let mut sums = tails.last().cloned().unwrap_or_default();
        add_unit(&mut sums, *w);
        tails.push(sums);
    }
    tails.reverse();
    tails
}

fn add_unit(sums: &mut [f64], value: f64) {
    let mut lower = 0.0;
    for sum in sums {
        let before = *sum;
        *sum += value * lower;
        lower = before;
    }
}
