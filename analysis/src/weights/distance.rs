//! How far a weight may move, and what it costs: the functions of Deville and Särndal (1992).

use super::WeightError;

/// Limits of the factor g = w/d, 0 ≤ low < 1 < high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub low: f64,
    pub high: f64,
}

/// g = F(x'λ).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distance {
    /// F = 1 + u. With one margin of cells this is post-stratification.
    Linear,
    /// The same, cut at the bounds.
    TruncatedLinear(Bounds),
    /// F = eᵘ: what iterative proportional fitting leads to.
    Raking,
    /// The same, cut at the bounds.
    TruncatedRaking(Bounds),
    /// Smooth and strictly between the bounds.
    Logit(Bounds),
}

impl Default for Distance {
    fn default() -> Self {
        Self::Logit(Bounds { low: 0.3, high: 3.0 })
    }
}

impl Distance {
    pub(super) fn check(self) -> Result<(), WeightError> {
        match self.bounds() {
            Some(Bounds { low, high }) if !((0.0..1.0).contains(&low) && 1.0 < high && high.is_finite()) => {
                Err(WeightError::Bounds { low, high })
            }
            _ => Ok(()),
        }
    }

    fn bounds(self) -> Option<Bounds> {
        match self {
            Self::Linear | Self::Raking => None,
            Self::TruncatedLinear(bounds) | Self::TruncatedRaking(bounds) | Self::Logit(bounds) => Some(bounds),
        }
    }

    /// F(u) and F'(u).
    pub(super) fn factor(self, u: f64) -> (f64, f64) {
        match self {
            Self::Linear => (1.0 + u, 1.0),
            Self::Raking => (u.exp(), u.exp()),
            Self::TruncatedLinear(bounds) => bounds.cut(1.0 + u, 1.0),
            Self::TruncatedRaking(bounds) => bounds.cut(u.exp(), u.exp()),
            Self::Logit(Bounds { low, high }) => {
                let steepness = (high - low) / ((high - 1.0) * (1.0 - low));
                // e^{Au} may overflow, e^{−|Au|} only vanish.
                let small = (-(steepness * u).abs()).exp();
                let (least, most) = if u < 0.0 { (1.0, small) } else { (small, 1.0) };
                let (down, up) = (least * (high - 1.0), most * (1.0 - low));
                let factor = (low * down + high * up) / (down + up);
                (factor, steepness * (factor - low) * (high - factor) / (high - low))
            }
        }
    }

    /// Whether a factor lies at a bound, up to a ten-thousandth of the room between them.
    pub(super) fn is_at_bound(self, factor: f64) -> bool {
        self.bounds().is_some_and(|Bounds { low, high }| {
            let near = 1e-4 * (high - low);
            factor <= low + near || factor >= high - near
        })
    }
}

impl Bounds {
    fn cut(self, factor: f64, slope: f64) -> (f64, f64) {
        if factor <= self.low {
            (self.low, 0.0)
        } else if factor >= self.high {
            (self.high, 0.0)
        } else {
            (factor, slope)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_starts_at_one_with_slope_one_and_its_slope_is_its_derivative() {
        let bounds = Bounds { low: 0.3, high: 3.0 };
        let all = [
            Distance::Linear,
            Distance::Raking,
            Distance::TruncatedLinear(bounds),
            Distance::TruncatedRaking(bounds),
            Distance::Logit(bounds),
        ];
        for distance in all {
            let (factor, slope) = distance.factor(0.0);
            assert!((factor - 1.0).abs() < 1e-15 && (slope - 1.0).abs() < 1e-15, "{distance:?}");
            for u in [-5.0, -0.4, 0.3, 0.9, 4.0] {
                let numeric = (distance.factor(u + 1e-6).0 - distance.factor(u - 1e-6).0) / 2e-6;
                assert!((numeric - distance.factor(u).1).abs() < 1e-6 * numeric.abs().max(1.0), "{distance:?} at {u}");
            }
        }
        for u in [-1e300, -1e4, 1e4, 1e300] {
            let (factor, slope) = Distance::Logit(bounds).factor(u);
            assert!((0.3..=3.0).contains(&factor) && slope >= 0.0);
        }
    }

    #[test]
    fn bounds_must_lie_around_one() {
        let of = |low, high| Distance::Logit(Bounds { low, high }).check();
        assert_eq!(of(0.3, 3.0), Ok(()));
        for (low, high) in [(-0.1, 3.0), (1.0, 3.0), (0.3, 1.0), (0.3, f64::INFINITY)] {
            assert_eq!(of(low, high), Err(WeightError::Bounds { low, high }));
        }
        assert!(of(f64::NAN, 3.0).is_err() && of(0.3, f64::NAN).is_err());
    }
}
