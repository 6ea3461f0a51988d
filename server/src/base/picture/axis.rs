//! From values to places, on an axis that begins and ends on round values.

use analysis::index::half_up;

use crate::base::text::Texts;

/// Distances between lines, in points of a figure from 0 to 100.
const STEPS: [f64; 6] = [1.0, 2.0, 5.0, 10.0, 20.0, 25.0];
const MOST_LINES: f64 = 6.0;

/// From `low` to `high`, both multiples of `step`, drawn from `begin` to `end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) step: f64,
    begin: f32,
    end: f32,
}

impl Axis {
    /// Over all values; `None` without any.
    pub(super) fn over(values: impl Iterator<Item = f64> + Clone, begin: f32, end: f32) -> Option<Self> {
        let low = values.clone().reduce(f64::min)?;
        let high = values.reduce(f64::max)?;
        let step =
            STEPS.into_iter().find(|step| (high / step).ceil() - (low / step).floor() <= MOST_LINES).unwrap_or(20.0);
        let low = (low / step).floor() * step;
        // All alike: an axis still needs a length.
        Some(Self { low, high: ((high / step).ceil() * step).max(low + step), step, begin, end })
    }

    /// Of shares: the length of a bar starts at nothing.
    pub(super) fn whole(begin: f32, end: f32) -> Self {
        Self { low: 0.0, high: 100.0, step: 20.0, begin, end }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a part of a length, drawn in tenths of a pixel")]
    pub(super) fn at(&self, value: f64) -> f32 {
        let part = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.begin + (self.end - self.begin) * part as f32
    }

    /// Each line's place and the number on it.
    pub(super) fn lines(&self, texts: Texts) -> impl Iterator<Item = (f32, String)> {
        let values = (0_u8..).map(|place| self.low + f64::from(place) * self.step);
        values
            .take_while(|value| *value <= self.high)
            .map(move |value| (self.at(value), texts.number(half_up(value, 0))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::text::Language;

    #[test]
    fn the_axis_begins_and_ends_on_round_values_whatever_the_spread() {
        let axis =
            |values: &[f64]| Axis::over(values.iter().copied(), 0.0, 1.0).map(|axis| (axis.low, axis.high, axis.step));
        assert_eq!(axis(&[79.5, 91.3]), Some((75.0, 95.0, 5.0)));
        assert_eq!(axis(&[0.0, 100.0]), Some((0.0, 100.0, 20.0)));
        assert_eq!(axis(&[80.0]), Some((80.0, 81.0, 1.0)));
        assert_eq!(axis(&[]), None);
        let axis = Axis::over([79.5, 91.3].into_iter(), 10.0, 50.0).unwrap();
        let lines: Vec<_> = axis.lines(Texts::new(Language::Vietnamese)).collect();
        assert_eq!(
            lines,
            [(10.0, "75"), (20.0, "80"), (30.0, "85"), (40.0, "90"), (50.0, "95")]
                .map(|(x, label)| (x, label.to_owned()))
        );
    }
}
