//! What a browser seals for this server alone, so that the device which made it cannot read it any more: a key of one use and ours agree
//! (ECDH over P-256), HKDF-SHA256 makes a key of what they agreed on, AES-256-GCM seals. All of it is in the browsers' own cryptography.
//!
//! On the wire, in base64url: 65 bytes of public key, 12 of nonce, the sealed text.

use aes_gcm::aead::{Aead as _, KeyInit as _};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hkdf::Hkdf;
use p256::ecdh::diffie_hellman;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

use super::chance;
use super::seal::Key;
use crate::error::{Error, Result};

const POINT_BYTES: usize = 65;
const NONCE_BYTES: usize = 12;
const PURPOSE: &[u8] = b"sipas envelope 1";

/// Our half: opens what was sealed for it.
pub struct Opener(SecretKey);

impl Opener {
    /// The same pair for the same key.
    pub fn new(key: &Key) -> Result<Self> {
        // One in 2³² numbers is no key of the curve.
        let secret = (0..=u8::MAX).find_map(|attempt| {
            let bytes = key.derive("envelope", &[attempt]).ok()?;
            SecretKey::from_slice(bytes.bytes()).ok()
        });
        secret.map(Self).ok_or_else(|| Error::internal("envelope"))
    }

    /// What a browser needs, in base64url.
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().to_sec1_bytes())
    }

    /// `None` for whatever was not sealed for us.
    pub fn open(&self, envelope: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(envelope).ok()?;
        let (point, rest) = bytes.split_first_chunk::<POINT_BYTES>()?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE_BYTES>()?;
        let their = PublicKey::from_sec1_bytes(point).ok()?;
        let ours = self.0.public_key().to_sec1_bytes();
        let agreed = diffie_hellman(self.0.to_nonzero_scalar(), their.as_affine());
        cipher(agreed.raw_secret_bytes(), point, &ours)?.decrypt(&Nonce::from(*nonce), sealed).ok()
    }
}

/// Seals as a browser does.
pub fn seal(public: &str, plain: &[u8]) -> Option<String> {
    let theirs = URL_SAFE_NO_PAD.decode(public).ok()?;
    let their = PublicKey::from_sec1_bytes(&theirs).ok()?;
    let once = SecretKey::from_slice(&chance::secret_bytes::<32>().ok()?).ok()?;
    let nonce = chance::secret_bytes::<NONCE_BYTES>().ok()?;
    let point = once.public_key().to_sec1_bytes();
    let agreed = diffie_hellman(once.to_nonzero_scalar(), their.as_affine());
    let sealed = cipher(agreed.raw_secret_bytes(), &point, &theirs)?.encrypt(&Nonce::from(nonce), plain).ok()?;
    Some(URL_SAFE_NO_PAD.encode([&point[..], &nonce, &sealed].concat()))
}

/// Both public keys enter, so that no other pair can come to the same key.
fn cipher(agreed: &[u8], once: &[u8], ours: &[u8]) -> Option<Aes256Gcm> {
    let mut key = [0_u8; 32];
    Hkdf::<Sha256>::new(Some(&[once, ours].concat()), agreed).expand(PURPOSE, &mut key).ok()?;
    Aes256Gcm::new_from_slice(&key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_it_was_sealed_for_opens_it_and_only_whole() {
        let ours = Opener::new(&Key::from_bytes([7; 32])).unwrap();
        let sealed = seal(&ours.public(), "câu trả lời".as_bytes()).unwrap();
        assert_eq!(ours.open(&sealed).unwrap(), "câu trả lời".as_bytes());
        assert_ne!(seal(&ours.public(), b"x"), seal(&ours.public(), b"x"), "a key of one use each");
        let same = Opener::new(&Key::from_bytes([7; 32])).unwrap();
        assert!(same.open(&sealed).is_some(), "after a restart");
        let other = Opener::new(&Key::from_bytes([8; 32])).unwrap();
        assert_eq!(other.open(&sealed), None);
        let mut bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        for place in [0, 1, 64, 65, 76, 77, bytes.len() - 1] {
            bytes[place] ^= 1;
            assert_eq!(ours.open(&URL_SAFE_NO_PAD.encode(&bytes)), None, "byte {place}");
            bytes[place] ^= 1;
        }
        for nothing in ["", "a", "không phải", &"A".repeat(200)] {
            assert_eq!(ours.open(nothing), None);
        }
    }
}
