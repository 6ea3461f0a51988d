//! Short messages: what became of one, and how many pieces an SMS takes.

/// What became of a message handed over to a relay or a gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    /// For good, with the other side's reason.
    Refused(String),
    /// Not now; nothing was taken over, so it may be tried again.
    Later,
    /// The answer was lost on the way: nobody knows whether it left.
    Unknown,
}

/// A reason of the other side's in a few plain signs: it must not bring a person's address or a code with it.
pub fn reason(told: &str) -> String {
    let plain = |sign: &char| sign.is_ascii_alphabetic() || matches!(sign, ' ' | '-' | '_' | '.');
    told.chars().filter(plain).take(60).collect::<String>().trim().to_owned()
}

/// How many pieces an SMS is sent in: 160 signs of the old alphabet in one piece or 153 in each of several; with a single other sign
/// (Vietnamese marks) 70 or 67.
pub fn segments(text: &str) -> usize {
    const DOUBLE: &str = "^{}\\[~]|€";
    const OLD: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    let old: Option<usize> =
        text.chars().map(|sign| if OLD.contains(sign) { Some(1) } else { DOUBLE.contains(sign).then_some(2) }).sum();
    let (length, one, several) = match old {
        Some(length) => (length, 160, 153),
        None => (text.encode_utf16().count(), 70, 67),
    };
    if length <= one { 1 } else { length.div_ceil(several) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_make_an_sms_shorter() {
        assert_eq!((segments(&"a".repeat(160)), segments(&"a".repeat(161)), segments(&"a".repeat(307))), (1, 2, 3));
        assert_eq!((segments(&"ộ".repeat(70)), segments(&"ộ".repeat(134)), segments(&"ộ".repeat(135))), (1, 2, 3));
        assert_eq!(segments(&"{".repeat(81)), 2);
        assert_eq!(segments(&"😀".repeat(36)), 2);
    }

    #[test]
    fn a_reason_brings_no_number_and_no_line_break() {
        assert_eq!(reason("550 5.1.1 <a@b.vn> 4821-7730\r\nno such user"), ".. ab.vn -no such user");
    }
}
