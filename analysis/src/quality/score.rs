//! Wilson's score interval of a plain share.

use crate::estimate::{Interval, IntervalMethod};

/// The interval of `part` of `whole` at `z` standard deviations (1.96 for 95 %); `None` of nothing.
#[expect(clippy::cast_precision_loss, reason = "forms are far below 2^53")]
pub fn score_interval(part: u64, whole: u64, z: f64) -> Option<Interval> {
    if whole == 0 {
        return None;
    }
    let n = whole as f64;
    let p = part.min(whole) as f64 / n;
    let k = z * z / n;
    let half = z * (p * (1.0 - p) / n + k / (4.0 * n)).sqrt();
    let limit = |signed: f64| (p + k / 2.0 + signed) / (1.0 + k);
    // At the ends exactly, whatever rounding says.
    let low = if part == 0 { 0.0 } else { limit(-half) };
    let high = if part >= whole { 1.0 } else { limit(half) };
    Some(Interval { low, high, method: IntervalMethod::Wilson })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What defines the limits: there the observed share lies exactly z standard deviations away.
    #[test]
    fn the_limits_are_where_the_score_test_turns() {
        let z = 1.959_963_985;
        for (part, whole) in [(3, 20), (19, 20), (1, 1_000)] {
            let Interval { low, high, .. } = score_interval(part, whole, z).unwrap();
            let n = f64::from(u32::try_from(whole).unwrap());
            let p = f64::from(u32::try_from(part).unwrap()) / n;
            for (limit, sign) in [(low, 1.0), (high, -1.0)] {
                let away = sign * (p - limit) / (limit * (1.0 - limit) / n).sqrt();
                assert!((away - z).abs() < 1e-9, "{part} of {whole}: {away}");
            }
        }
        let none = score_interval(0, 10, z).unwrap();
        assert!(none.low == 0.0 && (none.high - z * z / (10.0 + z * z)).abs() < 1e-12);
        assert_eq!(score_interval(0, 0, z), None);
    }
}
