//! The pages of a questionnaire for a device without a network: the citizen's own markup with everything a page can ask. What applies is
//! for the device to show, and what earlier answers say for it to fill in.

use std::collections::BTreeMap;

use askama::Template;
use survey_forms::Form;

use super::question::{Asked, Group, group, message, place};
use crate::base::page::Page;
use crate::base::text::{Language, Texts};
use crate::error::Result;

#[derive(Template)]
#[template(path = "citizen/whole.html")]
struct WholePage<'a> {
    page: &'a Page,
    place: String,
    title: String,
    sensitive: bool,
    /// The language of the questions, where it is not ours.
    spoken: Option<&'a str>,
    groups: Vec<Group>,
}

/// Each page's markup by its code, in a language of the questionnaire.
pub fn pages(form: &Form, language: &str) -> Result<BTreeMap<String, String>> {
    let ours = Language::from_code(language).unwrap_or_default();
    let page = Page::new(ours, "");
    let mut pages = BTreeMap::new();
    for shown in form.pages() {
        let Some(view) = form.whole_page(shown.code(), language) else { continue };
        let whole = WholePage {
            place: place(page.texts, &view),
            title: view.title.text.clone(),
            sensitive: view.sensitive,
            spoken: Some(language).filter(|code| *code != ours.code()),
            groups: view.blocks.iter().map(|block| group(page.texts, &view, block)).collect(),
            page: &page,
        };
        pages.insert(shown.code().to_owned(), whole.render()?);
    }
    Ok(pages)
}

/// The sentence for everything that can be wrong, by unit and issue.
pub fn sentences(form: &Form, language: &str) -> BTreeMap<String, BTreeMap<&'static str, String>> {
    let texts = Texts::new(Language::from_code(language).unwrap_or_default());
    let mut sentences = BTreeMap::new();
    for view in form.pages().iter().filter_map(|page| Some((page, form.whole_page(page.code(), language)?))) {
        for unit in form.units_on(view.0) {
            let told = form.possible_issues(unit);
            let told = told.iter().map(|issue| (issue.code.as_str(), message(texts, &view.1, issue))).collect();
            sentences.insert(unit.code().to_owned(), told);
        }
    }
    sentences
}
