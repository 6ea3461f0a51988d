//! What the sample can tell of a province beside the country, by published figures alone, so that anybody can do it again.

use crate::editions::Difference;
use crate::editions::content::{COUNTRY, Content, Figure, HEADLINE_RULE, Indicator, Level};

/// Most of each that a report names.
pub(super) const MOST: usize = 3;

/// An indicator of a place and how far it is from the country's, in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Against<'c> {
    pub(super) indicator: &'c Indicator,
    pub(super) figure: &'c Figure,
    pub(super) country: Option<f64>,
    pub(super) difference: Option<Difference>,
}

/// Every indicator of a place, in the order of the questionnaire.
pub(super) fn against<'c>(content: &'c Content, place: &str) -> Vec<Against<'c>> {
    let one = |indicator: &'c Indicator| {
        let figures: Vec<&Figure> = content.of(&indicator.code, HEADLINE_RULE, 0).collect();
        let of = |place: &str| figures.iter().copied().find(|it| it.place == place);
        let (figure, country) = (of(place)?, of(COUNTRY));
        let difference = country.and_then(|country| Difference::of(figure, country));
        Some(Against { indicator, figure, country: country.and_then(|it| it.value), difference })
    };
    content.indicators.iter().filter_map(one).collect()
}

/// Items that the sample tells from the country: the highest above it, and the lowest below it, the farthest first.
pub(super) fn extremes<'a, 'c>(all: &'a [Against<'c>]) -> [Vec<(&'a Against<'c>, Difference)>; 2] {
    let mut items: Vec<_> =
        all.iter().filter(|it| it.indicator.level == Level::Item).filter_map(|it| Some((it, it.difference?))).collect();
    items.sort_by(|(_, a), (_, b)| b.points.total_cmp(&a.points));
    let above = items.iter().copied().filter(|(_, it)| it.above()).take(MOST).collect();
    let below = items.iter().rev().copied().filter(|(_, it)| it.below()).take(MOST).collect();
    [above, below]
}

/// How many items of a place have a difference.
pub(super) fn compared(all: &[Against<'_>]) -> usize {
    all.iter().filter(|it| it.indicator.level == Level::Item && it.difference.is_some()).count()
}

/// The highest value of an indicator among the provinces of today.
pub(super) fn best(content: &Content, code: &str) -> Option<f64> {
    let provinces: Vec<&str> = content.provinces().map(|place| place.code.as_str()).collect();
    let values = content.of(code, HEADLINE_RULE, 0).filter(|it| provinces.contains(&it.place.as_str()));
    values.filter_map(|it| it.value).reduce(f64::max)
}
