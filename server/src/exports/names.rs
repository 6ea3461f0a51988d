//! Names and labels as SPSS and Stata take them.

use std::collections::BTreeSet;

/// Names made legal: `_` before a name becomes `first`, a hyphen `_`, no longer than `most`, none of the `reserved` words and no name twice: the
/// second one is `name_2`.
pub(super) fn legal<'n>(
    names: impl Iterator<Item = &'n str>,
    first: &str,
    most: usize,
    reserved: &[&str],
) -> Vec<String> {
    let mut taken: BTreeSet<String> = reserved.iter().map(|word| (*word).to_owned()).collect();
    let mut make = |name: &str| {
        let wanted = name.strip_prefix('_').map_or_else(|| name.to_owned(), |rest| format!("{first}{rest}"));
        let wanted = wanted.replace('-', "_");
        let mut legal = cut(&wanted, most).to_owned();
        let mut copy = 2;
        while !taken.insert(legal.clone()) {
            let end = format!("_{copy}");
            legal = cut(&wanted, most - end.len()).to_owned() + &end;
            copy += 1;
        }
        legal
    };
    names.map(&mut make).collect()
}

/// The beginning of a text in at most so many bytes, no letter cut in half.
pub(super) fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default()
}

/// Exactly so many bytes: cut, or filled up.
pub(super) fn fixed(text: &str, bytes: usize, fill: u8) -> Vec<u8> {
    let mut fixed = cut(text, bytes).as_bytes().to_vec();
    fixed.resize(bytes, fill);
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_short_and_each_there_once() {
        let names = ["_weight", "q1-a", "q1_a", "if", &"a".repeat(40), &"a".repeat(41)];
        let legal = legal(names.into_iter(), "@", 32, &["if"]);
        assert_eq!(legal[..4], ["@weight", "q1_a", "q1_a_2", "if_2"]);
        assert_eq!(legal[4..], ["a".repeat(32), format!("{}_2", "a".repeat(30))]);
    }

    #[test]
    fn letters_are_not_cut_in_half() {
        assert_eq!([cut("Hài", 2), cut("Hài", 3), cut("Hài", 9)], ["H", "Hà", "Hài"]);
        assert_eq!(fixed("à", 1, b' '), b" ");
    }
}
