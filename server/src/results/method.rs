//! From a pinned questionnaire to what the analysis needs: the tree of indicators, the items with their levels, the rules.

use std::collections::BTreeMap;

use analysis::frame::Item;
use analysis::index::{Domain, Factor, ItemRule, Method, SIPAS_2026_M, SIPAS_2026_T, Tree};
use survey_forms::{Form, Indicator};

use crate::base::text::Language;
use crate::error::{Error, Result};

/// The rules offered, the default first.
pub const RULES: [ItemRule; 2] = [ItemRule::M, ItemRule::T];

pub fn rule(name: &str) -> Option<ItemRule> {
    RULES.into_iter().find(|rule| rule.name() == name)
}

/// The method version a questionnaire is made for, one method per rule.
pub(super) fn methods(form: &Form) -> Result<Vec<Method>> {
    match form.method() {
        "sipas-2026" => Ok(vec![SIPAS_2026_M, SIPAS_2026_T]),
        other => Err(Error::invalid("results-method-unknown").with("method", other)),
    }
}

pub(super) fn tree(form: &Form) -> Result<Tree> {
    let root = root(form)?;
    let domains = root.parts.iter().map(|domain| Domain {
        code: domain.code.clone(),
        factors: domain
            .parts
            .iter()
            .map(|factor| Factor { code: factor.code.clone(), items: codes(&factor.parts) })
            .collect(),
    });
    Tree::new(root.code.clone(), domains.collect()).map_err(|cause| no_indicators().caused_by(cause))
}

/// The items in the order asked, with the length of their scale.
pub(super) fn items(form: &Form) -> Result<Vec<Item>> {
    let item = |code: &str| {
        let levels = form.unit(code).and_then(|unit| unit.choices()).map(|choices| choices.codes.len());
        let levels = levels.and_then(|levels| u8::try_from(levels).ok()).ok_or_else(no_indicators)?;
        Ok(Item { code: code.to_owned(), levels })
    };
    root(form)?.items().into_iter().map(item).collect()
}

/// Every indicator's name in a language, by code.
pub fn indicator_names(form: &Form, language: Language) -> BTreeMap<String, String> {
    let labels = form.codebook().indicator_labels;
    labels.into_iter().map(|(code, mut names)| (code, names.remove(language.code()).unwrap_or_default())).collect()
}

fn root(form: &Form) -> Result<&Indicator> {
    form.indicators().ok_or_else(no_indicators)
}

fn no_indicators() -> Error {
    Error::invalid("results-no-indicators")
}

fn codes(parts: &[Indicator]) -> Vec<String> {
    parts.iter().map(|part| part.code.clone()).collect()
}
