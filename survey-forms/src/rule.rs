//! Conditions over answers.

use std::collections::BTreeSet;

use crate::answer::{Answer, ChoiceCode};

/// The answer of a unit, as far as it counts.
pub type Lookup<'l, 'a> = &'l dyn Fn(&str) -> Option<&'a Answer>;

/// When a page, question or item applies. Speaks only of units on earlier pages; `Form::parse` holds that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// A unit with one answer has one of these.
    OneOf {
        unit: String,
        choices: BTreeSet<ChoiceCode>,
    },
    /// A unit with several answers has this among them.
    Chosen {
        unit: String,
        choice: ChoiceCode,
    },
    /// Anything but a skip; the ways out are answers.
    Answered {
        unit: String,
    },
}

impl Condition {
    pub fn holds(&self, answer: Lookup) -> bool {
        match self {
            Self::All(conditions) => conditions.iter().all(|c| c.holds(answer)),
            Self::Any(conditions) => conditions.iter().any(|c| c.holds(answer)),
            Self::Not(condition) => !condition.holds(answer),
            Self::OneOf { unit, choices } => {
                answer(unit).and_then(Answer::code).is_some_and(|code| choices.contains(&code))
            }
            Self::Chosen { unit, choice } => answer(unit).is_some_and(|answer| answer.holds(*choice)),
            Self::Answered { unit } => answer(unit).is_some_and(|answer| *answer != Answer::Skipped),
        }
    }

    /// Its parts that speak of one unit each.
    pub(crate) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().flat_map(Self::leaves).collect(),
            Self::Not(condition) => condition.leaves(),
            Self::OneOf { .. } | Self::Chosen { .. } | Self::Answered { .. } => vec![self],
        }
    }

    /// The unit a leaf speaks of and the choices it names.
    pub(crate) fn names(&self) -> Option<(&str, Vec<ChoiceCode>)> {
        match self {
            Self::OneOf { unit, choices } => Some((unit, choices.iter().copied().collect())),
            Self::Chosen { unit, choice } => Some((unit, vec![*choice])),
            Self::Answered { unit } => Some((unit, Vec::new())),
            Self::All(_) | Self::Any(_) | Self::Not(_) => None,
        }
    }
}

/// A condition and the line it stands on. A rule can come from several `when`s: all must hold.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) condition: Condition,
    pub(crate) line: usize,
}
