//! Modelled figures that add up to what is published above them.

use std::collections::BTreeMap;

use super::{ModelBased, SmallAreaError};

/// What benchmarking needs to know of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct Benchmark {
    pub area: String,
    /// Usually the province.
    pub group: String,
    /// People, or the sum of weights.
    pub population: f64,
    pub direct: f64,
}

/// The modelled figures of a group times one number, so that they add up to the group's direct figure:
/// `Σ N·y / Σ N·EBLUP`. One value per entry of `benchmarks`, in its order.
pub fn benchmark(modelled: &[ModelBased], benchmarks: &[Benchmark]) -> Result<Vec<f64>, SmallAreaError> {
    let value_of: BTreeMap<&str, f64> = modelled.iter().map(|area| (area.code.as_str(), area.value)).collect();
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    let mut values = Vec::with_capacity(benchmarks.len());
    for entry in benchmarks {
        let area = entry.area.clone();
        if !(entry.population.is_finite() && entry.population > 0.0) {
            return Err(SmallAreaError::Population { area, value: entry.population });
        }
        if !entry.direct.is_finite() {
            return Err(SmallAreaError::NotFinite { area });
        }
        let value = value_of.get(entry.area.as_str()).ok_or(SmallAreaError::UnknownArea { area })?;
        let (direct, modelled) = sums.entry(&entry.group).or_default();
        *direct += entry.population * entry.direct;
        *modelled += entry.population * value;
        values.push((entry.group.as_str(), *value));
    }
    let scale = |(group, value): (&str, f64)| {
        let (direct, modelled) = sums.get(group).copied().unwrap_or_default();
        let scaled = value * direct / modelled;
        let sum = modelled;
        if scaled.is_finite() {
            Ok(scaled)
        } else {
            Err(SmallAreaError::NotBenchmarked { group: group.to_owned(), sum })
        }
    };
    values.into_iter().map(scale).collect()
}
