//! What changed from one version of a form to the next, as data: whoever shows it finds the sentences.

mod breaks;
mod compare;
mod pages;
mod units;

use crate::answer::{ChoiceCode, WayOut};
use crate::form::{Form, Kind};
use crate::quantity::Bounds;
use crate::rule::Condition;

/// One change. `code` is that of a unit (for conditions also of a question), `number` its number in the newer form that has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    LanguageAdded {
        language: String,
    },
    LanguageRemoved {
        language: String,
    },
    /// Another method version turns the answers into indicators.
    MethodChanged {
        old: String,
        new: String,
    },
    /// Any text not spoken of below, by its wording key: titles, stems over items, notes, help, names of indicators, ….
    WordsChanged {
        key: String,
        old: Option<String>,
        new: Option<String>,
    },
    /// What an indicator rests on, by code. Nothing before: it is new; nothing after: it is gone.
    IndicatorChanged {
        code: String,
        old: Vec<String>,
        new: Vec<String>,
    },

    PageAdded {
        page: String,
        title: String,
    },
    PageRemoved {
        page: String,
        title: String,
    },
    PageRenamed {
        page: String,
        old: String,
        new: String,
    },
    /// By section; the same section twice when it only stands elsewhere among the pages.
    PageMoved {
        page: String,
        old: String,
        new: String,
    },
    PageSensitivityChanged {
        page: String,
        sensitive: bool,
    },
    PageConditionChanged {
        page: String,
        old: Vec<Condition>,
        new: Vec<Condition>,
    },

    Added {
        code: String,
        number: Option<u16>,
        text: String,
    },
    Removed {
        code: String,
        number: Option<u16>,
        text: String,
    },
    Moved {
        code: String,
        number: Option<u16>,
        old: Position,
        new: Position,
    },
    /// `formerly` is the other code under which the old form asked the new text: the codes were given anew.
    Reworded {
        code: String,
        number: Option<u16>,
        old: String,
        new: String,
        formerly: Option<String>,
    },
    KindChanged {
        code: String,
        number: Option<u16>,
        old: Kind,
        new: Kind,
    },
    /// How many characters a text may have.
    LengthChanged {
        code: String,
        number: Option<u16>,
        old: usize,
        new: usize,
    },
    /// Between which values, and with how many decimals, a number or day is taken.
    BoundsChanged {
        code: String,
        number: Option<u16>,
        old: Bounds,
        new: Bounds,
    },
    TopicChanged {
        code: String,
        number: Option<u16>,
        old: Option<String>,
        new: Option<String>,
    },
    WayOutChanged {
        code: String,
        number: Option<u16>,
        old: Option<WayOut>,
        new: Option<WayOut>,
    },
    /// All of these must hold. The condition of a question is told once, before its items.
    ConditionChanged {
        code: String,
        number: Option<u16>,
        old: Vec<Condition>,
        new: Vec<Condition>,
    },

    /// Whether only interviewers ask it; told once, before the items of a grid.
    AskedByChanged {
        code: String,
        number: Option<u16>,
        by_interviewer: bool,
    },

    /// Other choices under another name. A scale that was only renamed is no difference.
    ScaleChanged {
        code: String,
        number: Option<u16>,
        old: Option<String>,
        new: Option<String>,
    },
    /// Changes of a scale are told once, at the first unit that is answered on it.
    ChoiceAdded {
        code: String,
        number: Option<u16>,
        scale: Option<String>,
        choice: ChoiceCode,
        label: String,
    },
    ChoiceRemoved {
        code: String,
        number: Option<u16>,
        scale: Option<String>,
        choice: ChoiceCode,
        label: String,
    },
    ChoiceReworded {
        code: String,
        number: Option<u16>,
        scale: Option<String>,
        choice: ChoiceCode,
        old: String,
        new: String,
    },
    ChoicesReordered {
        code: String,
        number: Option<u16>,
        scale: Option<String>,
        old: Vec<ChoiceCode>,
        new: Vec<ChoiceCode>,
    },
}

/// Where a unit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub page: String,
    pub question: String,
    pub number: Option<u16>,
}

/// What changed, as the new form is read; what is gone comes last. Nothing for equal forms.
///
/// Texts are compared in a language that both forms are offered in, in the source language otherwise.
pub fn differences(old: &Form, new: &Form, language: &str) -> Vec<Difference> {
    compare::Comparison::new(old, new, language).differences()
}
