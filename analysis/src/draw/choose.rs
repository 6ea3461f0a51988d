//! One stage in one parent by the design's method: who is chosen, with which exact probability, who comes after.

use std::collections::HashSet;

use super::{
    Chance, DrawError, Fraction, ListOrder, SelectionMethod, conditional_poisson, conditional_poisson_odds,
    inclusion_probabilities, order, pps_systematic, sampford, simple_random, systematic,
};

/// Units of one parent. Certain ones are taken whatever the method.
pub(super) struct Stand<'a> {
    pub(super) path: &'a str,
    pub(super) ids: &'a [String],
    pub(super) sizes: &'a [u64],
    pub(super) certain: &'a [bool],
}

/// `n` positions in the order of selection, then the reserves. `n` counts the certain units.
pub(super) fn choose(
    chance: &Chance,
    stand: &Stand<'_>,
    method: SelectionMethod,
    n: u64,
    reserves: usize,
) -> Result<(Vec<usize>, Vec<usize>), DrawError> {
    let (mut chosen, open): (Vec<usize>, Vec<usize>) =
        (0..stand.ids.len()).partition(|place| stand.certain.get(*place).copied().unwrap_or(false));
    let left = n.saturating_sub(chosen.len() as u64);
    chosen.extend(by_method(chance, stand.path, stand, &open, method, left)?);
    if reserves == 0 {
        return Ok((chosen, Vec::new()));
    }
    let taken: HashSet<usize> = chosen.iter().copied().collect();
    let rest: Vec<usize> = open.into_iter().filter(|place| !taken.contains(place)).collect();
    let reserve = match method {
        // Of a stage by size a reserve comes by size as well.
        method if !method.is_equal() => {
            let method = SelectionMethod::PpsSystematic;
            by_method(chance, &format!("{}+reserve", stand.path), stand, &rest, method, reserves as u64)?
        }
        // The continuation of the random order.
        _ => {
            let mut rest = ordered(chance, stand, &rest);
            rest.truncate(reserves);
            rest
        }
    };
    Ok((chosen, reserve))
}

/// First-order probabilities of the same units, exact.
pub(crate) fn probabilities(
    sizes: &[u64],
    certain: &[bool],
    method: SelectionMethod,
    n: u64,
) -> Result<Vec<Fraction>, DrawError> {
    let taken = certain.iter().filter(|certain| **certain).count();
    let left = n.saturating_sub(taken as u64);
    let open_sizes: Vec<u64> =
        sizes.iter().zip(certain).filter(|(_, certain)| !**certain).map(|(size, _)| *size).collect();
    let mut open = if method.is_equal() {
        let all = open_sizes.len() as u128;
        let equal = Fraction::new(u128::from(left).min(all), all.max(1)).ok_or(DrawError::TooLarge)?;
        vec![equal; open_sizes.len()]
    } else {
        inclusion_probabilities(&open_sizes, left)?
    }
    .into_iter();
    let of = |certain: &bool| if *certain { Fraction::ONE } else { open.next().unwrap_or(Fraction::ZERO) };
    Ok(certain.iter().map(of).collect())
}

fn ordered(chance: &Chance, stand: &Stand<'_>, places: &[usize]) -> Vec<usize> {
    let ids: Vec<&str> = places.iter().filter_map(|place| stand.ids.get(*place).map(String::as_str)).collect();
    order(chance, stand.path, &ids).into_iter().filter_map(|place| places.get(place).copied()).collect()
}

fn by_method(
    chance: &Chance,
    path: &str,
    stand: &Stand<'_>,
    places: &[usize],
    method: SelectionMethod,
    n: u64,
) -> Result<Vec<usize>, DrawError> {
    let ids: Vec<&str> = places.iter().filter_map(|place| stand.ids.get(*place).map(String::as_str)).collect();
    let sizes: Vec<u64> = places.iter().filter_map(|place| stand.sizes.get(*place).copied()).collect();
    let count = usize::try_from(n).unwrap_or(usize::MAX).min(ids.len());
    let chosen = match method {
        SelectionMethod::SimpleRandom => simple_random(chance, path, &ids, count, 0).0,
        SelectionMethod::Systematic => systematic(chance, path, &ids, count),
        SelectionMethod::PpsSystematic => pps_systematic(chance, path, &ids, &sizes, n, ListOrder::Randomised)?,
        SelectionMethod::PpsSystematicFixed => pps_systematic(chance, path, &ids, &sizes, n, ListOrder::Given)?,
        SelectionMethod::Sampford => sampford(chance, path, &sizes, n)?,
        SelectionMethod::ConditionalPoisson => entropy(chance, path, &ids, &sizes, n)?,
    };
    Ok(chosen.into_iter().filter_map(|place| places.get(place).copied()).collect())
}

/// Conditional Poisson among those that are not certain by their size.
fn entropy(chance: &Chance, path: &str, ids: &[&str], sizes: &[u64], n: u64) -> Result<Vec<usize>, DrawError> {
    let probabilities = inclusion_probabilities(sizes, n)?;
    let place_of = |wanted: fn(Fraction) -> bool| -> Vec<usize> {
        (0..).zip(&probabilities).filter(|(_, p)| wanted(**p)).map(|(place, _)| place).collect()
    };
    let mut chosen = place_of(|p| p == Fraction::ONE);
    let open = place_of(|p| p != Fraction::ONE && p != Fraction::ZERO);
    let left = usize::try_from(n).unwrap_or(usize::MAX).min(ids.len()) - chosen.len();
    if left == 0 || open.is_empty() {
        return Ok(chosen);
    }
    let target: Vec<f64> = open.iter().filter_map(|place| probabilities.get(*place)).map(|p| p.to_f64()).collect();
    let names: Vec<&str> = open.iter().filter_map(|place| ids.get(*place).copied()).collect();
    let odds = conditional_poisson_odds(&target, left);
    let drawn = conditional_poisson(chance, path, &names, &odds, left);
    chosen.extend(drawn.into_iter().filter_map(|place| open.get(place).copied()));
    Ok(chosen)
}
