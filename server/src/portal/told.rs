//! Figures in words: decimal comma, a dash where there is no value.

use std::collections::BTreeSet;

use super::pages::Told;
use super::reading::Change;
use crate::base::text::Texts;
use crate::editions::Difference;
use crate::editions::content::Figure;

pub(super) const NOTHING: &str = "–";

pub(super) fn told(texts: Texts, figure: &Figure) -> Told {
    let bounds = figure.low.zip(figure.high);
    let interval = bounds.map(|(low, high)| format!("{} – {}", texts.decimal(low, 2), texts.decimal(high, 2)));
    let rank = figure.standing.map(|it| {
        let set = [("rank", it.rank), ("first", it.first), ("last", it.last)];
        texts.with("results-rank-set", set.map(|(name, rank)| (name, i64::from(rank)))).into_owned()
    });
    Told {
        value: points(texts, figure.value),
        interval: interval.unwrap_or_else(|| NOTHING.to_owned()),
        n: figure.n.map_or_else(|| NOTHING.to_owned(), |n| texts.number(n)),
        rank: rank.unwrap_or_default(),
        flags: meanings(texts, [figure].into_iter()),
    }
}

/// Where an edition has no such figure.
pub(super) fn untold() -> Told {
    let nothing = || NOTHING.to_owned();
    Told { value: nothing(), interval: nothing(), n: nothing(), ..Told::default() }
}

pub(super) fn points(texts: Texts, value: Option<f64>) -> String {
    value.map_or_else(|| NOTHING.to_owned(), |value| texts.decimal(value, 2))
}

/// `+1,28` or `−0,40`.
pub(super) fn signed(texts: Texts, points: f64) -> String {
    let sign = if points < 0.0 { "\u{2212}" } else { "+" };
    format!("{sign}{}", texts.decimal(points.abs(), 2))
}

/// `+1,28 (0,30 – 2,26)`, and in words whether it is more than chance.
pub(super) fn difference(texts: Texts, difference: Difference) -> String {
    let words = texts.get(if difference.is_more_than_chance() { "portal-more-than-chance" } else { "portal-chance" });
    let interval = format!("{} – {}", signed(texts, difference.low), signed(texts, difference.high));
    format!("{} ({interval}; {words})", signed(texts, difference.points))
}

pub(super) fn change(texts: Texts, change: Option<Change>) -> String {
    change.map_or_else(|| NOTHING.to_owned(), |change| difference(texts, change.difference))
}

/// The letters that occur, each once, with their meanings.
pub(super) fn meanings<'a>(texts: Texts, figures: impl Iterator<Item = &'a Figure>) -> Vec<(char, String)> {
    let letters: BTreeSet<char> = figures.flat_map(|figure| figure.flags.chars()).collect();
    letters.into_iter().map(|letter| (letter, texts.get(&format!("results-flag-{letter}")).into_owned())).collect()
}
