//! A guard against single weights that carry an estimate alone.

use std::collections::BTreeMap;

use super::report::real;
use super::{Auxiliary, Calibration, CalibrationRules, WeightError, calibrate};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrimRules {
    /// No weight above this many medians of its group.
    pub times_median: f64,
    /// Of trimming and calibrating again.
    pub most_rounds: u32,
}

impl Default for TrimRules {
    fn default() -> Self {
        Self { times_median: 3.5, most_rounds: 10 }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Trimmed {
    /// One per row; the sum of every group is what it was.
    pub weights: Vec<f64>,
    /// The rows at their limit.
    pub trimmed: Vec<bool>,
    /// How far the heaviest row was above its limit, as a part of it; 0 where nothing was to trim.
    pub excess: f64,
}

/// Cuts every weight at `times_median` times the median of its group and shares what was cut equally among the others of the
/// group, again and again until none is above. Rows with a weight of 0 stay out.
pub fn trim(weights: &[f64], groups: &[String], times_median: f64) -> Result<Trimmed, WeightError> {
    if groups.len() != weights.len() {
        let (expected, found) = (weights.len(), groups.len());
        return Err(WeightError::ColumnLength { column: "group".into(), expected, found });
    }
    if let Some((value, row)) = weights.iter().zip(1..).find(|(weight, _)| !(weight.is_finite() && **weight >= 0.0)) {
        return Err(WeightError::Weight { row, value: *value });
    }
    if !(times_median >= 1.0 && times_median.is_finite()) {
        return Err(WeightError::Bounds { low: 1.0, high: times_median });
    }
    let mut members: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for (row, (weight, group)) in weights.iter().zip(groups).enumerate().filter(|(_, (weight, _))| **weight > 0.0) {
        members.entry(group).or_default().push((row, *weight));
    }
    let mut result = Trimmed { weights: weights.to_vec(), trimmed: vec![false; weights.len()], excess: 0.0 };
    for (group, members) in members {
        let limit = times_median * median(members.iter().map(|(_, weight)| *weight).collect());
        let share = share(&members, limit).ok_or_else(|| WeightError::NothingToTakeOver { group: group.to_owned() })?;
        for (row, weight) in members {
            if let Some((slot, trimmed)) = result.weights.get_mut(row).zip(result.trimmed.get_mut(row)) {
                result.excess = result.excess.max(weight / limit - 1.0);
                *trimmed = weight + share > limit;
                *slot = if *trimmed { limit } else { weight + share };
            }
        }
    }
    Ok(result)
}

/// What each of the others gets on top, so that with all above the limit cut the sum stays. `None` if nobody is left.
fn share(members: &[(usize, f64)], limit: f64) -> Option<f64> {
    let mut share = 0.0;
    let mut cut = 0;
    loop {
        let above = || members.iter().filter(|(_, weight)| weight + share > limit);
        let count = above().count();
        if count == cut {
            return Some(share);
        }
        cut = count;
        let excess: f64 = above().map(|(_, weight)| weight - limit).sum();
        share = Some(excess / real(members.len() - count)).filter(|share| share.is_finite())?;
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let at = |place: usize| values.get(place).copied().unwrap_or_default();
    f64::midpoint(at(values.len().saturating_sub(1) / 2), at(values.len() / 2))
}

/// Calibrating moves trimmed weights a last little bit.
const SETTLED: f64 = 1e-6;

/// Calibrated weights, none of them above the limit of its group.
#[derive(Clone, Debug, PartialEq)]
pub struct TrimmedCalibration {
    pub calibration: Calibration,
    pub trimming: Trimming,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trimming {
    /// Times that something was trimmed and the rest calibrated again.
    pub rounds: u32,
    /// The part of the respondents that was trimmed in any round. Above one in a hundred somebody must decide.
    pub share: f64,
}

impl Trimming {
    pub fn needs_decision(&self) -> bool {
        self.share > 0.01
    }
}

/// Calibrates, trims, calibrates the trimmed weights again, until nothing is left to trim.
pub fn calibrate_trimmed(
    base: &[f64],
    auxiliaries: &[Auxiliary],
    groups: &[String],
    rules: CalibrationRules,
    limits: TrimRules,
) -> Result<TrimmedCalibration, WeightError> {
    let mut calibration = calibrate(base, auxiliaries, rules)?;
    let mut ever = vec![false; base.len()];
    for rounds in 0..=limits.most_rounds {
        let trimmed = trim(&calibration.weights, groups, limits.times_median)?;
        if trimmed.excess < SETTLED {
            let respondents = real(base.iter().filter(|weight| **weight > 0.0).count());
            let share = real(ever.iter().filter(|ever| **ever).count()) / respondents;
            return Ok(TrimmedCalibration { calibration, trimming: Trimming { rounds, share } });
        }
        for (ever, now) in ever.iter_mut().zip(&trimmed.trimmed) {
            *ever |= now;
        }
        if rounds < limits.most_rounds {
            calibration = calibrate(&trimmed.weights, auxiliaries, rules)?;
        }
    }
    Err(WeightError::NotSettled { rounds: limits.most_rounds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_group(weights: &[f64]) -> Result<Trimmed, WeightError> {
        trim(weights, &vec!["g".to_owned(); weights.len()], 3.5)
    }

    /// Worked out by hand: the median is 1, so the limit is 3.5.
    #[test]
    fn what_is_cut_is_shared_equally_by_the_others() {
        let near = |ours: &Trimmed, expected: &[f64]| {
            for (ours, expected) in ours.weights.iter().zip(expected) {
                assert!((ours - expected).abs() < 1e-12, "{ours} is not {expected}");
            }
        };
        near(&one_group(&[1.0, 1.0, 1.0, 1.0, 2.0, 10.0]).unwrap(), &[2.3, 2.3, 2.3, 2.3, 3.3, 3.5]);
        // The share lifts the fifth above the limit: it is cut as well.
        let second = one_group(&[1.0, 1.0, 1.0, 1.0, 2.9, 10.0]).unwrap();
        near(&second, &[2.475, 2.475, 2.475, 2.475, 3.5, 3.5]);
        assert_eq!(second.trimmed, [false, false, false, false, true, true]);
        // A weight of 0 takes no part.
        near(&one_group(&[0.0, 1.0, 1.0, 3.0]).unwrap(), &[0.0, 1.0, 1.0, 3.0]);
    }

    #[test]
    fn what_cannot_be_shared_or_is_no_weight_is_refused() {
        assert_eq!(one_group(&[1.0, 1.0, 1000.0]), Err(WeightError::NothingToTakeOver { group: "g".into() }));
        assert_eq!(one_group(&[1.0, -2.0]), Err(WeightError::Weight { row: 2, value: -2.0 }));
        assert!(one_group(&[1.0, f64::NAN]).is_err() && trim(&[1.0], &[], 3.5).is_err());
        assert!(trim(&[1.0], &["g".to_owned()], 0.5).is_err());
    }
}
