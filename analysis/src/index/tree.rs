//! The indicator tree: overall → domains → factors → items, where domains and factors may be left out.

use std::collections::BTreeSet;

use thiserror::Error;

/// A node of the tree and what it is made of. A *domain* is one part of the questionnaire's subject ("policy",
/// "service"), not the statisticians' domain, which is called a group here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    pub kind: IndicatorKind,
    /// Of an item: as the column of the responses is named.
    pub code: String,
    pub parts: Vec<Indicator>,
}

/// From the whole to the single question: a node is made of later kinds only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndicatorKind {
    Overall,
    Domain,
    Factor,
    Item,
}

/// A sound tree: one overall index on top, items and only items without parts, no code twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    overall: Indicator,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TreeError {
    #[error("code {0} stands twice in the tree")]
    CodeTwice(String),
    #[error("{0} has nothing below it")]
    Empty(String),
    #[error("{0} stands in the wrong place: overall, domain, factor, item is the order")]
    OutOfOrder(String),
}

impl Indicator {
    pub fn new(kind: IndicatorKind, code: impl Into<String>, parts: Vec<Self>) -> Self {
        Self { kind, code: code.into(), parts }
    }

    /// A factor of single questions.
    pub fn factor(code: impl Into<String>, items: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let items = items.into_iter().map(|item| Self::new(IndicatorKind::Item, item, Vec::new()));
        Self::new(IndicatorKind::Factor, code, items.collect())
    }

    /// This node and every one below it, parents before their children.
    pub fn walk(&self) -> Vec<&Self> {
        let mut nodes = vec![self];
        nodes.extend(self.parts.iter().flat_map(Self::walk));
        nodes
    }

    /// Codes of the items at or below this node, in order.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.walk().into_iter().filter(|node| node.kind == IndicatorKind::Item).map(|item| item.code.as_str())
    }

    /// The factors below this node; a question that stands in none counts as a factor of its own.
    pub(super) fn factors(&self) -> Vec<&Self> {
        if self.kind >= IndicatorKind::Factor {
            vec![self]
        } else {
            self.parts.iter().flat_map(Self::factors).collect()
        }
    }

    fn check(&self) -> Result<(), TreeError> {
        let item = self.kind == IndicatorKind::Item;
        if !item && self.parts.is_empty() {
            return Err(TreeError::Empty(self.code.clone()));
        }
        match self.parts.iter().find(|part| part.kind <= self.kind) {
            Some(part) => Err(TreeError::OutOfOrder(part.code.clone())),
            None => self.parts.iter().try_for_each(Self::check),
        }
    }
}

impl Tree {
    pub fn new(overall: Indicator) -> Result<Self, TreeError> {
        if overall.kind != IndicatorKind::Overall {
            return Err(TreeError::OutOfOrder(overall.code));
        }
        overall.check()?;
        let mut seen = BTreeSet::new();
        let twice = overall.walk().into_iter().find(|node| !seen.insert(&node.code)).map(|node| node.code.clone());
        twice.map_or(Ok(Self { overall }), |code| Err(TreeError::CodeTwice(code)))
    }

    pub fn overall(&self) -> &Indicator {
        &self.overall
    }

    /// Every node once, parents before their children.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.overall.walk().into_iter()
    }
}
