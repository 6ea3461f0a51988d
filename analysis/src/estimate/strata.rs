//! The first stage of the design: which PSU lies in which stratum.

use super::EstimateError;
use crate::frame::Responses;

/// Every PSU of the design, empty ones of a group included: `n_h` never shrinks with the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strata {
    /// The stratum of each PSU.
    stratum_of: Vec<usize>,
    /// PSUs per stratum.
    sizes: Vec<u32>,
}

impl Strata {
    /// Refuses strata with one PSU by name: their variance is unknown, not 0.
    pub(super) fn of(responses: &Responses) -> Result<Self, EstimateError> {
        let stratum_of = responses.stratum_of().to_vec();
        let mut sizes = vec![0_u32; responses.strata().len()];
        for stratum in &stratum_of {
            if let Some(size) = sizes.get_mut(*stratum) {
                *size += 1;
            }
        }
        let named = responses.strata().iter().zip(&sizes);
        let strata: Vec<String> = named.filter(|(_, size)| **size == 1).map(|(name, _)| name.clone()).collect();
        if strata.is_empty() { Ok(Self { stratum_of, sizes }) } else { Err(EstimateError::LonelyPsu { strata }) }
    }

    pub fn psus(&self) -> usize {
        self.stratum_of.len()
    }

    /// `V = Σ_h n_h/(n_h−1) Σ_i (z_hi − z̄_h)²`, `z` being the influence total of each PSU.
    pub fn variance(&self, z: &[f64]) -> f64 {
        self.covariance(z, z)
    }

    /// The same with products. Means are subtracted first, in the fixed order of the PSUs.
    pub fn covariance(&self, a: &[f64], b: &[f64]) -> f64 {
        let (mean_a, mean_b) = (self.means(a), self.means(b));
        let mut products = vec![0.0; self.sizes.len()];
        for ((stratum, a), b) in self.stratum_of.iter().zip(a).zip(b) {
            let means = mean_a.get(*stratum).zip(mean_b.get(*stratum));
            if let Some(((mean_a, mean_b), sum)) = means.zip(products.get_mut(*stratum)) {
                *sum += (a - mean_a) * (b - mean_b);
            }
        }
        // A stratum without PSUs was joined with another one.
        let pairs = self.sizes.iter().map(|size| f64::from(*size)).zip(products).filter(|(size, _)| *size > 1.0);
        pairs.map(|(size, sum)| size / (size - 1.0) * sum).sum()
    }

    fn means(&self, z: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.sizes.len()];
        for (stratum, z) in self.stratum_of.iter().zip(z) {
            if let Some(sum) = sums.get_mut(*stratum) {
                *sum += z;
            }
        }
        sums.into_iter().zip(&self.sizes).map(|(sum, size)| sum / f64::from((*size).max(1))).collect()
    }

    /// Number of these PSUs and of the strata they lie in.
    pub(super) fn met(&self, psus: impl Iterator<Item = usize>) -> (u32, u32) {
        let mut strata = vec![0; self.sizes.len()];
        let mut count = 0;
        for psu in psus {
            count += 1;
            if let Some(met) = self.stratum_of.get(psu).and_then(|stratum| strata.get_mut(*stratum)) {
                *met = 1;
            }
        }
        (count, strata.into_iter().sum())
    }
}
