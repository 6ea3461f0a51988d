//! Weights whose sums are those of the population (Deville and Särndal 1992).

use super::auxiliary::{Auxiliary, Target, prepare};
use super::report::{MarginLine, StepReport};
use super::system::{Projection, Rows, accumulate, product};
use super::{Distance, WeightError};

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationRules {
    pub distance: Distance,
    /// Fewer respondents, and a category is merged or refused.
    pub least_respondents: usize,
}

impl Default for CalibrationRules {
    fn default() -> Self {
        Self { distance: Distance::default(), least_respondents: 30 }
    }
}

/// Newton steps.
const MOST_STEPS: u32 = 100;
const MOST_HALVINGS: u32 = 40;
/// max |T − T̂| / (1 + |T|)
const MET: f64 = 1e-12;

#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// w = g·d, one per row.
    pub weights: Vec<f64>,
    /// g, one per row; 0 where the base weight is 0.
    pub factors: Vec<f64>,
    pub report: StepReport,
    /// Newton steps taken.
    pub steps: u32,
    pub(super) projection: Projection,
}

/// Finds λ with Σ d·F(x'λ)·x = T by Newton's method from λ = 0. Rows with a base weight of 0 stay out.
///
/// Redundant margins (every set of margins has some) are solved by a generalised inverse: g does not depend on its
/// choice. Where no λ meets the margins, the worst one is named; half-calibrated weights are never given.
pub fn calibrate(base: &[f64], auxiliaries: &[Auxiliary], rules: CalibrationRules) -> Result<Calibration, WeightError> {
    rules.distance.check()?;
    let (rows, targets) = prepare(base, auxiliaries, rules.least_respondents)?;
    let (factors, steps) = newton(&rows, &targets, rules.distance)?;
    let weights: Vec<f64> = base.iter().zip(&factors).map(|(base, factor)| base * factor).collect();
    if let Some((value, row)) = weights.iter().zip(1..).find(|(weight, _)| **weight < 0.0) {
        return Err(WeightError::Negative { row, value: *value });
    }
    let columns = targets.len();
    let (before, after) = (rows.totals(base, columns), rows.totals(&weights, columns));
    let lines = targets.into_iter().zip(before.into_iter().zip(after)).map(|(target, (before, after))| MarginLine {
        margin: target.margin,
        category: target.category,
        respondents: target.respondents,
        target: Some(target.total),
        before,
        after,
    });
    let at_bound = factors.iter().zip(base).filter(|(g, base)| **base > 0.0 && rules.distance.is_at_bound(**g)).count();
    let report = StepReport::of(&factors, &weights, at_bound, lines.collect());
    let factor = rows.cross(base, columns);
    Ok(Calibration { weights, factors, report, steps, projection: Projection { rows, columns, factor } })
}

/// One try of λ.
struct Attempt {
    lambda: Vec<f64>,
    factors: Vec<f64>,
    /// d·F'
    slopes: Vec<f64>,
    /// T − T̂
    gaps: Vec<f64>,
}

fn newton(rows: &Rows, targets: &[Target], distance: Distance) -> Result<(Vec<f64>, u32), WeightError> {
    let mut now = Attempt::at(vec![0.0; targets.len()], rows, targets, distance);
    for step in 0..=MOST_STEPS {
        if now.worst(targets).is_none_or(|(_, gap)| gap < MET) {
            return Ok((now.factors, step));
        }
        let direction = rows.cross(&now.slopes, targets.len()).solve(&now.gaps);
        let mut length = 1.0;
        let mut next = None;
        for _ in 0..MOST_HALVINGS {
            let lambda = now.lambda.iter().zip(&direction).map(|(at, towards)| at + length * towards).collect();
            let attempt = Attempt::at(lambda, rows, targets, distance);
            if attempt.distance(targets) < now.distance(targets) {
                next = Some(attempt);
                break;
            }
            length /= 2.0;
        }
        match next {
            Some(attempt) => now = attempt,
            None => break,
        }
    }
    Err(now.failure(targets))
}

impl Attempt {
    fn at(lambda: Vec<f64>, rows: &Rows, targets: &[Target], distance: Distance) -> Self {
        let mut factors = Vec::with_capacity(rows.base().len());
        let mut slopes = Vec::with_capacity(rows.base().len());
        let mut gaps: Vec<f64> = targets.iter().map(|target| target.total).collect();
        for (base, entries) in rows.each() {
            let (factor, slope) = if base > 0.0 { distance.factor(product(entries, &lambda)) } else { (0.0, 0.0) };
            accumulate(&mut gaps, entries, -base * factor);
            factors.push(factor);
            slopes.push(base * slope);
        }
        Self { lambda, factors, slopes, gaps }
    }

    fn relative<'a>(&'a self, targets: &'a [Target]) -> impl Iterator<Item = f64> + 'a {
        self.gaps.iter().zip(targets).map(|(gap, target)| gap.abs() / (1.0 + target.total.abs()))
    }

    /// What a Newton step makes smaller, if only it is short enough; not a number after an overflow.
    fn distance(&self, targets: &[Target]) -> f64 {
        self.relative(targets).map(|gap| gap * gap).sum()
    }

    fn worst<'a>(&self, targets: &'a [Target]) -> Option<(&'a Target, f64)> {
        targets.iter().zip(self.relative(targets)).max_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    fn failure(&self, targets: &[Target]) -> WeightError {
        match targets.iter().zip(&self.gaps).zip(self.relative(targets)).max_by(|(_, a), (_, b)| a.total_cmp(b)) {
            Some(((target, gap), _)) => WeightError::NotMet {
                margin: target.margin.clone(),
                category: target.category.clone(),
                total: target.total,
                reached: target.total - gap,
            },
            None => WeightError::NoMargins,
        }
    }
}

impl Calibration {
    /// The weights, and what they take out of a variance.
    pub(crate) fn into_projection(self) -> (Vec<f64>, Projection) {
        (self.weights, self.projection)
    }

    /// `z*_k = w_k·(u_k − x_k'β)`, `u = z/w`, β the regression of u on x with the base weights over all rows: what goes
    /// into the variance instead of the influence `z` (weighted, one per row) of any estimate.
    pub fn residuals(&self, z: &[f64]) -> Vec<f64> {
        let Projection { rows, columns, factor } = &self.projection;
        let per_base = z.iter().zip(&self.factors).map(|(z, g)| if *g > 0.0 { z / g } else { 0.0 });
        let beta = factor.solve(&rows.totals(&per_base.collect::<Vec<_>>(), *columns));
        z.iter().zip(&self.weights).zip(rows.products(&beta)).map(|((z, weight), fitted)| z - weight * fitted).collect()
    }
}
