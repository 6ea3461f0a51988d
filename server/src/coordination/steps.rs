//! The way from a list of persons to a closed campaign, step by step.

use crate::base::text::Texts;
use crate::campaigns::State;
use crate::frames::Frame;
use crate::invitations::ProvinceProgress;
use crate::samples::{self, Draw};

pub(super) struct Facts {
    pub state: State,
    /// The last day of the window has passed.
    pub over: bool,
    pub frame: Option<Frame>,
    pub draws: Vec<Draw>,
    /// Letters issued.
    pub issued: Option<i64>,
    pub progress: ProvinceProgress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Frame,
    Sample,
    Codes,
    Open,
    Fieldwork,
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// An earlier step comes first.
    NotYet,
    ToDo,
    /// May be done, but nobody waits for it.
    Possible,
    /// Runs by itself.
    Running,
    Done,
}

impl Step {
    pub(super) const ALL: [Self; 6] =
        [Self::Frame, Self::Sample, Self::Codes, Self::Open, Self::Fieldwork, Self::Close];

    /// The page of the step, below the campaign's, and the key of its texts.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Frame => "khung-mau",
            Self::Sample => "mau",
            Self::Codes => "cap-ma",
            Self::Open => "mo",
            Self::Fieldwork => "tien-do",
            Self::Close => "dong",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Frame => "frame",
            Self::Sample => "sample",
            Self::Codes => "codes",
            Self::Open => "open",
            Self::Fieldwork => "fieldwork",
            Self::Close => "close",
        }
    }

    pub(super) fn name(self, texts: Texts) -> String {
        texts.get(&format!("step-{}", self.key())).into_owned()
    }

    pub(super) fn status(self, facts: &Facts) -> Status {
        let frozen = facts.frame.as_ref().is_some_and(|frame| frame.frozen_at.is_some());
        let drawn = facts.draws.iter().any(Draw::names_persons);
        let opened = facts.state != State::Preparing;
        let (ready, done) = match self {
            Self::Frame => (true, frozen),
            Self::Sample => (frozen, drawn),
            Self::Codes => (drawn, facts.issued.is_some()),
            Self::Open => (facts.issued.is_some(), opened),
            Self::Fieldwork | Self::Close => (opened, facts.state == State::Closed),
        };
        let by_itself = match self {
            Self::Sample => facts.draws.iter().any(|draw| draw.state() == samples::State::Confirmed),
            Self::Fieldwork => true,
            _ => false,
        };
        match (ready, done) {
            (_, true) => Status::Done,
            (false, false) => Status::NotYet,
            (true, false) if by_itself => Status::Running,
            (true, false) if self == Self::Close && !facts.over => Status::Possible,
            (true, false) => Status::ToDo,
        }
    }
}

impl Facts {
    /// The first step that waits for somebody; none once the campaign is closed.
    pub(super) fn next(&self) -> Option<Step> {
        Step::ALL.into_iter().find(|step| matches!(step.status(self), Status::ToDo | Status::Running))
    }
}

impl Status {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::NotYet => "step-status-not-yet",
            Self::ToDo => "step-status-to-do",
            Self::Possible => "step-status-possible",
            Self::Running => "step-status-running",
            Self::Done => "step-status-done",
        }
    }

    pub(super) fn colour(self) -> &'static str {
        match self {
            Self::NotYet | Self::Possible => "grey",
            Self::ToDo => "yellow",
            Self::Running => "blue",
            Self::Done => "green",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statuses(facts: &Facts) -> Vec<Status> {
        Step::ALL.into_iter().map(|step| step.status(facts)).collect()
    }

    #[test]
    fn one_step_at_a_time_waits_for_the_coordinator() {
        use Status::{Done, NotYet, Possible, Running, ToDo};
        let mut facts = Facts {
            state: State::Preparing,
            over: false,
            frame: None,
            draws: Vec::new(),
            issued: None,
            progress: ProvinceProgress::default(),
        };
        assert_eq!(statuses(&facts), [ToDo, NotYet, NotYet, NotYet, NotYet, NotYet]);
        assert_eq!(facts.next(), Some(Step::Frame));
        facts.issued = Some(3_400);
        assert_eq!(Step::Open.status(&facts), ToDo);
        facts.state = State::Open;
        assert_eq!(statuses(&facts).split_at(3).1, [Done, Running, Possible]);
        facts.over = true;
        assert_eq!(Step::Close.status(&facts), ToDo);
        facts.state = State::Closed;
        assert_eq!(statuses(&facts).split_at(3).1, [Done, Done, Done]);
    }
}
