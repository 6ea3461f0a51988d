//! The weights of a run by its recipe: what the design gives, who stands for those who did not answer, what is known of the population.

use std::collections::{BTreeMap, BTreeSet};

use analysis::frame::{Responses, Texts};
use analysis::table::PROVINCE;
use analysis::weights::{
    CalibrationRules, CaseWeights, ClassLimits, Guard, Margin, Merging, Outcome, StepKind, TrimRules, WeightError,
    calibrate_responses,
};

use super::answers::Answered;
use super::steps::Step;
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
    let calibration = format!(",\"calibration\":\"{:?} {:?}\"", CalibrationRules::default(), guard());
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
    pub(super) fn weights(&self, answered: &Answered) -> Result<(Vec<f64>, Vec<Step>)> {
        let base = &answered.weight;
        let Some(Endings { cases, population, province_of }) = &self.endings else {
            return Ok((base.clone(), vec![Step::of_weights(base)]));
        };
        let provinces: BTreeSet<&String> = province_of.values().collect();
        let parents = province_of.iter().map(|(stratum, province)| (stratum.clone(), province.clone()));
        let parents = parents.chain(provinces.into_iter().map(|province| (province.clone(), COUNTRY.to_owned())));
        let merging = Merging::new(parents).map_err(refused)?;
        let weights = CaseWeights::of(cases, population, &merging, ClassLimits::default()).map_err(refused)?;
        let different = answered.stratum.different().iter();
        let factor_of: BTreeMap<&str, f64> =
            different.filter_map(|stratum| Some((stratum.as_str(), weights.factor_of(stratum, cases)?))).collect();
        let product = answered.stratum.iter().zip(base).map(|(stratum, base)| match factor_of.get(stratum) {
            Some(factor) => Ok(base * factor),
            // A commune without answers needs no weight.
            None if *base > 0.0 => Err(Error::invalid("weights-no-fieldwork")),
            None => Ok(0.0),
        });
        let steps = weights.steps.iter().map(|step| Step::new(kind(step.kind), &step.report)).collect();
        Ok((product.collect::<Result<_>>()?, steps))
    }

    /// The margins of the population, each with the column of the answers that it is about. `column_of` tells the place of a question among
    /// the columns of levels.
    pub(super) fn margins(
        &self,
        answered: &Answered,
        weights: &[f64],
        column_of: &BTreeMap<String, usize>,
    ) -> Result<Vec<(Texts, Margin)>> {
        let questions: BTreeSet<&str> = self.population.iter().map(|margin| margin.question.as_str()).collect();
        let there: BTreeSet<&str> = answered.province.different().iter().map(String::as_str).collect();
        let margin = |question: &str| {
            let counts: Vec<_> = self.population.iter().filter(|margin| margin.question == question).collect();
            let national = counts.iter().any(|margin| margin.place_code == COUNTRY);
            let mut totals = Totals::new();
            for count in counts.iter().filter(|count| national || there.contains(count.place_code.as_str())) {
                let choice = u8::try_from(count.choice).unwrap_or_default();
                totals.entry(&count.place_code).or_default().insert(choice, real(count.people));
            }
            let place = |province| if national { COUNTRY } else { province };
            let places: Vec<&str> = answered.province.iter().map(place).collect();
            if let Some(missing) = places.iter().find(|place| !totals.contains_key(*place)) {
                return Err(Error::invalid("weights-place-missing").with("place", missing).with("question", question));
            }
            let answers = column_of.get(question).and_then(|column| answered.levels.get(*column));
            let answers = answers.ok_or_else(|| Error::internal("weights"))?;
            let labels = places.iter().zip(fill(answered, &places, weights, answers, &totals));
            let labels = labels.map(|(place, choice)| label(place, choice)).collect();
            let mut parents: Vec<(String, String)> = Vec::new();
            for (place, choices) in &totals {
                parents.extend(choices.keys().map(|choice| (label(place, *choice), (*place).to_owned())));
                parents.extend((!national).then(|| ((*place).to_owned(), COUNTRY.to_owned())));
            }
            let merging = Merging::new(parents).map_err(refused)?;
            let of_place = |(place, choices): (&&str, &BTreeMap<u8, f64>)| {
                choices.iter().map(|(choice, people)| (label(place, *choice), *people)).collect::<Vec<_>>()
            };
            let totals = totals.iter().flat_map(of_place).collect();
            Ok((labels, Margin { columns: vec![column(question)], totals, merging }))
        };
        questions.into_iter().map(margin).collect()
    }
}

/// How many people of a place would choose each answer.
type Totals<'a> = BTreeMap<&'a str, BTreeMap<u8, f64>>;

/// No weight far above those of its province.
fn guard() -> Guard {
    Guard { within: vec![PROVINCE.to_owned()], rules: TrimRules::default() }
}

/// The column of a margin, apart from other groups.
fn column(question: &str) -> String {
    format!("margin {question}")
}

/// `01:2`: who chose the second answer in a place.
fn label(place: &str, choice: u8) -> String {
    format!("{place}:{choice}")
}

/// Whoever did not answer a question of a margin is taken for one of those who did, in the parts of the answers of the same place (by
/// Sainte-Laguë, in the order of the rows' content): weights do not depend on the order of rows. Where nobody answered, in the parts of the
/// population.
fn fill(answered: &Answered, places: &[&str], weights: &[f64], answers: &[Option<u8>], totals: &Totals<'_>) -> Vec<u8> {
    let valid = |place: &str, choice: u8| totals.get(place).is_some_and(|choices| choices.contains_key(&choice));
    let mut filled: Vec<u8> = Vec::with_capacity(answers.len());
    let mut parts: Totals<'_> = Totals::new();
    let mut unknown: Vec<usize> = Vec::new();
    for (row, ((place, answer), weight)) in places.iter().zip(answers).zip(weights).enumerate() {
        match answer.filter(|choice| valid(place, *choice)) {
            Some(choice) => *parts.entry(place).or_default().entry(choice).or_default() += weight,
            None => unknown.push(row),
        }
        filled.push(answer.unwrap_or_default());
    }
    let content = |row: &usize| {
        let levels = answered.levels.iter().map(|column| column.get(*row).copied().flatten());
        (answered.psu.get(*row), levels.collect::<Vec<_>>())
    };
    unknown.sort_by_cached_key(content);
    let mut given: BTreeMap<(&str, u8), u32> = BTreeMap::new();
    for row in unknown {
        let (Some(place), Some(weight), Some(slot)) = (places.get(row), weights.get(row), filled.get_mut(row)) else {
            continue;
        };
        let shares =
            parts.get(place).filter(|choices| choices.values().sum::<f64>() > 0.0).or_else(|| totals.get(place));
        let quotient = |choice: u8, share: f64| share / f64::from(2 * given.get(&(*place, choice)).unwrap_or(&0) + 1);
        let next = shares
            .into_iter()
            .flatten()
            .max_by(|(a, x), (b, y)| quotient(**a, **x).total_cmp(&quotient(**b, **y)).then(b.cmp(a)));
        if let Some((choice, _)) = next {
            *slot = *choice;
            // A commune without answers says nothing of anybody.
            *given.entry((place, *choice)).or_default() += u32::from(*weight > 0.0);
        }
    }
    filled
}

/// The same responses with weights that add up to the population.
pub(super) fn calibrated(responses: Responses, margins: &[Margin]) -> Result<(Responses, Step)> {
    let done = calibrate_responses(responses, margins, CalibrationRules::default(), Some(&guard())).map_err(refused)?;
    let mut step = Step::new("calibration", &done.report);
    step.trimmed = done.trimming.map(|trimming| trimming.share);
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
        WeightError::NotSettled { .. } | WeightError::NothingToTakeOver { .. } => Error::invalid("weights-not-settled"),
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
