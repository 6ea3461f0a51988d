//! Text in the encodings from before Unicode. It looks like text to a machine, and to nobody else: `NguyÔn ThÞ` (TCVN3, also
//! ABC, fonts `.VnTime`) or `Nguyeãn Thò` (VNI, fonts `VNI-Times`) for "Nguyễn Thị".

use super::defect::DefectKind;

/// Syllables of nearly every list of names, each written with the letters that Windows-1252 shows. None of them is Vietnamese
/// in Unicode, so that one is enough: "Vũ" in TCVN3 looks like "vò" and is left out.
const TCVN3: [&str; 31] = [
    "nguyôn",
    "thþ",
    "trçn",
    "ph¹m",
    "lª",
    "hoµng",
    "huúnh",
    "vâ",
    "®æng",
    "®ç",
    "®inh",
    "®oµn",
    "v¨n",
    "®øc",
    "h÷u",
    "ngäc",
    "xu©n",
    "h\u{ad}¬ng",
    "hång",
    "tuên",
    "b×nh",
    "c\u{ad}êng",
    "x·",
    "ph\u{ad}êng",
    "th«n",
    "tæ",
    "®\u{ad}êng",
    "huyön",
    "tønh",
    "h¶i",
    "d\u{ad}¬ng",
];
const VNI: [&str; 31] = [
    "nguyeãn",
    "traàn",
    "phaïm",
    "leâ",
    "hoaøng",
    "huyønh",
    "vuõ",
    "voõ",
    "ñaëng",
    "ñoã",
    "ñinh",
    "ñoaøn",
    "vaên",
    "ñöùc",
    "höõu",
    "ngoïc",
    "xuaân",
    "höông",
    "tuaán",
    "duõng",
    "cöôøng",
    "xaõ",
    "phöôøng",
    "thoân",
    "toå",
    "ñöôøng",
    "huyeän",
    "tænh",
    "phoá",
    "haûi",
    "döông",
];
/// The encoding, when a word of the text shows it.
pub(super) fn legacy(text: &str) -> Option<DefectKind> {
    // Nearly every cell: ASCII, or a letter that only Unicode has.
    if text.is_ascii() || text.chars().any(|letter| letter > '\u{ff}') {
        return None;
    }
    // The capital of ® (đ) is §, which Unicode does not know.
    let text = text.to_lowercase().replace('§', "®");
    let mut words = text.split(|sign: char| sign.is_whitespace() || ",.-()/0123456789".contains(sign));
    words.find_map(|word| {
        if TCVN3.contains(&word) { Some(DefectKind::Tcvn3) } else { VNI.contains(&word).then_some(DefectKind::Vni) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_are_told_apart_and_from_vietnamese() {
        for text in ["NguyÔn V¨n An", "TrÇn ThÞ B×nh", "Sè 3, ph\u{ad}êng Phóc X¸"] {
            assert_eq!(legacy(text), Some(DefectKind::Tcvn3), "{text}");
        }
        for text in ["Nguyeãn Vaên An", "Traàn Thò Bình", "12 ñöôøng soá 3"] {
            assert_eq!(legacy(text), Some(DefectKind::Vni), "{text}");
        }
        for text in [
            "Nguyễn Văn An",
            "Hoàng Bình",
            "Vò Thò",
            "Số 3, phường Phúc Xá",
            "Y Moan",
            "",
            "Trần Tuấn",
            "Lò Và Pó",
            "José",
        ] {
            assert_eq!(legacy(text), None, "{text}");
        }
    }
}
