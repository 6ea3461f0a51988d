//! What a correction changed.

use std::collections::{BTreeMap, BTreeSet};

use super::content::{Content, Figure};

/// Figures that are not the same in two editions, and where they stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changed {
    pub figures: usize,
    /// Places by their codes.
    pub places: BTreeSet<String>,
    /// The largest change of a value, in points.
    pub largest: f64,
}

pub fn changes(before: &Content, after: &Content) -> Changed {
    type Key<'a> = (&'a str, &'a str, &'a str, i16);
    fn key(figure: &Figure) -> Key<'_> {
        (&figure.place, &figure.code, &figure.rule, figure.answer)
    }
    let old: BTreeMap<Key<'_>, &Figure> = before.figures.iter().map(|figure| (key(figure), figure)).collect();
    let new: BTreeMap<Key<'_>, &Figure> = after.figures.iter().map(|figure| (key(figure), figure)).collect();
    let mut changed = Changed::default();
    for spot in old.keys().chain(new.keys().filter(|spot| !old.contains_key(*spot))) {
        let (was, is) = (old.get(spot), new.get(spot));
        if was == is {
            continue;
        }
        changed.figures += 1;
        changed.places.insert(spot.0.to_owned());
        let value = |figure: Option<&&Figure>| figure.and_then(|figure| figure.value);
        if let Some((was, is)) = value(was).zip(value(is)) {
            changed.largest = changed.largest.max((is - was).abs());
        }
    }
    changed
}
