//! From the draw to respondents: base weight, unknown eligibility, non-response.

use std::collections::{BTreeMap, BTreeSet};

use super::classes::{ClassLimits, Sums};
use super::report::{MarginLine, StepReport};
use super::{Merging, WeightError};

/// How a released case ended, as far as its weight is concerned. A replacement is a case of its own, and whom it
/// replaces stays a non-respondent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Respondent,
    /// Known to be eligible, without an interview.
    NonRespondent,
    Ineligible,
    /// Nobody knows whether eligible.
    Unknown,
}

/// The released cases as column vectors, all of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cases {
    pub code: Vec<String>,
    pub stratum: Vec<String>,
    /// The class within which the respondents stand for the others (usually province × area).
    pub class: Vec<String>,
    /// The recorded probability of being drawn, the product over all stages.
    pub probability: Vec<f64>,
    pub outcome: Vec<Outcome>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// d = 1/π.
    Base,
    /// f = (R + NR + IN + UN)/(R + NR + IN), sums of d; those of unknown eligibility leave.
    UnknownEligibility,
    /// f = (R + NR)/R, sums of d; only respondents stay.
    NonResponse,
}

/// One step, with the factor of every case; 0 for those who leave.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub kind: StepKind,
    pub factors: Vec<f64>,
    pub report: StepReport,
}

/// The class that a class ended up in.
pub type Joined = BTreeMap<String, String>;

/// The weights of the cases, as steps whose product they are.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseWeights {
    pub steps: Vec<Step>,
    pub joined: Joined,
}

impl CaseWeights {
    /// `population`: adults per stratum. Classes under 30 respondents or with a factor above 3 join along `merging`.
    pub fn of(
        cases: &Cases,
        population: &[(String, f64)],
        merging: &Merging,
        limits: ClassLimits,
    ) -> Result<Self, WeightError> {
        cases.check(population)?;
        let base: Vec<f64> = cases.probability.iter().map(|probability| probability.recip()).collect();
        let targets: BTreeMap<&str, f64> =
            population.iter().map(|(stratum, total)| (stratum.as_str(), *total)).collect();
        let labels: BTreeSet<&str> = cases.class.iter().map(String::as_str).collect();
        let sums = Sums::by_class(cases, &base);
        let joined = merging.merge(&labels, |class, parts| sums.of(parts).objection(class, limits))?;
        let class_of: Vec<&str> =
            cases.class.iter().map(|class| joined.get(class).map_or(class.as_str(), String::as_str)).collect();
        let groups: BTreeSet<&str> = class_of.iter().copied().collect();
        let of_group: BTreeMap<&str, Sums> = groups
            .into_iter()
            .map(|group| {
                (group, sums.of(&joined.iter().filter(|(_, to)| *to == group).map(|(from, _)| from.as_str()).collect()))
            })
            .collect();
        let factors = |of: fn(&Sums) -> f64, stays: fn(Outcome) -> bool| -> Vec<f64> {
            let rows = class_of.iter().zip(&cases.outcome);
            rows.map(|(class, outcome)| of_group.get(class).filter(|_| stays(*outcome)).map_or(0.0, of)).collect()
        };
        let strata: Vec<&str> = cases.stratum.iter().map(String::as_str).collect();
        let mut weights = vec![1.0; base.len()];
        let mut steps = Vec::new();
        let mut step = |kind, factors: Vec<f64>, margin: &str, of_row: &[&str], targets: &BTreeMap<&str, f64>| {
            let after: Vec<f64> = weights.iter().zip(&factors).map(|(weight, factor)| weight * factor).collect();
            let lines = lines(margin, of_row, targets, &weights, &after);
            steps.push(Step { kind, report: StepReport::of(&factors, &after, 0, lines), factors });
            weights = after;
        };
        step(StepKind::Base, base.clone(), "stratum", &strata, &targets);
        let known = factors(Sums::unknown_eligibility, |outcome| outcome != Outcome::Unknown);
        step(StepKind::UnknownEligibility, known, "class", &class_of, &BTreeMap::new());
        let answered = factors(Sums::non_response, |outcome| outcome == Outcome::Respondent);
        step(StepKind::NonResponse, answered, "class", &class_of, &BTreeMap::new());
        Ok(Self { steps, joined })
    }

    /// The factor of everybody in a class who answered, over all steps after the base weight; `None` for a class that nobody is in.
    pub fn factor_of(&self, class: &str, cases: &Cases) -> Option<f64> {
        let group = self.joined.get(class)?;
        let in_group = |other: &String| self.joined.get(other) == Some(group);
        let rows = cases.class.iter().zip(&cases.outcome).enumerate();
        let (row, _) =
            rows.into_iter().find(|(_, (class, outcome))| **outcome == Outcome::Respondent && in_group(class))?;
        Some(self.steps.iter().skip(1).filter_map(|step| step.factors.get(row)).product())
    }

    /// The product of all steps, one per case; 0 for cases without an interview.
    pub fn weights(&self) -> Vec<f64> {
        let rows = self.steps.first().map_or(0, |step| step.factors.len());
        self.steps.iter().fold(vec![1.0; rows], |weights, step| {
            weights.iter().zip(&step.factors).map(|(weight, factor)| weight * factor).collect()
        })
    }
}

impl Cases {
    fn check(&self, population: &[(String, f64)]) -> Result<(), WeightError> {
        let expected = self.code.len();
        if expected == 0 {
            return Err(WeightError::NoRows);
        }
        let lengths = [
            ("stratum", self.stratum.len()),
            ("class", self.class.len()),
            ("probability", self.probability.len()),
            ("outcome", self.outcome.len()),
        ];
        if let Some((column, found)) = lengths.into_iter().find(|(_, found)| *found != expected) {
            return Err(WeightError::ColumnLength { column: column.to_owned(), expected, found });
        }
        let mut seen = BTreeSet::new();
        for (row, code) in (1..).zip(&self.code) {
            if !seen.insert(code) {
                return Err(WeightError::CodeTwice { row, code: code.clone() });
            }
        }
        for (column, values) in [("code", &self.code), ("stratum", &self.stratum), ("class", &self.class)] {
            if let Some(at) = values.iter().position(String::is_empty) {
                return Err(WeightError::Empty { row: at + 1, column });
            }
        }
        if let Some((value, row)) = self.probability.iter().zip(1..).find(|(p, _)| !(**p > 0.0 && **p <= 1.0)) {
            return Err(WeightError::Probability { row, value: *value });
        }
        let drawn: BTreeSet<&str> = self.stratum.iter().map(String::as_str).collect();
        let known: BTreeSet<&str> = population.iter().map(|(stratum, _)| stratum.as_str()).collect();
        if let Some(stratum) = drawn.difference(&known).next() {
            return Err(WeightError::UnknownStratum { stratum: (*stratum).to_owned() });
        }
        match population.iter().find(|(stratum, total)| *total > 0.0 && !drawn.contains(stratum.as_str())) {
            Some((stratum, _)) => Err(WeightError::NeverDrawn { stratum: stratum.clone() }),
            None => Ok(()),
        }
    }
}

fn lines(
    margin: &str,
    of_row: &[&str],
    targets: &BTreeMap<&str, f64>,
    before: &[f64],
    after: &[f64],
) -> Vec<MarginLine> {
    let mut lines: BTreeMap<&str, MarginLine> = BTreeMap::new();
    for ((category, before), after) in of_row.iter().zip(before).zip(after) {
        let line = lines.entry(category).or_insert_with(|| MarginLine {
            margin: margin.to_owned(),
            category: (*category).to_owned(),
            respondents: 0,
            target: targets.get(category).copied(),
            before: 0.0,
            after: 0.0,
        });
        line.respondents += usize::from(*after > 0.0);
        line.before += before;
        line.after += after;
    }
    lines.into_values().collect()
}
