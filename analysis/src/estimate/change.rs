//! From one survey to the next.

use std::collections::BTreeMap;

use super::{Estimate, Influence, Kind, Measure, Tallies};

/// One survey's figure, in its own design.
#[derive(Clone, Copy, Debug)]
pub struct Wave<'a> {
    pub tallies: &'a Tallies,
    pub measure: &'a Measure,
}

/// After − before: V = V₁ + V₂ − 2C, where C comes from the PSUs that are in both surveys under the same pseudonym:
/// `C = Σ_h n_c/(n_c−1) Σ_i (z1_i − z̄1)(z2_i − z̄2)` over the common PSUs of a stratum; degrees of freedom by Satterthwaite.
pub fn change(before: Wave<'_>, after: Wave<'_>) -> Estimate {
    let variances = [before, after].map(|wave| wave.tallies.estimate(wave.measure));
    let [v1, v2] = variances.map(|estimate| estimate.variance);
    let df = variances.iter().map(|estimate| estimate.variance.powi(2) / estimate.df).sum::<f64>();
    let variance = v1 + v2 - 2.0 * covariance(before, after);
    let [first, second] = variances;
    Estimate {
        value: second.value - first.value,
        variance: variance.max(0.0),
        n: first.n + second.n,
        weight: first.weight + second.weight,
        psus: first.psus + second.psus,
        psus_answering: first.psus_answering + second.psus_answering,
        kind: Kind::Amount,
        deff: None,
        deff_wr: None,
        kish: None,
        all_alike: first.all_alike && second.all_alike,
        ..second
    }
    // A covariance from few common PSUs may come out larger than the variances: then nothing is known of the precision.
    .with_df(if variance > 0.0 { (v1 + v2).powi(2) / df } else { 0.0 })
}

/// C. A stratum is one in both surveys: its PSUs lie in it then and now.
pub fn covariance(before: Wave<'_>, after: Wave<'_>) -> f64 {
    let [now, then] = [after, before].map(|wave| by_psu(wave));
    let mut strata: BTreeMap<(&str, &str), Vec<(f64, f64)>> = BTreeMap::new();
    for (psu, (stratum, z)) in &now {
        if let Some((earlier, z1)) = then.get(psu) {
            strata.entry((earlier, stratum)).or_default().push((*z1, *z));
        }
    }
    strata.into_values().filter(|common| common.len() > 1).map(|common| products(&common)).sum()
}

fn products(common: &[(f64, f64)]) -> f64 {
    let n = f64::from(u32::try_from(common.len()).unwrap_or(u32::MAX));
    let (a, b) = common.iter().fold((0.0, 0.0), |sum, z| (sum.0 + z.0 / n, sum.1 + z.1 / n));
    n / (n - 1.0) * common.iter().map(|z| (z.0 - a) * (z.1 - b)).sum::<f64>()
}

/// Every PSU of the design: its stratum and the sum of its influences.
fn by_psu(wave: Wave<'_>) -> BTreeMap<&str, (&str, f64)> {
    let stages = wave.tallies.stages();
    let mut totals = Influence::default();
    for (unit, z) in wave.measure.influence.units() {
        totals.add(stages.psu_of(*unit), *z);
    }
    let totals: BTreeMap<u32, f64> = totals.units().iter().copied().collect();
    let named = stages.named_psus().zip(0..);
    named
        .map(|((name, stratum), psu)| {
            (name, (stages.stratum_name(stratum), totals.get(&psu).copied().unwrap_or_default()))
        })
        .collect()
}
