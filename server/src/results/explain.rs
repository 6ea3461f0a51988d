//! Where a figure comes from: the arithmetic over what the run kept, and who answered in which way.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use analysis::confidentiality::{CountCell, CountTable, Line, Support, protect, published_n};
use analysis::estimate::IntervalMethod;
use analysis::frame::Answers;
use analysis::index::{Indicator, IndicatorKind, ItemRule};
use survey_forms::Form;

use super::store::{Figure, Run, answers};
use crate::app::App;
use crate::base::blocking;
use crate::campaigns::Campaign;
use crate::error::{Error, Result};
use crate::places::COUNTRY;
use crate::responses::copy;

/// From here on a code says that nothing was answered.
const NOTHING: u8 = 97;

/// One thing that a figure is the sum of: how often it counts, and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub factor: f64,
    pub value: f64,
}

/// Σ factor × value / divisor.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Formula {
    pub terms: Vec<Term>,
    pub divisor: f64,
}

impl Formula {
    pub(super) fn value(&self) -> f64 {
        self.terms.iter().map(|term| term.factor * term.value).sum::<f64>() / self.divisor
    }

    /// Of an index: each item below counts the same, so each part counts by its items. None where a part has no value.
    pub(super) fn of_index(node: &Indicator, figures: &BTreeMap<&str, &Figure>) -> Option<Self> {
        let term = |part: &Indicator| {
            let value = figures.get(part.code.as_str())?.estimate?;
            Some(Term { factor: count(part.items().count()), value })
        };
        let terms = node.parts.iter().map(term).collect::<Option<Vec<_>>>()?;
        Some(Self { terms, divisor: count(node.items().count()) }).filter(|formula| !formula.terms.is_empty())
    }

    /// Of an item, from the share of each level. None where a share is not told.
    pub(super) fn of_item(rule: ItemRule, levels: u8, shares: &[Figure]) -> Option<Self> {
        let scores = rule.scores(levels);
        let divisor = if rule == ItemRule::M { f64::from(levels) } else { 1.0 };
        let term = |level: u8| {
            let share = shares.iter().find(|share| share.answer == i16::from(level))?;
            let score = scores.get(usize::from(level)).copied()?;
            Some(Term { factor: (score * divisor).round(), value: share.estimate? })
        };
        let terms = (1..=levels).map(term).collect::<Option<Vec<_>>>()?;
        let terms: Vec<Term> = terms.into_iter().filter(|term| term.factor > 0.0).collect();
        Some(Self { terms, divisor }).filter(|formula| !formula.terms.is_empty())
    }
}

/// The levels of an item's scale; none for what is no item.
pub(super) fn levels(form: &Form, node: &Indicator) -> Option<u8> {
    let choices = form.unit(&node.code)?.choices()?;
    choices.codes.iter().filter_map(|code| u8::try_from(*code).ok()).max().filter(|_| node.kind == IndicatorKind::Item)
}

/// How the interval of a figure was made: by the rule of the tables.
pub(super) fn interval_method(rule: ItemRule, kind: IndicatorKind, value: f64) -> IntervalMethod {
    let share = rule == ItemRule::T && kind == IndicatorKind::Item;
    match value {
        value if share && (value <= 0.0 || value >= 1.0) => IntervalMethod::KornGraubard,
        value if share && !(0.1..=0.9).contains(&value) => IntervalMethod::Wilson,
        _ => IntervalMethod::Logit,
    }
}

/// How many people of a place answered any of these items, by the way they answered; a count that must not be told is none. Nothing where answers
/// came since the run.
pub(super) async fn modes(
    app: &App,
    campaign: &Campaign,
    run: &Run,
    place: &str,
    items: &[&str],
) -> Result<Option<Vec<(String, Option<u32>)>>> {
    let copy = copy::current(app, campaign).await?;
    if copy.set.digest != run.response_digest {
        return Ok(None);
    }
    let design = answers::design(app, campaign.id).await?;
    let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
    let place = place.to_owned();
    blocking::run(move || {
        let units: Vec<&str> = items.iter().map(String::as_str).collect();
        let coded = copy.columns(&units)?;
        let of_place = design.iter().filter(|unit| place == COUNTRY || unit.province_code == place);
        let inside: HashSet<&str> = of_place.map(|unit| unit.psu.as_str()).collect();
        let columns: Vec<&Vec<u8>> = units
            .iter()
            .filter_map(|unit| match coded.unit(unit) {
                Some(Answers::Codes(column)) => Some(column),
                _ => None,
            })
            .collect();
        let mut counted: BTreeMap<&str, (u32, BTreeSet<&str>)> = BTreeMap::new();
        for (row, (psu, mode)) in coded.psu.iter().zip(coded.mode.iter()).enumerate() {
            let valid = |column: &&Vec<u8>| column.get(row).is_some_and(|code| (1..NOTHING).contains(code));
            if inside.contains(psu) && columns.iter().any(valid) {
                let entry = counted.entry(mode).or_default();
                entry.0 += 1;
                entry.1.insert(psu);
            }
        }
        protected(&counted).map(Some)
    })
    .await
}

fn protected(counted: &BTreeMap<&str, (u32, BTreeSet<&str>)>) -> Result<Vec<(String, Option<u32>)>> {
    const TOTAL: &str = "*";
    let support = |respondents, psus| Support { respondents, psus, all_alike: false };
    let psus = |places: &BTreeSet<&str>| u32::try_from(places.len()).unwrap_or(u32::MAX);
    let mut cells: Vec<CountCell> = counted
        .iter()
        .map(|(mode, (n, places))| CountCell { code: (*mode).to_owned(), support: support(*n, psus(places)) })
        .collect();
    let total = counted.values().map(|(n, _)| *n).sum();
    cells.push(CountCell { code: TOTAL.to_owned(), support: support(total, u32::MAX) });
    let line = Line { total: TOTAL.to_owned(), parts: counted.keys().map(|mode| (*mode).to_owned()).collect() };
    let table = CountTable::new(cells, &[line]);
    // Where nothing is left to hide with a small count, none is told.
    let hidden = match table.and_then(|table| protect(&table)) {
        Ok(protected) => protected.hidden,
        Err(analysis::confidentiality::ConfidentialityError::Unprotected { .. }) => vec![true; counted.len()],
        Err(cause) => return Err(Error::internal("results-confidentiality").caused_by(cause)),
    };
    let told =
        |((mode, (n, _)), hidden): ((&&str, &(u32, _)), bool)| ((*mode).to_owned(), (!hidden).then(|| published_n(*n)));
    Ok(counted.iter().zip(hidden).map(told).collect())
}

#[expect(clippy::cast_precision_loss, reason = "a questionnaire has dozens of items")]
fn count(items: usize) -> f64 {
    items as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::views::tests::row;

    fn share(answer: i16, estimate: f64) -> Figure {
        Figure { answer, estimate: Some(estimate), ..row("01", estimate, 0.0, 1.0).figure }
    }

    #[test]
    fn an_item_is_worked_out_of_the_shares_of_its_levels() {
        let shares = [share(1, 0.1), share(2, 0.0), share(3, 0.2), share(4, 0.3), share(5, 0.4)];
        let mean = Formula::of_item(ItemRule::M, 5, &shares).unwrap();
        assert_eq!(mean.terms.iter().map(|term| term.factor).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert!((mean.value() - 0.78).abs() < 1e-12);
        let satisfied = Formula::of_item(ItemRule::T, 5, &shares).unwrap();
        assert!((satisfied.value() - 0.7).abs() < 1e-12 && satisfied.terms.len() == 2);
        assert_eq!(Formula::of_item(ItemRule::M, 5, &shares[..4]), None, "a share that is not told");
    }

    #[test]
    fn a_part_counts_by_its_items() {
        let node = Indicator::new(
            IndicatorKind::Domain,
            "d",
            vec![Indicator::factor("f", ["a", "b", "c"]), Indicator::factor("g", ["e"])],
        );
        let (f, g) = (share(0, 0.8), share(0, 0.4));
        let figures = BTreeMap::from([("f", &f), ("g", &g)]);
        let formula = Formula::of_index(&node, &figures).unwrap();
        assert!((formula.value() - 0.7).abs() < 1e-12);
        assert_eq!(Formula::of_index(&node, &BTreeMap::from([("f", &f)])), None);
    }

    #[test]
    fn a_small_count_by_mode_is_hidden_with_another() {
        let places: BTreeSet<&str> = ["a", "b", "c"].into();
        let counted = BTreeMap::from([("paper", (4, places.clone())), ("web", (96, places.clone()))]);
        assert!(protected(&counted).unwrap().iter().all(|(_, n)| n.is_none()));
        let counted = BTreeMap::from([("paper", (42, places.clone())), ("web", (196, places))]);
        assert_eq!(protected(&counted).unwrap(), [("paper".to_owned(), Some(40)), ("web".to_owned(), Some(196))]);
    }
}
