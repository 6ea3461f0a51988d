//! A league table with what it is worth: no rank without the set of ranks that the sample allows.
//!
//! Units are communes, provinces, years: whatever has one estimate each. Rank 1 is the highest value.

mod simulation;
mod tiers;

use statrs::function::erf::erfc_inv;
use thiserror::Error;

pub use simulation::Simulation;

/// What stays outside every set and interval.
const ALPHA: f64 = 0.05;

/// Estimates that are compared with each other.
#[derive(Clone, Debug, PartialEq)]
pub struct League {
    values: Vec<f64>,
    errors: Vec<f64>,
    /// Of units that share PSUs.
    covariance: Option<Vec<Vec<f64>>>,
}

/// Ranks from `first` to `last`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankSet {
    pub first: u32,
    pub last: u32,
}

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// As estimated; units of equal value share the best of their ranks.
    pub rank: u32,
    /// 95 % for this unit alone: for a province that looks at itself.
    pub own: RankSet,
    /// 95 % for all units together, from all pairs (Mogstad, Romano, Shaikh & Wilhelm 2024): for the whole table.
    pub joint: RankSet,
    /// The same from intervals that do not overlap (Klein, Wright & Wieczorek 2020): wider, and to be redone by hand.
    pub by_intervals: RankSet,
    /// 2.5 % to 97.5 % of the ranks in simulated tables (Goldstein & Spiegelhalter 1996).
    pub simulated: RankSet,
    /// The part of the simulated tables in which the unit is among the first ten.
    pub first_ten: f64,
    /// Units of one tier cannot be told from its highest one; 1 is the highest tier.
    pub tier: u32,
}

#[derive(Clone, Debug, PartialEq, Error)]
pub enum RankError {
    #[error("{values} values and {errors} standard errors")]
    Length { values: usize, errors: usize },
    #[error("unit {unit}: {value} is no value or no standard error")]
    NotANumber { unit: usize, value: f64 },
    #[error("the covariances of the units {first} and {second} fit no variances")]
    Covariance { first: usize, second: usize },
}

impl League {
    /// Of independent estimates, as provinces that are strata are.
    pub fn independent(values: &[f64], errors: &[f64]) -> Result<Self, RankError> {
        if values.len() != errors.len() {
            return Err(RankError::Length { values: values.len(), errors: errors.len() });
        }
        for (unit, (value, error)) in values.iter().zip(errors).enumerate() {
            if !value.is_finite() {
                return Err(RankError::NotANumber { unit, value: *value });
            }
            if !(error.is_finite() && *error >= 0.0) {
                return Err(RankError::NotANumber { unit, value: *error });
            }
        }
        Ok(Self { values: values.to_vec(), errors: errors.to_vec(), covariance: None })
    }

    /// Of estimates with the covariance of each two, as of groups in the same PSUs. Where all of these are 0 (places that are
    /// strata of their own) they are independent.
    pub fn correlated(values: &[f64], covariance: Vec<Vec<f64>>) -> Result<Self, RankError> {
        let of = |row: usize, column: usize| covariance.get(row).and_then(|row| row.get(column)).copied();
        let errors: Vec<f64> = (0..covariance.len()).filter_map(|unit| of(unit, unit)).map(f64::sqrt).collect();
        let mut league = Self::independent(values, &errors)?;
        for (first, a) in errors.iter().enumerate() {
            for (second, b) in errors.iter().enumerate() {
                let (here, there) = (of(first, second), of(second, first));
                let fits = here.zip(there).is_some_and(|(here, there)| {
                    (here - there).abs() <= 1e-9 * a * b && here.abs() <= a * b * (1.0 + 1e-9)
                });
                if !fits {
                    return Err(RankError::Covariance { first, second });
                }
            }
        }
        let of_others =
            |(unit, row): (usize, &Vec<f64>)| row.iter().enumerate().any(|(at, it)| at != unit && *it != 0.0);
        league.covariance = covariance.iter().enumerate().any(of_others).then_some(covariance);
        Ok(league)
    }

    /// The sets that hold for the whole table at once: [`Standing::joint`] alone.
    pub fn joint_sets(&self, seed: &str) -> Vec<RankSet> {
        self.sets_by_pairs(self.critical(seed))
    }

    /// Every unit's place, by all methods. The same seed gives the same tables.
    pub fn standings(&self, seed: &str) -> Vec<Standing> {
        let simulation = self.simulate(seed);
        let joint = self.sets_by_pairs(simulation.critical);
        let (own, by_intervals, tiers) = (self.own_sets(), self.sets_by_intervals(), self.tiers());
        let sets = own.into_iter().zip(joint).zip(by_intervals);
        let rest = simulation.ranks.into_iter().zip(simulation.first_ten).zip(tiers);
        let standing = |((rank, ((own, joint), by_intervals)), ((simulated, first_ten), tier)): (_, _)| Standing {
            rank,
            own,
            joint,
            by_intervals,
            simulated,
            first_ten,
            tier,
        };
        self.ranks().into_iter().zip(sets).zip(rest).map(standing).collect()
    }

    /// As estimated; units of equal value share the best of their ranks.
    pub fn ranks(&self) -> Vec<u32> {
        self.values.iter().map(|value| 1 + count(self.values.iter().filter(|other| *other > value))).collect()
    }

    /// Sets that hold together at the level whose critical value is `critical`: a unit is behind another one when their
    /// difference is more than so many of its standard errors.
    pub fn sets_by_pairs(&self, critical: f64) -> Vec<RankSet> {
        let (mut above, mut below) = (vec![0; self.values.len()], vec![0; self.values.len()]);
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        order.sort_unstable_by(|a, b| self.distance(*b, *a).unwrap_or_default().total_cmp(&0.0).then(a.cmp(b)));
        // Each pair once, the higher unit first.
        for (place, high) in order.iter().enumerate() {
            for low in order.iter().skip(place + 1) {
                let distance = self.distance(*high, *low).unwrap_or_default();
                if distance > critical * self.error(*high, *low)
                    && let Some((above, below)) = above.get_mut(*low).zip(below.get_mut(*high))
                {
                    *above += 1;
                    *below += 1;
                }
            }
        }
        above.into_iter().zip(below).map(|(above, below)| self.set(above, below)).collect()
    }

    /// The set of each unit by itself: Bonferroni over its K − 1 comparisons.
    pub fn own_sets(&self) -> Vec<RankSet> {
        self.sets_by_pairs(normal_quantile(1.0 - ALPHA / (2.0 * real(self.values.len().saturating_sub(1)))))
    }

    /// Intervals that hold together; a unit is behind another one when they do not overlap. Independent estimates share
    /// α exactly, others by Bonferroni.
    pub fn sets_by_intervals(&self) -> Vec<RankSet> {
        let z = self.interval_quantile();
        let limits = self.values.iter().zip(&self.errors).map(|(value, error)| (value - z * error, value + z * error));
        let limits: Vec<(f64, f64)> = limits.collect();
        let (mut lows, mut highs): (Vec<f64>, Vec<f64>) = limits.iter().copied().unzip();
        lows.sort_by(f64::total_cmp);
        highs.sort_by(f64::total_cmp);
        let set = |(low, high): &(f64, f64)| {
            // A unit without an error touches itself.
            let itself = u32::from(low >= high);
            let above = count(lows.iter().skip(lows.partition_point(|other| other < high)));
            let below = count(highs.iter().take(highs.partition_point(|other| other <= low)));
            self.set(above - itself, below - itself)
        };
        limits.iter().map(set).collect()
    }

    /// z of these intervals.
    pub fn interval_quantile(&self) -> f64 {
        let units = real(self.values.len());
        let each = match self.covariance {
            None => -((-ALPHA).ln_1p() / units).exp_m1(),
            Some(_) => ALPHA / units,
        };
        normal_quantile(1.0 - each / 2.0)
    }

    fn set(&self, above: u32, below: u32) -> RankSet {
        RankSet { first: 1 + above, last: count(self.values.iter()) - below }
    }

    fn distance(&self, a: usize, b: usize) -> Option<f64> {
        Some(self.values.get(a)? - self.values.get(b)?)
    }

    /// The standard error of a difference.
    fn error(&self, a: usize, b: usize) -> f64 {
        let variance = |unit: usize| self.errors.get(unit).map_or(0.0, |error| error * error);
        let both = self.covariance.as_ref().and_then(|rows| rows.get(a)?.get(b).copied());
        (variance(a) + variance(b) - 2.0 * both.unwrap_or_default()).max(0.0).sqrt()
    }
}

/// Φ⁻¹
fn normal_quantile(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p)
}

fn count<T>(units: impl Iterator<Item = T>) -> u32 {
    u32::try_from(units.count()).unwrap_or(u32::MAX)
}

fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
