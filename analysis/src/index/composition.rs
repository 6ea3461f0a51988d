//! What each node of the tree is made of, item by item.

use super::{Aggregation, Domain, DomainRule, Factor, Indicator, IndicatorKind, Method, Tree};
use crate::estimate::EstimateError;

/// The items of a node and how they count.
#[derive(Clone, Debug, PartialEq)]
pub enum Composition<'a> {
    /// Σ share × mean of the item; the shares add up to 1.
    Mean(Vec<(&'a str, f64)>),
    /// One mean over all answers to these items.
    Pooled(Vec<&'a str>),
}

impl Method {
    pub fn composition<'a>(&self, tree: &'a Tree, node: Indicator<'a>) -> Result<Composition<'a>, EstimateError> {
        let is = |code: &str| code == node.code;
        let factors = || tree.domains().iter().flat_map(|domain| &domain.factors);
        let shares = match (node.kind, self.aggregation) {
            (IndicatorKind::Item, _) => vec![(node.code, 1.0)],
            (IndicatorKind::Factor, _) => factors().filter(|factor| is(&factor.code)).flat_map(of_factor).collect(),
            (IndicatorKind::Domain, aggregation) => {
                let domains = tree.domains().iter().filter(|domain| is(&domain.code));
                domains.flat_map(|domain| of_domain(domain, aggregation.domain_rule())).collect()
            }
            (IndicatorKind::Overall, aggregation) => overall(tree, aggregation)?,
        };
        Ok(match self.aggregation {
            Aggregation::Pooled => Composition::Pooled(shares.into_iter().map(|(item, _)| item).collect()),
            _ => Composition::Mean(shares),
        })
    }
}

impl Aggregation {
    fn domain_rule(self) -> DomainRule {
        match self {
            Self::EqualItems(rule)
            | Self::EqualFactors(rule)
            | Self::EqualDomains(rule)
            | Self::DomainWeights(rule, _) => rule,
            Self::Pooled => DomainRule::MeanOfItems,
        }
    }
}

type Shares<'a> = Vec<(&'a str, f64)>;

fn overall(tree: &Tree, aggregation: Aggregation) -> Result<Shares<'_>, EstimateError> {
    Ok(match aggregation {
        Aggregation::EqualItems(_) | Aggregation::Pooled => equally(tree.items().map(|item| vec![(item, 1.0)])),
        Aggregation::EqualFactors(_) => {
            equally(tree.domains().iter().flat_map(|domain| &domain.factors).map(|factor| of_factor(factor)))
        }
        Aggregation::EqualDomains(rule) => equally(tree.domains().iter().map(|domain| of_domain(domain, rule))),
        Aggregation::DomainWeights(rule, weights) => {
            let known = |code: &str| tree.domains().iter().any(|domain| domain.code == code);
            if let Some((code, _)) = weights.iter().find(|(code, _)| !known(code)) {
                return Err(EstimateError::DomainWithoutWeight { domain: (*code).to_owned() });
            }
            let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
            let mut shares = Vec::new();
            for domain in tree.domains() {
                let found = weights.iter().find(|(code, _)| domain.code == *code);
                let (_, weight) =
                    found.ok_or_else(|| EstimateError::DomainWithoutWeight { domain: domain.code.clone() })?;
                shares.extend(scaled(of_domain(domain, rule), weight / total));
            }
            shares
        }
    })
}

fn of_domain(domain: &Domain, rule: DomainRule) -> Shares<'_> {
    match rule {
        DomainRule::MeanOfItems => equally(domain.items().map(|item| vec![(item, 1.0)])),
        DomainRule::MeanOfFactors => equally(domain.factors.iter().map(of_factor)),
    }
}

fn of_factor(factor: &Factor) -> Shares<'_> {
    equally(factor.items.iter().map(|item| vec![(item.as_str(), 1.0)]))
}

#[expect(clippy::cast_precision_loss, reason = "a tree has dozens of nodes")]
fn equally<'a>(parts: impl Iterator<Item = Shares<'a>>) -> Shares<'a> {
    let parts: Vec<_> = parts.collect();
    let count = parts.len() as f64;
    parts.into_iter().flat_map(|part| scaled(part, 1.0 / count)).collect()
}

fn scaled(shares: Shares<'_>, by: f64) -> impl Iterator<Item = (&str, f64)> {
    shares.into_iter().map(move |(item, share)| (item, share * by))
}
