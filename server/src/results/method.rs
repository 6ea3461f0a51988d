//! From a pinned questionnaire to what the analysis needs: the tree of indicators and the rules.

use std::collections::BTreeMap;

use analysis::index::{Indicator, IndicatorKind, ItemRule, Method, SIPAS_2026_M, SIPAS_2026_T, Tree};
use analysis::table::DISTRIBUTION;
use survey_forms::{ChoiceCode, Form, Level};

use crate::base::text::Language;
use crate::error::{Error, Result};

/// The rules offered, the default first.
pub const RULES: [ItemRule; 2] = [ItemRule::M, ItemRule::T];

/// The method of a questionnaire of one's own: every item counts the same.
const EQUAL_ITEMS: &str = "equal-items";

pub fn rule(name: &str) -> Option<ItemRule> {
    RULES.into_iter().find(|rule| rule.name() == name)
}

/// What the figures of a questionnaire are called by.
pub(super) fn name(form: &Form) -> &str {
    match (form.method(), form.indicators()) {
        (known @ "sipas-2026", _) => known,
        (_, Some(_)) => EQUAL_ITEMS,
        (_, None) => DISTRIBUTION,
    }
}

/// One method per rule.
pub fn methods(form: &Form) -> [Method<'static>; 2] {
    match form.method() {
        "sipas-2026" => [SIPAS_2026_M, SIPAS_2026_T],
        _ => [SIPAS_2026_M, SIPAS_2026_T].map(|method| Method { name: EQUAL_ITEMS, ..method }),
    }
}

/// None for a questionnaire that measures nothing.
pub fn tree(form: &Form) -> Result<Option<Tree>> {
    let tree = form.indicators().map(|root| Tree::new(node(root)));
    tree.transpose().map_err(|cause| Error::internal("results-indicators").caused_by(cause))
}

fn node(indicator: &survey_forms::Indicator) -> Indicator {
    let kind = match indicator.level {
        Level::Overall => IndicatorKind::Overall,
        Level::Domain => IndicatorKind::Domain,
        Level::Factor => IndicatorKind::Factor,
        Level::Item => IndicatorKind::Item,
    };
    Indicator::new(kind, &indicator.code, indicator.parts.iter().map(node).collect())
}

/// What codes are called in a language.
pub struct Names {
    /// Indicators and questions, by code.
    of: BTreeMap<String, String>,
    /// By question and choice.
    answers: BTreeMap<(String, ChoiceCode), String>,
}

impl Names {
    pub fn new(form: &Form, language: Language) -> Self {
        let book = form.codebook();
        let name = |mut labels: survey_forms::Labels| labels.remove(language.code()).unwrap_or_default();
        let mut names = Self { of: BTreeMap::new(), answers: BTreeMap::new() };
        for column in book.columns {
            for code in column.codes {
                names.answers.insert((column.name.clone(), code.value), name(code.label));
            }
            names.of.insert(column.name, name(column.label));
        }
        names.of.extend(book.indicator_labels.into_iter().map(|(code, labels)| (code, name(labels))));
        names
    }

    /// Of an indicator or a question; empty for a code that is neither.
    pub fn of(&self, code: &str) -> &str {
        self.of.get(code).map_or("", String::as_str)
    }

    pub fn answer(&self, question: &str, choice: ChoiceCode) -> &str {
        self.answers.get(&(question.to_owned(), choice)).map_or("", String::as_str)
    }
}
