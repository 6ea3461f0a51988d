//! How people answered (paper, tablet, web, …), and whether that moved what they said.
//!
//! Nothing is adjusted for the mode in silence: the mix is reported beside every figure, and the contrast of two modes as a figure
//! of its own. Who chose a mode and what it does to answers cannot be told apart unless it was given by chance; calibrating both
//! sides to the same population takes out the part of the choice that the margins know.

use thiserror::Error;

use crate::estimate::{EstimateError, Interval, Scores, Tallies};
use crate::frame::{Responses, ResponsesError};
use crate::index::ItemRule;
use crate::weights::{Auxiliary, CalibrationRules, Margin, WeightError, calibrate};

#[derive(Clone, Debug, PartialEq, Error)]
pub enum ModeError {
    #[error("nobody answered by {mode}")]
    NobodyBy { mode: String },
    #[error("a mode has no contrast with itself")]
    SameMode,
    #[error("nobody answered {item} by {mode}")]
    NoAnswers { item: String, mode: String },
    #[error(transparent)]
    Weights(#[from] WeightError),
    #[error(transparent)]
    Estimate(#[from] EstimateError),
    #[error(transparent)]
    Responses(#[from] ResponsesError),
}

/// The part of a group that answered in one mode.
#[derive(Clone, Debug, PartialEq)]
pub struct ModeShare {
    /// The labels of the group; none for all.
    pub group: Vec<String>,
    pub mode: String,
    /// People of the group whose mode is known.
    pub n: u32,
    pub share: f64,
    pub interval: Option<Interval>,
}

/// The mix of the modes in `column` in every group of `by`. Rounds are compared by it: where it changed, a trend breaks.
pub fn mode_mix(responses: &Responses, column: &str, by: &[&str]) -> Result<Vec<ModeShare>, ModeError> {
    let modes = responses.labels(column)?.to_vec();
    let responses = responses.clone().with_item_of(column)?;
    let tallies = Tallies::count(&responses, by)?;
    let (item, levels) = tallies.item(column)?;
    let mut mix = Vec::new();
    for (place, group) in tallies.groups().iter().enumerate() {
        for (level, mode) in (1..=levels).zip(&modes) {
            let Some(measure) = tallies.mean(place, &[(item, ItemRule::Level(level).scores(levels))]) else { continue };
            let share = tallies.estimate(&measure);
            mix.push(ModeShare {
                group: group.labels.clone(),
                mode: mode.clone(),
                n: share.n,
                share: share.value,
                interval: share.interval(),
            });
        }
    }
    Ok(mix)
}

/// Whether the mix of any group moved by more than `at_most` (a share) between two rounds: the trend then carries a break.
pub fn breaks_trend(before: &[ModeShare], after: &[ModeShare], at_most: f64) -> bool {
    let share = |mix: &[ModeShare], of: &ModeShare| {
        mix.iter().find(|share| share.group == of.group && share.mode == of.mode).map_or(0.0, |share| share.share)
    };
    before.iter().chain(after).any(|of| (share(before, of) - share(after, of)).abs() > at_most)
}

/// Two modes, each calibrated to the same population, ready for any item.
#[derive(Clone, Debug)]
pub struct ModeContrasts {
    modes: [String; 2],
    by_mode: Tallies,
}

/// What the first mode says more than the second.
#[derive(Clone, Debug, PartialEq)]
pub struct ModeContrast {
    pub n: [u32; 2],
    pub values: [f64; 2],
    pub difference: f64,
    pub se: f64,
    pub df: f64,
    /// 95 %, d ± t·SE; `None` without degrees of freedom.
    pub interval: Option<Interval>,
}

impl ModeContrasts {
    /// The people of other modes stay in the design and count for nothing.
    pub fn new(
        responses: Responses,
        column: &str,
        modes: [&str; 2],
        margins: &[Margin],
        rules: CalibrationRules,
    ) -> Result<Self, ModeError> {
        if modes.first() == modes.last() {
            return Err(ModeError::SameMode);
        }
        let labels = responses.labels(column)?;
        if let Some(mode) = modes.iter().find(|mode| !labels.iter().any(|label| label == *mode)) {
            return Err(ModeError::NobodyBy { mode: (*mode).to_owned() });
        }
        let mode_of_row: Vec<Option<&str>> = responses
            .group_codes(column)?
            .map(|code| {
                modes
                    .into_iter()
                    .find(|mode| code.and_then(|code| labels.get(code as usize)).is_some_and(|of| of == mode))
            })
            .collect();
        let auxiliaries =
            margins.iter().map(|margin| margin.of(&responses).map(|auxiliary| within(auxiliary, &mode_of_row, modes)));
        let auxiliaries = auxiliaries.collect::<Result<Vec<_>, _>>()?;
        let base: Vec<f64> = responses
            .weights()?
            .iter()
            .zip(&mode_of_row)
            .map(|(weight, mode)| if mode.is_some() { *weight } else { 0.0 })
            .collect();
        let (weights, projection) = calibrate(&base, &auxiliaries, rules)?.into_projection();
        let responses = responses.calibrated(&weights, projection)?;
        Ok(Self { modes: modes.map(str::to_owned), by_mode: Tallies::count(&responses, &[column])? })
    }

    pub fn of(&self, item: &str, scores: &Scores) -> Result<ModeContrast, ModeError> {
        let (place, _) = self.by_mode.item(item)?;
        let measure = |mode: &String| {
            let group = self.by_mode.groups().iter().position(|group| group.labels.first() == Some(mode));
            let measure = group.and_then(|group| self.by_mode.mean(group, &[(place, *scores)]));
            measure.ok_or_else(|| ModeError::NoAnswers { item: item.to_owned(), mode: mode.clone() })
        };
        let [first, second] = &self.modes;
        let (first, second) = (measure(first)?, measure(second)?);
        let difference = self.by_mode.estimate(&self.by_mode.difference(&first, &second));
        Ok(ModeContrast {
            n: [first.n, second.n],
            values: [first.value, second.value],
            difference: difference.value,
            se: difference.se(),
            df: difference.df,
            interval: difference.interval(),
        })
    }
}

/// The same margin for each mode on its own, with the same totals.
fn within(auxiliary: Auxiliary, mode_of_row: &[Option<&str>], modes: [&str; 2]) -> Auxiliary {
    let Auxiliary::Categories { name, of_row, totals, merging } = auxiliary else { return auxiliary };
    let of_mode = |category: &str, mode: &str| format!("{category}@{mode}");
    let of_row = of_row
        .iter()
        .zip(mode_of_row)
        .map(|(category, mode)| mode.map_or_else(String::new, |mode| of_mode(category, mode)));
    let totals = totals.iter().flat_map(|(category, total)| modes.map(|mode| (of_mode(category, mode), *total)));
    Auxiliary::Categories {
        name,
        of_row: of_row.collect(),
        totals: totals.collect(),
        merging: merging.within(modes, of_mode),
    }
}
