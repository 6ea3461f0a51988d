//! What a class of cases adds up to, and whether it can stand for itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cases, Outcome, WeightError};

/// When a class is too weak to stand for itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassLimits {
    pub least_respondents: usize,
    pub largest_factor: f64,
}

impl Default for ClassLimits {
    fn default() -> Self {
        Self { least_respondents: 30, largest_factor: 3.0 }
    }
}

/// Sums of base weights by outcome.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    respondents: usize,
    responded: f64,
    eligible: f64,
    ineligible: f64,
    unknown: f64,
}

pub(super) struct ByClass<'a>(BTreeMap<&'a str, Sums>);

impl Sums {
    pub(super) fn by_class<'a>(cases: &'a Cases, base: &[f64]) -> ByClass<'a> {
        let mut sums: BTreeMap<&str, Self> = BTreeMap::new();
        for ((class, outcome), weight) in cases.class.iter().zip(&cases.outcome).zip(base) {
            let of = sums.entry(class).or_default();
            match outcome {
                Outcome::Respondent => {
                    of.respondents += 1;
                    of.responded += weight;
                }
                Outcome::NonRespondent => of.eligible += weight,
                Outcome::Ineligible => of.ineligible += weight,
                Outcome::Unknown => of.unknown += weight,
            }
        }
        ByClass(sums)
    }

    pub(super) fn unknown_eligibility(&self) -> f64 {
        let resolved = self.responded + self.eligible + self.ineligible;
        (resolved + self.unknown) / resolved
    }

    pub(super) fn non_response(&self) -> f64 {
        (self.responded + self.eligible) / self.responded
    }

    pub(super) fn objection(&self, class: &str, limits: ClassLimits) -> Option<WeightError> {
        let (respondents, least, most) = (self.respondents, limits.least_respondents.max(1), limits.largest_factor);
        if respondents < least {
            return Some(WeightError::FewInClass { class: class.to_owned(), respondents, least });
        }
        let factor = self.unknown_eligibility().max(self.non_response());
        (factor > most).then(|| WeightError::LargeFactor { class: class.to_owned(), factor, most })
    }
}

impl ByClass<'_> {
    pub(super) fn of(&self, classes: &BTreeSet<&str>) -> Sums {
        classes.iter().filter_map(|class| self.0.get(class)).fold(Sums::default(), |sums, class| Sums {
            respondents: sums.respondents + class.respondents,
            responded: sums.responded + class.responded,
            eligible: sums.eligible + class.eligible,
            ineligible: sums.ineligible + class.ineligible,
            unknown: sums.unknown + class.unknown,
        })
    }
}
