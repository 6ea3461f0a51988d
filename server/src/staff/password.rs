//! argon2id (19 MiB, two passes, one lane: the OWASP floor), on a thread of its own because it is meant to be slow.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};

use crate::base::{blocking, chance};
use crate::error::{Error, Result};

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

pub async fn hash(password: String) -> Result<String> {
    let salt = chance::secret_bytes::<16>()?;
    blocking::run(move || {
        Ok(argon2()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(failed)?.to_string())
    })
    .await
}

/// Compares in equal time, also when there is no account: then against a hash nobody's password has.
pub async fn matches(password: String, hash: Option<String>) -> Result<bool> {
    blocking::run(move || {
        let argon2 = argon2()?;
        let Some(hash) = hash else {
            argon2.hash_password_with_salt(password.as_bytes(), b"nobody's own salt").map_err(failed)?;
            return Ok(false);
        };
        let hash = PasswordHash::new(&hash).map_err(failed)?;
        Ok(argon2.verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::internal("password").caused_by(cause.to_string())
}
