//! 95 % intervals.

use super::{Estimate, Group, t_quantile};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    pub method: IntervalMethod,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalMethod {
    /// On ln(p/(1−p)): the default (R's "xlogit", SUDAAN, SPSS).
    Logit,
    /// Score interval with the effective size, for shares below 10 % or above 90 % (Franco et al. 2019).
    Wilson,
    /// d ± t·SE, for differences.
    Wald,
    /// Exact binomial with a planned effective size (Korn & Graubard 1998), for shares of 0 or 1.
    KornGraubard,
}

/// The correlation inside PSUs that an interval assumes when all answers are alike and none can be estimated.
const PLANNING_CORRELATION: f64 = 0.05;

/// The interval of a share by the rule of the tables; `None` without degrees of freedom or for a single answer.
pub fn share_interval(share: &Estimate, group: &Group) -> Option<Interval> {
    let t = group.t?;
    if share.value <= 0.0 || share.value >= 1.0 {
        unanimous(share, group, t)
    } else if share.value < 0.1 || share.value > 0.9 {
        Some(wilson(share.value, share.variance, t))
    } else {
        logit(share.value, share.variance, t)
    }
}

/// expit(ln(p/(1−p)) ± t·√V/(p(1−p))); `None` outside 0 < p < 1.
pub fn logit(p: f64, variance: f64, t: f64) -> Option<Interval> {
    if p <= 0.0 || p >= 1.0 {
        return None;
    }
    let centre = (p / (1.0 - p)).ln();
    let half = t * variance.sqrt() / (p * (1.0 - p));
    let expit = |x: f64| 1.0 / (1.0 + (-x).exp());
    Some(Interval { low: expit(centre - half), high: expit(centre + half), method: IntervalMethod::Logit })
}

/// Wilson's interval with `n_eff = p(1−p)/V`.
pub fn wilson(p: f64, variance: f64, t: f64) -> Interval {
    let per_n = variance / (p * (1.0 - p));
    let k = t * t * per_n;
    let half = t * (variance + k * per_n / 4.0).sqrt();
    let limit = |signed: f64| (p + k / 2.0 + signed) / (1.0 + k);
    Interval { low: limit(-half), high: limit(half), method: IntervalMethod::Wilson }
}

/// V = 0 says nothing, so the effective size comes from the planned design effect 1 + (b−1)ρ, b answers per PSU.
fn unanimous(share: &Estimate, group: &Group, t: f64) -> Option<Interval> {
    let n = f64::from(share.n);
    let per_psu = n / f64::from(group.psus);
    let planned = n / (1.0 + (per_psu - 1.0).max(0.0) * PLANNING_CORRELATION);
    let effective = planned * (t_quantile(share.n.checked_sub(1)?)? / t).powi(2);
    // The closed form of the beta quantiles at 0 and n successes.
    let far = (0.025_f64).powf(1.0 / effective);
    let (low, high) = if share.value <= 0.0 { (0.0, 1.0 - far) } else { (far, 1.0) };
    Some(Interval { low, high, method: IntervalMethod::KornGraubard })
}
