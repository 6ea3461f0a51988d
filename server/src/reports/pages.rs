//! What the page of an edition's reports shows.

use askama::Template;

use crate::base::page::Page;

pub(super) struct Listed {
    pub place: String,
    pub kind: String,
    /// The language's own name.
    pub language: &'static str,
    pub code: &'static str,
    pub address: String,
    pub size: String,
    pub digest: String,
}

#[derive(Template)]
#[template(path = "reports/list.html")]
pub(super) struct ListPage {
    pub page: Page,
    pub files: Vec<Listed>,
    /// When the newest was made; empty without files.
    pub made: String,
    /// Why none can be made now; empty where they can.
    pub hindrance: String,
    pub action: String,
    pub back: String,
}
