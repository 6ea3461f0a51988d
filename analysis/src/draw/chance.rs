//! The only source of chance of a draw: HMAC-SHA256 under a key from seed, frame digest and design digest.
//! Changing the frame or the design changes every number, so neither can be tuned once the seed is known.

use std::borrow::Cow;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};
use unicode_normalization::{UnicodeNormalization, is_nfc};

const PROTOCOL: &[u8] = b"sipas-draw-v1";
const SEPARATOR: &[u8] = b"\x1f";

/// A SHA-256 digest; shown as 64 lowercase hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The digest of a frame: lines `id TAB size LF`, ids in NFC and in the order of their UTF-8 bytes.
pub fn frame_digest<'a>(units: impl IntoIterator<Item = (&'a str, u64)>) -> Digest {
    let mut units: Vec<_> = units.into_iter().map(|(id, size)| (nfc(id), size)).collect();
    units.sort();
    let mut hash = Sha256::new();
    for (id, size) in units {
        hash.update(format!("{id}\t{size}\n").as_bytes());
    }
    Digest(hash.finalize().into())
}

pub(crate) fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The stream of one draw. Each number depends on its purpose, path, unit and counter alone, not on what was
/// asked before.
#[derive(Clone, Debug)]
pub struct Chance {
    key: [u8; 32],
    keyed: Hmac<Sha256>,
}

impl Chance {
    pub fn new(seed: &str, frame: Digest, design: Digest) -> Self {
        let key = keyed(nfc(seed).as_bytes())
            .chain_update(PROTOCOL)
            .chain_update(frame.0)
            .chain_update(design.0)
            .finalize()
            .into_bytes()
            .into();
        Self { key, keyed: keyed(&key) }
    }

    pub fn key(&self) -> Digest {
        Digest(self.key)
    }

    /// R(purpose, path, unit, counter): 256 bits.
    pub fn bits(&self, purpose: &str, path: &str, unit: &str, counter: u64) -> [u8; 32] {
        let mut mac = self.keyed.clone();
        for part in [purpose, path, &nfc(unit)] {
            mac.update(part.as_bytes());
            mac.update(SEPARATOR);
        }
        mac.update(counter.to_string().as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The top 53 bits as a number in [0, 1).
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub fn uniform(&self, purpose: &str, path: &str, unit: &str, counter: u64) -> f64 {
        let bits = self.bits(purpose, path, unit, counter);
        let (top, _) = bits.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
        (u64::from_be_bytes(*top) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A uniform whole number below `n`, exactly: 256-bit words from the incomplete last cycle of `n` are
    /// rejected. 0 when `n` is 0.
    pub fn below(&self, purpose: &str, path: &str, n: u64) -> u64 {
        // 2^256 mod n
        let last_cycle = (remainder(&[0xff; 32], n) + 1).checked_rem(n).unwrap_or_default();
        let mut counter = 0;
        loop {
            let word = self.bits(purpose, path, "", counter);
            if !in_last(&word, last_cycle) {
                return remainder(&word, n);
            }
            counter += 1;
        }
    }
}

/// Whether the word is one of the last `count` of all 256-bit words.
fn in_last(word: &[u8; 32], count: u64) -> bool {
    let (high, low) = word.split_last_chunk::<8>().unwrap_or((&[], &[0; 8]));
    high.iter().all(|byte| *byte == 0xff) && !u64::from_be_bytes(*low) < count
}

/// The word modulo `n`; 0 when `n` is 0.
pub(super) fn remainder(word: &[u8; 32], n: u64) -> u64 {
    let n = u128::from(n);
    let rest = word.iter().fold(0, |rest, byte| (rest << 8 | u128::from(*byte)).checked_rem(n).unwrap_or_default());
    u64::try_from(rest).unwrap_or_default()
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("every length is allowed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainder_and_rejection_agree_with_long_division() {
        // 2^256 = 6 (mod 10), so exactly the last 6 words are outside the last whole cycle.
        let mut word = [0xff; 32];
        assert_eq!(remainder(&word, 10), 5);
        word[31] = 0xff - 5;
        assert!(in_last(&word, 6));
        word[31] = 0xff - 6;
        assert!(!in_last(&word, 6));
        assert_eq!(remainder(&[0x5a; 32], 1), 0);
        // Python: int.from_bytes(bytes([0x5a]) * 32, "big") % (2**64 - 59)
        assert_eq!(remainder(&[0x5a; 32], u64::MAX - 58), 8_680_820_740_573_477_448);
    }
}
