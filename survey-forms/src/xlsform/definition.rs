//! A definition about to be written as TOML, by its serializer: no text of a workbook can break out of its place.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::{Table, Value};

use crate::answer::{ChoiceCode, WayOut};
use crate::draft::BY_INTERVIEWER;
use crate::quantity::{Bounds, Measure, Quantity};
use crate::rule::Condition;

#[derive(Debug, Default, Serialize)]
pub(crate) struct Definition {
    pub(crate) method: String,
    pub(crate) languages: Vec<String>,
    pub(crate) sections: Vec<String>,
    pub(crate) topics: Vec<String>,
    pub(crate) scales: BTreeMap<String, Vec<ChoiceCode>>,
    pub(crate) pages: Vec<PageText>,
    pub(crate) questions: Vec<QuestionText>,
    pub(crate) indicators: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct PageText {
    pub(crate) code: String,
    pub(crate) section: String,
    pub(crate) sensitive: bool,
    pub(crate) show: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) when: Option<Value>,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) struct QuestionText {
    pub(crate) code: String,
    pub(crate) kind: &'static str,
    /// `scale`, `choices`, `min`, … as far as the kind has them.
    #[serde(flatten)]
    pub(crate) more: Table,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) items: Vec<ItemText>,
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct ItemText {
    pub(crate) code: String,
    #[serde(flatten)]
    pub(crate) more: Table,
}

pub(crate) fn put(more: &mut Table, key: &str, value: impl Into<Value>) {
    more.insert(key.to_owned(), value.into());
}

pub(crate) fn put_gate(more: &mut Table, gates: Vec<Condition>) {
    if let Some(when) = gate(gates) {
        put(more, "when", when);
    }
}

pub(crate) fn put_asked_by(more: &mut Table, by_interviewer: bool) {
    if by_interviewer {
        put(more, "asked_by", BY_INTERVIEWER);
    }
}

pub(crate) fn put_way_out(more: &mut Table, way_out: Option<WayOut>) {
    if let Some(way_out) = way_out {
        put(more, "way_out", way_out.name());
    }
}

pub(crate) fn put_bounds(more: &mut Table, bounds: Bounds) {
    let [least, most] = match bounds.measure {
        Measure::Number { decimals } => {
            put(more, "decimals", i64::from(decimals));
            ["min", "max"]
        }
        Measure::Day => ["earliest", "latest"],
    };
    for (key, edge) in [(least, bounds.least), (most, bounds.most)] {
        if let Some(edge) = edge {
            put(more, key, quantity(edge));
        }
    }
}

/// Several conditions all have to hold.
pub(crate) fn gate(mut gates: Vec<Condition>) -> Option<Value> {
    let first = gates.pop()?;
    if gates.is_empty() {
        return Some(when(&first));
    }
    gates.push(first);
    Some(when(&Condition::All(gates)))
}

fn when(condition: &Condition) -> Value {
    let list = |parts: &[Condition]| Value::Array(parts.iter().map(when).collect());
    let mut table = Table::new();
    let mut about = |unit: &String, key: &str, value| {
        put(&mut table, "unit", unit.clone());
        put(&mut table, key, value);
    };
    match condition {
        Condition::All(parts) => put(&mut table, "all", list(parts)),
        Condition::Any(parts) => put(&mut table, "any", list(parts)),
        Condition::Not(inner) => put(&mut table, "not", when(inner)),
        Condition::OneOf { unit, choices } => {
            about(unit, "one_of", Value::Array(choices.iter().map(|choice| i64::from(*choice).into()).collect()));
        }
        Condition::Chosen { unit, choice } => about(unit, "chosen", i64::from(*choice).into()),
        Condition::Compares { unit, sign, to } => about(unit, sign.name(), quantity(*to)),
        Condition::Answered { unit } => about(unit, "answered", true.into()),
    }
    Value::Table(table)
}

/// Numbers come here with at most fifteen digits, which a float keeps.
fn quantity(quantity: Quantity) -> Value {
    let written = quantity.to_string();
    match quantity {
        Quantity::Day(_) => written.parse().map_or(Value::String(written), Value::Datetime),
        Quantity::Number(_) => match written.parse::<i64>() {
            Ok(whole) => Value::Integer(whole),
            Err(_) => written.parse::<f64>().map_or(Value::String(written), Value::Float),
        },
    }
}
