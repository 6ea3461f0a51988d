//! The weights of a run by its recipe: what the design gives, who stands for those who did not answer, what is known of the population.

use std::collections::{BTreeMap, BTreeSet};

use analysis::frame::{Responses, Texts};
use analysis::weights::{
    CalibrationRules, CaseWeights, ClassLimits, Margin, Merging, Outcome, StepKind, WeightError, calibrate_responses,
};

use super::steps::Step;
use super::store::answers::Answered;
use crate::app::App;
use crate::base::seal::sha256;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::fieldwork::{Endings, endings};
use crate::places::COUNTRY;
use crate::weighting::{self, Recipe};

/// A recipe with what it takes besides the answers.
#[derive(Clone, Debug, Default)]
pub(super) struct Weighing {
    pub recipe: Recipe,
    pub endings: Option<Endings>,
    pub population: Vec<weighting::Margin>,
    /// Names the file of the population.
    pub population_digest: Option<Vec<u8>>,
}

/// SHA-256 of the recipe's definition, as JSON: its code and the limits it keeps.
pub(super) fn definition_digest(recipe: Recipe) -> Vec<u8> {
    let ClassLimits { least_respondents, largest_factor } = ClassLimits::default();
    let classes = format!(",\"least_respondents\":{least_respondents},\"largest_factor\":{largest_factor:?}");
    let calibration = format!(",\"calibration\":\"{:?}\"", CalibrationRules::default());
    let limits = match recipe {
        Recipe::Design => String::new(),
        Recipe::Response => classes,
        Recipe::Population => classes + &calibration,
    };
    sha256(format!("{{\"code\":\"{}\"{limits}}}", recipe.code()).as_bytes()).to_vec()
}

impl Weighing {
    pub(super) async fn of(app: &App, campaign: &Campaign) -> Result<Self> {
        let recipe = weighting::recipe(app, campaign.id).await?;
        let mut weighing = Self { recipe, ..Self::default() };
        if recipe >= Recipe::Response {
            let told = endings(app, campaign).await?;
            weighing.endings = Some(told.ok_or_else(|| Error::invalid("weights-no-fieldwork"))?);
        }
        if recipe >= Recipe::Population {
            let known = weighting::population(app, campaign.id).await?;
            let (file, population) = known.ok_or_else(|| Error::invalid("weights-no-population"))?;
            (weighing.population, weighing.population_digest) = (population, Some(file.digest));
        }
        Ok(weighing)
    }

    /// SHA-256 of how the cases ended, in order of stratum and ending: one line each of stratum, ending, cases and the sum of their base
    /// weights, separated by tabs.
    pub(super) fn case_digest(&self) -> Option<Vec<u8>> {
        let cases = &self.endings.as_ref()?.cases;
        let mut sums: BTreeMap<(&str, &str), (usize, f64)> = BTreeMap::new();
        for ((class, outcome), probability) in cases.class.iter().zip(&cases.outcome).zip(&cases.probability) {
            let sum = sums.entry((class, ending(*outcome))).or_default();
            *sum = (sum.0 + 1, sum.1 + probability.recip());
        }
        let line =
            |((class, ending), (n, sum)): (&(&str, &str), &(usize, f64))| format!("{class}\t{ending}\t{n}\t{sum:?}\n");
        Some(sha256(sums.iter().map(line).collect::<String>().as_bytes()).to_vec())
    }

    /// The weight of each row before the population is asked, with what each step did. Strata that are too weak join those of their
    /// province, and provinces the country.
    pub(super) fn weights(&self, rows: &[Answered]) -> Result<(Vec<f64>, Vec<Step>)> {
        let base: Vec<f64> = rows.iter().map(|row| row.weight).collect();
        let Some(Endings { cases, population, province_of }) = &self.endings else {
            let step = Step::of_weights(&base);
            return Ok((base, vec![step]));
        };
        let provinces: BTreeSet<&String> = province_of.values().collect();
        let parents = province_of.iter().map(|(stratum, province)| (stratum.clone(), province.clone()));
        let parents = parents.chain(provinces.into_iter().map(|province| (province.clone(), COUNTRY.to_owned())));
        let merging = Merging::new(parents).map_err(refused)?;
        let weights = CaseWeights::of(cases, population, &merging, ClassLimits::default()).map_err(refused)?;
        let mut factor_of: BTreeMap<&str, f64> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.is_response() && !province_of.is_empty()) {
            if !factor_of.contains_key(row.stratum.as_str()) {
                let factor = weights.factor_of(&row.stratum, cases);
                factor_of.insert(&row.stratum, factor.ok_or_else(|| Error::invalid("weights-no-fieldwork"))?);
            }
        }
        let factor = |row: &Answered| factor_of.get(row.stratum.as_str()).copied().unwrap_or_default();
        let product = rows.iter().map(|row| if row.is_response() { row.weight * factor(row) } else { 0.0 }).collect();
        Ok((product, weights.steps.iter().map(|step| Step::new(kind(step.kind), &step.report)).collect()))
    }

    /// The margins of the population, each with the column of the answers that it is about: `level` is a row's answer to a question, from 1.
    pub(super) fn margins(
        &self,
        rows: &[Answered],
        weights: &[f64],
        level: impl Fn(&Answered, &str) -> Option<u16>,
    ) -> Result<Vec<(Texts, Margin)>> {
        let questions: BTreeSet<&str> = self.population.iter().map(|margin| margin.question.as_str()).collect();
        let there: BTreeSet<&str> = rows.iter().map(|row| row.province.as_str()).collect();
        let margin = |question: &str| {
            let counts: Vec<_> = self.population.iter().filter(|margin| margin.question == question).collect();
            let national = counts.iter().any(|margin| margin.place_code == COUNTRY);
            let place = |row: &'_ Answered| if national { COUNTRY.to_owned() } else { row.province.clone() };
            let mut totals: BTreeMap<String, BTreeMap<u16, f64>> = BTreeMap::new();
            for count in counts.iter().filter(|count| national || there.contains(count.place_code.as_str())) {
                let choice = u16::try_from(count.choice).unwrap_or_default();
                totals.entry(count.place_code.clone()).or_default().insert(choice, real(count.people));
            }
            let places: Vec<String> = rows.iter().map(place).collect();
            if let Some(missing) = places.iter().find(|place| !totals.contains_key(*place)) {
                return Err(Error::invalid("weights-place-missing").with("place", missing).with("question", question));
            }
            let answers: Vec<Option<u16>> = rows.iter().map(|row| level(row, question)).collect();
            let filled = fill(rows, &places, weights, answers, &totals);
            let labels = places.iter().zip(filled).map(|(place, choice)| label(place, choice)).collect();
            let mut parents: Vec<(String, String)> = Vec::new();
            for (place, choices) in &totals {
                parents.extend(choices.keys().map(|choice| (label(place, *choice), place.clone())));
                parents.extend((!national).then(|| (place.clone(), COUNTRY.to_owned())));
            }
            let merging = Merging::new(parents).map_err(refused)?;
            let totals = totals.iter().flat_map(|(place, choices)| {
                choices.iter().map(|(choice, people)| (label(place, *choice), *people)).collect::<Vec<_>>()
            });
            Ok((labels, Margin { columns: vec![column(question)], totals: totals.collect(), merging }))
        };
        questions.into_iter().map(margin).collect()
    }
}

/// The column of a margin, apart from other groups.
fn column(question: &str) -> String {
    format!("margin {question}")
}

/// `01:2`: who chose the second answer in a place.
fn label(place: &str, choice: u16) -> String {
    format!("{place}:{choice}")
}

/// Whoever did not answer a question of a margin is taken for one of those who did, in the parts of the answers of the same place (by
/// Sainte-Laguë, in the order of the rows' content): weights do not depend on the order of rows. Where nobody answered, in the parts of the
/// population.
fn fill(
    rows: &[Answered],
    places: &[String],
    weights: &[f64],
    answers: Vec<Option<u16>>,
    totals: &BTreeMap<String, BTreeMap<u16, f64>>,
) -> Vec<u16> {
    let mut answered: BTreeMap<&str, BTreeMap<u16, f64>> = BTreeMap::new();
    let valid = |place: &str, choice: u16| totals.get(place).is_some_and(|choices| choices.contains_key(&choice));
    let answers: Vec<Option<u16>> =
        places.iter().zip(answers).map(|(place, answer)| answer.filter(|choice| valid(place, *choice))).collect();
    for ((place, answer), weight) in places.iter().zip(&answers).zip(weights) {
        if let Some(choice) = answer.filter(|_| *weight > 0.0) {
            *answered.entry(place).or_default().entry(choice).or_default() += weight;
        }
    }
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_cached_key(|at| rows.get(*at).map(|row| (row.psu.clone(), row.levels.clone())));
    let mut given: BTreeMap<(&str, u16), u32> = BTreeMap::new();
    let mut filled: Vec<u16> = answers.iter().map(|answer| answer.unwrap_or_default()).collect();
    for at in order {
        let (Some(None), Some(place), Some(slot)) = (answers.get(at), places.get(at), filled.get_mut(at)) else {
            continue;
        };
        let shares = answered.get(place.as_str()).or_else(|| totals.get(place));
        let quotient = |choice: u16, share: f64| {
            let seats = given.get(&(place.as_str(), choice)).copied().unwrap_or_default();
            share / f64::from(2 * seats + 1)
        };
        let next = shares
            .into_iter()
            .flatten()
            .max_by(|(a, x), (b, y)| quotient(**a, **x).total_cmp(&quotient(**b, **y)).then(b.cmp(a)));
        if let Some((choice, _)) = next {
            *slot = *choice;
            // A commune without answers says nothing of anybody.
            *given.entry((place, *choice)).or_default() +=
                u32::from(weights.get(at).is_some_and(|weight| *weight > 0.0));
        }
    }
    filled
}

/// The same responses with weights that add up to the population.
pub(super) fn calibrated(responses: Responses, margins: &[Margin]) -> Result<(Responses, Step)> {
    let done = calibrate_responses(responses, margins, CalibrationRules::default()).map_err(refused)?;
    let mut step = Step::new("calibration", &done.report);
    for line in &mut step.report.margins {
        line.margin = line.margin.trim_start_matches("margin ").to_owned();
    }
    Ok((done.responses, step))
}

fn kind(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Base => "base",
        StepKind::UnknownEligibility => "unknown-eligibility",
        StepKind::NonResponse => "non-response",
    }
}

fn ending(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Respondent => "respondent",
        Outcome::NonRespondent => "non-respondent",
        Outcome::Ineligible => "ineligible",
        Outcome::Unknown => "unknown",
    }
}

/// What a person can mend is told as a sentence, the rest is ours.
fn refused(cause: WeightError) -> Error {
    let error = match &cause {
        WeightError::FewInClass { respondents, least, .. } | WeightError::FewInCategory { respondents, least, .. } => {
            Error::invalid("weights-few").with("n", respondents).with("least", least)
        }
        WeightError::LargeFactor { factor, most, .. } => {
            Error::invalid("weights-large-factor").with("factor", format!("{factor:.1}")).with("most", most)
        }
        WeightError::NotMet { margin, category, total, reached } => Error::invalid("weights-not-met")
            .with("category", format!("{} {category}", margin.trim_start_matches("margin ")))
            .with("total", format!("{total:.0}"))
            .with("reached", format!("{reached:.0}")),
        WeightError::MarginsDisagree { first, second, .. } => Error::invalid("weights-totals")
            .with("first", first.trim_start_matches("margin "))
            .with("second", second.trim_start_matches("margin ")),
        _ => Error::internal("weights"),
    };
    error.caused_by(cause)
}

#[expect(clippy::cast_precision_loss, reason = "populations are far below 2^53")]
fn real(people: i64) -> f64 {
    people as f64
}

#[cfg(test)]
#[path = "weigh_tests.rs"]
mod tests;
