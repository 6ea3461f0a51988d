//! What a table can be made of: properties of people and places, questions of one choice, indicators; in the words of the reader's language.

use analysis::index::{Indicator, IndicatorKind, Tree};
use survey_forms::{Column, Form, Kind, Unit, UnitKind};

use crate::base::text::Texts;
use crate::error::Result;
use crate::places;
use crate::results::{self, AREA, MODE, Names, PROVINCE, REGION};

/// Where a variable stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// Of the place, the design, the way of answering.
    Design,
    /// Of the person: a question outside the indicators that stands for itself.
    Person,
    /// Any other question.
    Question,
}

/// Something by which people are told apart: each is under one value, or under none.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Variable {
    /// The column of the frame.
    pub code: String,
    pub name: String,
    /// Label and name of each value, in their own order.
    pub values: Vec<(String, String)>,
    pub family: Family,
    /// Whether a table can be made of the people under one of its values alone. A few properties only, so that the parts of the population
    /// that tables are of stay few and comparable.
    pub divides: bool,
}

pub(super) struct Book {
    pub variables: Vec<Variable>,
    /// Of the tree, parents before their children.
    pub indicators: Vec<(Indicator, String)>,
}

impl Book {
    pub(super) fn of(form: &Form, texts: Texts) -> Result<Self> {
        let names = Names::new(form, texts.language());
        let tree = results::tree(form)?;
        let indicators = tree.iter().flat_map(Tree::indicators);
        let indicators: Vec<_> = indicators.map(|node| (node.clone(), names.of(&node.code).to_owned())).collect();
        let book = form.codebook();
        let measured =
            |code: &str| indicators.iter().any(|(node, _)| node.kind == IndicatorKind::Item && node.code == code);
        let mut variables = design(texts);
        for unit in form.units() {
            let UnitKind::One(choices) = unit.kind() else { continue };
            let column = book.columns.iter().find(|column| column.name == unit.code());
            let stands_alone = form.question_of(unit).is_some_and(|question| question.kind() == Kind::Single);
            let person = stands_alone && !measured(unit.code());
            let values = choices.codes.iter().map(|code| {
                let name = names.answer(unit.code(), *code);
                (code.to_string(), if name.is_empty() { code.to_string() } else { name.to_owned() })
            });
            variables.push(Variable {
                code: unit.code().to_owned(),
                name: numbered(names.of(unit.code()), column),
                values: values.collect(),
                family: if person { Family::Person } else { Family::Question },
                divides: person && !is_sensitive(form, unit),
            });
        }
        Ok(Self { variables, indicators })
    }

    pub(super) fn variable(&self, code: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.code == code)
    }

    pub(super) fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|(node, _)| node.code == code).map(|(node, _)| node)
    }

    pub(super) fn is_indicator(&self, code: &str) -> bool {
        self.indicator(code).is_some()
    }

    /// Of a variable or an indicator.
    pub(super) fn name(&self, code: &str) -> &str {
        let indicator = || self.indicators.iter().find(|(node, _)| node.code == code).map(|(_, name)| name.as_str());
        self.variable(code).map(|variable| variable.name.as_str()).or_else(indicator).unwrap_or_default()
    }

    /// `Nữ`, of `a1` and `2`.
    pub(super) fn value(&self, code: &str, label: &str) -> String {
        let variable = self.variable(code);
        let named = variable.and_then(|variable| variable.values.iter().find(|(known, _)| known == label));
        named.map_or_else(|| label.to_owned(), |(_, name)| name.clone())
    }
}

fn design(texts: Texts) -> Vec<Variable> {
    let text = |key: &str| texts.get(key).into_owned();
    let variable = |code: &str, name: &str, values: Vec<(String, String)>| Variable {
        code: code.to_owned(),
        name: text(name),
        values,
        family: Family::Design,
        divides: true,
    };
    let mut provinces: Vec<_> =
        places::provinces().iter().map(|province| (province.code.clone(), province.name.clone())).collect();
    provinces.sort_by_cached_key(|(_, name)| places::key(name));
    let regions = places::regions().into_iter().map(|(code, name)| (code.to_owned(), name.to_owned()));
    let areas = ["urban", "rural"].map(|area| (area.to_owned(), text(&format!("area-{area}"))));
    let modes = ["web", "interviewer", "paper"].map(|mode| (mode.to_owned(), text(&format!("results-mode-{mode}"))));
    vec![
        variable(PROVINCE, "crosstabs-province", provinces),
        variable(REGION, "crosstabs-region", regions.collect()),
        variable(AREA, "crosstabs-area", areas.to_vec()),
        variable(MODE, "crosstabs-mode", modes.to_vec()),
    ]
}

fn is_sensitive(form: &Form, unit: &Unit) -> bool {
    let pages = form.pages().iter().filter(|page| page.is_sensitive());
    pages.flat_map(|page| form.units_on(page)).any(|other| other.code() == unit.code())
}

fn numbered(name: &str, column: Option<&Column>) -> String {
    column.and_then(|column| column.number).map_or_else(|| name.to_owned(), |number| format!("{number}. {name}"))
}
