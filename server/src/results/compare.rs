//! Two runs of a campaign side by side: what differs, by how much, and which input made it so.
//!
//! Responses only ever come. Whoever sees what a few more of them changed sees what those few said, so a place whose figures rest on fewer
//! than ten people more is left out, and the country with it where the provinces would give it away.

use std::collections::{BTreeMap, BTreeSet};

use analysis::confidentiality::LEAST_RESPONDENTS;

use super::old_provinces::whole;
use super::store::{Figure, Run};
use crate::base::seal::hex;
use crate::places::COUNTRY;

/// What a count below a hundred may be away from the true one, in both runs together.
const ROUNDING: i64 = 4;
const EXACT_FROM: i64 = 100;

/// An input that is not the same in both: its name (`results-input-…` in the texts) and both values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cause {
    pub input: &'static str,
    pub before: String,
    pub after: String,
}

/// All inputs of a run, as they are shown.
pub(super) fn inputs(run: &Run) -> [(&'static str, String); 10] {
    let optional = |digest: &Option<Vec<u8>>| digest.as_deref().map(hex).unwrap_or_default();
    [
        ("responses", hex(&run.response_digest)),
        ("design", hex(&run.design_digest)),
        ("form", run.form_digest.clone()),
        ("method", run.method.clone()),
        ("recipe", format!("{} {}", run.recipe, hex(&run.recipe_digest))),
        ("margins", optional(&run.margin_digest)),
        ("cases", optional(&run.case_digest)),
        ("engine", run.engine.clone()),
        ("seed", run.seed.to_string()),
        ("state", if run.provisional { "provisional" } else { "final" }.to_owned()),
    ]
}

pub(super) fn causes(before: &Run, after: &Run) -> Vec<Cause> {
    let both = inputs(before).into_iter().zip(inputs(after));
    both.filter(|((_, before), (_, after))| before != after)
        .map(|((input, before), (_, after))| Cause { input, before, after })
        .collect()
}

/// A difference between these runs says nothing of people's opinion.
pub(super) fn is_break(before: &Run, after: &Run) -> bool {
    causes(before, after).iter().any(|cause| ["form", "method", "recipe"].contains(&cause.input))
}

/// What is not the same.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Difference {
    pub before: Option<Figure>,
    pub after: Option<Figure>,
}

impl Difference {
    pub(super) fn figure(&self) -> Option<&Figure> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// After less before; none where one of them has no value.
    pub(super) fn change(&self) -> Option<f64> {
        let value = |figure: &Option<Figure>| figure.as_ref().and_then(|figure| figure.estimate);
        Some(value(&self.after)? - value(&self.before)?)
    }
}

/// What two runs have not in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Compared {
    /// The largest changes first, then what has a value in one of them only.
    pub differences: Vec<Difference>,
    pub same: usize,
    /// Figures that differ and are left out, for the sake of the few people who came.
    pub left_out: usize,
}

type Key = (String, String, i16, String);

fn key(figure: &Figure) -> Key {
    (figure.place_code.clone(), figure.rule.clone(), figure.answer, figure.indicator.clone())
}

/// `same_people`: both runs have the same responses.
pub(super) fn compare(before: Vec<Figure>, after: Vec<Figure>, same_people: bool) -> Compared {
    let mut pairs: BTreeMap<Key, Difference> = BTreeMap::new();
    for figure in before {
        pairs.insert(key(&figure), Difference { before: Some(figure), after: None });
    }
    for figure in after {
        let pair = pairs.entry(key(&figure)).or_insert(Difference { before: None, after: None });
        pair.after = Some(figure);
    }
    let all = pairs.len();
    let mut different: Vec<Difference> = pairs.into_values().filter(|pair| pair.before != pair.after).collect();
    let same = all - different.len();
    let before = different.len();
    if !same_people {
        let close = too_close(&different);
        different.retain(|pair| pair.figure().is_some_and(|figure| !close.contains(&figure.place_code)));
    }
    let left_out = before - different.len();
    let size = |pair: &Difference| pair.change().map_or(-1.0, f64::abs);
    different.sort_by(|one, other| size(other).total_cmp(&size(one)));
    Compared { differences: different, same, left_out }
}

/// The places where too few people came to show what they changed.
fn too_close(different: &[Difference]) -> Vec<String> {
    let mut came: BTreeMap<&str, (i64, bool)> = BTreeMap::new();
    for pair in different {
        let Some(figure) = pair.figure() else { continue };
        let n = |figure: &Option<Figure>| figure.as_ref().and_then(|figure| figure.n).unwrap_or_default();
        let (before, after) = (n(&pair.before), n(&pair.after));
        let more = (after - before).abs();
        let rounding = if before.min(after) < EXACT_FROM { ROUNDING } else { 0 };
        // Hidden in one of them: the pair has no change to tell of.
        let close = pair.change().is_some() && more - rounding < i64::from(LEAST_RESPONDENTS);
        let place = came.entry(&figure.place_code).or_default();
        *place = (place.0.max(more), place.1 || close);
    }
    let mut close: Vec<&str> = came.iter().filter(|(_, (_, close))| *close).map(|(place, _)| *place).collect();
    let wholes: BTreeSet<&str> = came.keys().filter(|place| **place != COUNTRY).map(|place| whole(place)).collect();
    // The provinces before the country: what is left out of them is not told by it either.
    for of in wholes.iter().filter(|of| **of != COUNTRY).chain([&COUNTRY]) {
        let few = close.iter().filter(|place| **place != COUNTRY && whole(place) == *of);
        let few: Vec<i64> = few.filter_map(|place| came.get(place)).map(|(more, _)| *more).collect();
        // What is shown of the whole less what is shown of the others is what those few changed together.
        let together: i64 = few.iter().map(|more| (more - ROUNDING).max(0)).sum();
        if !few.is_empty() && together < i64::from(LEAST_RESPONDENTS) && !close.contains(of) {
            close.push(of);
        }
    }
    close.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(place: &str, indicator: &str, n: i64, estimate: f64) -> Figure {
        Figure {
            level: "province".to_owned(),
            place_code: place.to_owned(),
            indicator: indicator.to_owned(),
            rule: "M".to_owned(),
            n: Some(n),
            estimate: Some(estimate),
            se: None,
            df: None,
            deff: None,
            ci_low: None,
            ci_high: None,
            flags: String::new(),
            answer: 0,
        }
    }

    fn places(compared: &Compared) -> Vec<&str> {
        compared.differences.iter().filter_map(Difference::figure).map(|figure| figure.place_code.as_str()).collect()
    }

    #[test]
    fn the_largest_change_comes_first_and_equal_figures_are_counted() {
        let before = vec![figure("01", "a", 500, 0.5), figure("01", "b", 500, 0.5), figure("01", "c", 500, 0.5)];
        let after = vec![figure("01", "a", 500, 0.6), figure("01", "b", 500, 0.2), figure("01", "c", 500, 0.5)];
        let compared = compare(before, after, true);
        let indicators: Vec<_> =
            compared.differences.iter().filter_map(Difference::figure).map(|it| it.indicator.as_str()).collect();
        assert_eq!((indicators, compared.same, compared.left_out), (vec!["b", "a"], 1, 0));
        let change = compared.differences.first().and_then(Difference::change);
        assert!(change.is_some_and(|change| (change + 0.3).abs() < 1e-12));
    }

    #[test]
    fn what_a_few_more_people_changed_is_left_out_and_the_country_with_it() {
        let of = |hanoi: i64, danang: i64| {
            vec![
                figure("VN", "a", hanoi + danang, 0.5 + 0.001 * real(hanoi) + 0.001 * real(danang)),
                figure("01", "a", hanoi, 0.001 * real(hanoi)),
                figure("48", "a", danang, 0.001 * real(danang)),
            ]
        };
        // Nine people came in Hà Nội, fifty in Đà Nẵng: the country less Đà Nẵng is the nine.
        let compared = compare(of(500, 500), of(509, 550), false);
        assert_eq!((places(&compared), compared.left_out), (vec!["48"], 2));
        assert_eq!(places(&compare(of(500, 500), of(514, 550), false)).len(), 3, "ten and more are a crowd");
        // Counts below a hundred are rounded: ten more may be six.
        assert!(places(&compare(of(60, 500), of(70, 500), false)).is_empty());
        // The same people, weighted otherwise: nothing new is told of anybody.
        assert_eq!(places(&compare(of(500, 500), of(509, 550), true)).len(), 3);
    }

    #[test]
    fn a_province_of_today_does_not_tell_of_few_people_of_an_earlier_one() {
        let of = |first: i64, second: i64| {
            let sum = first + second;
            [("24/24", first), ("24/27", second), ("24", sum), ("48", second), ("VN", sum + second)]
                .map(|(place, n)| figure(place, "a", n, 0.001 * real(n)))
                .to_vec()
        };
        let compared = compare(of(500, 500), of(509, 550), false);
        let mut shown = places(&compared);
        shown.sort_unstable();
        assert_eq!((shown, compared.left_out), (vec!["24/27", "48", "VN"], 2));
    }

    fn real(n: i64) -> f64 {
        f64::from(i32::try_from(n).unwrap_or_default())
    }
}
