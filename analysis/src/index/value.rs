//! The value of a node in a group, linearised.

use super::{Composition, ItemRule};
use crate::estimate::{EstimateError, Measure, Tallies};

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
                Ok(tallies.mean(group, &items))
            }
            Composition::Mean(shares) => {
                let mut parts = Vec::with_capacity(shares.len());
                for (code, share) in shares {
                    let Some(measure) = tallies.mean(group, &[scored(code)?]) else {
                        return Ok(None);
                    };
                    parts.push((*share, measure));
                }
                let parts: Vec<_> = parts.iter().map(|(share, measure)| (*share, measure)).collect();
                Ok(tallies.combination(&parts))
            }
        }
    }
}
