//! Which units can be told apart.

use statrs::function::erf::erfc;

use super::{ALPHA, League, real};

impl League {
    /// The tier of each unit, 1 for the highest. All pairs are tested with Holm's (1979) correction; going down the table, a
    /// unit that differs from the highest of its tier opens the next one. So no two units are in different tiers without
    /// a tested difference between the tiers' heads, and no arrow is drawn inside one.
    pub fn tiers(&self) -> Vec<u32> {
        let units = self.values.len();
        let mut order: Vec<usize> = (0..units).collect();
        order.sort_by(|a, b| self.distance(*b, *a).unwrap_or_default().total_cmp(&0.0).then(a.cmp(b)));
        let critical = self.largest_accepted();
        let mut tiers = vec![0; units];
        let (mut tier, mut head) = (0, None);
        for unit in order {
            if head.is_none_or(|head| self.probability(head, unit) <= critical) {
                (tier, head) = (tier + 1, Some(unit));
            }
            if let Some(slot) = tiers.get_mut(unit) {
                *slot = tier;
            }
        }
        tiers
    }

    /// Holm's step: the largest p that is still rejected; −1 when none is.
    fn largest_accepted(&self) -> f64 {
        let units = self.values.len();
        let pairs = (0..units).flat_map(|a| (a + 1..units).map(move |b| (a, b)));
        let mut chances: Vec<f64> = pairs.map(|(a, b)| self.probability(a, b)).collect();
        chances.sort_by(f64::total_cmp);
        let all = chances.len();
        let rejected = chances.into_iter().enumerate().take_while(|(place, p)| *p <= ALPHA / real(all - place));
        rejected.last().map_or(-1.0, |(_, p)| p)
    }

    /// Of a difference at least as large by chance, both sides; 1 where there is none.
    fn probability(&self, a: usize, b: usize) -> f64 {
        let (distance, error) = (self.distance(a, b).unwrap_or_default(), self.error(a, b));
        if distance.abs() > 0.0 { erfc(distance.abs() / error / std::f64::consts::SQRT_2) } else { 1.0 }
    }
}
