//! Does a form look like one that a person answered? Verdicts with their evidence and with the number of false alarms to expect;
//! never a deletion.
//!
//! Each form is measured once per [`Kind`], in small whole steps that grow with suspicion ([`measure`]). Steps are counted per group
//! (an interviewer) in a [`Tally`]; who holds the tally alone can still [`judge`]: thresholds come from the survey's own counts, not
//! from single forms.
//!
//! | Kind | A step is | Flagged from | Honest share comes from |
//! |---|---|---|---|
//! | too fast | half an octave of time: see [`pace_step`] | a third of the median time, at most half of the expected | normal tail on log time: median, and upper quartile for the spread |
//! | straight line | 1/20 of the rated items in one unbroken run of equal answers | half of them | groups that do not stand out |
//! | twin | 1/20 of the items answered as in the most similar other form of the place; not of straight lines | 16 of 20 | the same measure against as many forms of *other* places, which nobody copied; or groups that do not stand out, if more |
//! | odd hour | no, yes | yes | groups that do not stand out |
//! | many don't know | 1/20 of the rated items asked | 6 of 20 | groups that do not stand out |
//! | many codes | one code on a device, 2–4, 5 and more | 5 and more | groups that do not stand out |
//!
//! A threshold rises until at most [`MOST_HONEST`] of honest forms would pass it (not so for odd hours and many codes, where the
//! step is the rule). Expected false alarms = honest share × forms measured. Groups that do not stand out: all groups of
//! [`LEAST_FORMS`] or more, without those whose 99.9 % score interval (Wilson 1927) lies wholly above the share of the remaining ones, until
//! no more are left out. What everybody fabricates to the same extent therefore counts as usual; only fixed thresholds hold then.
//!
//! Sources: long runs of equal answers, Herzog & Bachman (1981); the share of equal answers in the nearest form, Kuriakose & Robbins (2016),
//! but against a null of the same survey instead of a fixed 85 %, as Simmons et al. (2016) ask for.

mod contrast;
mod judge;
mod measure;
mod score;

pub use contrast::{Contrast, Difference, contrast};
pub use judge::{Group, Judgement, Origin, Rule, Tally, Verdict, judge};
pub use measure::{Form, NOT_ASKED, Steps, UNRATED, measure, pace_step, similarity_step, steps_of};
pub use score::score_interval;

/// Steps of every measure: 0 to 20.
pub const STEPS: usize = 21;
/// Fewer forms are not summed up: they would speak of persons.
pub const LEAST_FORMS: u64 = 10;
/// The share of honest forms that a threshold may flag.
pub const MOST_HONEST: f64 = 0.01;
/// Fewer rated items say nothing of lines and twins.
pub const LEAST_ITEMS: usize = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    TooFast,
    StraightLine,
    Twin,
    OddHour,
    ManyDontKnow,
    ManyCodes,
}

impl Kind {
    pub const ALL: [Self; 6] =
        [Self::TooFast, Self::StraightLine, Self::Twin, Self::OddHour, Self::ManyDontKnow, Self::ManyCodes];

    pub fn name(self) -> &'static str {
        match self {
            Self::TooFast => "too_fast",
            Self::StraightLine => "straight_line",
            Self::Twin => "twin",
            Self::OddHour => "odd_hour",
            Self::ManyDontKnow => "many_dont_know",
            Self::ManyCodes => "many_codes",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The least step that may be flagged, whatever is usual in a survey.
    fn floor(self) -> u8 {
        match self {
            Self::TooFast => 7,
            Self::StraightLine => 10,
            Self::Twin => 16,
            Self::OddHour => 1,
            Self::ManyDontKnow => 6,
            Self::ManyCodes => 2,
        }
    }

    /// Whether the step is the rule, however many honest forms it flags.
    fn is_fixed(self) -> bool {
        matches!(self, Self::OddHour | Self::ManyCodes)
    }

    /// What a step stands for. Shares for lines, twins and don't know; for too fast the part of the expected time that was not
    /// reached; 1 for yes; the least number of codes.
    pub fn value(self, step: u8) -> f64 {
        match self {
            Self::TooFast => 4.0 * (-(f64::from(step) - 1.0) / 2.0).exp2(),
            Self::StraightLine | Self::Twin | Self::ManyDontKnow => f64::from(step) / 20.0,
            Self::OddHour => f64::from(step),
            Self::ManyCodes => [1.0, 2.0, 5.0].get(usize::from(step)).copied().unwrap_or(5.0),
        }
    }
}
