//! What no program that reads its rows can be faster than.

use std::hint::black_box;

use crate::time::seconds;

/// Bytes per second that one thread reads from memory, in order: eight sums over 256 MB, far more than any cache.
pub(crate) fn bandwidth() -> f64 {
    let numbers: Vec<u64> = (0..32_u64 << 20).collect();
    let sum = || {
        let mut sums = [0_u64; 8];
        for eight in black_box(&numbers).as_chunks::<8>().0 {
            for (sum, number) in sums.iter_mut().zip(eight) {
                *sum = sum.wrapping_add(*number);
            }
        }
        sums
    };
    f64::from(256_u32 << 20) / seconds(sum)
}
