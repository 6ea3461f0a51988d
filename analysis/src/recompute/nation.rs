//! The country by another rule than all people with their weights.

use super::RecomputeError;
use super::design_file::NationChoice;
use super::subjects::Subject;
use crate::estimate::{Estimate, Measure, Tallies};
use crate::frame::Responses;

/// Figures of parts of the country, and how much each counts.
pub(super) struct Nation {
    tallies: Tallies,
    shares: Vec<f64>,
}

impl Nation {
    pub(super) fn of(rule: &NationChoice, responses: &Responses) -> Result<Self, RecomputeError> {
        let Some(column) = &rule.mean_of else {
            return Ok(Self { tallies: Tallies::count(&responses.unweighted()?, &[])?, shares: vec![1.0] });
        };
        let tallies = Tallies::count(responses, &[column])?;
        let labels: Vec<&String> = tallies.groups().iter().filter_map(|group| group.labels.first()).collect();
        let missing = |problem: String| RecomputeError::key("own_methods.nation", problem);
        let weight = |label: &&String| match rule.weights.get(*label) {
            Some(weight) => Ok(*weight),
            None if rule.weights.is_empty() => Ok(1.0),
            None => Err(missing(format!("{column} {label} has no weight"))),
        };
        let weights = labels.iter().map(weight).collect::<Result<Vec<f64>, _>>()?;
        if let Some(nobody) = rule.weights.keys().find(|label| !labels.contains(label)) {
            return Err(missing(format!("nobody is in {column} {nobody}")));
        }
        let all: f64 = weights.iter().sum();
        Ok(Self { tallies, shares: weights.into_iter().map(|weight| weight / all).collect() })
    }

    /// `None` where a part has no figure: a mean over the others would be another one.
    pub(super) fn figure(&self, subject: &Subject<'_>) -> Result<Option<(Measure, Estimate)>, RecomputeError> {
        let mut parts = Vec::with_capacity(self.shares.len());
        for (group, share) in self.shares.iter().enumerate() {
            let Some(part) = subject.measure(&self.tallies, group)? else { return Ok(None) };
            parts.push((*share, part));
        }
        let parts: Vec<_> = parts.iter().map(|(share, part)| (*share, part)).collect();
        let mean = self.tallies.combination(&parts);
        Ok(mean.map(|mean| {
            let estimate = self.tallies.estimate(&mean);
            (mean, estimate)
        }))
    }
}
