//! What stands for the variance of parents with one unit, and strata that were never drawn.

use super::stages::{Spread, Stages};
use super::{DesignError, EstimateError};
use crate::frame::{Lonely, Responses, SurveyDesign};

/// A stratum of the population without any PSU: the sample says nothing of it, and no weight can mend that.
pub(super) fn missing_strata(responses: &Responses, design: &SurveyDesign) -> Result<(), EstimateError> {
    let drawn = responses.strata();
    let strata: Vec<String> = design.strata.iter().filter(|stratum| !drawn.contains(stratum)).cloned().collect();
    if strata.is_empty() { Ok(()) } else { Err(DesignError::StrataNotDrawn { strata }.into()) }
}

impl Stages {
    pub(super) fn settle_lonely(&mut self, design: &SurveyDesign) -> Result<(), EstimateError> {
        for place in 0..self.nested.len() {
            let policy = if place == 0 { design.lonely } else { design.lonely_below };
            let Some(stage) = self.nested.get(place) else { continue };
            let alone = stage.parents.iter().enumerate().filter(|(_, parent)| parent.taken == 1 && parent.open > 0.0);
            let lonely: Vec<usize> = alone.map(|(parent, _)| parent).collect();
            let occupied = stage.parents.iter().filter(|parent| parent.taken > 0).count();
            if lonely.is_empty() || policy == Lonely::Certainty {
                continue;
            }
            let possible = match policy {
                Lonely::Fail => false,
                Lonely::Certainty => true,
                // Pairs know no single units.
                Lonely::Adjust => self.pairs.is_none(),
                Lonely::Average => self.pairs.is_none() && place == 0 && lonely.len() < occupied,
            };
            if !possible {
                let names = lonely.iter().map(|parent| self.parent_name(place, *parent)).collect();
                return Err(match place {
                    0 => EstimateError::LonelyPsu { strata: names },
                    _ => DesignError::LonelyUnits { stage: place + 1, psus: names }.into(),
                });
            }
            let Some(stage) = self.nested.get_mut(place) else { continue };
            if policy == Lonely::Average {
                let share = count(occupied) / count(occupied - lonely.len());
                for parent in &mut stage.parents {
                    if let Spread::Centred(factor) = &mut parent.spread {
                        *factor *= share;
                    }
                }
            } else {
                for parent in lonely {
                    if let Some(parent) = stage.parents.get_mut(parent) {
                        parent.spread = Spread::Uncentred;
                    }
                }
            }
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "strata are far fewer than 2^53")]
fn count(strata: usize) -> f64 {
    strata as f64
}
