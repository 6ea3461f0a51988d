//! Which small classes may join which: declared before anybody has seen the numbers.

use std::collections::{BTreeMap, BTreeSet};

use super::WeightError;

/// A tree of labels: what is too small joins everything that lies under its parent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merging {
    parent_of: BTreeMap<String, String>,
}

impl Merging {
    /// `parents`: label and what it joins when it is too small. A parent may be a label of the data itself (the oldest
    /// join the next oldest) or a name for the whole (`01:urban` and `01:rural` both join `01`).
    pub fn new<A: Into<String>, B: Into<String>>(
        parents: impl IntoIterator<Item = (A, B)>,
    ) -> Result<Self, WeightError> {
        let tree =
            Self { parent_of: parents.into_iter().map(|(label, parent)| (label.into(), parent.into())).collect() };
        for label in tree.parent_of.keys() {
            if tree.chain(label).nth(tree.parent_of.len() + 1).is_some() {
                return Err(WeightError::Circle { label: label.clone() });
            }
        }
        Ok(tree)
    }

    /// The same tree once per part, with the labels that the parts give.
    pub(crate) fn within(&self, parts: [&str; 2], label: impl Fn(&str, &str) -> String) -> Self {
        let pairs =
            self.parent_of.iter().flat_map(|(of, parent)| parts.map(|part| (label(of, part), label(parent, part))));
        Self { parent_of: pairs.collect() }
    }

    /// The label, its parent, and so on to the top.
    fn chain<'a>(&'a self, label: &'a str) -> impl Iterator<Item = &'a str> {
        std::iter::successors(Some(label), |label| self.parent_of.get(*label).map(String::as_str))
    }

    /// What each label ends up in, when everything with an `objection` joins what lies under its parent. The last
    /// objection is the error where there is no parent.
    pub(super) fn merge(
        &self,
        labels: &BTreeSet<&str>,
        objection: impl Fn(&str, &BTreeSet<&str>) -> Option<WeightError>,
    ) -> Result<BTreeMap<String, String>, WeightError> {
        let mut joined: BTreeMap<&str, &str> = labels.iter().map(|label| (*label, *label)).collect();
        loop {
            let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
            for (label, group) in &joined {
                groups.entry(group).or_default().insert(label);
            }
            let mut weak = groups.iter().filter_map(|(group, labels)| Some((*group, objection(group, labels)?)));
            let Some((group, error)) = weak.next() else {
                return Ok(joined.into_iter().map(|(label, group)| (label.to_owned(), group.to_owned())).collect());
            };
            let Some(parent) = self.chain(group).nth(1) else { return Err(error) };
            for (label, group) in &mut joined {
                if self.chain(label).any(|above| above == parent) {
                    *group = parent;
                }
            }
        }
    }
}
