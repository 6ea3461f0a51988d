//! The indicator tree: overall → domains → factors → items.

use thiserror::Error;

/// One part of the questionnaire's subject ("policy", "service"). Not the statisticians' *domain*, which is
/// called a group here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    pub code: String,
    pub factors: Vec<Factor>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    pub code: String,
    /// Codes of items, as the columns of the responses are named.
    pub items: Vec<String>,
}

/// A sound tree: no empty domain or factor, no code twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    overall: String,
    domains: Vec<Domain>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndicatorKind {
    Overall,
    Domain,
    Factor,
    Item,
}

/// One node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indicator<'a> {
    pub kind: IndicatorKind,
    pub code: &'a str,
    /// The code of the node above; `None` for the overall index.
    pub parent: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TreeError {
    #[error("code {0} stands twice in the tree")]
    CodeTwice(String),
    #[error("{0} has nothing below it")]
    Empty(String),
}

impl Tree {
    pub fn new(overall: impl Into<String>, domains: Vec<Domain>) -> Result<Self, TreeError> {
        let tree = Self { overall: overall.into(), domains };
        if tree.domains.is_empty() {
            return Err(TreeError::Empty(tree.overall));
        }
        for domain in &tree.domains {
            if domain.factors.is_empty() {
                return Err(TreeError::Empty(domain.code.clone()));
            }
            if let Some(factor) = domain.factors.iter().find(|factor| factor.items.is_empty()) {
                return Err(TreeError::Empty(factor.code.clone()));
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        let twice = tree.indicators().find(|node| !seen.insert(node.code)).map(|node| node.code.to_owned());
        match twice {
            Some(code) => Err(TreeError::CodeTwice(code)),
            None => Ok(tree),
        }
    }

    pub fn domains(&self) -> &[Domain] {
        &self.domains
    }

    /// Codes of all items, in order.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.domains.iter().flat_map(Domain::items)
    }

    /// Codes of the items at or below a node.
    pub fn items_of<'a>(&'a self, node: Indicator<'a>) -> Vec<&'a str> {
        let is = |code: &str| code == node.code;
        match node.kind {
            IndicatorKind::Overall => self.items().collect(),
            IndicatorKind::Domain => self.domains.iter().filter(|d| is(&d.code)).flat_map(Domain::items).collect(),
            IndicatorKind::Factor => {
                let factors = self.domains.iter().flat_map(|domain| &domain.factors).filter(|f| is(&f.code));
                factors.flat_map(|factor| factor.items.iter().map(String::as_str)).collect()
            }
            IndicatorKind::Item => vec![node.code],
        }
    }

    /// Every node once, parents before their children.
    pub fn indicators(&self) -> impl Iterator<Item = Indicator<'_>> {
        let overall = self.overall.as_str();
        let node = |kind, code, parent| Indicator { kind, code, parent };
        std::iter::once(node(IndicatorKind::Overall, overall, None)).chain(self.domains.iter().flat_map(
            move |domain| {
                let factors = domain.factors.iter().flat_map(move |factor| {
                    let items = factor
                        .items
                        .iter()
                        .map(move |item| node(IndicatorKind::Item, item.as_str(), Some(factor.code.as_str())));
                    std::iter::once(node(IndicatorKind::Factor, &factor.code, Some(domain.code.as_str()))).chain(items)
                });
                std::iter::once(node(IndicatorKind::Domain, &domain.code, Some(overall))).chain(factors)
            },
        ))
    }
}

impl Domain {
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.factors.iter().flat_map(|factor| factor.items.iter().map(String::as_str))
    }
}
