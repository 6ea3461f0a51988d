//! Sampford's rejective method (1967): exact π, all pairs possible.

use super::chance::remainder;
use super::fraction::real;
use super::methods::{Split, split_certain};
use super::{Chance, DrawError};

/// Many more than any sensible sample needs; where most units are taken, hardly any attempt has distinct ones.
const ATTEMPTS: u64 = 200_000;

/// Positions of `n` units. The first draw has probability `p_k`, the others `∝ p_k/(1 − n·p_k)`, all with
/// replacement; repeated until the units are distinct.
pub fn sampford(chance: &Chance, path: &str, sizes: &[u64], n: u64) -> Result<Vec<usize>, DrawError> {
    let Split { certain, open, left, total } = split_certain(sizes, n)?;
    if left == 0 || open.is_empty() {
        return Ok(certain);
    }
    let first_steps: Vec<u64> = running(open.iter().map(|(_, size)| *size), 0, |sum, size| sum + size);
    let ratios = open.iter().map(|(_, size)| real(*size) / real(total - left * size));
    let later_steps: Vec<f64> = running(ratios, 0.0, |sum, ratio| sum + ratio);
    let top = later_steps.last().copied().unwrap_or_default();
    for attempt in 0..ATTEMPTS {
        let first = remainder(&chance.bits("sampford", path, "first", attempt), total);
        let mut picks = vec![first_steps.iter().take_while(|step| first >= **step).count()];
        for draw in 1..left {
            let value = chance.uniform("sampford", path, &format!("draw{draw}"), attempt) * top;
            let pick = later_steps.iter().take_while(|step| value >= **step).count();
            if picks.contains(&pick) {
                break;
            }
            picks.push(pick);
        }
        if picks.len() as u64 == left {
            picks.sort_unstable();
            let drawn = picks.into_iter().filter_map(|pick| open.get(pick).map(|(place, _)| *place));
            return Ok(certain.into_iter().chain(drawn).collect());
        }
    }
    Err(DrawError::Rejected { path: path.to_owned(), attempts: ATTEMPTS })
}

fn running<T: Copy>(values: impl Iterator<Item = T>, zero: T, add: impl Fn(T, T) -> T) -> Vec<T> {
    values
        .scan(zero, |sum, value| {
            *sum = add(*sum, value);
            Some(*sum)
        })
        .collect()
}
