//! Orders of rows, found once and then followed column by column.

/// The rows by their key, which is below `keys`; rows of one key stay in their order.
pub(crate) fn by_key(rows: &[u32], keys: usize, key: impl Fn(u32) -> u32) -> Vec<u32> {
    // Where the next row of each key goes; at first, shifted by one, how many there are.
    let mut next = vec![0_u32; keys + 1];
    for row in rows {
        if let Some(count) = next.get_mut(key(*row) as usize + 1) {
            *count += 1;
        }
    }
    let mut before = 0;
    for start in &mut next {
        before += *start;
        *start = before;
    }
    let mut sorted = vec![0; rows.len()];
    for row in rows {
        if let Some(place) = next.get_mut(key(*row) as usize)
            && let Some(slot) = sorted.get_mut(*place as usize)
        {
            *slot = *row;
            *place += 1;
        }
    }
    sorted
}

/// By PSU, inside it by weight, and rows of equal weight by person where persons are known.
pub(super) fn by_psu_and_weight(psus: &[u32], keys: usize, weights: &[f64], persons: &[String]) -> Vec<u32> {
    let psu = |row: u32| psus.get(row as usize).copied().unwrap_or_default();
    let weight = |row: u32| weights.get(row as usize).copied().unwrap_or_default();
    let rows: Vec<u32> = (0..u32::try_from(psus.len()).unwrap_or(u32::MAX)).collect();
    let mut order = by_key(&rows, keys, psu);
    for rows in order.chunk_by_mut(|a, b| psu(*a) == psu(*b)) {
        rows.sort_by(|a, b| {
            let person = |row: u32| persons.get(row as usize);
            weight(*a).total_cmp(&weight(*b)).then_with(|| person(*a).cmp(&person(*b)))
        });
    }
    order
}

/// The values in this order.
pub(super) fn gathered<T: Copy, U: Default>(values: &[T], order: &[u32], each: impl Fn(T) -> U) -> Vec<U> {
    order.iter().map(|row| values.get(*row as usize).map_or_else(U::default, |value| each(*value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_by_key_then_weight_then_person() {
        assert_eq!(by_key(&[4, 0, 3, 2], 3, |row| row % 3), [0, 3, 4, 2]);
        let persons = ["d", "c", "b", "a", "e"].map(String::from);
        let (psus, weights) = ([1, 0, 1, 1, 0], [2.0, 1.0, 2.0, 3.0, 0.5]);
        assert_eq!(by_psu_and_weight(&psus, 2, &weights, &persons), [4, 1, 2, 0, 3]);
        assert_eq!(by_psu_and_weight(&psus, 2, &weights, &[]), [4, 1, 0, 2, 3]);
        assert_eq!(gathered(&psus, &[4, 1, 2], |psu| psu + 1), [1, 1, 2]);
    }
}
