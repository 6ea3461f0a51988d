//! Everything that is to be said of a list: all of it by row for the person's own file, and the first of each kind in full.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::defect::{Defect, DefectKind};

/// Errors: more than anybody mends by hand; beyond them a list is not a list.
pub(super) const MOST: usize = 500_000;
/// Warnings of one kind that are told in the person's own file. They stop nothing.
const MOST_WARNINGS: usize = 50_000;
/// Shown on the page, of each kind.
pub(super) const SHOWN: usize = 200;

#[derive(Debug, Default)]
pub struct Findings {
    /// Row, column and kind; the value stands in the file.
    all: Vec<(u64, Option<u8>, DefectKind)>,
    kinds: BTreeMap<&'static str, Found>,
    errors: usize,
}

/// One kind: how often, and the first of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Found {
    pub error: bool,
    pub count: usize,
    pub first: Vec<Defect>,
}

impl Findings {
    /// `column` is a place in `COLUMNS`; none when the whole row is meant.
    pub(super) fn add(&mut self, row: u64, column: Option<usize>, value: &str, kind: DefectKind) {
        let name = column.and_then(|column| super::COLUMNS.get(column)).copied().unwrap_or_default();
        let error = kind.is_error();
        let found = self.kinds.entry(kind.name()).or_insert_with(|| Found { error, count: 0, first: Vec::new() });
        found.count += 1;
        if found.first.len() < SHOWN {
            found.first.push(Defect::new(row, name, value, kind.clone()));
        }
        self.errors += usize::from(error);
        if if error { self.errors <= MOST } else { found.count <= MOST_WARNINGS } {
            self.all.push((row, column.and_then(|column| u8::try_from(column).ok()), kind));
        }
    }

    /// What is wrong with the file as a whole, and nothing else.
    pub(super) fn whole(defects: Vec<Defect>) -> Self {
        let mut findings = Self::default();
        for defect in defects {
            let found = findings.kinds.entry(defect.kind.name());
            let found = found.or_insert_with(|| Found { error: true, count: 0, first: Vec::new() });
            found.count += 1;
            found.first.push(defect);
            findings.errors += 1;
        }
        findings
    }

    pub(super) fn full(&self) -> bool {
        self.errors >= MOST
    }

    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The first of each kind, by row.
    pub fn told(&self) -> Vec<&Defect> {
        let mut told: Vec<_> = self.kinds.values().flat_map(|found| &found.first).collect();
        told.sort_by_key(|defect| defect.row);
        told
    }

    pub(super) fn kinds(&self) -> BTreeMap<String, Found> {
        self.kinds.iter().map(|(name, found)| ((*name).to_owned(), found.clone())).collect()
    }

    /// By row.
    pub(super) fn into_rows(mut self) -> Vec<(u64, Option<u8>, DefectKind)> {
        self.all.sort_by_key(|(row, ..)| *row);
        self.all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }
}
