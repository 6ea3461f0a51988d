//! 95 % intervals.

use super::distributions::{beta_high, beta_low, t_quantile};
use super::{Estimate, Kind};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    pub method: IntervalMethod,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalMethod {
    /// θ ± t·√V: for what is no share.
    Wald,
    /// On ln(p/(1−p)): the default (R's "xlogit", SUDAAN, SPSS).
    Logit,
    /// On asin √p.
    Arcsine,
    /// Score interval with the effective size, for shares below 10 % or above 90 % (Franco et al. 2019).
    Wilson,
    /// Exact binomial with the effective size (Korn & Graubard 1998); for shares of 0 or 1 with a planned one.
    KornGraubard,
    /// The same with an effective size of at most n: what the rule of publication looks at (NCHS 2017).
    Nchs,
}

/// The correlation inside PSUs that an interval assumes when all answers are alike and none can be estimated.
pub const PLANNING_CORRELATION: f64 = 0.05;

impl Estimate {
    /// The interval by the rule of the tables; `None` without degrees of freedom or for a single answer.
    pub fn interval(&self) -> Option<Interval> {
        let tail = self.value < 0.1 || self.value > 0.9;
        self.interval_by(match self.kind {
            Kind::Share if self.value <= 0.0 || self.value >= 1.0 => IntervalMethod::KornGraubard,
            Kind::Share if tail => IntervalMethod::Wilson,
            Kind::Share | Kind::Index => IntervalMethod::Logit,
            Kind::Amount => IntervalMethod::Wald,
        })
    }

    /// By a given method; `None` where it says nothing: without degrees of freedom, without a variance, on a scale that
    /// the figure is not on.
    pub fn interval_by(&self, method: IntervalMethod) -> Option<Interval> {
        let (p, t) = (self.value, self.t?);
        let alike = p <= 0.0 || p >= 1.0 || self.variance <= 0.0;
        let exact = matches!(method, IntervalMethod::KornGraubard | IntervalMethod::Nchs);
        let possible = match self.kind {
            Kind::Share => exact || !alike,
            Kind::Index => matches!(method, IntervalMethod::Wald | IntervalMethod::Logit) && !alike,
            Kind::Amount => method == IntervalMethod::Wald && !self.all_alike,
        };
        if !possible {
            return None;
        }
        let (low, high) = match method {
            IntervalMethod::Wald => wald(p, self.variance, t),
            IntervalMethod::Logit => logit(p, self.variance, t),
            IntervalMethod::Arcsine => arcsine(p, self.variance, t),
            IntervalMethod::Wilson => wilson(p, self.variance, t),
            IntervalMethod::KornGraubard => exact_binomial(p, self.exact_n()?),
            IntervalMethod::Nchs => exact_binomial(p, self.exact_n()?.min(self.n.into())),
        };
        Some(Interval { low, high, method })
    }

    /// `n_eff·(t_{n−1}/t)²`: the effective size that pays for the degrees of freedom. With a share of 0 or 1 V says
    /// nothing, and `n_eff` comes from the planned design effect 1 + (b−1)ρ.
    pub(super) fn exact_n(&self) -> Option<f64> {
        let planned = || {
            let effect = 1.0 + (self.answers_per_psu() - 1.0).max(0.0) * PLANNING_CORRELATION;
            f64::from(self.n) / effect
        };
        let effective = self.effective_n().filter(|n| *n > 0.0).unwrap_or_else(planned);
        Some(effective * (t_quantile(f64::from(self.n) - 1.0)? / self.t?).powi(2))
    }
}

fn wald(value: f64, variance: f64, t: f64) -> (f64, f64) {
    let half = t * variance.sqrt();
    (value - half, value + half)
}

/// expit(ln(p/(1−p)) ± t·√V/(p(1−p)))
fn logit(p: f64, variance: f64, t: f64) -> (f64, f64) {
    let centre = (p / (1.0 - p)).ln();
    let half = t * variance.sqrt() / (p * (1.0 - p));
    let expit = |x: f64| 1.0 / (1.0 + (-x).exp());
    (expit(centre - half), expit(centre + half))
}

/// sin²(asin √p ± t·√V/(2√(p(1−p)))); beyond 0 or 1 the angle stops.
fn arcsine(p: f64, variance: f64, t: f64) -> (f64, f64) {
    let centre = p.sqrt().asin();
    let half = t * (variance / (p * (1.0 - p))).sqrt() / 2.0;
    let limit = |angle: f64| angle.clamp(0.0, std::f64::consts::FRAC_PI_2).sin().powi(2);
    (limit(centre - half), limit(centre + half))
}

/// Wilson's interval with `n_eff = p(1−p)/V`.
fn wilson(p: f64, variance: f64, t: f64) -> (f64, f64) {
    let per_n = variance / (p * (1.0 - p));
    let k = t * t * per_n;
    let half = t * (variance + k * per_n / 4.0).sqrt();
    let limit = |signed: f64| (p + k / 2.0 + signed) / (1.0 + k);
    (limit(-half), limit(half))
}

/// Clopper & Pearson's limits of n·p successes among n, whole or not.
fn exact_binomial(p: f64, n: f64) -> (f64, f64) {
    let low = if p <= 0.0 { 0.0 } else { beta_low(n * p, n * (1.0 - p) + 1.0) };
    let high = if p >= 1.0 { 1.0 } else { beta_high(n * p + 1.0, n * (1.0 - p)) };
    (low, high)
}
