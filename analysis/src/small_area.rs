//! Small areas: communes with too few answers for a figure of their own borrow strength from a model (Fay and Herriot 1979).
//!
//! `y_i = x_i'β + u_i + e_i`, u with variance σ² between areas, e with the known sampling variance `D_i`. What comes out is
//! [`ModelBased`]: another type than an [`Estimate`](crate::estimate::Estimate), so that no table can mix the two.

mod benchmark;
mod model;

use thiserror::Error;

pub use benchmark::{Benchmark, benchmark};
pub use model::FayHerriot;

/// The direct figure of a sampled area.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    pub code: String,
    /// y
    pub direct: f64,
    /// D: the sampling variance, see [`smoothed_variance`].
    pub variance: f64,
    /// x without the constant.
    pub covariates: Vec<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likelihood {
    /// Restricted: the variance between areas is not biased by estimating β. The one to publish from.
    Restricted,
    /// Maximum likelihood: to compare models with different covariates.
    Full,
}

#[derive(Clone, Debug, PartialEq, Error)]
pub enum SmallAreaError {
    #[error("{areas} areas are too few for {covariates} covariates and a variance")]
    TooFew { areas: usize, covariates: usize },
    #[error("area {area} stands twice")]
    Twice { area: String },
    #[error("area {area} has {found} covariates instead of {expected}")]
    Covariates { area: String, expected: usize, found: usize },
    #[error("area {area} has a figure or a covariate that is no number")]
    NotFinite { area: String },
    #[error("area {area} has the sampling variance {value}, which is not above 0")]
    Variance { area: String, value: f64 },
    #[error("one covariate follows from the others")]
    Redundant,
    #[error("the variance between areas does not settle")]
    NotSettled,
    #[error("area {area} has the population {value}, which is not above 0")]
    Population { area: String, value: f64 },
    #[error("area {area} is not among those of the model")]
    UnknownArea { area: String },
    #[error("the areas of {group} have modelled figures that add up to {sum}")]
    NotBenchmarked { group: String, sum: f64 },
}

/// `p(1−p)·Kish·(1 + (b−1)ρ)/n`: the variance of a share p from n answers, b of them to a village, ρ alike inside one. A commune
/// with three villages has no usable variance of its own; p is that of all areas together.
pub fn smoothed_variance(p: f64, kish: f64, n: f64, per_village: f64, correlation: f64) -> f64 {
    p * (1.0 - p) * kish * (1.0 + (per_village - 1.0) * correlation) / n
}

/// A figure of an area that rests on a model: to be published as such, with its error, and never ranked without it.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelBased {
    pub code: String,
    /// γy + (1−γ)x'β; for an area without a sample x'β alone.
    pub value: f64,
    /// γ = σ²/(σ² + D): how much of its own answers is in the figure; 0 without a sample.
    pub own_part: f64,
    pub error: ModelError,
}

/// The parts of the mean squared error `g1 + g2 + 2·g3` (Prasad and Rao 1990; Datta and Lahiri 2000).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ModelError {
    /// The area's own part; σ² without a sample.
    pub g1: f64,
    /// Of estimating β.
    pub g2: f64,
    /// Of estimating σ².
    pub g3: f64,
}

impl ModelError {
    pub fn mean_square(&self) -> f64 {
        self.g1 + self.g2 + 2.0 * self.g3
    }
}
