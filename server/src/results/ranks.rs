//! Where a province stands by an indicator: never a rank without the ranks that the sample allows.

use std::collections::BTreeMap;

use analysis::rank::{League, RankSet};

use super::publish::PROVINCE_LEVEL;
use super::store::Figure;
use crate::error::{Error, Result};

/// A province's place among those that have a value with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// As estimated; provinces of equal value share the best of their ranks.
    pub rank: u32,
    /// 95 % for all provinces together, by intervals that do not overlap (Klein, Wright & Wieczorek 2020): for the whole table.
    pub joint: RankSet,
    /// 95 % for this province alone: for whoever looks at one.
    pub own: RankSet,
    /// Provinces of one tier cannot be told from its highest one (Holm); 1 is the highest tier.
    pub tier: u32,
    /// How many provinces are compared.
    pub of: u32,
}

/// The standing of every province by its code: `figures` are of one indicator by one rule. Provinces without a value or an error have
/// none, and with fewer than two there is nothing to compare. Needs no chance, so the same figures always stand the same.
pub(super) fn standings<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Result<BTreeMap<&'a str, Standing>> {
    let provinces = figures.into_iter().filter(|figure| figure.level == PROVINCE_LEVEL);
    let shown = provinces.filter_map(|figure| Some((figure.place_code.as_str(), figure.estimate?, figure.se?)));
    let (codes, (values, errors)): (Vec<_>, (Vec<f64>, Vec<f64>)) =
        shown.map(|(code, value, error)| (code, (value, error))).unzip();
    if codes.len() < 2 {
        return Ok(BTreeMap::new());
    }
    let league = League::independent(&values, &errors).map_err(|cause| Error::internal("results").caused_by(cause))?;
    let of = u32::try_from(codes.len()).unwrap_or(u32::MAX);
    let sets = league.sets_by_intervals().into_iter().zip(league.own_sets());
    let standing = |(((code, rank), (joint, own)), tier)| (code, Standing { rank, joint, own, tier, of });
    Ok(codes.into_iter().zip(league.ranks()).zip(sets).zip(league.tiers()).map(standing).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::views::tests::row;

    #[test]
    fn a_rank_comes_with_the_ranks_the_sample_allows() {
        let figures: Vec<Figure> = [("a", 0.90), ("b", 0.80), ("c", 0.79), ("d", 0.79)]
            .map(|(place, estimate)| row(place, estimate, 0.0, 1.0).figure)
            .to_vec();
        let standings = standings(&figures).unwrap();
        let told: Vec<_> =
            standings.values().map(|it| (it.rank, (it.joint.first, it.joint.last), it.tier, it.of)).collect();
        // One hundredth is one standard error: a is ahead of all, the others cannot be told apart.
        assert_eq!(told, [(1, (1, 1), 1, 4), (2, (2, 4), 2, 4), (3, (2, 4), 2, 4), (3, (2, 4), 2, 4)]);
        assert!(standings.values().all(|it| it.joint.first <= it.own.first && it.own.last <= it.joint.last));
    }

    #[test]
    fn what_has_no_value_or_no_error_does_not_stand() {
        let [one, two] = ["a", "b"].map(|place| row(place, 0.9, 0.0, 1.0).figure);
        let hidden = Figure { estimate: None, se: None, ..row("c", 0.5, 0.0, 1.0).figure };
        let unknown = Figure { se: None, ..row("d", 0.5, 0.0, 1.0).figure };
        let country = Figure { level: "country".to_owned(), ..row("VN", 0.95, 0.0, 1.0).figure };
        let figures = [one.clone(), two, hidden.clone(), unknown, country];
        assert_eq!(standings(&figures).unwrap().into_keys().collect::<Vec<_>>(), ["a", "b"]);
        assert!(standings(&[one, hidden]).unwrap().is_empty());
    }
}
