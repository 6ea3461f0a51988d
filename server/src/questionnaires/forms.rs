//! Parsed questionnaires, kept for the life of the process: a version never changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use survey_forms::Form;
use uuid::Uuid;

#[derive(Default)]
pub struct Forms(Mutex<HashMap<Uuid, Arc<Form>>>);

impl Forms {
    pub(super) fn kept(&self, version: Uuid) -> Option<Arc<Form>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&version).cloned()
    }

    pub(super) fn keep(&self, version: Uuid, form: Arc<Form>) -> Arc<Form> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(version).or_insert(form).clone()
    }
}
