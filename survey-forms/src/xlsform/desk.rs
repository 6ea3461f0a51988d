//! Where a workbook becomes a definition: what is known so far, and what was refused.

use std::collections::{BTreeMap, BTreeSet};

use super::choices::{Choice, List};
use super::definition::Definition;
use super::expression::{Expression, Term, Test};
use super::refusal::{Reason, Refusal};
use super::survey::{Asked, AskedKind, Node};
use super::texts::{Piece, Texts, Translator, Wordings, pieces, told};
use super::tokens::{Misread, Operator};
use super::translate::{Answered, Known, Names, condition};
use super::workbook::{Row, Sheet};
use crate::answer::ChoiceCode;
use crate::quantity::{MOST_DECIMALS, Measure};
use crate::rule::Condition;

pub(crate) struct Desk<'a> {
    pub(crate) survey: &'a Sheet,
    pub(crate) choices: &'a Sheet,
    pub(crate) words: Translator,
    pub(crate) lists: BTreeMap<String, List>,
    /// How many questions ask with a list.
    pub(crate) uses: BTreeMap<String, usize>,
    pub(crate) names: Names,
    /// Rows of texts that are the words beside a choice: by the row of their question, with the choice's name.
    pub(crate) write_ins: BTreeMap<u32, (&'a Row, String)>,
    pub(crate) folded: BTreeSet<u32>,
    pub(crate) wordings: Wordings,
    pub(crate) definition: Definition,
    /// Rows of the survey by `pages.{code}`, `questions.{code}`, `items.{code}`, `sections.{code}`.
    pub(crate) places: BTreeMap<String, u32>,
    pub(crate) ways_out: BTreeSet<&'static str>,
    /// How many more conditions may be put down; those of a group are put down for each page in it.
    pub(crate) conditions_left: usize,
    pub(crate) refusals: Vec<Refusal>,
    pub(crate) notes: Vec<Refusal>,
}

impl<'a> Desk<'a> {
    /// Learns the questions' names, and which texts are the words beside a choice of the question before them.
    pub(crate) fn learn(&mut self, nodes: &[Node<'a>], on_page: bool) {
        let mut before: Option<&Asked<'a>> = None;
        for node in nodes {
            let asked = match node {
                Node::Group(group) => {
                    let is_page = on_page || self.looks(group.row, "field-list");
                    self.learn(&group.nodes, is_page);
                    before = None;
                    continue;
                }
                Node::Question(asked) => asked,
            };
            let choice = before.filter(|_| on_page).and_then(|before| self.beside(before, asked));
            let known = match (before, choice) {
                (Some(parent), Some(choice)) => {
                    self.write_ins.insert(parent.row.number, (asked.row, choice));
                    self.folded.insert(asked.row.number);
                    Some(Known { code: format!("{}_text", parent.code), answer: Answered::Text })
                }
                _ => self.known(asked),
            };
            before = Some(asked);
            let Some(known) = known else {
                continue;
            };
            let is_alias = asked.kind == AskedKind::Calculate;
            let clashes = !is_alias && self.names.values().any(|other| other.code == known.code);
            if self.names.contains_key(&asked.name) || clashes {
                self.refuse(asked.row, "name", Reason::Clash { code: known.code.clone() });
            }
            self.names.insert(asked.name.clone(), known);
        }
    }

    /// The choice a text asks more about: `${q} = 'other'` for the question right before it.
    fn beside(&self, before: &Asked, asked: &Asked) -> Option<String> {
        let is_for_others = asked.by_interviewer != before.by_interviewer;
        if asked.kind != AskedKind::Text || is_for_others || self.write_ins.contains_key(&before.row.number) {
            return None;
        }
        let relevant = Expression::parse(self.survey.cell(asked.row, "relevant")).ok()?;
        let Expression::Test { test, .. } = relevant else {
            return None;
        };
        let (of, choice) = match test {
            Test::Compare(of, Operator::Equal, Term::Text(choice)) if matches!(before.kind, AskedKind::One { .. }) => {
                (of, choice)
            }
            Test::Selected(of, choice) => (of, choice),
            _ => return None,
        };
        let (AskedKind::One { list, or_other: false } | AskedKind::Many { list, or_other: false }) = &before.kind
        else {
            return None;
        };
        let is_listed = self.lists.get(list)?.choices.iter().any(|listed| listed.name == choice);
        (of == Term::Reference(before.name.clone()) && is_listed).then_some(choice)
    }

    fn known(&mut self, asked: &Asked) -> Option<Known> {
        let answer = match &asked.kind {
            AskedKind::One { list, or_other } => Answered::One(self.choice_names(list, *or_other)),
            AskedKind::Many { list, or_other } => Answered::Many(self.choice_names(list, *or_other)),
            AskedKind::Integer => Answered::Quantity(Measure::Number { decimals: 0 }),
            AskedKind::Decimal => Answered::Quantity(Measure::Number { decimals: MOST_DECIMALS }),
            AskedKind::Date => Answered::Quantity(Measure::Day),
            AskedKind::Text => Answered::Text,
            AskedKind::Note => Answered::Nothing,
            AskedKind::Calculate => {
                let calculation = self.survey.cell(asked.row, "calculation");
                let named = match pieces(calculation).as_slice() {
                    [Piece::Hole(name)] => self.names.get(name).cloned(),
                    _ => None,
                };
                if named.is_none() {
                    let why = "no calculated value is stored: only another name for an earlier question, as in `${q1}`, is understood";
                    self.refuse(asked.row, "calculation", Reason::Unsupported { why });
                }
                return named;
            }
        };
        Some(Known { code: asked.code.clone(), answer })
    }

    fn choice_names(&self, list: &str, or_other: bool) -> Vec<(String, ChoiceCode)> {
        let Some(list) = self.lists.get(list) else {
            return Vec::new();
        };
        let ways_out = list.way_out.map(|way_out| (way_out.code().to_string(), way_out.code()));
        let other = or_other.then(|| other(list)).map(|choice| (choice.name, choice.code));
        let listed = list.choices.iter().map(|choice| (choice.name.clone(), choice.code));
        listed.chain(ways_out).chain(other).collect()
    }

    /// Whether the appearance of a row has a word.
    pub(crate) fn looks(&self, row: &Row, word: &str) -> bool {
        self.survey.cell(row, "appearance").split_whitespace().any(|one| one == word)
    }

    pub(crate) fn is_yes(&self, row: &Row, column: &str) -> bool {
        matches!(self.survey.cell(row, column).to_lowercase().as_str(), "yes" | "true" | "true()" | "1")
    }

    pub(crate) fn refuse(&mut self, row: &Row, column: &str, reason: Reason) {
        self.refusals.push(self.survey.refusal(row.number, column, self.survey.cell(row, column), reason));
    }

    pub(crate) fn misread(&mut self, row: &Row, column: &str, Misread { position, why }: Misread) {
        self.refuse(row, column, Reason::Expression { position, why });
    }

    /// What `relevant` of a row says; nothing when it is empty or always true.
    pub(crate) fn gate(&mut self, row: &Row) -> Vec<Condition> {
        let text = self.survey.cell(row, "relevant");
        if text.is_empty() {
            return Vec::new();
        }
        match Expression::parse(text).and_then(|expression| condition(&expression, &self.names)) {
            Ok(Condition::All(none)) if none.is_empty() => Vec::new(),
            Ok(condition) => self.affordable(vec![condition]),
            Err(misread) => {
                self.misread(row, "relevant", misread);
                Vec::new()
            }
        }
    }

    /// Conditions of what stands around, once more for what stands in it.
    pub(crate) fn inherited(&mut self, gates: &[Condition]) -> Vec<Condition> {
        self.affordable(gates.to_vec())
    }

    fn affordable(&mut self, gates: Vec<Condition>) -> Vec<Condition> {
        let size = gates.iter().map(Condition::size).sum::<usize>();
        if let Some(left) = self.conditions_left.checked_sub(size) {
            self.conditions_left = left;
            return gates;
        }
        self.refusals.push(Refusal::whole(Reason::TooLarge { limit: "10,000 comparisons in conditions are taken" }));
        Vec::new()
    }

    /// The texts of a row with the answers they tell, put under a key.
    pub(crate) fn put_texts(&mut self, sheet: &Sheet, row: u32, column: &str, key: &str, texts: &Texts) {
        let mut ours = Texts::new();
        for (language, text) in texts {
            let mut cut = pieces(text);
            for piece in &mut cut {
                let Piece::Hole(name) = piece else {
                    continue;
                };
                if let Some(known) = self.names.get(name) {
                    name.clone_from(&known.code);
                } else {
                    let reason = Reason::UnknownQuestion { name: name.clone() };
                    self.refusals.push(sheet.refusal(row, column, text, reason));
                }
            }
            ours.push((language.clone(), told(&cut)));
        }
        self.wordings.put(key, &ours);
    }

    pub(crate) fn put_row(&mut self, row: &Row, column: &str, key: &str) {
        let texts = self.words.texts(self.survey, row, column);
        let survey = self.survey;
        self.put_texts(survey, row.number, column, key, &texts);
    }
}

/// The further choice of `or_other`, where the list has none of that name.
pub(super) fn other(list: &List) -> Choice {
    let listed = list.choices.iter().find(|choice| choice.name == "other");
    let label = [("vi", "Khác"), ("en", "Other")].map(|(language, text)| (language.to_owned(), text.to_owned()));
    listed.cloned().unwrap_or_else(|| Choice {
        name: "other".to_owned(),
        code: list.choices.iter().map(|choice| choice.code).max().unwrap_or(0) + 1,
        label: label.to_vec(),
        row: list.row,
    })
}
