//! Two figures of which only value, error and degrees of freedom are known, from samples that share nothing: two provinces, whose strata
//! are drawn apart, or two surveys whose PSUs cannot be linked.

use super::distributions::t_quantile;

/// A figure as it is published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Apart {
    pub value: f64,
    pub se: f64,
    pub df: f64,
}

/// How far one lies from the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distance {
    /// The other less the one.
    pub value: f64,
    pub se: f64,
    /// Satterthwaite's.
    pub df: f64,
    /// 95 %, by Student's t.
    pub low: f64,
    pub high: f64,
}

impl Distance {
    /// Whether zero is outside the interval.
    pub fn is_beyond_chance(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

impl Apart {
    /// `V = V₁ + V₂`, degrees of freedom `(V₁+V₂)²/(V₁²/df₁ + V₂²/df₂)`; `None` without an error. Where the samples do share PSUs this leaves
    /// out their covariance, which is seldom negative: the interval is rather too long than too short.
    pub fn to(self, other: Self) -> Option<Distance> {
        let [v1, v2] = [self, other].map(|figure| figure.se * figure.se);
        let df = (v1 + v2).powi(2) / (v1 * v1 / self.df + v2 * v2 / other.df);
        let (value, se) = (other.value - self.value, (v1 + v2).sqrt());
        let half = t_quantile(Some(df).filter(|df| df.is_finite())?)? * se;
        Some(Distance { value, se, df, low: value - half, high: value + half })
    }
}
