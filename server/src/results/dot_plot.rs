//! Places as dots with their intervals on one axis, as SVG: the table under it is its twin for who cannot see it.

use analysis::index::half_up;
use askama::Template;

use crate::base::text::Texts;

const NAMES_END: f64 = 136.0;
const LEFT: f64 = 146.0;
const RIGHT: f64 = 390.0;
const TOP: f64 = 26.0;
const ROW: f64 = 20.0;
/// Distances between lines of the axis, in points of the index.
const STEPS: [f64; 6] = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0];
const MOST_LINES: f64 = 6.0;

/// One place; values from 0 to 100, none where the figure is hidden.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dot {
    pub name: String,
    pub value: Option<f64>,
    pub interval: Option<(f64, f64)>,
    /// What the others are compared with: a line through all rows.
    pub country: bool,
}

#[derive(Template)]
#[template(path = "results/dot_plot.svg")]
pub(super) struct DotPlot {
    title: String,
    description: String,
    height: String,
    bottom: String,
    lines: Vec<(String, String)>,
    country: Option<String>,
    rows: Vec<Row>,
}

/// One line of the drawing, as coordinates.
struct Row {
    name: String,
    y: String,
    text_y: String,
    dot: Option<String>,
    interval: Option<(String, String)>,
    country: bool,
}

impl DotPlot {
    /// None when no place has a value.
    pub(super) fn new(texts: Texts, title: String, description: String, dots: &[Dot]) -> Option<Self> {
        let axis = Axis::over(dots)?;
        let rows: Vec<Row> = dots
            .iter()
            .zip(1_u16..)
            .map(|(dot, place)| row(dot, TOP + ROW * (f64::from(place) - 0.5), &axis))
            .collect();
        let bottom = TOP + ROW * f64::from(u16::try_from(rows.len()).unwrap_or(u16::MAX));
        Some(Self {
            title,
            description,
            height: at(bottom + 6.0),
            bottom: at(bottom),
            lines: axis.lines().map(|value| (at(axis.x(value)), texts.number(half_up(value, 0)))).collect(),
            country: dots.iter().find(|dot| dot.country).and_then(|dot| dot.value).map(|value| at(axis.x(value))),
            rows,
        })
    }

    fn names_end() -> String {
        at(NAMES_END)
    }

    fn top() -> String {
        at(TOP)
    }
}

fn row(dot: &Dot, y: f64, axis: &Axis) -> Row {
    Row {
        name: dot.name.clone(),
        y: at(y),
        text_y: at(y + 4.0),
        dot: dot.value.map(|value| at(axis.x(value))),
        interval: dot.interval.map(|(low, high)| (at(axis.x(low)), at(axis.x(high)))),
        country: dot.country,
    }
}

/// From `low` to `high`, both multiples of `step`.
#[derive(Debug, PartialEq)]
struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

impl Axis {
    fn over(dots: &[Dot]) -> Option<Self> {
        let values = || {
            dots.iter()
                .filter_map(|dot| dot.value)
                .chain(dots.iter().filter_map(|dot| dot.interval).flat_map(|(low, high)| [low, high]))
        };
        let low = values().reduce(f64::min)?;
        let high = values().reduce(f64::max)?;
        let step =
            STEPS.into_iter().find(|step| (high / step).ceil() - (low / step).floor() <= MOST_LINES).unwrap_or(20.0);
        let low = (low / step).floor() * step;
        // All alike: an axis still needs a length.
        Some(Self { low, high: ((high / step).ceil() * step).max(low + step), step })
    }

    fn x(&self, value: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * (value - self.low) / (self.high - self.low)
    }

    fn lines(&self) -> impl Iterator<Item = f64> {
        (0_u8..).map(|place| self.low + f64::from(place) * self.step).take_while(|value| *value <= self.high)
    }
}

fn at(coordinate: f64) -> String {
    half_up(coordinate, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Language;

    fn dot(name: &str, value: Option<f64>, interval: Option<(f64, f64)>) -> Dot {
        Dot { name: name.to_owned(), value, interval, country: name == "Cả nước" }
    }

    #[test]
    fn places_are_drawn_with_their_intervals_and_the_country_as_a_line() {
        let dots = [
            dot("Cả nước", Some(83.94), Some((83.1, 84.7))),
            dot("Đà Nẵng", Some(88.2), Some((85.0, 91.3))),
            dot("Thành phố Hồ Chí Minh", Some(79.5), None),
            dot("Huyện <b>", None, None),
        ];
        let plot =
            DotPlot::new(Texts::new(Language::Vietnamese), "Hài lòng chung".to_owned(), "4 nơi".to_owned(), &dots)
                .unwrap();
        insta::assert_snapshot!(plot.render().unwrap());
    }

    #[test]
    fn the_axis_begins_and_ends_on_round_values_whatever_the_spread() {
        let axis =
            |values: &[f64]| Axis::over(&values.iter().map(|value| dot("x", Some(*value), None)).collect::<Vec<_>>());
        assert_eq!(axis(&[79.5, 91.3]), Some(Axis { low: 75.0, high: 95.0, step: 5.0 }));
        assert_eq!(axis(&[0.0, 100.0]), Some(Axis { low: 0.0, high: 100.0, step: 20.0 }));
        assert_eq!(axis(&[80.0]), Some(Axis { low: 80.0, high: 81.0, step: 1.0 }));
        assert_eq!(axis(&[]), None);
        assert_eq!(axis(&[79.5, 91.3]).unwrap().lines().collect::<Vec<_>>(), [75.0, 80.0, 85.0, 90.0, 95.0]);
    }
}
