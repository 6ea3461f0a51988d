//! The ranks that the sample allows, among the domains whose figures are shown with an error.

use super::RecomputeError;
use super::figures::Cell;
use crate::estimate::Tallies;
use crate::rank::League;

/// Ranks one table, each subject by itself. Domains share PSUs and strata, so that every covariance counts.
pub(super) fn rank(
    cells: &mut [Cell],
    table: usize,
    subjects: usize,
    tallies: &Tallies,
    seed: &str,
) -> Result<(), RecomputeError> {
    for subject in 0..subjects {
        let of_subject = |cell: &&mut Cell| {
            // A variance of 0 says nothing, least of all that a rank is certain.
            let shown = cell.figure.estimate.is_some() && cell.figure.se.is_some_and(|se| se > 0.0);
            cell.table == table && cell.subject == subject && shown
        };
        let mut of_subject: Vec<&mut Cell> = cells.iter_mut().filter(of_subject).collect();
        let measures: Vec<_> = of_subject.iter_mut().filter_map(|cell| cell.measure.take()).collect();
        if measures.len() < 2 {
            continue;
        }
        let values: Vec<f64> = measures.iter().map(|measure| measure.value).collect();
        let sets = League::correlated(&values, tallies.covariances(&measures))?.joint_sets(seed);
        for (cell, ranks) in of_subject.into_iter().zip(sets) {
            cell.figure.ranks = Some(ranks);
        }
    }
    Ok(())
}
