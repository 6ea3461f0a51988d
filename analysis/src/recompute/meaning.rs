//! What the words of a design file mean.

use super::design_file::{
    Calibrate, DistanceChoice, IntervalChoice, LonelyBelow, LonelyPsu, Overall, OwnMethod, Parts, Rule,
};
use crate::estimate::IntervalMethod;
use crate::frame::Lonely;
use crate::index::{Aggregation, DomainRule, ItemRule};
use crate::weights::{Bounds, Distance};

impl Calibrate {
    pub(super) fn distance(&self) -> Distance {
        let bounds = self.bounds.map(|[low, high]| Bounds { low, high });
        match (self.distance, bounds) {
            (DistanceChoice::Logit, None) => Distance::default(),
            (DistanceChoice::Logit, Some(bounds)) => Distance::Logit(bounds),
            (DistanceChoice::Raking, None) => Distance::Raking,
            (DistanceChoice::Raking, Some(bounds)) => Distance::TruncatedRaking(bounds),
            (DistanceChoice::Linear | DistanceChoice::PostStratification, None) => Distance::Linear,
            (DistanceChoice::Linear | DistanceChoice::PostStratification, Some(bounds)) => {
                Distance::TruncatedLinear(bounds)
            }
        }
    }
}

impl LonelyPsu {
    /// What is left to do after strata were joined.
    pub(super) fn policy(self) -> Lonely {
        match self {
            Self::Fail | Self::Collapse => Lonely::Fail,
            Self::Certainty => Lonely::Certainty,
            Self::Adjust => Lonely::Adjust,
            Self::Average => Lonely::Average,
        }
    }
}

impl LonelyBelow {
    pub(super) fn policy(self) -> Lonely {
        match self {
            Self::Fail => Lonely::Fail,
            Self::Certainty => Lonely::Certainty,
            Self::Adjust => Lonely::Adjust,
        }
    }
}

impl IntervalChoice {
    /// `None` for the rule of the tables.
    pub(super) fn method(self) -> Option<IntervalMethod> {
        match self {
            Self::Usual => None,
            Self::Wald => Some(IntervalMethod::Wald),
            Self::Logit => Some(IntervalMethod::Logit),
            Self::Arcsine => Some(IntervalMethod::Arcsine),
            Self::Wilson => Some(IntervalMethod::Wilson),
            Self::KornGraubard => Some(IntervalMethod::KornGraubard),
            Self::Nchs => Some(IntervalMethod::Nchs),
        }
    }
}

impl Rule {
    pub(super) fn of_items(self) -> ItemRule {
        match self {
            Self::M => ItemRule::M,
            Self::T => ItemRule::T,
            Self::Z => ItemRule::Z,
        }
    }
}

impl OwnMethod {
    /// `weights` are [`Self::part_weights`] as pairs.
    pub(super) fn aggregation<'a>(&self, weights: &'a [(&'a str, f64)]) -> Aggregation<'a> {
        let parts = match self.parts {
            Parts::MeanOfItems => DomainRule::MeanOfItems,
            Parts::MeanOfFactors => DomainRule::MeanOfFactors,
        };
        match self.overall {
            Overall::EqualItems => Aggregation::EqualItems(parts),
            Overall::EqualFactors => Aggregation::EqualFactors(parts),
            Overall::EqualParts => Aggregation::EqualDomains(parts),
            Overall::PartWeights => Aggregation::DomainWeights(parts, weights),
            Overall::Pooled => Aggregation::Pooled,
        }
    }
}
