//! How a visit ended, by the disposition codes of AAPOR for interviews in person, and what that makes of a case.

use analysis::rates::Dispositions;
use analysis::weights::Outcome as Ending;

use crate::invitations::Status;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The letter or the form was handed over; the person answers alone.
    Handed,
    Interviewed,
    Appointment,
    NobodyHome,
    Away,
    Refused,
    BrokenOff,
    Unable,
    Language,
    Deceased,
    Unreachable,
    NotFound,
    NotEligible,
    NoDwelling,
}

/// The part of a rate a case counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Category {
    Complete,
    Partial,
    Refusal,
    NonContact,
    Other,
    Unknown,
    Ineligible,
}

impl Outcome {
    /// In the order of the buttons.
    pub const ALL: [Self; 14] = [
        Self::Handed,
        Self::Interviewed,
        Self::Appointment,
        Self::NobodyHome,
        Self::Away,
        Self::Refused,
        Self::BrokenOff,
        Self::Unable,
        Self::Language,
        Self::Deceased,
        Self::Unreachable,
        Self::NotFound,
        Self::NotEligible,
        Self::NoDwelling,
    ];

    /// As stored, and the key of its words: `outcome-…`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Handed => "handed",
            Self::Interviewed => "interviewed",
            Self::Appointment => "appointment",
            Self::NobodyHome => "nobody-home",
            Self::Away => "away",
            Self::Refused => "refused",
            Self::BrokenOff => "broken-off",
            Self::Unable => "unable",
            Self::Language => "language",
            Self::Deceased => "deceased",
            Self::Unreachable => "unreachable",
            Self::NotFound => "not-found",
            Self::NotEligible => "not-eligible",
            Self::NoDwelling => "no-dwelling",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    /// AAPOR, Standard Definitions (2023), in-person household surveys. Handing over and an appointment are steps on the way, which end
    /// as 2.36 when nothing follows.
    pub fn code(self) -> &'static str {
        match self {
            Self::Interviewed => "1.1",
            Self::Refused => "2.11",
            Self::BrokenOff => "2.12",
            Self::NobodyHome => "2.24",
            Self::Away => "2.25",
            Self::Deceased => "2.31",
            Self::Unable => "2.32",
            Self::Language => "2.33",
            Self::Handed | Self::Appointment => "2.36",
            Self::Unreachable => "3.17",
            Self::NotFound => "3.18",
            Self::NoDwelling => "4.50",
            Self::NotEligible => "4.70",
        }
    }

    /// Nothing is gained by another visit; a replacement may be asked for at once.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Handed | Self::Appointment | Self::NobodyHome | Self::Away | Self::Unreachable)
    }

    fn category(self) -> Category {
        match self {
            // Said by the interviewer; the answers themselves have not been counted yet.
            Self::Interviewed => Category::Partial,
            Self::Refused | Self::BrokenOff => Category::Refusal,
            Self::NobodyHome | Self::Away => Category::NonContact,
            Self::Handed | Self::Appointment | Self::Unable | Self::Language | Self::Deceased => Category::Other,
            Self::Unreachable | Self::NotFound => Category::Unknown,
            Self::NotEligible | Self::NoDwelling => Category::Ineligible,
        }
    }
}

/// Where a case of this invitation status and last outcome stands.
fn category(status: &str, outcome: Option<Outcome>) -> Category {
    match (status, outcome) {
        (status, _) if status == Status::Responded.name() => Category::Complete,
        (status, _) if status == Status::Refused.name() => Category::Refusal,
        (_, Some(outcome)) => outcome.category(),
        // Not visited, no answer: nobody knows.
        (_, None) => Category::Unknown,
    }
}

/// What it is for the weights. Only stored answers count: an interviewer's word is none.
pub(super) fn ending(status: &str, outcome: Option<Outcome>) -> Ending {
    match category(status, outcome) {
        Category::Complete => Ending::Respondent,
        Category::Partial | Category::Refusal | Category::NonContact | Category::Other => Ending::NonRespondent,
        Category::Unknown => Ending::Unknown,
        Category::Ineligible => Ending::Ineligible,
    }
}

/// How `count` cases of one invitation status and last outcome enter the rates.
pub(super) fn dispositions(status: &str, outcome: Option<Outcome>, count: u64) -> Dispositions {
    let category = category(status, outcome);
    let mut told = Dispositions::default();
    *match category {
        Category::Complete => &mut told.complete,
        Category::Partial => &mut told.partial,
        Category::Refusal => &mut told.refusal,
        Category::NonContact => &mut told.non_contact,
        Category::Other => &mut told.other,
        Category::Unknown => &mut told.unknown,
        Category::Ineligible => &mut told.ineligible,
    } = count;
    told
}

/// Visits before a replacement may be asked for, when none of them ended the case.
pub const LEAST_ATTEMPTS: i32 = 3;

/// Whether somebody may ask to visit another person instead.
pub fn may_be_replaced(status: &str, outcome: Option<Outcome>, attempts: i32) -> bool {
    let answered = status == Status::Responded.name() || outcome == Some(Outcome::Interviewed);
    let ended = outcome.is_some_and(Outcome::is_final) || status == Status::Refused.name();
    !answered && (ended || attempts >= LEAST_ATTEMPTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_whatever_the_last_visit_said() {
        assert_eq!(dispositions("responded", Some(Outcome::Refused), 3).complete, 3);
        assert_eq!(dispositions("refused", None, 1).refusal, 1);
        assert_eq!(dispositions("open", Some(Outcome::NotEligible), 2).ineligible, 2);
        assert_eq!(dispositions("open", None, 4).unknown, 4);
        assert_eq!(dispositions("cancelled", None, 1).unknown, 1);
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_name(outcome.name()), Some(outcome));
            assert_eq!(dispositions("open", Some(outcome), 1).all(), 1);
        }
    }

    #[test]
    fn a_person_is_replaced_after_three_visits_or_a_final_word_and_never_after_an_answer() {
        assert!(!may_be_replaced("open", Some(Outcome::NobodyHome), 2));
        assert!(may_be_replaced("open", Some(Outcome::NobodyHome), 3));
        assert!(may_be_replaced("open", Some(Outcome::NotFound), 1));
        assert!(may_be_replaced("refused", None, 0));
        assert!(!may_be_replaced("responded", Some(Outcome::Refused), 5));
        assert!(!may_be_replaced("open", Some(Outcome::Interviewed), 5));
    }
}
