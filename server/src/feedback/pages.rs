//! What the pages of feedback show.

use askama::Template;

use crate::base::page::Page;
use crate::base::parts::{Choices, Field, Problem};
use crate::portal::Frame;

/// A question with its answer.
pub(super) struct Answered {
    pub topic: String,
    pub words: String,
    pub answer: String,
    pub day: String,
}

#[derive(Template)]
#[template(path = "feedback/form.html")]
pub(super) struct FormPage {
    pub page: Page,
    pub frame: Frame,
    pub problems: Vec<Problem>,
    pub action: String,
    pub find: String,
    pub form_id: String,
    pub topic: Choices,
    pub words: Field,
    pub contact: Field,
    pub answered: Vec<Answered>,
}

#[derive(Template)]
#[template(path = "feedback/receipt.html")]
pub(super) struct ReceiptPage {
    pub page: Page,
    pub frame: Frame,
    /// `1234 5678 9012`.
    pub receipt: String,
    /// What has become of it: a sentence, and the answer.
    pub state: String,
    pub message: Option<Answered>,
    pub back: String,
}

/// A message before its answer.
pub(super) struct Waiting {
    pub id: String,
    pub topic: String,
    pub words: String,
    pub contact: String,
    pub day: String,
    pub answer: Field,
}

#[derive(Template)]
#[template(path = "feedback/office.html")]
pub(super) struct OfficePage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub waiting: Vec<Waiting>,
}
