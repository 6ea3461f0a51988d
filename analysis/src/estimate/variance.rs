//! Variance and covariance of linearised figures (Taylor series; Woodruff 1971; Särndal, Swensson & Wretman 1992, ch. 4–5;
//! Brewer 2002 for unequal chances).

use super::Influence;
use super::influence::side_by_side;
use super::stages::{Parent, Spread, Stage, Stages};

impl Stages {
    /// Σ over the stages, with f the sampling fractions above: `f Σ n/(n−1) Σ_i (1−f_i)(z_i − z̄)²` over the units of each
    /// parent. A stage that was drawn with replacement or taken whole is the last.
    pub fn variance(&self, z: &Influence) -> f64 {
        self.covariance(z, z)
    }

    /// The same with products instead of squares. Means are subtracted first, units in fixed order.
    pub fn covariance(&self, a: &Influence, b: &Influence) -> f64 {
        let mut z: Vec<(u32, f64, f64)> = side_by_side(a, b).collect();
        if let Some(pairs) = &self.pairs {
            return pairs.covariance(&z);
        }
        let mut sum = 0.0;
        for stage in self.nested.iter().rev() {
            let mut above: Vec<(u32, f64, f64)> = Vec::new();
            for units in z.chunk_by(|a, b| stage.parent(a.0) == stage.parent(b.0)) {
                let place = units.first().map_or(0, |(unit, ..)| stage.parent(*unit));
                let Some(parent) = stage.parents.get(place as usize) else { continue };
                let (a, b) = units.iter().fold((0.0, 0.0), |(a, b), unit| (a + unit.1, b + unit.2));
                sum += parent.above * stage.spread(parent, units, a, b);
                above.push((place, a, b));
            }
            z = above;
        }
        sum
    }
}

impl Stage {
    fn parent(&self, unit: u32) -> u32 {
        self.parent_of.get(unit as usize).copied().unwrap_or_default()
    }

    /// Of the units of one parent, whose sums are `a` and `b`.
    fn spread(&self, parent: &Parent, units: &[(u32, f64, f64)], a: f64, b: f64) -> f64 {
        let n = f64::from(parent.taken);
        let (factor, mean_a, mean_b) = match parent.spread {
            Spread::Nothing => return 0.0,
            Spread::Uncentred => (1.0, 0.0, 0.0),
            Spread::Centred(factor) => (factor, a / n, b / n),
        };
        let (mut products, mut open) = (0.0, 0.0);
        for (unit, a, b) in units {
            let unit = self.open.get(*unit as usize).copied().unwrap_or_default();
            products += unit * (a - mean_a) * (b - mean_b);
            open += unit;
        }
        // The units that the group has nobody in.
        let absent = if units.len() == parent.taken as usize { 0.0 } else { parent.open - open };
        factor * (products + absent * mean_a * mean_b)
    }
}
