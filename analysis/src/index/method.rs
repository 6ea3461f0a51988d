//! A method version is data: item rule, aggregation, national rule, rounding.
//!
//! The formula of QĐ 1001/QĐ-BNV is not public. The rules named here are those that published figures allow;
//! no figure leaves the house without the name of its method.

use crate::estimate::LEVELS;

/// How the levels 1..=`levels` of an answer become a number between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemRule {
    /// Mean of the levels over the highest one: `Σ k·n_k / (5·Σ n_k)`.
    M,
    /// Share of the two highest levels: `(n_4 + n_5) / Σ n_k`.
    T,
    /// Mean on the whole scale: (mean − 1) / 4.
    Z,
    /// Share of one level: `n_k / Σ n`. Says how the answers are spread; no index is made of it.
    Level(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainRule {
    MeanOfItems,
    MeanOfFactors,
}

/// How items become factors, domains and the overall index. A factor is always the mean of its items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aggregation<'a> {
    /// Overall: every item counts the same. Fits the published figures of 2023 and 2024.
    EqualItems(DomainRule),
    /// Overall: every factor counts the same.
    EqualFactors(DomainRule),
    /// Overall: every domain counts the same. Fits the published figure of 2022.
    EqualDomains(DomainRule),
    /// Overall: the share of each domain by its code.
    DomainWeights(DomainRule, &'a [(&'a str, f64)]),
    /// Every node: the sum of scores over the sum of answers of its items.
    Pooled,
}

/// What stands for the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NationRule {
    /// All respondents with their weights: an estimate for the population.
    Weighted,
    /// The plain mean of the provinces' figures (column `province`): every province counts the same.
    MeanOfProvinces,
    /// All respondents, each counting the same: of the sample, not of the population.
    Unweighted,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Method<'a> {
    pub name: &'static str,
    pub rule: ItemRule,
    pub aggregation: Aggregation<'a>,
    pub nation: NationRule,
    /// Decimals of a published percentage, rounded half-up once, at the edge.
    pub decimals: u8,
}

/// `sipas-2017` (QĐ 2640, 2017–2021): share satisfied, as the press of those years words it, every criterion alike. No
/// published parts to check it by.
pub const SIPAS_2017: Method<'static> = Method { name: "sipas-2017", rule: ItemRule::T, ..SIPAS_2026_M };

/// `sipas-2022` (the survey of that year alone): the mean of the two domains.
pub const SIPAS_2022: Method<'static> =
    Method { name: "sipas-2022", aggregation: Aggregation::EqualDomains(DomainRule::MeanOfItems), ..SIPAS_2026_M };

/// `sipas-2026`, mean score: the default reading of the third generation.
pub const SIPAS_2026_M: Method<'static> = Method {
    name: "sipas-2026-m",
    rule: ItemRule::M,
    aggregation: Aggregation::EqualItems(DomainRule::MeanOfItems),
    nation: NationRule::Weighted,
    decimals: 2,
};

/// `sipas-2026`, share satisfied: the wording of the press.
pub const SIPAS_2026_T: Method<'static> = Method { name: "sipas-2026-t", rule: ItemRule::T, ..SIPAS_2026_M };

impl ItemRule {
    pub fn name(self) -> &'static str {
        match self {
            Self::M => "M",
            Self::T => "T",
            Self::Z => "Z",
            Self::Level(_) => "level",
        }
    }

    /// The score of each level of an item with `levels` levels; slot 0 (no valid answer) scores nothing.
    pub fn scores(self, levels: u8) -> [f64; LEVELS] {
        let mut scores = [0.0; LEVELS];
        for (score, level) in scores.iter_mut().zip(0..=levels).skip(1) {
            *score = match self {
                Self::M => f64::from(level) / f64::from(levels),
                Self::T => f64::from(u8::from(level + 1 >= levels)),
                Self::Z => f64::from(level - 1) / f64::from((levels - 1).max(1)),
                Self::Level(wanted) => f64::from(u8::from(level == wanted)),
            };
        }
        scores
    }
}
