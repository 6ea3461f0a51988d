//! The questions with choices: how their answers are read, and which share is of which choice.

use analysis::frame::{Item, MOST_LEVELS};
use survey_forms::{ChoiceCode, Form, Unit, UnitKind};

/// A question, or an item of a grid, that is answered with one or several choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub unit: String,
    /// In the order shown.
    pub choices: Vec<ChoiceCode>,
    reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// The code of the choice is the level.
    Codes,
    /// Each choice by itself: 1 not chosen, 2 chosen. For several choices at once, and for codes above the longest scale.
    EachChoice,
}

/// One column of the answers, in levels from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub unit: String,
    /// Whether this choice was made; none for the code that was chosen.
    pub choice: Option<ChoiceCode>,
    pub item: Item,
}

const CHOSEN: u8 = 2;

/// In the order asked.
pub(super) fn of(form: &Form) -> Vec<Question> {
    form.units().iter().filter_map(Question::of).collect()
}

impl Question {
    fn of(unit: &Unit) -> Option<Self> {
        let choices = unit.choices()?.codes.clone();
        let several = matches!(unit.kind(), UnitKind::Many(_));
        let long = choices.iter().any(|code| *code > ChoiceCode::from(MOST_LEVELS));
        let reading = if several || long { Reading::EachChoice } else { Reading::Codes };
        Some(Self { unit: unit.code().to_owned(), choices, reading })
    }

    pub(super) fn wanted(&self) -> Vec<Wanted> {
        let column = |choice: Option<ChoiceCode>, levels| Wanted {
            unit: self.unit.clone(),
            choice,
            item: Item { code: choice.map_or_else(|| self.unit.clone(), |choice| self.item(choice)), levels },
        };
        match self.reading {
            Reading::Codes => {
                let highest = self.choices.iter().filter_map(|code| u8::try_from(*code).ok()).max();
                vec![column(None, highest.unwrap_or_default().max(CHOSEN))]
            }
            Reading::EachChoice => self.choices.iter().map(|choice| column(Some(*choice), CHOSEN)).collect(),
        }
    }

    fn item(&self, choice: ChoiceCode) -> String {
        format!("{}={choice}", self.unit)
    }
}

impl Wanted {
    /// The choice that a level of this column stands for; none for not choosing, and for a code the question lacks.
    pub(super) fn choice(&self, question: &Question, level: u8) -> Option<ChoiceCode> {
        let code = ChoiceCode::from(level);
        match self.choice {
            Some(choice) => (level == CHOSEN).then_some(choice),
            None => question.choices.contains(&code).then_some(code),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(choices: &[ChoiceCode], reading: Reading) -> Question {
        Question { unit: "q".to_owned(), choices: choices.to_vec(), reading }
    }

    #[test]
    fn each_level_is_led_back_to_its_choice() {
        let one = question(&[1, 2, 8], Reading::Codes);
        let [column] = one.wanted().try_into().unwrap();
        assert_eq!((column.item.code.as_str(), column.item.levels, column.choice), ("q", 8, None));
        assert_eq!([1, 3, 8].map(|level| column.choice(&one, level)), [Some(1), None, Some(8)]);

        let several = question(&[1, 40], Reading::EachChoice);
        let [_, column] = several.wanted().try_into().unwrap();
        assert_eq!((column.item.code.as_str(), column.item.levels, column.choice), ("q=40", 2, Some(40)));
        assert_eq!([1, 2].map(|level| column.choice(&several, level)), [None, Some(40)]);
    }
}
