//! What each node of the tree is made of, item by item.

use super::{Aggregation, DomainRule, Indicator, IndicatorKind, Method};
use crate::estimate::EstimateError;

/// The items of a node and how they count.
#[derive(Clone, Debug, PartialEq)]
pub enum Composition<'a> {
    /// Σ share × mean of the item; the shares add up to 1.
    Mean(Vec<(&'a str, f64)>),
    /// One mean over all answers to these items.
    Pooled(Vec<&'a str>),
}

impl Method<'_> {
    pub fn composition<'a>(&self, node: &'a Indicator) -> Result<Composition<'a>, EstimateError> {
        if self.aggregation == Aggregation::Pooled {
            return Ok(Composition::Pooled(node.items().collect()));
        }
        Ok(Composition::Mean(match node.kind {
            IndicatorKind::Item | IndicatorKind::Factor => of_items(node),
            IndicatorKind::Domain => of_part(node, self.aggregation.domain_rule()),
            IndicatorKind::Overall => overall(node, self.aggregation)?,
        }))
    }
}

impl Aggregation<'_> {
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

fn overall<'a>(node: &'a Indicator, aggregation: Aggregation<'_>) -> Result<Shares<'a>, EstimateError> {
    let domains = &node.parts;
    Ok(match aggregation {
        Aggregation::EqualItems(_) | Aggregation::Pooled => of_items(node),
        Aggregation::EqualFactors(_) => equally(node.factors().into_iter().map(of_items)),
        Aggregation::EqualDomains(rule) => equally(domains.iter().map(|domain| of_part(domain, rule))),
        Aggregation::DomainWeights(rule, weights) => {
            let known = |code: &str| domains.iter().any(|domain| domain.code == code);
            if let Some((code, _)) = weights.iter().find(|(code, _)| !known(code)) {
                return Err(EstimateError::DomainWithoutWeight { domain: (*code).to_owned() });
            }
            let total: f64 = weights.iter().map(|(_, weight)| weight).sum();
            let mut shares = Vec::new();
            for domain in domains {
                let found = weights.iter().find(|(code, _)| domain.code == *code);
                let (_, weight) =
                    found.ok_or_else(|| EstimateError::DomainWithoutWeight { domain: domain.code.clone() })?;
                shares.extend(scaled(of_part(domain, rule), weight / total));
            }
            shares
        }
    })
}

fn of_part(node: &Indicator, rule: DomainRule) -> Shares<'_> {
    match rule {
        DomainRule::MeanOfItems => of_items(node),
        DomainRule::MeanOfFactors => equally(node.factors().into_iter().map(of_items)),
    }
}

fn of_items(node: &Indicator) -> Shares<'_> {
    equally(node.items().map(|item| vec![(item, 1.0)]))
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
