//! Answers in, figures out: nothing here waits, so the job runs it beside the runtime.

use std::collections::{BTreeMap, BTreeSet};

use analysis::estimate::EstimateError;
use analysis::frame::{Columns, Responses, ResponsesError, Texts};
use analysis::index::{ItemRule, Method, Tree};
use analysis::table::{Cell, PROVINCE, distributions, tabulate};

use super::answers::Answered;
use super::old_provinces::{self, OLD_PROVINCE};
use super::publish::{self, Attacked, Proposed};
use super::questions::{Question, Wanted};
use super::steps::Step;
use super::store::Figure;
use super::weigh::{self, Weighing};
use crate::error::{Error, Result};
use crate::places::COUNTRY;

/// The group that joins each province with a neighbour, for provinces with a single commune in the sample.
const PAIR: &str = "pair";

/// Every indicator by every method, and the share of every answer, for the country and each province; and what each step did to the weights.
pub(super) fn figures(
    answered: Answered,
    questions: &[Question],
    tree: Option<&Tree>,
    methods: &[Method<'_>],
    weighing: &Weighing,
) -> Result<(Vec<Figure>, Vec<Step>)> {
    let publish = |proposed: &[Proposed<'_>]| publish::figures(proposed, tree);
    proposed(answered, questions, tree, methods, weighing, publish)
}

/// The same figures, and what somebody who has all of them can find out about those that are hidden.
pub(super) fn attacked(
    answered: Answered,
    questions: &[Question],
    tree: Option<&Tree>,
    methods: &[Method<'_>],
    weighing: &Weighing,
) -> Result<(Vec<Figure>, Attacked)> {
    let publish = |proposed: &[Proposed<'_>]| {
        let figures = publish::figures(proposed, tree)?;
        let attacked = publish::attack(proposed, &figures)?;
        Ok((figures, attacked))
    };
    proposed(answered, questions, tree, methods, weighing, publish).map(|(outcome, _)| outcome)
}

/// Everything that could be published, as it is known here, and what `publish` makes of it.
fn proposed<T>(
    answered: Answered,
    questions: &[Question],
    tree: Option<&Tree>,
    methods: &[Method<'_>],
    weighing: &Weighing,
    publish: impl FnOnce(&[Proposed<'_>]) -> Result<T>,
) -> Result<(T, Vec<Step>)> {
    let (responses, steps) = responses(answered, questions, weighing, More::default())?;
    let indicators = match tree {
        Some(tree) => tabulate(&responses, tree, methods, &[PROVINCE, OLD_PROVINCE]).map_err(refused)?,
        None => Vec::new(),
    };
    let answers = distributions(&responses, &[PROVINCE, OLD_PROVINCE]).map_err(refused)?;
    let of_indicators =
        indicators.iter().map(|cell| Proposed { place: place(cell), code: cell.indicator.clone(), answer: 0, cell });
    let proposed: Vec<Proposed<'_>> = of_indicators.chain(shares(&answers, questions)).collect();
    Ok((publish(&proposed)?, steps))
}

/// The weight of each row of the answers, in their order.
pub(super) fn weights(answered: Answered, questions: &[Question], weighing: &Weighing) -> Result<Vec<f64>> {
    const ROW: &str = "row";
    let rows = u32::try_from(answered.weight.len()).map_err(|cause| Error::internal("results").caused_by(cause))?;
    let numbered = (0..rows).map(|row| Some(f64::from(row))).collect();
    let more = More { numbers: vec![(ROW.to_owned(), numbered)], ..More::default() };
    let (responses, _) = responses(answered, questions, weighing, more)?;
    // The estimates put rows into an order of their own.
    let mut weights = responses.weighted_amounts(ROW).map_err(damaged)?;
    weights.sort_by(|(one, _), (other, _)| one.unwrap_or(f64::NAN).total_cmp(&other.unwrap_or(f64::NAN)));
    Ok(weights.into_iter().map(|(_, weight)| weight).collect())
}

/// The responses as they are estimated from, with more columns that make groups.
pub(super) fn grouped(
    answered: Answered,
    questions: &[Question],
    weighing: &Weighing,
    groups: Vec<(String, Texts)>,
) -> Result<Responses> {
    Ok(responses(answered, questions, weighing, More { groups, ..More::default() })?.0)
}

/// Columns beside those of a run.
#[derive(Default)]
struct More {
    groups: Vec<(String, Texts)>,
    numbers: Vec<(String, Vec<Option<f64>>)>,
}

/// The cells that are shares of choices.
fn shares<'a>(cells: &'a [Cell], questions: &'a [Question]) -> Vec<Proposed<'a>> {
    let columns: BTreeMap<String, _> =
        wanted(questions).map(|(question, wanted)| (wanted.item.code.clone(), (question, wanted))).collect();
    let share = |cell: &'a Cell| {
        let (question, wanted) = columns.get(&cell.indicator)?;
        let ItemRule::Level(level) = cell.rule else { return None };
        let answer = i16::try_from(wanted.choice(question, level)?).ok()?;
        Some(Proposed { place: place(cell), code: question.unit.clone(), answer, cell })
    };
    cells.iter().filter_map(share).collect()
}

fn wanted(questions: &[Question]) -> impl Iterator<Item = (&Question, Wanted)> {
    questions.iter().flat_map(|question| question.wanted().into_iter().map(move |wanted| (question, wanted)))
}

fn place(cell: &Cell) -> &str {
    if [PROVINCE, OLD_PROVINCE].contains(&cell.level.as_str()) { &cell.group } else { COUNTRY }
}

/// A stratum with one commune has no variance of its own: it is joined with the other strata of its earlier province, then of its province, and a
/// province with one commune with its neighbour in the list. Estimates stay as they are.
fn responses(
    answered: Answered,
    questions: &[Question],
    weighing: &Weighing,
    more: More,
) -> Result<(Responses, Vec<Step>)> {
    let (weight, mut steps) = weighing.weights(&answered)?;
    let column_of = wanted(questions).map(|(_, wanted)| wanted.item.code).zip(0..).collect();
    let margins = weighing.margins(&answered, &weight, &column_of)?;
    let Answered { psu, stratum, province, levels, .. } = answered;
    let old = old_provinces::column(&stratum, &province);
    let mut columns = Columns {
        stratum,
        psu,
        weight,
        items: wanted(questions).map(|(_, wanted)| wanted.item).zip(levels).collect(),
        groups: vec![
            (PAIR.to_owned(), pairs(&province)),
            (PROVINCE.to_owned(), province),
            (OLD_PROVINCE.to_owned(), old),
        ],
        numbers: more.numbers,
        ..Columns::default()
    };
    columns.groups.extend(more.groups);
    let (labels, margins): (Vec<_>, Vec<_>) = margins.into_iter().unzip();
    columns.groups.extend(margins.iter().filter_map(|margin| margin.columns.first().cloned()).zip(labels));
    let joined = Responses::from_columns(columns)
        .and_then(|it| it.collapse_lonely_strata(OLD_PROVINCE))
        .and_then(|it| it.collapse_lonely_strata(PROVINCE))
        .and_then(|it| it.collapse_lonely_strata(PAIR));
    let mut responses = joined.map_err(damaged)?;
    if !margins.is_empty() {
        let (calibrated, step) = weigh::calibrated(responses, &margins)?;
        responses = calibrated;
        steps.push(step);
    }
    Ok((responses, steps))
}

fn pairs(provinces: &Texts) -> Texts {
    let different: BTreeSet<&str> = provinces.iter().collect();
    let last = (different.len() / 2).saturating_sub(1);
    let pair_of: BTreeMap<&str, String> =
        different.into_iter().enumerate().map(|(place, code)| (code, (place / 2).min(last).to_string())).collect();
    provinces.iter().map(|code| pair_of.get(code).map_or("", String::as_str)).collect()
}

fn refused(cause: EstimateError) -> Error {
    match cause {
        EstimateError::LonelyPsu { .. } => Error::invalid("results-one-commune").caused_by(cause),
        cause => Error::internal("results").caused_by(cause),
    }
}

fn damaged(cause: ResponsesError) -> Error {
    Error::internal("results").caused_by(cause)
}

#[cfg(test)]
#[path = "compute_tests.rs"]
mod tests;
