//! Columns of texts that repeat.

use std::collections::HashMap;

/// One text per row, each different one kept once: the communes of ten million people in 40 MB. Empty is no text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    different: Vec<String>,
    /// The place of each different text, from 1.
    places: HashMap<String, u32>,
    codes: Vec<u32>,
}

impl Texts {
    pub fn push(&mut self, text: &str) {
        let code = self.code(text);
        self.codes.push(code);
    }

    pub fn rows(&self) -> usize {
        self.codes.len()
    }

    /// The different texts, as they came or, once [`Self::sort`]ed, in order.
    pub fn different(&self) -> &[String] {
        &self.different
    }

    /// The place of each row's text from 1; 0 for none.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The text of a row; none where it is empty.
    pub fn get(&self, row: usize) -> Option<&str> {
        self.text(*self.codes.get(row)?)
    }

    /// The text of each row.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(|code| self.text(*code).unwrap_or_default())
    }

    fn text(&self, code: u32) -> Option<&str> {
        self.different.get((code as usize).checked_sub(1)?).map(String::as_str)
    }

    /// The code of a text, a new one where it was not known.
    pub(super) fn code(&mut self, text: &str) -> u32 {
        if text.is_empty() {
            return 0;
        }
        if let Some(code) = self.places.get(text) {
            return *code;
        }
        self.different.push(text.to_owned());
        let code = u32::try_from(self.different.len()).unwrap_or(u32::MAX);
        self.places.insert(text.to_owned(), code);
        code
    }

    pub(super) fn push_codes(&mut self, codes: impl Iterator<Item = u32>) {
        self.codes.extend(codes);
    }

    /// The first row, from 0, without a text.
    pub(super) fn first_empty(&self) -> Option<usize> {
        self.codes.iter().position(|code| *code == 0)
    }

    /// Numbers the different texts by their own order: that in which they first came is not to be told.
    pub(super) fn sort(&mut self) {
        self.different.sort_unstable();
        let sorted: HashMap<String, u32> = self.different.iter().cloned().zip(1..).collect();
        let mut new = vec![0; self.different.len() + 1];
        for (text, before) in &self.places {
            if let (Some(new), Some(code)) = (new.get_mut(*before as usize), sorted.get(text)) {
                *new = *code;
            }
        }
        for code in &mut self.codes {
            *code = new.get(*code as usize).copied().unwrap_or_default();
        }
        self.places = sorted;
    }

    /// The rows in another order: `order` holds the old place of each new row.
    pub(super) fn reorder(&mut self, order: &[usize]) {
        self.codes = order.iter().map(|row| self.codes.get(*row).copied().unwrap_or_default()).collect();
    }

    /// The different texts in order, so that codes do not depend on that of the rows; and each row's code.
    pub(super) fn coded(mut self) -> (Vec<String>, Vec<u32>) {
        self.sort();
        (self.different, self.codes)
    }
}

impl<S: AsRef<str>> FromIterator<S> for Texts {
    fn from_iter<I: IntoIterator<Item = S>>(texts: I) -> Self {
        let mut all = Self::default();
        texts.into_iter().for_each(|text| all.push(text.as_ref()));
        all
    }
}
