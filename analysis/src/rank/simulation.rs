//! What chance alone makes of a table.

use super::{ALPHA, League, RankSet, normal_quantile, real};
use crate::draw::{Chance, Digest};

/// Simulated tables.
const TABLES: u32 = 20_000;
/// The largest number of units whose pairs are simulated. More pairs take Bonferroni's critical value, a little larger.
const MOST_PAIRED: usize = 200;
const FIRST: usize = 10;

#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// The 95 % point of the largest standardised difference of any two units that are equal in truth.
    pub critical: f64,
    pub ranks: Vec<RankSet>,
    /// The part of the tables in which a unit is among the first ten.
    pub first_ten: Vec<f64>,
}

impl League {
    /// 20,000 tables of normal errors from the hash stream of the seed, around the estimates; with [`Self::critical`].
    pub fn simulate(&self, seed: &str) -> Simulation {
        let units = self.values.len();
        let mut ranks = vec![vec![0_u32; units]; units];
        let mut order: Vec<usize> = (0..units).collect();
        self.each_table(seed, |noise| {
            let table: Vec<f64> = self.values.iter().zip(noise).map(|(value, noise)| value + noise).collect();
            let value = |unit: usize| table.get(unit).copied().unwrap_or_default();
            order.sort_unstable_by(|a, b| value(*b).total_cmp(&value(*a)).then(a.cmp(b)));
            for (rank, unit) in order.iter().enumerate() {
                if let Some(met) = ranks.get_mut(*unit).and_then(|ranks| ranks.get_mut(rank)) {
                    *met += 1;
                }
            }
        });
        let among = |ranks: &Vec<u32>| f64::from(ranks.iter().take(FIRST).sum::<u32>()) / f64::from(TABLES);
        Simulation {
            critical: self.critical(seed),
            first_ten: ranks.iter().map(among).collect(),
            ranks: ranks.iter().map(|ranks| middle(ranks)).collect(),
        }
    }

    /// From as many tables as if all units were equal. Above 200 units Bonferroni's, a little larger.
    pub fn critical(&self, seed: &str) -> f64 {
        if self.values.len() > MOST_PAIRED {
            return self.critical_of_all_pairs();
        }
        let errors: Vec<(usize, usize, f64)> = self.pairs().collect();
        let mut largest = Vec::with_capacity(TABLES as usize);
        self.each_table(seed, |noise| {
            let of = |unit: usize| noise.get(unit).copied().unwrap_or_default();
            let differences = errors.iter().map(|(a, b, error)| (of(*a) - of(*b)).abs() / error);
            largest.push(differences.fold(0.0, f64::max));
        });
        largest.sort_by(f64::total_cmp);
        largest.get(place(1.0 - ALPHA)).copied().unwrap_or_default()
    }

    /// The errors of every table, the same for the same seed.
    fn each_table(&self, seed: &str, mut each: impl FnMut(&[f64])) {
        let factor = self.factor();
        let mut normal = Normal::new(seed);
        for _ in 0..TABLES {
            let noise: Vec<f64> = self.values.iter().map(|_| normal.next()).collect();
            each(&factor.apply(&noise));
        }
    }

    /// Bonferroni over all pairs: needs no simulation.
    pub fn critical_of_all_pairs(&self) -> f64 {
        let units = real(self.values.len());
        normal_quantile(1.0 - ALPHA / (units * (units - 1.0)))
    }

    /// Pairs that chance can tell apart, with the standard errors of their differences.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        let units = self.values.len();
        let pairs = (0..units).flat_map(move |a| (a + 1..units).map(move |b| (a, b)));
        pairs.map(|(a, b)| (a, b, self.error(a, b))).filter(|(_, _, error)| *error > 0.0)
    }

    fn factor(&self) -> Factor<'_> {
        self.covariance
            .as_ref()
            .map_or(Factor::Diagonal(&self.errors), |covariance| Factor::Lower(cholesky(covariance)))
    }
}

/// The smallest and largest rank of the middle 95 %.
fn middle(ranks: &[u32]) -> RankSet {
    let reaches = |part: f64| {
        let wanted = place(part);
        let mut passed = 0;
        let rank = ranks.iter().position(|met| {
            passed += *met as usize;
            passed > wanted
        });
        u32::try_from(rank.unwrap_or_default() + 1).unwrap_or(u32::MAX)
    };
    RankSet { first: reaches(ALPHA / 2.0), last: reaches(1.0 - ALPHA / 2.0) }
}

/// Of the quantile among the sorted tables: the smallest value that so many do not exceed.
fn place(part: f64) -> usize {
    let tables = TABLES as usize;
    (1..=tables).position(|at| real(at) >= part * f64::from(TABLES) - 1e-6).unwrap_or_default()
}

/// A root of the covariance matrix.
enum Factor<'a> {
    Diagonal(&'a [f64]),
    Lower(Vec<Vec<f64>>),
}

impl Factor<'_> {
    fn apply(&self, noise: &[f64]) -> Vec<f64> {
        match self {
            Self::Diagonal(errors) => errors.iter().zip(noise).map(|(error, noise)| error * noise).collect(),
            Self::Lower(rows) => {
                rows.iter().map(|row| row.iter().zip(noise).map(|(factor, noise)| factor * noise).sum()).collect()
            }
        }
    }
}

/// A lower root: times its transpose it is the matrix; a direction without variance gets a column of 0.
fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
    for (at, given) in matrix.iter().enumerate() {
        let mut row: Vec<f64> = Vec::with_capacity(at + 1);
        for (column, value) in given.iter().enumerate().take(at + 1) {
            let product = |other: &[f64]| row.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
            let next = match rows.get(column) {
                Some(other) => {
                    let pivot = other.last().copied().unwrap_or_default();
                    if pivot > 0.0 { (value - product(other)) / pivot } else { 0.0 }
                }
                None => Some(value - product(&row)).filter(|left| *left > 1e-12 * value).unwrap_or_default().sqrt(),
            };
            row.push(next);
        }
        rows.push(row);
    }
    rows
}

/// Standard normal numbers, four of each hash.
struct Normal {
    chance: Chance,
    hashes: u64,
    ready: Vec<f64>,
}

impl Normal {
    fn new(seed: &str) -> Self {
        let chance = Chance::new(seed, Digest::of(b"ranks"), Digest::of(b"normal"));
        Self { chance, hashes: 0, ready: Vec::with_capacity(4) }
    }

    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    fn next(&mut self) -> f64 {
        if self.ready.is_empty() {
            let bits = self.chance.bits("rank", "", "", self.hashes);
            self.hashes += 1;
            let words = bits.as_chunks::<8>().0.iter().map(|word| u64::from_be_bytes(*word) >> 11);
            // Half a step away from 0 and 1.
            self.ready.extend(words.map(|word| normal_quantile((word as f64 + 0.5) / (1_u64 << 53) as f64)));
        }
        self.ready.pop().unwrap_or_default()
    }
}
