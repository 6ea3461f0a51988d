//! Conditions over answers.

use std::collections::BTreeSet;

use crate::answer::{Answer, ChoiceCode};
use crate::quantity::Quantity;

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
    /// A number or day stands so to this one.
    Compares {
        unit: String,
        sign: Sign,
        to: Quantity,
    },
    /// Anything but a skip; the ways out are answers.
    Answered {
        unit: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Equal,
    AtLeast,
    AtMost,
    Above,
    Below,
}

impl Sign {
    pub const ALL: [Self; 5] = [Self::Equal, Self::AtLeast, Self::AtMost, Self::Above, Self::Below];

    /// The word in definitions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Equal => "equals",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::Above => "above",
            Self::Below => "below",
        }
    }

    fn holds(self, one: Quantity, other: Quantity) -> bool {
        match self {
            Self::Equal => one == other,
            Self::AtLeast => one >= other,
            Self::AtMost => one <= other,
            Self::Above => one > other,
            Self::Below => one < other,
        }
    }
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
            Self::Compares { unit, sign, to } => match answer(unit) {
                Some(Answer::Quantity(quantity)) => sign.holds(*quantity, *to),
                _ => false,
            },
            Self::Answered { unit } => answer(unit).is_some_and(|answer| *answer != Answer::Skipped),
        }
    }

    /// How many parts it has that hold no others; one that holds nothing counts too.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::size).sum::<usize>().max(1),
            Self::Not(inner) => inner.size(),
            _ => 1,
        }
    }

    /// Its parts that speak of one unit each.
    pub(crate) fn leaves(&self) -> Vec<&Self> {
        match self {
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().flat_map(Self::leaves).collect(),
            Self::Not(condition) => condition.leaves(),
            Self::OneOf { .. } | Self::Chosen { .. } | Self::Compares { .. } | Self::Answered { .. } => vec![self],
        }
    }

    /// The unit a leaf speaks of and the answers it names.
    pub(crate) fn names(&self) -> Option<(&str, Named)> {
        let mut named = Named::default();
        let unit = match self {
            Self::OneOf { unit, choices } => {
                named.choices.extend(choices);
                unit
            }
            Self::Chosen { unit, choice } => {
                named.choices.insert(*choice);
                unit
            }
            Self::Compares { unit, to, .. } => {
                named.quantities.insert(*to);
                unit
            }
            Self::Answered { unit } => unit,
            Self::All(_) | Self::Any(_) | Self::Not(_) => return None,
        };
        Some((unit, named))
    }
}

/// What conditions tell apart of one unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named {
    pub(crate) choices: BTreeSet<ChoiceCode>,
    pub(crate) quantities: BTreeSet<Quantity>,
}

/// A condition and the line it stands on. A rule can come from several `when`s: all must hold.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) condition: Condition,
    pub(crate) line: usize,
}
