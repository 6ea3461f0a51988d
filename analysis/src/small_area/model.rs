//! The model of Fay and Herriot, fitted by likelihood.

use std::collections::BTreeSet;

use super::{Area, Likelihood, ModelBased, ModelError, SmallAreaError};
use crate::linear::{Factor, Symmetric};

/// The model, fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct FayHerriot {
    /// σ²
    pub between: f64,
    /// β, the constant first.
    pub coefficients: Vec<f64>,
    /// The sampled areas, in their order.
    pub areas: Vec<ModelBased>,
    inverse: Factor,
}

const MOST_STEPS: u32 = 500;

impl FayHerriot {
    /// Fisher scoring for σ², floor 0.
    pub fn fit(areas: &[Area], likelihood: Likelihood) -> Result<Self, SmallAreaError> {
        check(areas)?;
        let data = Data::of(areas);
        let mut between = data.start();
        for _ in 0..MOST_STEPS {
            let next = (between + data.step(between, likelihood)?).max(0.0);
            let settled = (next - between).abs() <= 1e-14 * between.max(1e-8);
            between = next;
            if settled {
                return Ok(data.model(areas, between, &data.regression(between)?));
            }
        }
        Err(SmallAreaError::NotSettled)
    }

    /// The figure of an area without a sample: x'β, whose error holds the whole variance between areas.
    pub fn synthetic(&self, code: &str, covariates: &[f64]) -> Result<ModelBased, SmallAreaError> {
        let (expected, found) = (self.coefficients.len() - 1, covariates.len());
        if expected != found {
            return Err(SmallAreaError::Covariates { area: code.to_owned(), expected, found });
        }
        if !covariates.iter().all(|value| value.is_finite()) {
            return Err(SmallAreaError::NotFinite { area: code.to_owned() });
        }
        let x = with_constant(covariates);
        Ok(ModelBased {
            code: code.to_owned(),
            value: dot(&x, &self.coefficients),
            own_part: 0.0,
            error: ModelError { g1: self.between, g2: self.inverse.quadratic(&x), g3: 0.0 },
        })
    }
}

/// The figures as columns.
struct Data {
    y: Vec<f64>,
    d: Vec<f64>,
    x: Vec<Vec<f64>>,
    columns: usize,
}

/// β at a given σ², with what the likelihood needs.
struct Regression {
    inverse: Factor,
    beta: Vec<f64>,
    /// 1/(σ² + D)
    precision: Vec<f64>,
}

impl Data {
    fn of(areas: &[Area]) -> Self {
        let x: Vec<Vec<f64>> = areas.iter().map(|area| with_constant(&area.covariates)).collect();
        Self {
            y: areas.iter().map(|area| area.direct).collect(),
            d: areas.iter().map(|area| area.variance).collect(),
            columns: x.first().map_or(0, Vec::len),
            x,
        }
    }

    /// The variance of the figures less their mean sampling variance.
    fn start(&self) -> f64 {
        let mean = mean(&self.y);
        let squares: f64 = self.y.iter().map(|y| (y - mean) * (y - mean)).sum();
        (squares / (real(self.y.len()) - 1.0) - self::mean(&self.d)).max(0.0)
    }

    fn regression(&self, between: f64) -> Result<Regression, SmallAreaError> {
        let precision: Vec<f64> = self.d.iter().map(|d| (between + d).recip()).collect();
        let inverse = self.weighted(&precision).factor();
        if !inverse.is_regular() {
            return Err(SmallAreaError::Redundant);
        }
        let mut right = vec![0.0; self.columns];
        for ((x, y), weight) in self.x.iter().zip(&self.y).zip(&precision) {
            for (sum, x) in right.iter_mut().zip(x) {
                *sum += weight * x * y;
            }
        }
        let beta = inverse.solve(&right);
        Ok(Regression { inverse, beta, precision })
    }

    /// Σ weight·xx'.
    fn weighted(&self, weights: &[f64]) -> Symmetric {
        let mut matrix = Symmetric::zero(self.columns);
        for (x, weight) in self.x.iter().zip(weights) {
            for (row, a) in x.iter().enumerate() {
                for (column, b) in x.iter().enumerate() {
                    matrix.add(row, column, weight * a * b);
                }
            }
        }
        matrix
    }

    /// Score over expected information.
    fn step(&self, between: f64, likelihood: Likelihood) -> Result<f64, SmallAreaError> {
        let regression = self.regression(between)?;
        let w = &regression.precision;
        let rows = || self.x.iter().zip(&self.y).zip(w);
        let residuals: f64 = rows().map(|((x, y), w)| (w * (y - dot(x, &regression.beta))).powi(2)).sum();
        let squares: Vec<f64> = w.iter().map(|w| w * w).collect();
        let (trace, information) = match likelihood {
            Likelihood::Full => (w.iter().sum::<f64>(), squares.iter().sum()),
            // P = W − WX(X'WX)⁻¹X'W is never made: its traces are those of (X'WX)⁻¹X'W²X and (X'WX)⁻¹X'W³X.
            Likelihood::Restricted => {
                let cubes: Vec<f64> = w.iter().map(|w| w * w * w).collect();
                let second = regression.inverse.times(&self.weighted(&squares));
                let third = regression.inverse.times(&self.weighted(&cubes));
                let all_squares: f64 = squares.iter().sum();
                (w.iter().sum::<f64>() - second.trace(), all_squares - 2.0 * third.trace() + second.trace_of_square())
            }
        };
        Ok((residuals - trace) / information)
    }

    fn model(&self, areas: &[Area], between: f64, regression: &Regression) -> FayHerriot {
        let squares: f64 = regression.precision.iter().map(|w| w * w).sum();
        let modelled = areas.iter().zip(&self.x).map(|(area, x)| {
            let total = between + area.variance;
            let own_part = between / total;
            let error = ModelError {
                g1: own_part * area.variance,
                g2: (1.0 - own_part).powi(2) * regression.inverse.quadratic(x),
                g3: area.variance.powi(2) / total.powi(3) * 2.0 / squares,
            };
            let fitted = dot(x, &regression.beta);
            ModelBased { code: area.code.clone(), value: fitted + own_part * (area.direct - fitted), own_part, error }
        });
        let areas = modelled.collect();
        FayHerriot { between, coefficients: regression.beta.clone(), areas, inverse: regression.inverse.clone() }
    }
}

fn check(areas: &[Area]) -> Result<(), SmallAreaError> {
    let covariates = areas.first().map_or(0, |area| area.covariates.len());
    if areas.len() < covariates + 3 {
        return Err(SmallAreaError::TooFew { areas: areas.len(), covariates });
    }
    let mut seen = BTreeSet::new();
    for area in areas {
        let code = area.code.clone();
        if !seen.insert(&area.code) {
            return Err(SmallAreaError::Twice { area: code });
        }
        if area.covariates.len() != covariates {
            return Err(SmallAreaError::Covariates { area: code, expected: covariates, found: area.covariates.len() });
        }
        if !(area.direct.is_finite() && area.covariates.iter().all(|value| value.is_finite())) {
            return Err(SmallAreaError::NotFinite { area: code });
        }
        if !(area.variance.is_finite() && area.variance > 0.0) {
            return Err(SmallAreaError::Variance { area: code, value: area.variance });
        }
    }
    Ok(())
}

fn with_constant(covariates: &[f64]) -> Vec<f64> {
    std::iter::once(1.0).chain(covariates.iter().copied()).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / real(values.len())
}

#[expect(clippy::cast_precision_loss, reason = "areas are counted in thousands")]
fn real(count: usize) -> f64 {
    count as f64
}
