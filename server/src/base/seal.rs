//! Authenticated encryption (XChaCha20-Poly1305) and keyed digests (HMAC-SHA256) of what the database may hold but not read.

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

use super::chance;
use crate::error::{Error, Result};

const NONCE_BYTES: usize = 24;

/// 32 secret bytes. No `Debug`, no `Serialize`: a key cannot slip into a log.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub fn random() -> Result<Self> {
        chance::secret_bytes().map(Self)
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for one purpose and context: HKDF-SHA256 with this key as input and `context` as salt.
    pub fn derive(&self, purpose: &str, context: &[u8]) -> Result<Self> {
        let mut bytes = [0_u8; 32];
        Hkdf::<Sha256>::new(Some(context), &self.0)
            .expand(purpose.as_bytes(), &mut bytes)
            .map_err(|_too_long| Error::internal("seal"))?;
        Ok(Self(bytes))
    }

    /// HMAC-SHA256 under this key.
    pub fn digest(&self, message: &[u8]) -> Result<[u8; 32]> {
        let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.0)
            .map_err(|cause| Error::internal("seal").caused_by(cause))?;
        mac.update(message);
        Ok(mac.finalize().into_bytes().into())
    }

    /// Sealed `plain`, bound to `context`: opening it under another context fails.
    pub fn seal(&self, context: &[u8], plain: &[u8]) -> Result<Vec<u8>> {
        let nonce = chance::secret_bytes::<NONCE_BYTES>()?;
        let cipher = XChaCha20Poly1305::new(&self.0.into());
        let sealed = cipher
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: context })
            .map_err(|_opaque| Error::internal("seal"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// `None` when the key, the context or the bytes are not the ones of the seal.
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let cipher = XChaCha20Poly1305::new(&self.0.into());
        cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: context }).ok()
    }
}

/// HMAC-SHA256 under a secret of any length that somebody else has, too.
pub fn signature(secret: &[u8], message: &[u8]) -> Result<[u8; 32]> {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(secret)
        .map_err(|cause| Error::internal("seal").caused_by(cause))?;
    mac.update(message);
    Ok(mac.finalize().into_bytes().into())
}

pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Lower-case hexadecimal, for digests that people compare.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
