//! The value of a node in a group, with its variance.

use super::{Composition, ItemRule};
use crate::estimate::{EstimateError, Interval, Measure, Tallies, logit, share_interval};

impl ItemRule {
    /// The measure of a node in a group. `Ok(None)` when an item of it has no valid answer there: a mean over
    /// the others would be another indicator.
    pub fn measure(
        self,
        tallies: &Tallies,
        group: usize,
        composition: &Composition<'_>,
    ) -> Result<Option<Measure>, EstimateError> {
        let scored = |code: &str| tallies.item(code).map(|(item, levels)| (item, self.scores(levels)));
        match composition {
            Composition::Pooled(items) => {
                let items = items.iter().map(|code| scored(code)).collect::<Result<Vec<_>, _>>()?;
                Ok(tallies.mean(group, &items).map(|mut measure| {
                    if items.len() > 1 {
                        measure.estimate.forget_design_effect();
                    }
                    measure
                }))
            }
            Composition::Mean(shares) => {
                let mut parts = Vec::with_capacity(shares.len());
                for (code, share) in shares {
                    let Some(measure) = tallies.mean(group, &[scored(code)?]) else {
                        return Ok(None);
                    };
                    parts.push((measure, *share));
                }
                Ok(weighted_sum(parts, tallies))
            }
        }
    }

    /// The interval of a single item or of a composed index. Only the share of one item is a proportion with a
    /// binomial core; all else keeps to the logit scale, which stays between 0 and 1.
    pub fn interval(
        self,
        measure: &Measure,
        tallies: &Tallies,
        group: usize,
        composition: &Composition<'_>,
    ) -> Option<Interval> {
        let group = tallies.groups().get(group)?;
        let estimate = &measure.estimate;
        match (self, composition) {
            (Self::T | Self::Level(_), Composition::Mean(shares)) if shares.len() == 1 => {
                share_interval(estimate, group)
            }
            (Self::T | Self::Level(_), Composition::Pooled(items)) if items.len() == 1 => {
                share_interval(estimate, group)
            }
            _ if estimate.variance > 0.0 => logit(estimate.value, estimate.variance, group.t?),
            _ => None,
        }
    }
}

/// Σ c·θ with influence Σ c·z: the covariances between items come by themselves.
fn weighted_sum(parts: Vec<(Measure, f64)>, tallies: &Tallies) -> Option<Measure> {
    if parts.len() == 1 {
        return parts.into_iter().next().map(|(measure, _)| measure);
    }
    let mut parts = parts.into_iter();
    let (mut sum, share) = parts.next()?;
    sum.estimate.value *= share;
    sum.influence.iter_mut().for_each(|z| *z *= share);
    for (part, share) in parts {
        sum.estimate.value += share * part.estimate.value;
        sum.estimate.n += part.estimate.n;
        sum.estimate.weight += part.estimate.weight;
        sum.estimate.all_alike &= part.estimate.all_alike;
        for (total, z) in sum.influence.iter_mut().zip(part.influence) {
            *total += share * z;
        }
    }
    sum.estimate.variance = if sum.estimate.all_alike { 0.0 } else { tallies.strata().variance(&sum.influence) };
    sum.estimate.forget_design_effect();
    Some(sum)
}
