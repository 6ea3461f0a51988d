//! What of a figure may be kept and shown: how reliable it is, and whether it would tell what single persons said.
//!
//! Thresholds: NCHS's presentation standards and the floor of ten for opinions about one's own office.

use analysis::table::{Cell, Flag};

use super::compute::Share;
use super::store::Figure;
use crate::places::COUNTRY;

/// Fewer answers, or fewer communes, and the value is not kept.
const LEAST_ANSWERS: u32 = 10;
const LEAST_COMMUNES: usize = 3;
/// Fewer answers or degrees of freedom, or a wider interval, and the value is marked.
const RELIABLE_ANSWERS: u32 = 30;
const RELIABLE_DF: u32 = 8;
const WIDEST: f64 = 0.30;

/// The marks a figure may carry, in this order; each has a word in the texts (`results-flag-…`).
pub(super) const HIDDEN: char = 'c';
pub(super) const UNRELIABLE: char = 'u';
pub(super) const ALIKE: char = 'a';
pub(super) const PART_MISSING: char = 'm';
pub(super) const FLAGS: [char; 4] = [HIDDEN, UNRELIABLE, ALIKE, PART_MISSING];

pub(super) fn figure(cell: &Cell, place: &str, communes: usize) -> Figure {
    let alike = cell.flags.contains(&Flag::AllAlike);
    let hidden = few(cell.n, communes) || (alike && cell.n < RELIABLE_ANSWERS);
    value(cell, place, hidden)
}

/// The answers to one question in one place: all are kept or none, since each tells of the others. That nobody chose one
/// of them tells less than that everybody did.
pub(super) fn shares(answers: &[Share<'_>], place: &str, communes: usize) -> Vec<Figure> {
    let everybody = |share: &Share<'_>| share.cell.n < RELIABLE_ANSWERS && share.cell.estimate == Some(1.0);
    let hidden = answers.iter().any(|share| few(share.cell.n, communes) || everybody(share));
    let figure = |share: &Share<'_>| Figure {
        indicator: share.question.unit.clone(),
        answer: share.choice,
        ..value(share.cell, place, hidden)
    };
    answers.iter().map(figure).collect()
}

fn few(n: u32, communes: usize) -> bool {
    n < LEAST_ANSWERS || communes < LEAST_COMMUNES
}

fn value(cell: &Cell, place: &str, hidden: bool) -> Figure {
    let alike = cell.flags.contains(&Flag::AllAlike);
    let wide = cell.interval.is_some_and(|interval| interval.high - interval.low >= WIDEST);
    let unreliable = cell.n < RELIABLE_ANSWERS || cell.df < RELIABLE_DF || wide;
    let marks = [
        (hidden, HIDDEN),
        (!hidden && unreliable, UNRELIABLE),
        (!hidden && alike, ALIKE),
        (!hidden && cell.flags.contains(&Flag::PartWithoutAnswers), PART_MISSING),
    ];
    let shown = |value: Option<f64>| value.filter(|_| !hidden);
    Figure {
        level: if place == COUNTRY { "country" } else { "province" }.to_owned(),
        place_code: place.to_owned(),
        indicator: cell.indicator.clone(),
        rule: cell.rule.name().to_owned(),
        n: cell.n.into(),
        estimate: shown(cell.estimate),
        se: shown(cell.se),
        df: shown(Some(cell.df.into())),
        deff: shown(cell.deff),
        ci_low: shown(cell.interval.map(|interval| interval.low)),
        ci_high: shown(cell.interval.map(|interval| interval.high)),
        flags: marks.into_iter().filter(|(holds, _)| *holds).map(|(_, mark)| mark).collect(),
        answer: 0,
    }
}

#[cfg(test)]
mod tests {
    use analysis::estimate::{Interval, IntervalMethod};
    use analysis::index::{IndicatorKind, ItemRule};

    use super::*;

    fn cell(n: u32, df: u32, low: f64, high: f64, flags: &[Flag]) -> Cell {
        Cell {
            level: "province".to_owned(),
            group: "01".to_owned(),
            kind: IndicatorKind::Item,
            indicator: "q9_01".to_owned(),
            method: "sipas-2026-t",
            rule: ItemRule::T,
            n,
            estimate: Some(0.8),
            se: Some(0.02),
            df,
            deff: Some(1.4),
            interval: Some(Interval { low, high, method: IntervalMethod::Logit }),
            flags: flags.to_vec(),
        }
    }

    #[test]
    fn a_figure_of_few_people_keeps_only_its_count() {
        let hidden = figure(&cell(9, 9, 0.7, 0.9, &[]), "01", 5);
        assert_eq!((hidden.n, hidden.flags.as_str()), (9, "c"));
        assert_eq!(
            (hidden.estimate, hidden.se, hidden.deff, hidden.ci_low, hidden.ci_high),
            (None, None, None, None, None)
        );
        assert_eq!(figure(&cell(10, 9, 0.7, 0.9, &[]), "01", 2).estimate, None, "two communes know each other");
        assert_eq!(
            figure(&cell(29, 9, 0.7, 0.9, &[Flag::AllAlike]), "01", 5).estimate,
            None,
            "everybody's answer would be known"
        );
        assert_eq!(figure(&cell(10, 9, 0.7, 0.9, &[]), "01", 3).estimate, Some(0.8));
    }

    #[test]
    fn a_weak_figure_is_marked_and_a_sound_one_is_not() {
        for (weak, why) in [
            (cell(29, 9, 0.7, 0.9, &[]), "n"),
            (cell(300, 7, 0.7, 0.9, &[]), "df"),
            (cell(300, 9, 0.5, 0.8, &[]), "width"),
        ] {
            assert_eq!(figure(&weak, "01", 10).flags, "u", "{why}");
        }
        assert_eq!(figure(&cell(30, 8, 0.7, 0.9, &[]), "01", 10).flags, "");
        assert_eq!(figure(&cell(30, 8, 0.9, 1.0, &[Flag::AllAlike]), "01", 10).flags, "a");
    }
}
