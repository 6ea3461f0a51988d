//! Parsed questionnaires, kept for the life of the process: a version never changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use survey_forms::{Form, Source};
use uuid::Uuid;

use super::{Campaign, store};
use crate::app::App;
use crate::error::{Error, Result};

#[derive(Default)]
pub struct Forms(Mutex<HashMap<Uuid, Arc<Form>>>);

impl Forms {
    fn kept(&self, version: Uuid) -> Option<Arc<Form>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&version).cloned()
    }

    fn keep(&self, version: Uuid, form: Arc<Form>) -> Arc<Form> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(version).or_insert(form).clone()
    }
}

impl Campaign {
    /// The questionnaire this campaign pins, whatever newer file there may be.
    pub async fn form(&self, app: &App) -> Result<Arc<Form>> {
        if let Some(form) = app.forms.kept(self.form_version_id) {
            return Ok(form);
        }
        let source: Source = store::form_source(&mut app.database.contact.read().await?, self.form_version_id).await?;
        let form =
            Form::parse(&source).map_err(|defects| Error::internal("form-damaged").with("count", defects.len()))?;
        Ok(app.forms.keep(self.form_version_id, Arc::new(form)))
    }
}
