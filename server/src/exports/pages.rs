//! What the pages of files show.

use askama::Template;

use crate::base::page::Page;
use crate::base::parts::{Choices, Problem};

/// Asking for a file: what it holds, and what it is written as.
#[derive(Template)]
#[template(path = "exports/ask.html")]
pub(super) struct AskPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub contents: Choices,
    pub formats: Choices,
    pub address: String,
    pub back: String,
}

pub(super) struct Listed {
    pub name: String,
    pub address: String,
    pub created: String,
    pub expires: String,
    pub size: String,
    pub digest: String,
}

#[derive(Template)]
#[template(path = "exports/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub files: Vec<Listed>,
}
