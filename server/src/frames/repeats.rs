//! Who stood before: found by hashes, since the texts themselves are more than the memory holds.

use std::collections::HashMap;

/// The places whose key stood at an earlier place, each with the first of them. Keys are 64 bits of a hash that nobody can
/// foresee: among five million persons a false pair comes once in a million lists.
pub(super) fn repeats<I: Iterator<Item = (u64, usize)>>(keys: impl Fn() -> I) -> Vec<(usize, usize)> {
    let mut sorted: Vec<u64> = keys().map(|(key, _)| key).collect();
    sorted.sort_unstable();
    let mut first: HashMap<u64, Option<usize>> = HashMap::new();
    first.extend(sorted.windows(2).filter_map(|pair| match pair {
        [a, b] if a == b => Some((*a, None)),
        _ => None,
    }));
    drop(sorted);
    let mut found = Vec::new();
    if first.is_empty() {
        return found;
    }
    for (key, place) in keys() {
        match first.get_mut(&key) {
            Some(Some(first)) => found.push((place, *first)),
            Some(none) => *none = Some(place),
            None => {}
        }
    }
    found
}
