//! What the numbers say, and no more: differences only where they are more than chance.

use super::shelf::{Public, Released};
use crate::editions::Difference;
use crate::editions::content::{COUNTRY, Level};

/// How a figure changed since the survey before, by the same method; none where the method is another one.
pub(super) struct Change {
    pub since: i32,
    pub difference: Difference,
}

pub(super) fn change(public: &Public, code: &str, rule: &str, place: &str) -> Option<Change> {
    let [newest, before, ..] = &public.surveys[..] else { return None };
    if newest.content.method.name != before.content.method.name
        || newest.content.survey.year == before.content.survey.year
    {
        return None;
    }
    let difference = Difference::of(newest.figure(code, rule, place)?, before.figure(code, rule, place)?)?;
    Some(Change { since: before.content.survey.year, difference })
}

/// A factor in which a province differs from the country by more than chance.
pub(super) struct Standout<'a> {
    pub code: &'a str,
    pub difference: Difference,
}

/// Strengths and weaknesses of a province: at most three each, the largest differences first.
pub(super) fn standouts<'a>(released: &'a Released, rule: &str, place: &str) -> (Vec<Standout<'a>>, Vec<Standout<'a>>) {
    let standout = |code: &'a str| {
        let difference = Difference::of(released.figure(code, rule, place)?, released.figure(code, rule, COUNTRY)?)?;
        difference.is_more_than_chance().then_some(Standout { code, difference })
    };
    let (mut above, mut below): (Vec<_>, Vec<_>) =
        released.of_level(Level::Factor).filter_map(standout).partition(|it| it.difference.points > 0.0);
    for side in [&mut above, &mut below] {
        side.sort_by(|one, other| other.difference.points.abs().total_cmp(&one.difference.points.abs()));
        side.truncate(3);
    }
    (above, below)
}

/// The factors with the highest and the lowest value in the country.
pub(super) fn extremes<'a>(released: &'a Released, rule: &str) -> Option<[(&'a str, f64); 2]> {
    let valued =
        released.of_level(Level::Factor).filter_map(|code| Some((code, released.figure(code, rule, COUNTRY)?.value?)));
    let mut valued: Vec<_> = valued.collect();
    valued.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    Some([*valued.first()?, *valued.last()?]).filter(|[first, last]| first.0 != last.0)
}
