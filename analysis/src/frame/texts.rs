//! Columns of texts that repeat.

use std::collections::HashMap;

/// One text per row, each different one kept once: the communes of ten million people in 40 MB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// Numbered as they came.
    places: HashMap<String, u32>,
    rows: Vec<u32>,
}

impl Texts {
    pub fn push(&mut self, text: &str) {
        let place = if let Some(place) = self.places.get(text) {
            *place
        } else {
            let next = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
            self.places.insert(text.to_owned(), next);
            next
        };
        self.rows.push(place);
    }

    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The text of each row.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let mut texts = vec![""; self.places.len()];
        for (text, place) in &self.places {
            if let Some(slot) = texts.get_mut(*place as usize) {
                *slot = text;
            }
        }
        self.rows.iter().map(move |place| texts.get(*place as usize).copied().unwrap_or_default())
    }

    /// The first row, from 0, whose text is empty.
    pub(super) fn first_empty(&self) -> Option<usize> {
        let empty = self.places.get("")?;
        self.rows.iter().position(|place| place == empty)
    }

    /// All different texts but the empty one, sorted, so that codes do not depend on the order of rows; and per row the place
    /// of its text among them, from 1, with 0 for the empty one.
    pub(super) fn coded(mut self) -> (Vec<String>, Vec<u32>) {
        let mut code_of = vec![0; self.places.len()];
        let mut labels: Vec<(String, u32)> = self.places.into_iter().filter(|(text, _)| !text.is_empty()).collect();
        labels.sort_unstable();
        for (code, (_, place)) in (1..).zip(&labels) {
            if let Some(slot) = code_of.get_mut(*place as usize) {
                *slot = code;
            }
        }
        for row in &mut self.rows {
            *row = code_of.get(*row as usize).copied().unwrap_or_default();
        }
        (labels.into_iter().map(|(text, _)| text).collect(), self.rows)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Texts {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text.as_ref()));
        all
    }
}
