//! Text without its marks, for finding what was written with or without them.

use unicode_normalization::UnicodeNormalization as _;

/// "Thừa Thiên – Huế" → "thua thien – hue".
pub(super) fn plain(text: &str) -> String {
    text.nfd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect()
}

/// Whether a name of several words has no mark at all, as hardly any Vietnamese name has.
pub(super) fn without_marks(name: &str) -> bool {
    name.is_ascii() && name.split_whitespace().count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_dropped_and_their_absence_is_seen() {
        assert_eq!(plain("ĐẮK LẮK"), "dak lak");
        assert_eq!(plain("Thừa Thiên - Huế"), "thua thien - hue");
        assert!(without_marks("Nguyen Van A") && !without_marks("Nguyễn Van A") && !without_marks("Long"));
    }
}
