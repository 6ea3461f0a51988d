//! What a new list changes in the one the campaign has: counted before the old one goes.

use std::hash::{BuildHasher as _, Hash, Hasher as _, RandomState};

use serde::{Deserialize, Serialize};

/// The persons of the list that stands, as numbers: 17 bytes each.
#[derive(Default)]
pub(super) struct Earlier {
    hasher: RandomState,
    /// Of the code, and of the whole row.
    persons: Vec<(u64, u64)>,
    met: Vec<bool>,
    compared: Compared,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Compared {
    pub added: u64,
    pub removed: u64,
    pub changed: u64,
}

impl Earlier {
    /// `cells` in the order of `COLUMNS`, as they are kept.
    pub(super) fn add<T: AsRef<str>>(&mut self, cells: &[T]) {
        self.persons.push(self.keys(cells));
    }

    /// To be called after the last [`Earlier::add`].
    pub(super) fn sorted(mut self) -> Self {
        self.persons.sort_unstable();
        self.met = vec![false; self.persons.len()];
        self
    }

    pub(super) fn meet<T: AsRef<str>>(&mut self, cells: &[T]) {
        let (code, row) = self.keys(cells);
        match self.persons.binary_search_by_key(&code, |(code, _)| *code) {
            Ok(place) => {
                if let Some(met) = self.met.get_mut(place) {
                    *met = true;
                }
                self.compared.changed += u64::from(self.persons.get(place).is_some_and(|(_, before)| *before != row));
            }
            Err(_) => self.compared.added += 1,
        }
    }

    pub(super) fn compared(self) -> Compared {
        let removed = self.met.iter().filter(|met| !**met).count() as u64;
        Compared { removed, ..self.compared }
    }

    fn keys<T: AsRef<str>>(&self, cells: &[T]) -> (u64, u64) {
        let mut row = self.hasher.build_hasher();
        for cell in cells {
            cell.as_ref().hash(&mut row);
        }
        (self.hasher.hash_one(cells.first().map_or("", AsRef::as_ref)), row.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_who_came_went_and_changed_are_counted() {
        let mut earlier = Earlier::default();
        for person in [["A1", "An"], ["A2", "Bình"], ["A3", "Chi"]] {
            earlier.add(&person);
        }
        let mut earlier = earlier.sorted();
        for person in [["A3", "Chi"], ["A2", "Bích"], ["A4", "Dũng"], ["A5", "Em"]] {
            earlier.meet(&person);
        }
        assert_eq!(earlier.compared(), Compared { added: 2, removed: 1, changed: 1 });
    }
}
