//! A finished interview: what is sent, sealed and stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Answers};
use crate::form::Form;
use crate::path::Path;

/// Only answers on the final path. Free words stand apart from the coded answers, as they are stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    // In alphabetical order, so that `canonical_json` is the same whether or not serde_json keeps insertion order.
    answers: Answers,
    digest: String,
    form: String,
    texts: BTreeMap<String, String>,
}

impl Completed {
    pub(crate) fn new(form: &Form, path: &Path) -> Self {
        let mut answers = Answers::new();
        let mut texts = BTreeMap::new();
        for unit in path.units() {
            match path.answer(unit) {
                Some(Answer::Text(text)) => {
                    texts.insert(unit.code.clone(), text.clone());
                }
                // A text that is not there says by that alone that it was skipped.
                _ if unit.is_text() => {}
                answer => {
                    answers.insert(unit.code.clone(), answer.cloned().unwrap_or(Answer::Skipped));
                }
            }
        }
        Self { form: form.code.clone(), digest: form.digest.clone(), answers, texts }
    }

    pub fn form(&self) -> &str {
        &self.form
    }

    /// The digest of the form version that was answered.
    pub fn form_digest(&self) -> &str {
        &self.digest
    }

    /// Every coded unit of the path, skips as 97.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Write-ins and comments by unit; only those with words in them.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// The same bytes for the same answers, always: keys in order, no spaces. For digests and for storing.
    pub fn canonical_json(&self) -> String {
        serde_json::json!(self).to_string()
    }
}
