//! Makes lengths say nothing: content is filled up to a multiple of `step` before it is sealed.

const LENGTH_BYTES: usize = 4;
/// What sealing adds: a nonce of 24 bytes and a mark of 16.
pub const SEAL_BYTES: usize = 40;

/// `plain` with its length before it and zeros behind it, so that the sealed whole is a multiple of `step` bytes.
pub fn pad(plain: &[u8], step: usize) -> Vec<u8> {
    let length = u32::try_from(plain.len()).unwrap_or(u32::MAX);
    let whole = (LENGTH_BYTES + plain.len() + SEAL_BYTES).next_multiple_of(step) - SEAL_BYTES;
    let mut padded = Vec::with_capacity(whole);
    padded.extend_from_slice(&length.to_be_bytes());
    padded.extend_from_slice(plain);
    padded.resize(whole, 0);
    padded
}

pub fn unpad(padded: &[u8]) -> Option<&[u8]> {
    let (length, rest) = padded.split_first_chunk::<LENGTH_BYTES>()?;
    rest.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_answers_look_alike() {
        for length in [0, 1, 4_000, 4_052, 4_053, 9_000] {
            let plain = vec![7; length];
            let padded = pad(&plain, 4096);
            assert_eq!((padded.len() + SEAL_BYTES) % 4096, 0);
            assert_eq!(unpad(&padded), Some(plain.as_slice()));
        }
        assert_eq!(pad(&[1; 4_052], 4096).len() + SEAL_BYTES, 4096);
        assert_eq!(unpad(&[0, 0, 0, 9, 1]), None);
    }
}
