//! Sen, Yates & Grundy: `−½ ΣΣ (π_ij − π_i π_j)/π_ij · (z_i − z_j)²`.

use std::collections::HashMap;

use super::stages::Stages;
use super::{DesignError, EstimateError};
use crate::frame::JointProbability;

/// Per stratum, its PSUs and `(π_i π_j − π_ij)/π_ij` of each pair i < j, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pairs(Vec<(std::ops::Range<u32>, Vec<f64>)>);

impl Pairs {
    /// With each PSU's own probability.
    pub(super) fn of(stages: &Stages, joint: &[JointProbability]) -> Result<(Self, Vec<f64>), EstimateError> {
        let mut known: HashMap<[&str; 2], f64> = HashMap::new();
        for JointProbability { psus: [a, b], probability } in joint {
            let (first, second) = if a <= b { (a, b) } else { (b, a) };
            let value = *probability;
            if !(value > 0.0 && value <= 1.0) {
                return Err(DesignError::Probability { what: format!("{first}, {second}"), value }.into());
            }
            if known.insert([first, second], value).is_some_and(|other| other.to_bits() != value.to_bits()) {
                return Err(DesignError::PairTwice { first: first.clone(), second: second.clone() }.into());
            }
        }
        let of = |a: &str, b: &str| {
            let pair = if a <= b { [a, b] } else { [b, a] };
            let found = known.get(&pair).copied();
            found.ok_or_else(|| DesignError::PairMissing { first: pair[0].to_owned(), second: pair[1].to_owned() })
        };
        let psus: Vec<((&str, u32), u32)> = stages.named_psus().zip(0..).collect();
        let (mut strata, mut chances) = (Vec::new(), Vec::with_capacity(psus.len()));
        for members in psus.chunk_by(|((_, a), _), ((_, b), _)| a == b) {
            let mut factors = Vec::with_capacity(members.len() * (members.len() - 1) / 2);
            for (place, ((a, _), _)) in members.iter().enumerate() {
                let own = of(a, a)?;
                chances.push(own);
                for ((b, _), _) in members.iter().skip(place + 1) {
                    let both = of(a, b)?;
                    factors.push((own * of(b, b)? - both) / both);
                }
            }
            let ends = members.first().zip(members.last());
            strata.extend(ends.map(|((_, first), (_, last))| (*first..last + 1, factors)));
        }
        Ok((Self(strata), chances))
    }

    /// Of two influences by PSU; PSUs that are missing count as 0.
    pub(super) fn covariance(&self, z: &[(u32, f64, f64)]) -> f64 {
        let mut sum = 0.0;
        for (psus, factors) in &self.0 {
            let from = z.partition_point(|(psu, ..)| *psu < psus.start);
            let present = z.get(from..).unwrap_or_default().iter().take_while(|(psu, ..)| psu < &psus.end);
            let mut values = vec![(0.0, 0.0); psus.len()];
            for (psu, a, b) in present {
                if let Some(slot) = values.get_mut((psu - psus.start) as usize) {
                    *slot = (*a, *b);
                }
            }
            let pairs =
                (0..).zip(&values).flat_map(|(at, one)| values.iter().skip(at + 1).map(move |other| (one, other)));
            sum += pairs.zip(factors).map(|((i, j), factor)| factor * (i.0 - j.0) * (i.1 - j.1)).sum::<f64>();
        }
        sum
    }
}
