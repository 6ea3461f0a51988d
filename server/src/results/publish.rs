//! What of a figure may be kept and shown: whether it would tell what single persons said, and how reliable it is.
//!
//! Both by `analysis`: what is small is hidden by `analysis::confidentiality`, and with it what would give it away; what is too inexact
//! for a table by `analysis::estimate::Reliability`.

use std::collections::{BTreeMap, BTreeSet};

use analysis::confidentiality::{
    ConfidentialityError, CountCell, CountTable, LEAST_RESPONDENTS, Line, Range, Support, attack as reckon, protect,
    published_n,
};
use analysis::estimate::Reliability;
use analysis::index::{Indicator, Tree};
use analysis::table::{Cell, Flag};

use super::old_provinces::{self, OLD_PROVINCE, whole};
use super::store::Figure;
use crate::error::{Error, Result};
use crate::places::COUNTRY;

/// Levels of places.
pub(super) const COUNTRY_LEVEL: &str = "country";
pub(super) const PROVINCE_LEVEL: &str = "province";

/// The marks a figure may carry, in this order; each has a word in the texts (`results-flag-…`). As Eurostat's: c confidential, u low
/// reliability, e estimated, b break, p provisional; and m, a part is missing.
pub const HIDDEN: char = 'c';
pub(super) const UNRELIABLE: char = 'u';
pub(super) const ESTIMATED: char = 'e';
pub(super) const PART_MISSING: char = 'm';
pub(super) const BREAK: char = 'b';
pub(super) const PROVISIONAL: char = 'p';
pub(super) const FLAGS: [char; 6] = [HIDDEN, UNRELIABLE, ESTIMATED, PART_MISSING, BREAK, PROVISIONAL];

/// A figure before anybody has asked whether it may be shown.
pub(super) struct Proposed<'a> {
    pub place: &'a str,
    /// An indicator or a question.
    pub code: String,
    /// The choice whose share this is; 0 for an indicator.
    pub answer: i16,
    pub cell: &'a Cell,
}

/// A code and a place: everything that is told of both at once is hidden or shown together, since each figure tells of the others.
type Spot<'a> = (&'a str, &'a str);

/// The figures as they may be kept. A hidden one has neither value nor n.
pub(super) fn figures(proposed: &[Proposed<'_>], tree: Option<&Tree>) -> Result<Vec<Figure>> {
    let supports = supports(proposed);
    let hidden = hidden(&supports, tree)?;
    let figure = |it: &Proposed<'_>| {
        let support = supports.get(it.code.as_str()).and_then(|places| places.get(it.place));
        value(it, support.map_or(0, |support| support.respondents), hidden.contains(&(it.code.as_str(), it.place)))
    };
    Ok(proposed.iter().map(figure).collect())
}

/// A figure of a table that is made for whoever asks for it; `hidden` as the table's own protection says.
pub fn of_cell(place: &str, code: &str, cell: &Cell, n: u32, hidden: bool) -> Figure {
    value(&Proposed { place, code: code.to_owned(), answer: 1, cell }, n, hidden)
}

type Supports<'a> = BTreeMap<&'a str, BTreeMap<&'a str, Support>>;

/// What stands behind each code in each place. That nobody chose an answer tells less than that everybody did.
fn supports<'a>(proposed: &'a [Proposed<'a>]) -> Supports<'a> {
    let mut supports: Supports<'a> = BTreeMap::new();
    for Proposed { place, code, answer, cell } in proposed {
        let alike = cell.flags.contains(&Flag::AllAlike) && (*answer == 0 || cell.estimate == Some(1.0));
        // Without a value there are no communes to count.
        let psus = cell.estimate.map_or(u32::MAX, |_| cell.psus);
        let fresh = Support { respondents: cell.n, psus, all_alike: alike };
        let support = supports.entry(code).or_default().entry(place).or_insert(fresh);
        support.respondents = support.respondents.max(cell.n);
        support.psus = support.psus.min(psus);
        support.all_alike |= alike;
    }
    // What is made of others holds as many as they do, the smaller wholes first.
    for places in supports.values_mut() {
        for (whole, parts) in lines(places).into_iter().rev() {
            let sum = parts.iter().filter_map(|part| places.get(part)).map(|support| support.respondents).sum();
            if let Some(whole) = places.get_mut(whole) {
                whole.respondents = sum;
            }
        }
    }
    supports
}

/// Each whole with its parts, the country first: it is the sum of its provinces, a province that of the earlier ones it was made of.
fn lines<'a>(places: &BTreeMap<&'a str, Support>) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut lines: BTreeMap<&'a str, Vec<&'a str>> = BTreeMap::new();
    for place in places.keys().filter(|place| **place != COUNTRY) {
        lines.entry(whole(place)).or_default().push(place);
    }
    lines.retain(|whole, _| places.contains_key(whole));
    let mut lines: Vec<_> = lines.into_iter().collect();
    lines.sort_by_key(|(whole, _)| *whole != COUNTRY);
    lines
}

/// What must be hidden, to a fixed point: by itself, by what places add up to, and by an index that is the mean of its parts.
fn hidden<'a>(supports: &Supports<'a>, tree: Option<&'a Tree>) -> Result<BTreeSet<Spot<'a>>> {
    let mut forced: BTreeSet<Spot<'a>> = BTreeSet::new();
    loop {
        let mut hidden = BTreeSet::new();
        for (code, places) in supports {
            hidden.extend(of_code(code, places, &forced)?);
        }
        let more: Vec<Spot<'a>> = tree.iter().flat_map(|tree| given_away(tree.overall(), supports, &hidden)).collect();
        if more.is_empty() {
            return Ok(hidden);
        }
        forced.extend(more);
    }
}

/// The places that are hidden of one code.
fn of_code<'a>(
    code: &'a str,
    places: &BTreeMap<&'a str, Support>,
    forced: &BTreeSet<Spot<'a>>,
) -> Result<Vec<Spot<'a>>> {
    // No commune to speak of: sensitive, whatever its people.
    let psus = |place: &str, psus| if forced.contains(&(code, place)) { 0 } else { psus };
    let protected = count_table(places, psus).and_then(|table| protect(&table));
    let protected = protected.map_err(unprotected)?;
    Ok(places.keys().zip(protected.hidden).filter(|(_, hidden)| *hidden).map(|(place, _)| (code, *place)).collect())
}

/// The places of one code with all lines in which they add up. `psus` may tell of fewer communes than there are.
fn count_table(
    places: &BTreeMap<&str, Support>,
    psus: impl Fn(&str, u32) -> u32,
) -> Result<CountTable, ConfidentialityError> {
    let cell = |(place, support): (&&str, &Support)| {
        let support = Support { psus: psus(place, support.psus), ..*support };
        CountCell { code: (*place).to_owned(), support }
    };
    let owned = |parts: Vec<&str>| parts.into_iter().map(str::to_owned).collect();
    let line = |(whole, parts): (&str, _)| Line { total: whole.to_owned(), parts: owned(parts) };
    let lines: Vec<Line> = lines(places).into_iter().map(line).collect();
    CountTable::new(places.iter().map(cell).collect(), &lines)
}

fn unprotected(cause: ConfidentialityError) -> Error {
    Error::internal("results-confidentiality").caused_by(cause)
}

/// What an attacker with every published figure found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attacked {
    /// Codes and places that are hidden.
    pub hidden: usize,
    /// Those too small to be shown whose number of people is known to fewer than ten.
    pub recovered: usize,
}

/// Tries to reckon out how many people stand behind each hidden figure, from all that are shown and all lines in which they add up.
pub(super) fn attack(proposed: &[Proposed<'_>], figures: &[Figure]) -> Result<Attacked> {
    let hidden: BTreeSet<Spot<'_>> = figures
        .iter()
        .filter(|figure| figure.flags.contains(HIDDEN))
        .map(|figure| (figure.indicator.as_str(), figure.place_code.as_str()))
        .collect();
    let mut attacked = Attacked { hidden: hidden.len(), recovered: 0 };
    for (code, places) in supports(proposed) {
        let table = count_table(&places, |_, psus| psus).map_err(unprotected)?;
        let mask: Vec<bool> = places.keys().map(|place| hidden.contains(&(code, *place))).collect();
        let ranges = reckon(&table, &mask).map_err(unprotected)?;
        let known = |range: &Range| range.width() + 0.5 < f64::from(LEAST_RESPONDENTS);
        let small = table.sensitive().into_iter().zip(ranges).filter(|(small, _)| *small);
        attacked.recovered += small.filter(|(_, range)| range.as_ref().is_none_or(known)).count();
    }
    Ok(attacked)
}

/// In every place: where exactly one of an index and its parts is hidden, it follows from the others, so one more goes.
fn given_away<'a>(node: &'a Indicator, supports: &Supports<'a>, hidden: &BTreeSet<Spot<'a>>) -> Vec<Spot<'a>> {
    let answered = |code: &str, place: &str| {
        supports.get(code).and_then(|places| places.get(place)).map_or(0, |support| support.respondents)
    };
    let mut more = Vec::new();
    for place in supports.get(node.code.as_str()).into_iter().flat_map(BTreeMap::keys) {
        let family = || [node].into_iter().chain(&node.parts).map(|member| member.code.as_str());
        // A part that nobody answered leaves the index without a value: nothing follows from it.
        if node.parts.is_empty() || family().any(|code| answered(code, place) == 0) {
            continue;
        }
        let shown = |code: &&str| !hidden.contains(&(*code, *place));
        if family().filter(|code| !shown(code)).count() == 1 {
            let parts = node.parts.iter().map(|part| part.code.as_str()).filter(shown);
            let weakest = parts.min_by_key(|code| (answered(code, place), *code));
            more.extend(weakest.or_else(|| family().find(shown)).map(|code| (code, *place)));
        }
    }
    more.extend(node.parts.iter().flat_map(|part| given_away(part, supports, hidden)));
    more
}

fn level(place: &str) -> &'static str {
    match place {
        COUNTRY => COUNTRY_LEVEL,
        old if old_provinces::is_old(old) => OLD_PROVINCE,
        _ => PROVINCE_LEVEL,
    }
}

fn value(proposed: &Proposed<'_>, n: u32, hidden: bool) -> Figure {
    let Proposed { place, code, answer, cell } = proposed;
    let alike = cell.flags.contains(&Flag::AllAlike);
    let inexact = cell.reliability.is_some_and(Reliability::is_suppressed);
    let doubtful = cell.reliability.is_some_and(|reliability| reliability != Reliability::Publish);
    let marks = [
        (hidden, HIDDEN),
        (!hidden && doubtful, UNRELIABLE),
        (!hidden && !inexact && alike, ESTIMATED),
        (
            !hidden && cell.flags.iter().any(|flag| [Flag::NoAnswers, Flag::PartWithoutAnswers].contains(flag)),
            PART_MISSING,
        ),
    ];
    let shown = |value: Option<f64>| value.filter(|_| !hidden && !inexact);
    Figure {
        level: level(place).to_owned(),
        place_code: (*place).to_owned(),
        indicator: code.clone(),
        rule: cell.rule.name().to_owned(),
        n: (!hidden).then(|| published_n(if *answer > 0 { n } else { cell.n }).into()),
        estimate: shown(cell.estimate),
        se: shown(cell.se),
        df: shown(cell.estimate.map(|_| cell.df.into())),
        deff: shown(cell.deff),
        ci_low: shown(cell.interval.map(|interval| interval.low)),
        ci_high: shown(cell.interval.map(|interval| interval.high)),
        flags: marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect(),
        answer: *answer,
    }
}

#[cfg(test)]
#[path = "publish_tests.rs"]
mod tests;
