//! Ways to choose units of one parent. All return positions in `ids`, in the order of selection.

use super::{Chance, DrawError, Fraction, inclusion_probabilities};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOrder {
    /// The order of the list: an implicit stratification if it is sorted well.
    Given,
    /// A random order, so that all pairs have a chance.
    Randomised,
}

/// A random order of the units.
pub fn order(chance: &Chance, path: &str, ids: &[&str]) -> Vec<usize> {
    let mut keyed: Vec<_> =
        ids.iter().enumerate().map(|(place, id)| (chance.bits("order", path, id, 0), id.as_bytes(), place)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, _, place)| place).collect()
}

/// Simple random sampling without replacement: the first `n` of the random order. The reserve is what follows.
pub fn simple_random(chance: &Chance, path: &str, ids: &[&str], n: usize, reserve: usize) -> (Vec<usize>, Vec<usize>) {
    let mut chosen = order(chance, path, ids);
    let mut rest = chosen.split_off(n.min(chosen.len()));
    rest.truncate(reserve);
    (chosen, rest)
}

/// Systematic with equal probability n/N over the given order: units ⌊(s + jN)/n⌋, s uniform in 0..N−1.
pub fn systematic(chance: &Chance, path: &str, ids: &[&str], n: usize) -> Vec<usize> {
    let all = ids.len() as u64;
    let n = (n as u64).min(all);
    let start = chance.below("sys", path, all);
    (0..n)
        .filter_map(|step| (u128::from(start) + u128::from(step) * u128::from(all)).checked_div(u128::from(n)))
        .filter_map(|place| usize::try_from(place).ok())
        .collect()
}

/// Systematic with probability proportional to size: certain units first, then one random start in
/// 0..ΣM−1 and hits at s + jΣM on the cumulated n·M, whole numbers only.
pub fn pps_systematic(
    chance: &Chance,
    path: &str,
    ids: &[&str],
    sizes: &[u64],
    n: u64,
    list_order: ListOrder,
) -> Result<Vec<usize>, DrawError> {
    let Split { certain: mut chosen, open, left, total } = split_certain(sizes, n)?;
    let open = match list_order {
        ListOrder::Given => open,
        ListOrder::Randomised => {
            let names: Vec<_> = open.iter().filter_map(|(place, _)| ids.get(*place).copied()).collect();
            order(chance, path, &names).into_iter().filter_map(|place| open.get(place).copied()).collect()
        }
    };
    if left == 0 || open.is_empty() {
        return Ok(chosen);
    }
    let mut hit = u128::from(chance.below("pps", path, total));
    let mut cumulated = 0;
    for (place, size) in open {
        cumulated += u128::from(size) * u128::from(left);
        if hit < cumulated {
            chosen.push(place);
            hit += u128::from(total);
        }
    }
    Ok(chosen)
}

/// Units parted by what is left to chance.
pub(super) struct Split {
    pub(super) certain: Vec<usize>,
    /// Position and size.
    pub(super) open: Vec<(usize, u64)>,
    /// How many to draw among the open ones.
    pub(super) left: u64,
    /// Size of all open ones.
    pub(super) total: u64,
}

pub(super) fn split_certain(sizes: &[u64], n: u64) -> Result<Split, DrawError> {
    let mut split = Split { certain: Vec::new(), open: Vec::new(), left: n, total: 0 };
    for (place, (probability, size)) in inclusion_probabilities(sizes, n)?.into_iter().zip(sizes).enumerate() {
        match probability {
            Fraction::ONE => {
                split.certain.push(place);
                split.left -= 1;
            }
            Fraction::ZERO => {}
            _ => {
                split.open.push((place, *size));
                split.total = split.total.checked_add(*size).ok_or(DrawError::TooLarge)?;
            }
        }
    }
    Ok(split)
}
