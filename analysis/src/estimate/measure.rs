//! A mean over the answers of a group, with its influence on every PSU.

use super::{LEVELS, Strata, Tallies};

/// What each level of an answer counts; slot 0 (no valid answer) is not used.
pub type Scores = [f64; LEVELS];

/// An estimate of a mean or a share between 0 and 1, with its precision under the design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Valid answers.
    pub n: u32,
    /// Sum of the weights of the valid answers.
    pub weight: f64,
    pub value: f64,
    pub variance: f64,
    /// PSUs with a person of the group, less strata with one.
    pub df: u32,
    /// V over the variance of a simple random sample of the same n without replacement; `None` where undefined.
    pub deff: Option<f64>,
    /// The same with replacement: the square of Stata's DEFT.
    pub deff_wr: Option<f64>,
    /// Kish's factor n·Σw²/(Σw)²: what unequal weights alone cost.
    pub kish: f64,
    /// All valid answers score the same: the variance is 0 and says nothing.
    pub all_alike: bool,
}

impl Estimate {
    pub fn se(&self) -> f64 {
        self.variance.sqrt()
    }

    /// A figure made of several items or groups has no simple random sample to be compared with.
    pub(crate) fn forget_design_effect(&mut self) {
        (self.deff, self.deff_wr) = (None, None);
    }

    /// p(1−p)/V: the size of a simple random sample that knows as much.
    pub fn effective_n(&self) -> Option<f64> {
        Some(self.value * (1.0 - self.value) / self.variance).filter(|n| n.is_finite())
    }
}

/// An estimate and the total of its linearised values in each PSU of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    pub estimate: Estimate,
    /// `z_i`, one per PSU of the design; sums and differences of measures add and subtract it.
    pub influence: Vec<f64>,
}

/// Sums over some tallies.
#[derive(Default)]
struct Sums {
    n: u32,
    weight: f64,
    scored: f64,
    squares: f64,
    range: Option<(f64, f64)>,
}

impl Tallies {
    /// Hájek mean of the items' scores in a group: Σwy/Σw over all valid answers to all items given (one item:
    /// its mean; several: the pooled mean). `None` without a valid answer.
    pub fn mean(&self, group: usize, items: &[(usize, Scores)]) -> Option<Measure> {
        let df = self.groups().get(group)?.df;
        let mut sums = Sums::default();
        for (item, scores) in items {
            self.of(group, *item).for_each(|(_, tally)| {
                sums.squares += tally.squares;
                sums.add(&tally.weights, &tally.counts, scores);
            });
        }
        if sums.n == 0 {
            return None;
        }
        let all_alike = sums.range.is_some_and(|(low, high)| low.to_bits() == high.to_bits());
        let value = if all_alike { sums.range?.0 } else { sums.scored / sums.weight };
        let mut influence = vec![0.0; self.strata().psus()];
        let mut spread = 0.0;
        for (item, scores) in items {
            for (psu, tally) in self.of(group, *item) {
                for (weight, score) in tally.weights.iter().zip(scores).skip(1) {
                    let distance = score - value;
                    spread += weight * distance * distance;
                    if let Some(z) = influence.get_mut(psu) {
                        *z += weight * distance / sums.weight;
                    }
                }
            }
        }
        if let Some(calibrated) = &self.calibrated {
            calibrated.residualise(&mut influence, group, items, value, sums.weight);
        }
        Some(Measure { estimate: sums.estimate(value, spread, df, all_alike, self.strata(), &influence), influence })
    }
}

impl Sums {
    fn add(&mut self, weights: &[f64; LEVELS], counts: &[u32; LEVELS], scores: &Scores) {
        for ((weight, count), score) in weights.iter().zip(counts).zip(scores).skip(1).filter(|((_, n), _)| **n > 0) {
            self.n += count;
            self.weight += weight;
            self.scored += weight * score;
            let (low, high) = self.range.unwrap_or((*score, *score));
            self.range = Some((low.min(*score), high.max(*score)));
        }
    }

    fn estimate(&self, value: f64, spread: f64, df: u32, all_alike: bool, strata: &Strata, z: &[f64]) -> Estimate {
        let variance = if all_alike { 0.0 } else { strata.variance(z) };
        let n = f64::from(self.n);
        let simple = n / (n - 1.0) * spread / self.weight / n;
        let ratio = |simple: f64| Some(variance / simple).filter(|deff| deff.is_finite() && *deff >= 0.0);
        Estimate {
            n: self.n,
            weight: self.weight,
            value,
            variance,
            df,
            deff: ratio(simple * (1.0 - n / self.weight)),
            deff_wr: ratio(simple),
            kish: n * self.squares / (self.weight * self.weight),
            all_alike,
        }
    }
}
