//! A figure with its precision under the design.

use super::distributions::t_quantile;
use super::measure::{Kind, Measure, Simple};

/// What a figure is worth. Every figure carries its n; intervals are [`Estimate::interval`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub value: f64,
    pub variance: f64,
    /// Degrees of freedom: PSUs with a person of the group, less strata with one; of a change, Satterthwaite's.
    pub df: f64,
    /// Student's t for a 95 % interval; `None` without degrees of freedom.
    pub t: Option<f64>,
    /// Valid answers.
    pub n: u32,
    /// Sum of the weights of the valid answers.
    pub weight: f64,
    /// PSUs with a person of the group.
    pub psus: u32,
    /// PSUs with a valid answer.
    pub psus_answering: u32,
    pub kind: Kind,
    /// V over the variance of a simple random sample of the same n without replacement; `None` where undefined, as for all
    /// that is not one mean.
    pub deff: Option<f64>,
    /// The same with replacement: the square of [`Self::deft`].
    pub deff_wr: Option<f64>,
    /// Kish's factor n·Σw²/(Σw)²: what unequal weights alone cost.
    pub kish: Option<f64>,
    /// All valid answers score the same: the variance is 0 and says nothing.
    pub all_alike: bool,
}

impl Estimate {
    pub(super) fn of(measure: &Measure, variance: f64) -> Self {
        let reach = &measure.reach;
        let ratio = |simple: f64| Some(variance / simple).filter(|deff| deff.is_finite() && *deff >= 0.0);
        let simple = |correction: f64| measure.simple.and_then(|Simple { variance, .. }| ratio(variance * correction));
        Self {
            value: measure.value,
            variance,
            df: reach.df().into(),
            t: reach.t(),
            n: measure.n,
            weight: measure.weight,
            psus: reach.psus(),
            psus_answering: measure.answering,
            kind: measure.kind,
            deff: simple(1.0 - f64::from(measure.n) / measure.weight),
            deff_wr: simple(1.0),
            kish: measure.simple.map(|simple| simple.kish),
            all_alike: measure.all_alike,
        }
    }

    /// No degrees of freedom where their formula gives no number.
    pub(super) fn with_df(self, df: f64) -> Self {
        Self { df: if df.is_finite() { df } else { 0.0 }, t: t_quantile(df), ..self }
    }

    pub fn se(&self) -> f64 {
        self.variance.sqrt()
    }

    /// Stata's DEFT: the standard error over that of a simple random sample with replacement.
    pub fn deft(&self) -> Option<f64> {
        self.deff_wr.map(f64::sqrt)
    }

    /// p(1−p)/V: the size of a simple random sample that knows as much. Of shares.
    pub fn effective_n(&self) -> Option<f64> {
        let share = Some(self.value).filter(|_| self.kind == Kind::Share);
        share.map(|p| p * (1.0 - p) / self.variance).filter(|n| n.is_finite())
    }

    /// ρ = (DEFF/Kish − 1)/(b − 1): the correlation of answers inside a PSU of b. `None` for single answers per PSU.
    pub fn intraclass_correlation(&self) -> Option<f64> {
        let rho = (self.deff_wr? / self.kish? - 1.0) / (self.answers_per_psu() - 1.0);
        Some(rho).filter(|rho| rho.is_finite())
    }

    /// b
    pub(super) fn answers_per_psu(&self) -> f64 {
        f64::from(self.n) / f64::from(self.psus_answering)
    }
}
