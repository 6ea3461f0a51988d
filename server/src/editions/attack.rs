//! What an outsider reckons out from a whole edition: sums of people, shares that add up to a hundred, an index that is the mean of its parts.
//!
//! It knows the document only, and nothing of how figures were hidden: a second opinion on `results::publish`.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{COUNTRY, Content, Figure, Indicator, PlaceKind, SHARES};
use crate::results::HIDDEN;

/// A hidden figure that follows from those that are shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Recovered {
    pub place: String,
    pub code: String,
    pub rule: String,
    pub answer: i16,
}

type Spot<'a> = (&'a str, &'a str, &'a str, i16);

/// Every line in which all but one figure are known gives that one; it is then known for the other lines. To a fixed point.
pub(super) fn attack(content: &Content) -> Vec<Recovered> {
    let figures: BTreeMap<Spot<'_>, &Figure> = content.figures.iter().map(|figure| (spot(figure), figure)).collect();
    let lines = lines(content, &figures);
    let hidden: BTreeSet<Spot<'_>> =
        figures.iter().filter(|(_, figure)| figure.flags.contains(HIDDEN)).map(|(spot, _)| *spot).collect();
    // Withheld as too inexact: without a value, though no secret.
    let valueless = |spot: &Spot<'_>| figures.get(spot).is_none_or(|figure| figure.value.is_none());
    let mut recovered: BTreeSet<Spot<'_>> = BTreeSet::new();
    loop {
        let unknown = |spot: &&Spot<'_>, line: &Line<'_>| match line.of {
            Sum::People => hidden.contains(*spot) && !recovered.contains(*spot),
            Sum::Values => valueless(spot) && !recovered.contains(*spot),
        };
        let found = lines.iter().find_map(|line| {
            let mut open = line.spots.iter().filter(|spot| unknown(spot, line));
            let one = open.next().filter(|_| open.next().is_none())?;
            hidden.contains(one).then_some(*one)
        });
        match found {
            Some(spot) => _ = recovered.insert(spot),
            None => break,
        }
    }
    let owned = |(place, code, rule, answer): Spot<'_>| Recovered {
        place: place.to_owned(),
        code: code.to_owned(),
        rule: rule.to_owned(),
        answer,
    };
    recovered.into_iter().map(owned).collect()
}

fn spot(figure: &Figure) -> Spot<'_> {
    (&figure.place, &figure.code, &figure.rule, figure.answer)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sum {
    /// n of the whole is that of its parts.
    People,
    Values,
}

struct Line<'a> {
    of: Sum,
    spots: Vec<Spot<'a>>,
}

fn lines<'a>(content: &'a Content, figures: &BTreeMap<Spot<'a>, &'a Figure>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    let wholes = wholes(content);
    let kinds: BTreeSet<(&str, &str, i16)> =
        figures.keys().map(|(_, code, rule, answer)| (*code, *rule, *answer)).collect();
    for (code, rule, answer) in kinds {
        for (whole, parts) in &wholes {
            let places = parts.iter().chain([whole]);
            let spots = places.map(|place| (*place, code, rule, answer)).filter(|spot| figures.contains_key(spot));
            // A part without a figure has nobody; without the whole there is no sum.
            if figures.contains_key(&(*whole, code, rule, answer)) {
                lines.push(Line { of: Sum::People, spots: spots.collect() });
            }
        }
    }
    for place in &content.places {
        for question in content.questions.iter().filter(|question| !question.several) {
            let spots = question
                .answers
                .iter()
                .map(|(answer, _)| (place.code.as_str(), question.code.as_str(), SHARES, *answer));
            lines.push(Line { of: Sum::Values, spots: spots.filter(|spot| figures.contains_key(spot)).collect() });
        }
        for rule in ["M", "T"] {
            let families = content.indicators.iter().map(|node| family(content, node));
            let spots = families
                .map(|codes| codes.into_iter().map(|code| (place.code.as_str(), code, rule, 0)).collect::<Vec<_>>());
            // A part that does not exist here leaves nothing to reckon with.
            let whole = spots.filter(|spots| spots.len() > 1 && spots.iter().all(|spot| figures.contains_key(spot)));
            lines.extend(whole.map(|spots| Line { of: Sum::Values, spots }));
        }
    }
    lines
}

/// An index and the parts whose mean it is.
fn family<'a>(content: &'a Content, node: &'a Indicator) -> Vec<&'a str> {
    let parts = content.indicators.iter().filter(|part| part.part_of.as_deref() == Some(&node.code));
    [node].into_iter().chain(parts).map(|member| member.code.as_str()).collect()
}

/// The country with its provinces, and each province with the earlier ones it was made of.
fn wholes(content: &Content) -> Vec<(&str, Vec<&str>)> {
    let provinces = content.provinces().map(|place| place.code.as_str()).collect();
    let mut wholes = vec![(COUNTRY, provinces)];
    for province in content.provinces() {
        let inside = |place: &&super::content::Place| {
            place.kind == PlaceKind::Earlier && place.code.split('/').next() == Some(&province.code)
        };
        let earlier: Vec<&str> = content.places.iter().filter(inside).map(|place| place.code.as_str()).collect();
        if !earlier.is_empty() {
            wholes.push((&province.code, earlier));
        }
    }
    wholes
}

#[cfg(test)]
#[path = "attack_tests.rs"]
mod tests;
