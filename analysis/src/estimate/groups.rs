//! Which rows make which group.

use super::EstimateError;
use crate::frame::Responses;

/// The labels of each group, and the group of each row.
pub(crate) type Grouping = (Vec<Vec<String>>, Vec<Option<u32>>);

/// Combinations of the columns' labels that occur, in the order of the labels; one column after the other.
pub(crate) fn groups(responses: &Responses, by: &[&str]) -> Result<Grouping, EstimateError> {
    let mut groups = vec![Vec::new()];
    let mut group_of_row = vec![Some(0); responses.rows()];
    for column in by {
        let labels = responses.labels(column)?;
        let count = u32::try_from(labels.len()).unwrap_or(u32::MAX);
        for (group, code) in group_of_row.iter_mut().zip(responses.group_codes(column)?) {
            *group = group.zip(code).map(|(group, code)| group * count + code);
        }
        let mut occurs = vec![false; groups.len() * labels.len()];
        for group in group_of_row.iter().flatten() {
            if let Some(occurs) = occurs.get_mut(*group as usize) {
                *occurs = true;
            }
        }
        let mut place = Vec::with_capacity(occurs.len());
        let mut finer: Vec<Vec<String>> = Vec::new();
        let combinations = groups.iter().flat_map(|group| labels.iter().map(move |label| (group, label)));
        for (occurs, (group, label)) in occurs.iter().zip(combinations) {
            place.push(u32::try_from(finer.len()).unwrap_or(u32::MAX));
            if *occurs {
                finer.push(group.iter().chain([label]).cloned().collect());
            }
        }
        for group in group_of_row.iter_mut().flatten() {
            *group = place.get(*group as usize).copied().unwrap_or_default();
        }
        groups = finer;
    }
    Ok((groups, group_of_row))
}
