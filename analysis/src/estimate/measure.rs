//! Linearised figures: means, shares, totals, and what is made of them.

use std::sync::Arc;

use super::influence::Influence;
use super::tallies::Tally;
use super::{Estimate, LEVELS, Reach, Tallies};

/// What each level of an item counts; slot 0 (no valid answer) is not used. A number's scores are its values after a
/// first slot that is not used.
pub type Scores = [f64; LEVELS];

/// What a figure can be, and so which intervals it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A part of the answers to one item: between 0 and 1, with a binomial core.
    Share,
    /// A mean of shares or of scores between 0 and 1.
    Index,
    /// Anything else: totals, ratios, differences.
    Amount,
}

/// A figure with its linearised value in each sampled unit. Figures of one design are added and subtracted with it, and the
/// covariances come by themselves; [`Tallies::estimate`] says how exact the result is.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    pub value: f64,
    /// Valid answers; of a figure made of several, all of them.
    pub n: u32,
    /// Sum of their weights.
    pub weight: f64,
    pub kind: Kind,
    pub influence: Influence,
    pub(super) reach: Arc<Reach>,
    /// PSUs with a valid answer; of a figure made of several, the most of any.
    pub(super) answering: u32,
    /// Of a single mean: what tells the design effect.
    pub(super) simple: Option<Simple>,
    /// All valid answers score the same: the variance is 0 and says nothing.
    pub(super) all_alike: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Simple {
    /// S²/n: the variance with a simple random sample with replacement.
    pub(super) variance: f64,
    pub(super) kish: f64,
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

fn score(scores: &[f64], tally: &Tally) -> f64 {
    scores.get(tally.answer as usize).copied().unwrap_or_default()
}

impl Tallies {
    /// Hájek mean of the items' scores in a group: Σwy/Σw over all valid answers to all items given (one item:
    /// its mean; several: the pooled mean). `None` without a valid answer.
    pub fn mean<S: AsRef<[f64]>>(&self, group: usize, items: &[(usize, S)]) -> Option<Measure> {
        let sums = self.sums(group, items)?;
        let all_alike = sums.range.is_some_and(|(low, high)| low.to_bits() == high.to_bits());
        let value = if all_alike { sums.range?.0 } else { sums.scored / sums.weight };
        let (mut spread, mut parts) = (0.0, Vec::with_capacity(items.len()));
        for (item, scores) in items {
            let mut influence = Influence::default();
            for tally in self.of(group, *item) {
                let distance = score(scores.as_ref(), tally) - value;
                spread += tally.weight * distance * distance;
                influence.add(tally.unit, tally.weight * distance / sums.weight);
            }
            parts.push(influence);
        }
        let influence = match <[Influence; 1]>::try_from(parts) {
            Ok([influence]) => influence,
            Err(parts) => Influence::combined(parts.iter().map(|part| (1.0, part))),
        };
        let answering = self.answering(&influence);
        let influence = match &self.calibrated {
            Some(calibrated) => calibrated.residuals(&influence, group, items, value, sums.weight),
            None => influence,
        };
        let n = f64::from(sums.n);
        let simple = Simple {
            // One answer has none to differ from.
            variance: if sums.n > 1 { spread / sums.weight / (n - 1.0) } else { 0.0 },
            kish: n * sums.squares / (sums.weight * sums.weight),
        };
        Some(Measure {
            influence,
            simple: Some(simple).filter(|_| items.len() == 1),
            all_alike,
            answering,
            ..self.measure(group, value, &sums, kind(items))?
        })
    }

    /// Horvitz–Thompson total of an item's scores: Σwy. `None` without a valid answer.
    pub fn total<S: AsRef<[f64]>>(&self, group: usize, (item, scores): (usize, S)) -> Option<Measure> {
        let items = [(item, scores)];
        let sums = self.sums(group, &items)?;
        let mut influence = Influence::default();
        for tally in self.of(group, item) {
            let [(_, scores)] = &items;
            influence.add(tally.unit, tally.weight * score(scores.as_ref(), tally));
        }
        let answering = self.answering(&influence);
        let influence = match &self.calibrated {
            Some(calibrated) => calibrated.residuals(&influence, group, &items, 0.0, 1.0),
            None => influence,
        };
        Some(Measure { influence, answering, ..self.measure(group, sums.scored, &sums, Kind::Amount)? })
    }

    /// PSUs among these units.
    fn answering(&self, influence: &Influence) -> u32 {
        let psu = |unit: &(u32, f64)| self.stages().psu_of(unit.0);
        let psus = influence.units().chunk_by(|a, b| psu(a) == psu(b)).count();
        u32::try_from(psus).unwrap_or(u32::MAX)
    }

    fn measure(&self, group: usize, value: f64, sums: &Sums, kind: Kind) -> Option<Measure> {
        let (influence, reach) = (Influence::default(), self.groups().get(group)?.reach.clone());
        let (n, weight) = (sums.n, sums.weight);
        Some(Measure { value, n, weight, kind, influence, reach, answering: 0, simple: None, all_alike: false })
    }

    fn sums<S: AsRef<[f64]>>(&self, group: usize, items: &[(usize, S)]) -> Option<Sums> {
        let mut sums = Sums::default();
        for (item, scores) in items {
            for tally in self.of(group, *item) {
                let score = score(scores.as_ref(), tally);
                sums.n += tally.count;
                sums.weight += tally.weight;
                sums.scored += tally.weight * score;
                sums.squares += tally.squares;
                let (low, high) = sums.range.unwrap_or((score, score));
                sums.range = Some((low.min(score), high.max(score)));
            }
        }
        Some(sums).filter(|sums| sums.n > 0)
    }

    /// Σ c·θ with influence Σ c·z: an index, a difference. A mean of shares and indices stays one. `None` of nothing.
    pub fn combination(&self, parts: &[(f64, &Measure)]) -> Option<Measure> {
        match parts {
            [(factor, only)] if factor.to_bits() == 1.0_f64.to_bits() => Some((*only).clone()),
            [first, rest @ ..] => Some(self.sum(*first, rest)),
            [] => None,
        }
    }

    /// a − b of the same survey: two groups, two items, a part and its whole.
    pub fn difference(&self, a: &Measure, b: &Measure) -> Measure {
        self.sum((1.0, a), &[(-1.0, b)])
    }

    fn sum(&self, first: (f64, &Measure), rest: &[(f64, &Measure)]) -> Measure {
        let parts = || std::iter::once(&first).chain(rest);
        let factors: f64 = parts().map(|(factor, _)| factor).sum();
        let mean = parts().all(|(factor, part)| *factor > 0.0 && part.kind != Kind::Amount) && factors < 1.0 + 1e-9;
        let mut reach = first.1.reach.clone();
        for (_, part) in rest {
            if part.reach != reach {
                reach = Arc::new(reach.with(&part.reach, self.stages()));
            }
        }
        Measure {
            value: parts().map(|(factor, part)| factor * part.value).sum(),
            n: parts().map(|(_, part)| part.n).sum(),
            weight: parts().map(|(_, part)| part.weight).sum(),
            kind: if mean { Kind::Index } else { Kind::Amount },
            influence: Influence::combined(parts().map(|(factor, part)| (*factor, &part.influence))),
            reach,
            answering: parts().map(|(_, part)| part.answering).max().unwrap_or_default(),
            simple: None,
            all_alike: parts().all(|(_, part)| part.all_alike),
        }
    }

    /// R = Y/X of two totals, `z = (z_Y − R z_X)/X`. Who lacks one of the two amounts should lack both, or the two totals are
    /// not of the same people. `None` where X is 0.
    pub fn ratio(&self, y: &Measure, x: &Measure) -> Option<Measure> {
        let value = Some(y.value / x.value).filter(|ratio| ratio.is_finite())?;
        let parts = self.sum((1.0 / x.value, y), &[(-value / x.value, x)]);
        Some(Measure { value, n: y.n.min(x.n), weight: y.weight.min(x.weight), kind: Kind::Amount, ..parts })
    }

    pub fn estimate(&self, measure: &Measure) -> Estimate {
        let variance = if measure.all_alike { 0.0 } else { self.stages().variance(&measure.influence) };
        Estimate::of(measure, variance)
    }

    /// Of each two: symmetric, with the variances on the diagonal. Figures without a common stratum have none.
    pub fn covariances(&self, measures: &[Measure]) -> Vec<Vec<f64>> {
        let stages = self.stages();
        let stratum = |unit: &(u32, f64)| stages.stratum_of(stages.psu_of(unit.0));
        // Units stand by stratum.
        let strata = |measure: &Measure| {
            let units = measure.influence.units();
            units.first().zip(units.last()).map(|(first, last)| (stratum(first), stratum(last)))
        };
        let strata: Vec<_> = measures.iter().map(strata).collect();
        let mut all: Vec<Vec<f64>> = Vec::with_capacity(measures.len());
        for (place, (a, of_a)) in measures.iter().zip(&strata).enumerate() {
            let mut row: Vec<f64> = all.iter().filter_map(|row| row.get(place)).copied().collect();
            row.extend(measures.iter().zip(&strata).skip(place).map(|(b, of_b)| {
                let meet = of_a.zip(*of_b).is_some_and(|(a, b)| a.0 <= b.1 && b.0 <= a.1);
                if meet { stages.covariance(&a.influence, &b.influence) } else { 0.0 }
            }));
            all.push(row);
        }
        all
    }
}

fn kind<S: AsRef<[f64]>>(items: &[(usize, S)]) -> Kind {
    let scores = || items.iter().flat_map(|(_, scores)| scores.as_ref().iter().skip(1).copied());
    let whole = |score: f64| score.to_bits() == score.round().to_bits();
    if !scores().all(|score| (0.0..=1.0).contains(&score)) {
        Kind::Amount
    } else if items.len() == 1 && scores().all(whole) {
        Kind::Share
    } else {
        Kind::Index
    }
}
