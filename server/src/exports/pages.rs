//! What the page of files shows.

use askama::Template;

use crate::base::page::Page;

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
