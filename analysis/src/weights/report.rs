//! What a step did to the weights, for whoever signs them.

use serde::{Deserialize, Serialize};

/// Least and greatest.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    pub low: f64,
    pub high: f64,
}

/// One step from weights to weights. Counts and sums are over the rows whose weight is above 0 after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepReport {
    pub factors: Range,
    pub weights: Range,
    /// Kish's factor n·Σw²/(Σw)² of the weights after the step: what unequal weights cost.
    pub kish: f64,
    /// The part of the rows whose factor, or whose trimmed weight, is at a limit.
    pub at_limit: f64,
    pub margins: Vec<MarginLine>,
}

/// A category of a margin, or a class: what the weights add up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarginLine {
    pub margin: String,
    pub category: String,
    /// Rows whose weight is above 0 after the step.
    pub respondents: usize,
    /// What is known of the population; `None` where a step has no target.
    pub target: Option<f64>,
    pub before: f64,
    pub after: f64,
}

impl StepReport {
    /// Of weights as they came: the factor of everybody is the weight.
    pub fn of_weights(weights: &[f64]) -> Self {
        Self::of(weights, weights, 0, Vec::new())
    }

    pub(super) fn of(factors: &[f64], after: &[f64], at_limit: usize, margins: Vec<MarginLine>) -> Self {
        let left = || factors.iter().zip(after).filter(|(_, weight)| **weight > 0.0);
        let n = real(left().count());
        Self {
            factors: range(left().map(|(factor, _)| *factor)),
            weights: range(left().map(|(_, weight)| *weight)),
            kish: kish(after),
            at_limit: if n > 0.0 { real(at_limit) / n } else { 0.0 },
            margins,
        }
    }
}

/// n·Σw²/(Σw)² over the weights above 0.
pub(super) fn kish(weights: &[f64]) -> f64 {
    let n = weights.iter().filter(|weight| **weight > 0.0).count();
    let (sum, squares) =
        weights.iter().fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
    real(n) * squares / (sum * sum)
}

fn range(values: impl Iterator<Item = f64>) -> Range {
    values.fold(Range { low: f64::INFINITY, high: f64::NEG_INFINITY }, |range, value| Range {
        low: range.low.min(value),
        high: range.high.max(value),
    })
}

#[expect(clippy::cast_precision_loss, reason = "samples are far below 2^53")]
pub(super) fn real(count: usize) -> f64 {
    count as f64
}
