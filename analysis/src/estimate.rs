//! Means and shares with the variance, degrees of freedom and interval of the design.

/// Slots of an answer: 0 for "no valid answer", 1..=7 for its levels.
pub const LEVELS: usize = 8;

/// An estimate of a mean or a share between 0 and 1, with its precision under the design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Valid answers (for an index: persons with at least one).
    pub n: u32,
    /// Sum of the weights of the valid answers.
    pub weight: f64,
    pub value: f64,
    /// Standard error, with-replacement ultimate clusters.
    pub se: f64,
    /// PSUs with a person of the group, less strata with one.
    pub df: u32,
    /// V over the variance of a simple random sample of the same n without replacement; `None` where undefined.
    pub deff: Option<f64>,
    /// The same, with replacement: the square of Stata's DEFT.
    pub deff_wr: Option<f64>,
    /// Kish's factor n·Σw²/(Σw)²: what unequal weights alone cost.
    pub kish: f64,
    /// p(1−p)/V.
    pub effective_n: Option<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    pub method: IntervalMethod,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntervalMethod {
    Logit,
    Wilson,
    KornGraubard,
}
