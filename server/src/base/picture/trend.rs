//! One figure over the years: a line for each method, never joined where the way of measuring changed.

use analysis::index::half_up;

use super::axis::Axis;
use super::look::Look;
use super::shape::Anchor;
use super::{Picture, Told, WIDTH};
use crate::base::font::Run;
use crate::base::text::Texts;

const LEFT: f32 = 42.0;
const RIGHT: f32 = 342.0;
const TOP: f32 = 40.0;
const BOTTOM: f32 = 220.0;
const HEIGHT: f32 = 246.0;
/// Between a point and the number that names its value.
const LABEL: f32 = 8.0;
/// Numbers of neighbours nearer than this stand on two heights.
const NARROW: f32 = 34.0;
/// Numbers of years need this much room.
const YEAR: f32 = 34.0;

/// A figure of a year, from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub year: u16,
    pub value: f64,
    pub interval: Option<(f64, f64)>,
    /// As many as the figure was published with.
    pub decimals: u8,
    /// Of a trial, in few places: a hollow dot that no line joins.
    pub pilot: bool,
}

/// `breaks` are the first years of a new way of measuring. They are numbered in their order, from 1; who shows the picture says under it what
/// each number stands for. None without a figure.
pub fn draw(texts: Texts, told: Told, points: &[Point], breaks: &[u16]) -> Option<Picture> {
    let mut points = points.to_vec();
    points.sort_by_key(|point| point.year);
    let mut breaks = breaks.to_vec();
    breaks.sort_unstable();
    let years = Years::over(&points)?;
    let intervals = points.iter().filter_map(|point| point.interval).flat_map(|(low, high)| [low, high]);
    let axis = Axis::over(points.iter().map(|point| point.value).chain(intervals), BOTTOM, TOP)?;
    let mut picture = Picture::new(texts, told, WIDTH);
    picture.height = HEIGHT;
    for (y, label) in axis.lines(texts) {
        picture.line([(LEFT - 12.0, y), (WIDTH - 4.0, y)], Look::Grid);
        picture.text((LEFT - 16.0, y + 4.0), Anchor::End, Look::Small, label);
    }
    years.write(&mut picture);
    for (before, number) in breaks.iter().zip(1_u16..).filter(|(before, _)| years.holds(**before)) {
        let x = years.at(f32::from(*before) - 0.5);
        picture.line([(x, 22.0), (x, BOTTOM)], Look::Break);
        picture.dot((x, 12.0), 9.0, Look::BreakMark);
        picture.text((x, 16.0), Anchor::Middle, Look::BreakNumber, number.to_string());
    }
    let labels = labels(texts, &points, &years, &axis);
    for ((x, baseline), value) in &labels {
        // White under the number, so that no line runs through it.
        let width = Run::new(value, Look::Small.style()).width() + 4.0;
        picture.area((x - width / 2.0, baseline - 10.0), (width, 13.0), Look::Ground);
    }
    let place = |point: &Point| (years.at(f32::from(point.year)), axis.at(point.value));
    for line in lines(&points, &breaks) {
        picture.line(line.iter().map(place).collect::<Vec<_>>(), Look::Series);
    }
    for point in &points {
        let (x, y) = place(point);
        if let Some((low, high)) = point.interval {
            let (low, high) = (axis.at(low), axis.at(high));
            picture.line([(x, low), (x, high)], Look::Interval);
            for end in [low, high] {
                picture.line([(x - 4.0, end), (x + 4.0, end)], Look::Interval);
            }
        }
        let look = if point.pilot { Look::Pilot } else { Look::Dot };
        picture.dot((x, y), 4.0, look);
    }
    for (place, value) in labels {
        picture.text(place, Anchor::Middle, Look::Small, value);
    }
    Some(picture)
}

/// What is joined: years one after the other between two breaks, pilots left out.
fn lines(points: &[Point], breaks: &[u16]) -> Vec<Vec<Point>> {
    let measured: Vec<Point> = points.iter().filter(|point| !point.pilot).copied().collect();
    let together =
        |before: &Point, after: &Point| !breaks.iter().any(|first| (before.year + 1..=after.year).contains(first));
    measured.chunk_by(together).filter(|line| line.len() > 1).map(<[Point]>::to_vec).collect()
}

/// Where the value of each point stands: above it or, beside one that is near, below. A pilot has several values a year, and none here.
fn labels(texts: Texts, points: &[Point], years: &Years, axis: &Axis) -> Vec<((f32, f32), String)> {
    let mut labels: Vec<((f32, f32), String)> = Vec::new();
    for point in points.iter().filter(|point| !point.pilot) {
        let (x, y) = (years.at(f32::from(point.year)), axis.at(point.value));
        let (low, high) = point.interval.map_or((y, y), |(low, high)| (axis.at(low), axis.at(high)));
        let above = high - LABEL;
        let near = labels.last().is_some_and(|((left, height), _)| x - left < NARROW && (above - height).abs() < 12.0);
        let height = if near { low + LABEL + 8.0 } else { above };
        labels.push(((x, height), texts.number(half_up(point.value, point.decimals))));
    }
    labels
}

/// The years along the bottom.
struct Years {
    first: u16,
    last: u16,
}

impl Years {
    fn over(points: &[Point]) -> Option<Self> {
        Some(Self { first: points.first()?.year, last: points.last()?.year })
    }

    /// A break is seen where there is a year on each side of it.
    fn holds(&self, first: u16) -> bool {
        first > self.first && first <= self.last
    }

    fn at(&self, year: f32) -> f32 {
        let length = f32::from(self.last - self.first);
        if length == 0.0 {
            f32::midpoint(LEFT, RIGHT)
        } else {
            LEFT + (RIGHT - LEFT) * (year - f32::from(self.first)) / length
        }
    }

    /// From the last one back, as many as there is room for.
    fn write(&self, picture: &mut Picture) {
        let apart = if self.last == self.first { RIGHT } else { (RIGHT - LEFT) / f32::from(self.last - self.first) };
        let every = (1_u16..=100).find(|every| f32::from(*every) * apart >= YEAR).unwrap_or(1);
        for year in (self.first..=self.last).rev().step_by(usize::from(every)) {
            picture.text((self.at(f32::from(year)), BOTTOM + 18.0), Anchor::Middle, Look::Small, year.to_string());
        }
    }
}
