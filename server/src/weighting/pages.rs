//! What the page of weights shows.

use std::collections::BTreeSet;

use askama::Template;

use super::file::{COLUMNS, Defect};
use super::{Margin, MarginFile, Recipe};
use crate::base::page::Page;
use crate::base::parts::{Choice, Choices, Field, Problem};
use crate::base::seal::hex;
use crate::base::text::Texts;
use crate::places::COUNTRY;

/// A question of the file in force.
pub(super) struct Counted {
    pub question: String,
    /// The country, or how many provinces.
    pub places: String,
    pub people: String,
}

pub(super) struct InForce {
    pub name: String,
    pub source: String,
    pub as_of: String,
    pub loaded: String,
    pub digest: String,
    pub counted: Vec<Counted>,
}

impl InForce {
    pub(super) fn new(texts: Texts, file: &MarginFile, margins: &[Margin], name: impl Fn(&str) -> String) -> Self {
        let questions: BTreeSet<&str> = margins.iter().map(|margin| margin.question.as_str()).collect();
        let counted = questions.into_iter().map(|question| {
            let of_question = || margins.iter().filter(|margin| margin.question == question);
            let places: BTreeSet<&str> = of_question().map(|margin| margin.place_code.as_str()).collect();
            Counted {
                question: name(question),
                places: if places.contains(COUNTRY) {
                    texts.get("results-country").into_owned()
                } else {
                    texts.with("weights-provinces", [("n", places.len())]).into_owned()
                },
                people: texts.number(of_question().map(|margin| margin.people).sum::<i64>()),
            }
        });
        Self {
            name: file.name.clone(),
            source: file.source.clone(),
            as_of: texts.day(file.as_of),
            loaded: format!("{} · {}", texts.moment(file.loaded_at), file.loaded_by),
            digest: hex(&file.digest),
            counted: counted.collect(),
        }
    }
}

/// A defect in words.
pub(super) struct Told {
    pub line: u64,
    pub column: &'static str,
    pub value: String,
    pub what: String,
    pub fix: String,
}

impl Told {
    pub(super) fn new(texts: Texts, defect: &Defect) -> Self {
        let said = |part: &str| {
            let key = format!("margin-{part}-{}", defect.kind.name());
            texts.with(&key, [("value", defect.value.as_str())]).into_owned()
        };
        Self {
            line: defect.line,
            column: defect.column,
            value: defect.value.clone(),
            what: said("what"),
            fix: said("fix"),
        }
    }
}

#[derive(Template)]
#[template(path = "weighting/weights.html")]
pub(super) struct WeightsPage {
    pub page: Page,
    pub problems: Vec<Problem>,
    pub recipe: Choices,
    pub in_force: Option<InForce>,
    pub refusal: Vec<Told>,
    pub source: Field,
    pub as_of: Field,
    pub address: String,
    /// Where a run with the recipe that is kept is asked for.
    pub compute: String,
    pub back: String,
}

impl WeightsPage {
    fn columns() -> String {
        COLUMNS.join(";")
    }
}

/// The recipes, each with what it does.
pub(super) fn recipes(texts: Texts, chosen: Recipe) -> Choices {
    let option = |recipe: Recipe| {
        let words = texts.get(&format!("weights-recipe-{}", recipe.code()));
        Choice::new(recipe.code(), words, recipe == chosen)
    };
    Choices {
        id: "cong-thuc".to_owned(),
        name: "cong-thuc".to_owned(),
        legend: texts.get("weights-choose").into_owned(),
        hint: Some(texts.get("weights-choose-hint").into_owned()),
        options: Recipe::ALL.map(option).to_vec(),
        ..Choices::default()
    }
}

pub(super) fn field(texts: Texts, id: &str, label: &str, hint: &str, value: String) -> Field {
    Field {
        id: id.to_owned(),
        name: id.to_owned(),
        label: texts.get(label).into_owned(),
        hint: Some(texts.get(hint).into_owned()),
        value,
        error: None,
    }
}
