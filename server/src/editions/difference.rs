//! How far two published figures are apart, by what is published of them alone, so that anybody can do it again.

use super::content::Figure;

/// By how many points one figure is above another, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    pub points: f64,
    pub low: f64,
    pub high: f64,
}

impl Difference {
    /// From the intervals of the two (docs/methods/reports.md); none where one of them is hidden. It takes them as independent: a
    /// province is a part of the country, which makes the true interval a little narrower, so nothing is named that the sample cannot tell.
    pub fn of(one: &Figure, other: &Figure) -> Option<Self> {
        let (value, low, high) = (one.value?, one.low?, one.high?);
        let (other, other_low, other_high) = (other.value?, other.low?, other.high?);
        let points = value - other;
        Some(Self {
            points,
            low: points - (value - low).hypot(other_high - other),
            high: points + (high - value).hypot(other - other_low),
        })
    }

    /// The whole interval is.
    pub fn above(self) -> bool {
        self.low > 0.0
    }

    pub fn below(self) -> bool {
        self.high < 0.0
    }

    /// The interval does not hold zero.
    pub fn is_more_than_chance(self) -> bool {
        self.above() || self.below()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, below: f64, above: f64) -> Figure {
        Figure {
            place: String::new(),
            code: String::new(),
            rule: String::new(),
            answer: 0,
            n: Some(500),
            value: Some(value),
            se: None,
            low: Some(value - below),
            high: Some(value + above),
            flags: String::new(),
            standing: None,
        }
    }

    #[test]
    fn a_difference_counts_when_its_interval_does_not_hold_zero() {
        let of = |one, other| Difference::of(&one, &other).unwrap();
        // 3 and 4 make 5: what is below the one is put together with what is above the other.
        let told = of(figure(84.0, 3.0, 9.0), figure(80.0, 1.0, 4.0));
        assert_eq!((told.points, told.low), (4.0, -1.0));
        assert!(!told.is_more_than_chance());
        let (more, less) =
            (of(figure(85.1, 3.0, 9.0), figure(80.0, 1.0, 4.0)), of(figure(80.0, 1.0, 4.0), figure(85.1, 3.0, 9.0)));
        assert!(more.above() && !more.below() && more.is_more_than_chance());
        assert!(less.below() && (less.points, less.high) == (-more.points, -more.low));
    }

    #[test]
    fn what_is_hidden_is_apart_from_nothing() {
        let hidden = Figure { value: None, low: None, high: None, ..figure(80.0, 1.0, 1.0) };
        assert!(Difference::of(&hidden, &figure(80.0, 1.0, 1.0)).is_none());
    }
}
