//! What the keyer's pages show.

use askama::Template;

use super::Waiting;
use super::quality::Quality;
use super::sheet::{Part, Width};
use crate::base::page::Page;
use crate::base::parts::{Choices, Field, Problem};

/// How much paper waits, and the door to the next form.
#[derive(Template)]
#[template(path = "keying/home.html")]
pub(super) struct HomePage {
    pub page: Page,
    pub problems: Vec<Problem>,
    /// What became of the form before.
    pub told: Option<String>,
    /// None for who only watches.
    pub code: Option<Field>,
    pub surveys: Vec<Survey>,
}

pub(super) struct Survey {
    pub name: String,
    pub waiting: Waiting,
    pub quality: Vec<Quality>,
}

/// A whole form to be keyed.
#[derive(Template)]
#[template(path = "keying/sheet.html")]
pub(super) struct SheetPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub code: Shown,
    /// So many have keyed it before.
    pub before: usize,
    pub parts: Vec<Part>,
    /// Nothing is wrong but answers that should have been passed over: may be sent as it is.
    pub may_send: bool,
    /// The language of the questions, where it is not that of the page.
    pub spoken: Option<String>,
}

/// What a third person decides.
#[derive(Template)]
#[template(path = "keying/settle.html")]
pub(super) struct SettlePage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub code: Shown,
    pub questions: Vec<Choices>,
    pub spoken: Option<String>,
}

/// A code as it is read and as it is sent.
pub(super) struct Shown {
    pub printed: String,
    pub digits: String,
}
