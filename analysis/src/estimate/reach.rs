//! Where a group was met.

use super::Stages;
use super::distributions::t_quantile;

/// The PSUs with a person of a group, and the degrees of freedom they leave: PSUs less strata.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// Ascending.
    psus: Vec<u32>,
    df: u32,
    t: Option<f64>,
}

impl Reach {
    /// `psus` ascending, each once. PSUs of one stratum stand together.
    pub(super) fn of(psus: Vec<u32>, stages: &Stages) -> Self {
        let strata = psus.chunk_by(|a, b| stages.stratum_of(*a) == stages.stratum_of(*b)).count();
        let df = u32::try_from(psus.len() - strata).unwrap_or(u32::MAX);
        Self { psus, df, t: t_quantile(df.into()) }
    }

    /// Of two groups together.
    pub(super) fn with(&self, other: &Self, stages: &Stages) -> Self {
        let mut psus = [self.psus.as_slice(), &other.psus].concat();
        psus.sort_unstable();
        psus.dedup();
        Self::of(psus, stages)
    }

    pub fn psus(&self) -> u32 {
        u32::try_from(self.psus.len()).unwrap_or(u32::MAX)
    }

    pub fn df(&self) -> u32 {
        self.df
    }

    /// Student's t for a 95 % interval; `None` without degrees of freedom.
    pub fn t(&self) -> Option<f64> {
        self.t
    }
}
