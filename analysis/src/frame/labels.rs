//! The labels of a column, sorted, so that codes do not depend on the order of rows.

use std::collections::{BTreeSet, HashMap};

#[derive(Clone, Debug)]
pub(super) struct Labels(Vec<String>);

impl Labels {
    /// All different values but the empty one.
    pub(super) fn of(values: &[String]) -> Self {
        let different: BTreeSet<&String> = values.iter().filter(|value| !value.is_empty()).collect();
        Self(different.into_iter().cloned().collect())
    }

    /// The place of each value among the labels; `None` for the empty value.
    pub(super) fn codes(&self, values: &[String]) -> Vec<Option<u32>> {
        let place: HashMap<&str, u32> = self.0.iter().map(String::as_str).zip(0..).collect();
        values.iter().map(|value| place.get(value.as_str()).copied()).collect()
    }

    pub(super) fn as_slice(&self) -> &[String] {
        &self.0
    }

    pub(super) fn into_vec(self) -> Vec<String> {
        self.0
    }
}
