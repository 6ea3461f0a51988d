//! Which cells would tell what single people said: by themselves, or with the cells beside them.

use std::collections::{BTreeMap, BTreeSet};

use super::RecomputeError;
use super::design_file::Domain;
use super::figures::Cell;
use super::subjects::Subject;
use crate::confidentiality::{CountCell, CountTable, Disclosure, Line, Support, Thresholds, protect};
use crate::estimate::{EstimateError, groups};
use crate::frame::Responses;

/// Why a cell is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// For the sake of its own people.
    Own(Disclosure),
    /// Another cell could be reckoned out from it.
    ForOthers,
}

/// One table's groups inside those of another one: the group of the coarser table that each group of the finer one lies in.
struct Nesting {
    coarse: usize,
    fine: usize,
    parent_of: Vec<Option<u32>>,
}

/// Per cell. All statistics of an indicator are withheld together, since each tells of the others.
pub(super) fn withheld(
    responses: &Responses,
    domains: &[&Domain],
    subjects: &[Subject<'_>],
    cells: &[Cell],
    thresholds: Thresholds,
) -> Result<Vec<Option<Withheld>>, RecomputeError> {
    let mut withheld = vec![None; cells.len()];
    if thresholds == (Thresholds { respondents: 0, psus: 0, alike: 0 }) {
        return Ok(withheld);
    }
    let nestings = nestings(responses, domains)?;
    let mut of_indicator: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, cell) in cells.iter().enumerate() {
        if let Some(subject) = subjects.get(cell.subject) {
            of_indicator.entry(subject.indicator.as_str()).or_default().push(place);
        }
    }
    for places in of_indicator.into_values() {
        let mut supports: BTreeMap<(usize, usize), Support> = BTreeMap::new();
        for cell in places.iter().filter_map(|place| cells.get(*place)) {
            let Some(group) = cell.group else { continue };
            let support = supports.entry((cell.table, group)).or_insert(cell.support);
            support.all_alike |= cell.support.all_alike;
            support.psus = support.psus.max(cell.support.psus);
            support.respondents = support.respondents.max(cell.support.respondents);
        }
        let hidden = hidden(&supports, &nestings, thresholds)?;
        for place in places {
            let Some(cell) = cells.get(place) else { continue };
            let why = cell.group.and_then(|group| hidden.get(&(cell.table, group)).copied());
            if let Some(slot) = withheld.get_mut(place) {
                *slot = why;
            }
        }
    }
    Ok(withheld)
}

/// The hidden cells of one indicator, by table and group.
fn hidden(
    supports: &BTreeMap<(usize, usize), Support>,
    nestings: &[Nesting],
    thresholds: Thresholds,
) -> Result<BTreeMap<(usize, usize), Withheld>, RecomputeError> {
    let mut hidden: BTreeMap<(usize, usize), Withheld> = supports
        .iter()
        .filter_map(|(place, support)| Some((*place, Withheld::Own(thresholds.disclosure(support)?))))
        .collect();
    if hidden.is_empty() {
        return Ok(hidden);
    }
    let code = |(table, group): (usize, usize)| format!("{table}/{group}");
    let mut cells: Vec<CountCell> =
        supports.iter().map(|(place, support)| CountCell { code: code(*place), support: *support }).collect();
    let mut lines = Vec::new();
    for Nesting { coarse, fine, parent_of } in nestings {
        let mut parts: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (group, parent) in parent_of.iter().enumerate() {
            if let Some(parent) = parent {
                parts.entry(*parent).or_default().push(group);
            }
        }
        let n = |place: (usize, usize)| supports.get(&place).map_or(0, |support| support.respondents);
        for (parent, groups) in parts {
            let total = (*coarse, parent as usize);
            let parts = groups.iter().map(|group| (*fine, *group));
            let rest = n(total).saturating_sub(parts.clone().map(n).sum());
            let mut parts: Vec<String> = parts.map(code).collect();
            if rest > 0 {
                // Those whose label is not known: the difference of published cells tells of them like of any other cell.
                let code = format!("{}-{fine}/?", code(total));
                let support = Support { respondents: rest, psus: u32::MAX, all_alike: false };
                cells.push(CountCell { code: code.clone(), support });
                parts.push(code);
            }
            lines.push(Line { total: code(total), parts });
        }
    }
    let protected = protect(&CountTable::new(cells, &lines)?.with_thresholds(thresholds))?;
    for (place, is_hidden) in supports.keys().zip(protected.hidden) {
        if is_hidden {
            hidden.entry(*place).or_insert(Withheld::ForOthers);
        }
    }
    Ok(hidden)
}

/// Every two tables of which one is finer, without those that a table between them explains.
fn nestings(responses: &Responses, domains: &[&Domain]) -> Result<Vec<Nesting>, EstimateError> {
    let mut group_of_row = Vec::new();
    for domain in domains {
        let by: Vec<&str> = domain.by.iter().map(String::as_str).collect();
        let (labels, groups) = groups(responses, &by)?;
        group_of_row.push((labels.len(), groups));
    }
    let mut found = Vec::new();
    for (fine, (groups, of_row)) in group_of_row.iter().enumerate() {
        for (coarse, (_, coarser)) in group_of_row.iter().enumerate().filter(|(coarse, _)| *coarse != fine) {
            if let Some(parent_of) = parents(*groups, of_row, coarser) {
                found.push(Nesting { coarse, fine, parent_of });
            }
        }
    }
    let pairs: BTreeSet<(usize, usize)> = found.iter().map(|it| (it.fine, it.coarse)).collect();
    let strictly = |fine, coarse| pairs.contains(&(fine, coarse)) && !pairs.contains(&(coarse, fine));
    let between = |it: &Nesting| (0..domains.len()).any(|other| strictly(it.fine, other) && strictly(other, it.coarse));
    found.retain(|it| !between(it));
    Ok(found)
}

/// `None` where a group of the finer table reaches into two of the coarser one.
fn parents(groups: usize, fine: &[Option<u32>], coarse: &[Option<u32>]) -> Option<Vec<Option<u32>>> {
    let mut parent_of: Vec<Option<Option<u32>>> = vec![None; groups];
    for (group, parent) in fine.iter().zip(coarse) {
        let slot = group.and_then(|group| parent_of.get_mut(group as usize));
        if slot.is_some_and(|slot| slot.get_or_insert(*parent) != parent) {
            return None;
        }
    }
    Some(parent_of.into_iter().map(Option::flatten).collect())
}
