//! Exact probabilities: a weight recomputed in another language must be the same number, not a close one.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A non-negative rational number in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fraction {
    numerator: u64,
    denominator: u64,
}

impl Fraction {
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };
    pub const ONE: Self = Self { numerator: 1, denominator: 1 };

    /// `numerator / denominator` in lowest terms; `None` when the denominator is 0 or a term exceeds 64 bits.
    pub fn new(numerator: u128, denominator: u128) -> Option<Self> {
        let divisor = greatest_common_divisor(numerator, denominator);
        Some(Self {
            numerator: u64::try_from(numerator.checked_div(divisor)?).ok()?,
            denominator: u64::try_from(denominator.checked_div(divisor)?).ok().filter(|d| *d > 0)?,
        })
    }

    pub fn numerator(self) -> u64 {
        self.numerator
    }

    pub fn denominator(self) -> u64 {
        self.denominator
    }

    /// The product; `None` when it does not fit 64 bits in lowest terms.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(
            u128::from(self.numerator) * u128::from(other.numerator),
            u128::from(self.denominator) * u128::from(other.denominator),
        )
    }

    /// The nearest double, as long as both terms are below 2^53.
    pub fn to_f64(self) -> f64 {
        real(self.numerator) / real(self.denominator)
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

#[expect(clippy::cast_precision_loss, reason = "sizes of populations are far below 2^53")]
pub(crate) fn real(whole: u64) -> f64 {
    whole as f64
}

fn greatest_common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
