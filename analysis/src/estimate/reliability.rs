//! Whether a share is exact enough to be published, by the presentation standards for proportions of the National Center
//! for Health Statistics (Parker et al. 2017).

use super::{Estimate, IntervalMethod, Kind};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reliability {
    Publish,
    /// Fewer than eight degrees of freedom: the standard error itself is doubtful. A person decides.
    ReviewDegreesOfFreedom,
    /// No variance can be had: all answers alike, or all in one PSU. Not published unless a person so decides.
    NoVariance,
    /// Fewer than thirty answers, or no more known than from fewer than thirty.
    TooFew,
    /// An interval of 30 points or more.
    TooWide,
    /// An interval of more than five points that is wider than 130 % of the share.
    TooWideForItsSize,
}

impl Reliability {
    /// Whether the figure may not be shown, whoever looks at it.
    pub fn is_suppressed(self) -> bool {
        matches!(self, Self::TooFew | Self::TooWide | Self::TooWideForItsSize)
    }
}

const LEAST: f64 = 30.0;
const LEAST_DF: f64 = 8.0;
const WIDEST: f64 = 0.30;
const NARROW: f64 = 0.05;
const WIDEST_RELATIVE: f64 = 1.30;

impl Estimate {
    /// Of a share; of an index the same limits hold for its own interval and its own n. Confidentiality is another question:
    /// see what counts as few people there.
    pub fn reliability(&self) -> Reliability {
        let estimable = self.psus_answering >= 2 && self.value > 0.0 && self.value < 1.0 && self.variance > 0.0;
        let (interval, size) = match self.kind {
            Kind::Index => (self.interval(), Some(f64::from(self.n))),
            Kind::Share | Kind::Amount => (self.interval_by(IntervalMethod::Nchs), self.exact_n()),
        };
        let Some((interval, size)) = interval.filter(|_| estimable).zip(size) else { return Reliability::NoVariance };
        let n = f64::from(self.n);
        let width = interval.high - interval.low;
        if n < LEAST || size.min(n) < LEAST {
            Reliability::TooFew
        } else if width >= WIDEST {
            Reliability::TooWide
        } else if width > NARROW && width / self.value > WIDEST_RELATIVE {
            Reliability::TooWideForItsSize
        } else if self.df < LEAST_DF {
            Reliability::ReviewDegreesOfFreedom
        } else {
            Reliability::Publish
        }
    }
}
