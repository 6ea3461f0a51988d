//! Names as people type them when they look for a place: no marks, no capitals, no "xã" or "tỉnh" before them.

use unicode_normalization::UnicodeNormalization as _;

/// Words that say what a place is, not which; longer ones first.
const KINDS: &[&str] = &[
    "thanh pho truc thuoc trung uong",
    "to dan pho",
    "khu pho",
    "thanh pho",
    "dac khu",
    "thi tran",
    "thi xa",
    "phuong",
    "huyen",
    "tinh",
    "quan",
    "thon",
    "ban",
    "ap",
    "tp",
    "xa",
];

/// "Bà Rịa - Vũng Tàu" → "ba ria vung tau", "Tỉnh Đắk Lắk" → "dak lak".
pub fn key(name: &str) -> String {
    let plain = plain(name);
    let kind = KINDS.iter().find_map(|kind| plain.strip_prefix(kind)?.strip_prefix(' '));
    // "Phường 1" keeps its number, but nothing of "xã" alone is left.
    kind.filter(|rest| !rest.is_empty()).map_or_else(|| plain.clone(), ToOwned::to_owned)
}

fn plain(name: &str) -> String {
    let letters: String = name
        .nfd()
        .filter_map(|letter| match letter {
            'đ' | 'Đ' => Some('d'),
            letter if letter.is_ascii_alphanumeric() => Some(letter.to_ascii_lowercase()),
            // What stands between words, and the point of "TP."; marks vanish.
            letter if letter.is_whitespace() || letter.is_ascii_punctuation() || letter == '–' => Some(' '),
            _mark => None,
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_with_and_without_marks_and_kinds() {
        for (name, expected) in [
            ("Bà Rịa - Vũng Tàu", "ba ria vung tau"),
            ("Tỉnh Đắk Lắk", "dak lak"),
            ("TP. Hồ Chí Minh", "ho chi minh"),
            ("Thành phố Hồ Chí Minh", "ho chi minh"),
            ("Khánh Hoà", "khanh hoa"),
            ("Khánh Ho\u{0300}a", "khanh hoa"),
            ("Phường 1", "1"),
            ("Xã", "xa"),
            ("  thôn   Đoài ", "doai"),
            ("Bản Lác", "lac"),
            ("Apollo", "apollo"),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }
}
