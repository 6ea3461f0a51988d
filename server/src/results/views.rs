//! Figures in words: rounded once, with the decimal comma, a dash where there is no value.

use analysis::rank::RankSet;
use analysis::table::percent;

use super::store::Figure;
use super::{DECIMALS, Row, publish};
use crate::base::picture::dot_plot::Dot;
use crate::base::text::Texts;

const NOTHING: &str = "–";

/// A figure as a row of a table shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub score: String,
    pub interval: String,
    pub n: String,
    pub deff: String,
    pub marks: Vec<Mark>,
}

/// A letter beside a figure and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub letter: char,
    pub meaning: String,
}

impl Line {
    pub fn of(texts: Texts, figure: &Figure) -> Self {
        Self {
            score: points(texts, figure.estimate),
            interval: interval(texts, figure),
            n: figure.n.map_or_else(|| NOTHING.to_owned(), |n| texts.number(n)),
            deff: figure
                .deff
                .map_or_else(|| NOTHING.to_owned(), |deff| texts.number(analysis::index::half_up(deff, DECIMALS))),
            marks: marks(texts, &figure.flags),
        }
    }
}

impl Line {
    /// Where a run has no such figure.
    pub fn none() -> Self {
        let nothing = || NOTHING.to_owned();
        Self { score: nothing(), interval: nothing(), n: nothing(), deff: nothing(), marks: Vec::new() }
    }
}

/// `3 (1–7)`: a rank with the ranks that the sample allows.
pub(super) fn rank(texts: Texts, rank: u32, allowed: RankSet) -> String {
    let set = [("rank", rank), ("first", allowed.first), ("last", allowed.last)];
    texts.with("results-rank-set", set.map(|(name, rank)| (name, i64::from(rank)))).into_owned()
}

/// By how many points a share changed, with its sign.
pub(super) fn change(texts: Texts, change: Option<f64>) -> String {
    let points = |change: f64| {
        let sign = if change < 0.0 { "\u{2212}" } else { "+" };
        format!("{sign}{}", texts.number(percent(change.abs(), DECIMALS)))
    };
    change.map_or_else(|| NOTHING.to_owned(), points)
}

/// `83,94` of a share of 0.839 4.
pub(super) fn points(texts: Texts, share: Option<f64>) -> String {
    share.map_or_else(|| NOTHING.to_owned(), |share| texts.number(percent(share, DECIMALS)))
}

/// A share as points from 0 to 100, rounded as it is printed.
pub(super) fn rounded(share: Option<f64>) -> Option<f64> {
    percent(share?, DECIMALS).parse().ok()
}

fn interval(texts: Texts, figure: &Figure) -> String {
    match (figure.ci_low, figure.ci_high) {
        (Some(low), Some(high)) => format!("{} – {}", points(texts, Some(low)), points(texts, Some(high))),
        _ => NOTHING.to_owned(),
    }
}

fn marks(texts: Texts, flags: &str) -> Vec<Mark> {
    flags
        .chars()
        .map(|letter| Mark { letter, meaning: texts.get(&format!("results-flag-{letter}")).into_owned() })
        .collect()
}

/// The marks that occur, each once, for the legend under a table.
pub fn legend<'a>(texts: Texts, figures: impl Iterator<Item = &'a Figure>) -> Vec<Mark> {
    marks_of(texts, &figures.map(|figure| figure.flags.as_str()).collect::<String>())
}

/// The marks in `flags`, each once, in their order.
pub(super) fn marks_of(texts: Texts, flags: &str) -> Vec<Mark> {
    let occurring: String = publish::FLAGS.into_iter().filter(|flag| flags.contains(*flag)).collect();
    marks(texts, &occurring)
}

pub(super) fn dot(row: &Row, name: String) -> Dot {
    let figure = &row.figure;
    Dot {
        name,
        value: figure.estimate.map(hundredfold),
        interval: figure.ci_low.zip(figure.ci_high).map(|(low, high)| (hundredfold(low), hundredfold(high))),
        country: row.is_country(),
    }
}

fn hundredfold(share: f64) -> f64 {
    100.0 * share
}

/// How many provinces cannot be told from a neighbour in the order of values, and how many have a value.
pub(super) fn overlapping(rows: &[&Row]) -> (usize, usize) {
    let mut intervals: Vec<(f64, Option<(f64, f64)>)> = rows
        .iter()
        .filter(|row| !row.is_country())
        .filter_map(|row| Some((row.figure.estimate?, row.figure.ci_low.zip(row.figure.ci_high))))
        .collect();
    intervals.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut close = vec![false; intervals.len()];
    for (place, pair) in intervals.windows(2).enumerate() {
        let [(_, above), (_, below)] = pair else { continue };
        // Without an interval nothing can be told apart.
        let apart = above.zip(*below).is_some_and(|((low, _), (_, high))| low > high);
        close.iter_mut().skip(place).take(2).for_each(|close| *close |= !apart);
    }
    (close.iter().filter(|close| **close).count(), close.len())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::base::text::Language;

    pub(in crate::results) fn row(place: &str, estimate: f64, low: f64, high: f64) -> Row {
        let figure = Figure {
            level: "province".to_owned(),
            place_code: place.to_owned(),
            indicator: "overall".to_owned(),
            rule: "M".to_owned(),
            n: Some(1_075),
            estimate: Some(estimate),
            se: Some(0.01),
            df: Some(9.0),
            deff: Some(1.905),
            ci_low: Some(low),
            ci_high: Some(high),
            flags: "u".to_owned(),
            answer: 0,
        };
        Row { place_name: place.to_owned(), figure, standing: None }
    }

    #[test]
    fn figures_are_rounded_half_up_and_written_as_each_language_does() {
        // 0.80075 is stored a little below itself; on paper it is 80.075 and goes up.
        let figure = row("01", 0.800_75, 0.7, 0.9).figure;
        let line = Line::of(Texts::new(Language::Vietnamese), &figure);
        assert_eq!(
            (line.score.as_str(), line.interval.as_str(), line.n.as_str(), line.deff.as_str()),
            ("80,08", "70,00 – 90,00", "1.075", "1,91")
        );
        assert_eq!(Line::of(Texts::new(Language::English), &figure).score, "80.08");
        let hidden =
            Figure { estimate: None, ci_low: None, ci_high: None, deff: None, flags: "c".to_owned(), ..figure };
        let line = Line::of(Texts::new(Language::Vietnamese), &hidden);
        assert_eq!((line.score.as_str(), line.interval.as_str(), line.deff.as_str()), ("–", "–", "–"));
        assert_eq!(line.marks.len(), 1);
    }

    #[test]
    fn provinces_whose_intervals_meet_a_neighbours_are_counted_and_the_country_is_no_neighbour() {
        let rows = [
            row("a", 0.9, 0.88, 0.92),
            row("b", 0.8, 0.79, 0.81),
            row("c", 0.79, 0.78, 0.80),
            row("VN", 0.9, 0.1, 0.99),
        ];
        assert_eq!(overlapping(&rows.iter().collect::<Vec<_>>()), (2, 3));
        assert_eq!(overlapping(&rows.iter().take(2).collect::<Vec<_>>()), (0, 2));
        assert_eq!(overlapping(&[]), (0, 0));
    }
}
