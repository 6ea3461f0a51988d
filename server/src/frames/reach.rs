//! Telephone numbers and e-mail addresses: whether they can be what they say. Nobody is called to find out.

use std::borrow::Cow;

use super::defect::DefectKind;

/// A Vietnamese number as it is kept, `0912345678`: without spaces, dots, dashes and brackets, and with 0 instead of +84.
pub(super) fn phone(text: &str) -> Result<Cow<'_, str>, DefectKind> {
    if text.is_empty() {
        return Ok(Cow::Borrowed(text));
    }
    let digits: String = text.chars().filter(|sign| !" .-()\u{a0}".contains(*sign)).collect();
    let international = digits.starts_with('+') || digits.starts_with("00");
    let national = ["+84", "0084"]
        .iter()
        .find_map(|country| digits.strip_prefix(country))
        .map_or_else(|| digits.clone(), |rest| format!("0{}", rest.strip_prefix('0').unwrap_or(rest)));
    if is_national(&national) {
        return Ok(if national == text { Cow::Borrowed(text) } else { Cow::Owned(national) });
    }
    let lost = !international && is_national(&format!("0{digits}"));
    Err(if lost { DefectKind::PhoneZeroLost } else { DefectKind::NotAPhone })
}

/// Mobile: 10 digits from 03, 05, 07, 08 or 09. Landline: 11 digits from 02. The 11 digits from 01 ended in 2018.
fn is_national(text: &str) -> bool {
    let mut first = text.bytes();
    let mobile = matches!((first.next(), first.next()), (Some(b'0'), Some(b'3' | b'5' | b'7'..=b'9')));
    text.bytes().all(|digit| digit.is_ascii_digit())
        && ((mobile && text.len() == 10) || (text.starts_with("02") && text.len() == 11))
}

/// One address and nothing else: what stands here goes into the head of a letter.
pub(super) fn email(text: &str) -> Result<(), DefectKind> {
    let sound =
        text.is_empty() || text.split_once('@').is_some_and(|(name, host)| name_sound(name) && host_sound(host));
    if sound && text.len() <= 254 { Ok(()) } else { Err(DefectKind::NotAnEmail) }
}

fn name_sound(name: &str) -> bool {
    let allowed = |sign: char| sign.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(sign);
    !name.is_empty()
        && name.len() <= 64
        && name.chars().all(allowed)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
}

fn host_sound(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let ends_in_letters =
        host.rsplit('.').next().is_some_and(|last| last.len() >= 2 && !last.starts_with(|c: char| c.is_ascii_digit()));
    host.contains('.') && ends_in_letters && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_in_one_form() {
        for (text, kept) in [
            ("", ""),
            ("0912345678", "0912345678"),
            ("0912 345 678", "0912345678"),
            ("+84 912.345.678", "0912345678"),
            ("0084912345678", "0912345678"),
            ("+84 (0)912 345 678", "0912345678"),
            ("(024) 3825-1234", "02438251234"),
            ("0900 000 123", "0900000123"),
        ] {
            assert_eq!(phone(text).as_deref(), Ok(kept), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_and_a_lost_zero_by_its_name() {
        assert_eq!(phone("912345678"), Err(DefectKind::PhoneZeroLost));
        assert_eq!(phone("2438251234"), Err(DefectKind::PhoneZeroLost));
        for text in
            ["12345", "01234567890", "0912345678;0987654321", "không có", "9.12E+08", "+1 202 555 0123", "٠٩١٢٣٤٥٦٧٨"]
        {
            assert_eq!(phone(text), Err(DefectKind::NotAPhone), "{text}");
        }
    }

    #[test]
    fn an_address_is_one_address() {
        for text in ["", "a@example.com", "nguyen.van-a+1@mail.example.vn"] {
            assert_eq!(email(text), Ok(()), "{text}");
        }
        let long = format!("{}@example.com", "a".repeat(65));
        for text in [
            "a",
            "a@",
            "@example.com",
            "a@example",
            "a b@example.com",
            "a@example.com, b@example.com",
            "a@example.com\r\nBcc: b@example.com",
            "<a@example.com>",
            "a..b@example.com",
            "a@-example.com",
            "a@192.168.1.1",
            "a@b@example.com",
            "ă@example.com",
            &long,
        ] {
            assert_eq!(email(text), Err(DefectKind::NotAnEmail), "{text}");
        }
    }
}
