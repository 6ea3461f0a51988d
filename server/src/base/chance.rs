//! Chance for secrets, from the operating system. Draws and statistics never use it: theirs comes from a public seed.

use rand::TryRng as _;

use crate::error::{Error, Result};

/// `N` random bytes fit for keys, codes and tokens.
pub fn secret_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0_u8; N];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).map_err(|cause| Error::internal("chance").caused_by(cause))?;
    Ok(bytes)
}

/// A uniform order, so that the order of arrival leaves no trace.
pub fn shuffle<T>(items: &mut [T]) -> Result<()> {
    use rand::SeedableRng as _;
    use rand::seq::SliceRandom as _;
    let mut generator = rand::rngs::StdRng::from_seed(secret_bytes()?);
    items.shuffle(&mut generator);
    Ok(())
}
