//! The satisfaction that goes in: what every estimate is compared with.
//!
//! A person's level of an item is 1 + Binomial(4, θ), where θ = base(province) + commune + item ± person. Each part but
//! the first is even around zero, so that the province's mean of levels stays what the data file says.

use std::collections::BTreeMap;

use analysis::index::ItemRule;

use super::person::uniform;
use crate::error::{Error, Result};

const DATA: &str = include_str!("../../data/simulated_satisfaction.csv");
const COMMUNE_SPREAD: f64 = 0.03;
const ITEM_SPREAD: f64 = 0.015;
const PERSON_SPREAD: f64 = 0.04;
const STEPS: i32 = 4;

pub(super) struct Satisfaction {
    /// Province code → probability of a step up.
    base: BTreeMap<String, f64>,
    items: Vec<String>,
}

impl Satisfaction {
    /// `items` are the units that measure satisfaction on five levels.
    pub(super) fn new(items: Vec<String>) -> Result<Self> {
        let mut base = BTreeMap::new();
        for row in csv::Reader::from_reader(DATA.as_bytes()).into_records() {
            let row = row.map_err(|cause| Error::internal("demo-data").caused_by(cause))?;
            let per_cent: f64 =
                row.get(2).and_then(|text| text.parse().ok()).ok_or_else(|| Error::internal("demo-data"))?;
            base.insert(row.get(0).unwrap_or_default().to_owned(), (per_cent / 20.0 - 1.0) / f64::from(STEPS));
        }
        Ok(Self { base, items })
    }

    pub(super) fn measures(&self, unit: &str) -> bool {
        self.items.iter().any(|item| item == unit)
    }

    fn theta(&self, seed: u64, province: &str, commune: &str, item: &str) -> f64 {
        let even = |parts: &[&str], spread: f64| (uniform(seed, parts) * 2.0 - 1.0) * spread;
        let base = self.base.get(province).copied().unwrap_or(0.8);
        base + even(&["commune", commune], COMMUNE_SPREAD) + even(&["item", item], ITEM_SPREAD)
    }

    /// The level 1..=5 that this person marks.
    pub(super) fn level(
        &self,
        seed: u64,
        province: &str,
        commune: &str,
        person: &str,
        item: &str,
        chance: f64,
    ) -> usize {
        let mood = if uniform(seed, &["mood", person]) < 0.5 { -PERSON_SPREAD } else { PERSON_SPREAD };
        let theta = (self.theta(seed, province, commune, item) + mood).clamp(0.0, 1.0);
        let mut below = 0.0;
        for (level, share) in levels(theta).into_iter().enumerate() {
            below += share;
            if chance < below {
                return level + 1;
            }
        }
        5
    }

    /// What a survey of everybody would find for an equal-items index, in per cent; `communes` are (province, commune, adults).
    pub(super) fn index<'a>(
        &self,
        seed: u64,
        rule: ItemRule,
        communes: impl Iterator<Item = (&'a str, &'a str, u64)>,
    ) -> f64 {
        let (mut sum, mut adults) = (0.0, 0.0);
        for (province, commune, size) in communes {
            #[expect(clippy::cast_precision_loss, reason = "adults of a commune")]
            let size = size as f64;
            let of_items: f64 =
                self.items.iter().map(|item| expected(self.theta(seed, province, commune, item), rule)).sum();
            sum += size * of_items / f64::from(u32::try_from(self.items.len()).unwrap_or(1));
            adults += size;
        }
        100.0 * sum / adults
    }
}

/// Over people of both moods.
fn expected(theta: f64, rule: ItemRule) -> f64 {
    let of = |theta: f64| {
        let scores = rule.scores(5).into_iter().skip(1);
        levels(theta.clamp(0.0, 1.0)).into_iter().zip(scores).map(|(share, score)| share * score).sum::<f64>()
    };
    f64::midpoint(of(theta - PERSON_SPREAD), of(theta + PERSON_SPREAD))
}

/// Shares of the levels 1 to 5: the binomial of four steps.
fn levels(theta: f64) -> [f64; 5] {
    let rest = 1.0 - theta;
    [1.0, 4.0, 6.0, 4.0, 1.0]
        .into_iter()
        .zip(0..=STEPS)
        .map(|(ways, up)| ways * theta.powi(up) * rest.powi(STEPS - up))
        .collect::<Vec<_>>()
        .try_into()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn satisfaction() -> Satisfaction {
        Satisfaction::new((1..=39).map(|item| format!("q9_{item}")).collect()).unwrap()
    }

    #[test]
    fn the_levels_of_a_binomial_add_up_and_have_its_mean() {
        let shares = levels(0.8);
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        let mean: f64 = shares.iter().zip(1..).map(|(share, level)| share * f64::from(level)).sum();
        assert!((mean - 4.2).abs() < 1e-12);
    }

    #[test]
    fn the_truth_of_a_province_is_near_what_the_data_file_says() {
        let communes: Vec<String> = (0..400).map(|number| format!("c{number}")).collect();
        let truth = satisfaction().index(1, ItemRule::M, communes.iter().map(|commune| ("31", commune.as_str(), 500)));
        assert!((truth - 90.59).abs() < 0.5, "{truth}");
    }

    #[test]
    fn what_people_mark_has_the_truth_as_its_mean() {
        let satisfaction = satisfaction();
        let mut sum = 0_usize;
        let mut count = 0_usize;
        for person in 0..4_000 {
            let person = format!("p{person}");
            for item in satisfaction.items.clone() {
                sum += satisfaction.level(1, "01", "c", &person, &item, uniform(1, &[&person, &item]));
                count += 1;
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "small counts")]
        let found = 20.0 * sum as f64 / count as f64;
        let truth = satisfaction.index(1, ItemRule::M, [("01", "c", 1)].into_iter());
        assert!((found - truth).abs() < 0.3, "{found} {truth}");
    }
}
