//! How one question is written: what belongs to its kind, its way out, its bounds and its choices.

use toml::{Table, Value};

use super::choices::{Choice, List};
use super::definition::{put, put_asked_by, put_bounds, put_gate, put_way_out};
use super::desk::{Desk, other};
use super::expression::Expression;
use super::names::code;
use super::refusal::Reason;
use super::survey::{Asked, AskedKind};
use super::translate::bounds;
use super::workbook::Row;
use crate::answer::WayOut;
use crate::quantity::{Bounds, MOST_DECIMALS, Measure};
use crate::rule::Condition;

impl<'a> Desk<'a> {
    /// A question, its texts and all that belongs to its kind.
    pub(crate) fn question(&mut self, asked: &Asked<'a>, gates: Vec<Condition>) -> (&'static str, Table) {
        let key = format!("questions.{}", asked.code);
        self.places.insert(key.clone(), asked.row.number);
        self.put_row(asked.row, "label", &format!("{key}.stem"));
        self.put_row(asked.row, "hint", &format!("{key}.help"));
        let mut more = Table::new();
        let kind = match &asked.kind {
            AskedKind::One { list, or_other } => self.chosen(asked, list, *or_other, &mut more, "single"),
            AskedKind::Many { list, or_other } => self.chosen(asked, list, *or_other, &mut more, "multiple"),
            AskedKind::Integer | AskedKind::Decimal => {
                let whole = asked.kind == AskedKind::Integer;
                let decimals =
                    if whole { 0 } else { self.number(asked.row, "sipas_decimals").unwrap_or(MOST_DECIMALS) };
                put_bounds(&mut more, self.bounds(asked.row, Measure::Number { decimals }));
                "number"
            }
            AskedKind::Date => {
                put_bounds(&mut more, self.bounds(asked.row, Measure::Day));
                "date"
            }
            AskedKind::Text => {
                if let Some(most) = self.number(asked.row, "sipas_max_chars") {
                    put(&mut more, "max_chars", i64::from(most));
                }
                "text"
            }
            AskedKind::Note | AskedKind::Calculate => "note",
        };
        if matches!(kind, "text" | "note") {
            if !self.survey.cell(asked.row, "sipas_way_out").is_empty() {
                self.refuse(asked.row, "sipas_way_out", Reason::Unsupported { why: "a text or a note has no way out" });
            }
        } else {
            self.opinion(asked.row, None, &mut more);
        }
        put_asked_by(&mut more, asked.by_interviewer);
        put_gate(&mut more, gates);
        (kind, more)
    }

    /// The way out and the topic of a question or item.
    pub(crate) fn opinion(&mut self, row: &Row, usual: Option<WayOut>, more: &mut Table) {
        let of_list = self.list_of(row).and_then(|list| list.way_out);
        let way_out = self.way_out(row).or(usual).or(of_list);
        self.ways_out.extend(way_out.map(WayOut::name));
        put_way_out(more, way_out);
        let topic = self.survey.cell(row, "sipas_topic");
        if !topic.is_empty() {
            let topic = code(topic);
            if !self.definition.topics.contains(&topic) {
                self.definition.topics.push(topic.clone());
            }
            put(more, "topic", topic);
        }
    }

    fn list_of(&self, row: &Row) -> Option<&List> {
        self.lists.get(self.survey.cell(row, "type").split_whitespace().nth(1)?)
    }

    pub(crate) fn way_out(&mut self, row: &Row) -> Option<WayOut> {
        let written = self.survey.cell(row, "sipas_way_out");
        let found = [WayOut::DontKnow, WayOut::Never].into_iter().find(|way_out| way_out.name() == written);
        if found.is_none() && !written.is_empty() {
            self.refuse(row, "sipas_way_out", Reason::Unsupported { why: "`dont_know` or `never` is wanted" });
        }
        found
    }

    fn number(&mut self, row: &Row, column: &str) -> Option<u32> {
        let written = self.survey.cell(row, column);
        let number = written.parse::<u16>().ok();
        if number.is_none() && !written.is_empty() {
            self.refuse(row, column, Reason::Unsupported { why: "a whole number is wanted" });
        }
        number.map(u32::from)
    }

    fn bounds(&mut self, row: &Row, measure: Measure) -> Bounds {
        let text = self.survey.cell(row, "constraint");
        let free = Bounds { measure, least: None, most: None };
        if text.is_empty() {
            return free;
        }
        Expression::parse(text).and_then(|expression| bounds(&expression, measure)).unwrap_or_else(|misread| {
            self.misread(row, "constraint", misread);
            free
        })
    }

    /// A question with a list: a scale when others share it, else choices of its own.
    fn chosen(
        &mut self,
        asked: &Asked<'a>,
        name: &str,
        or_other: bool,
        more: &mut Table,
        kind: &'static str,
    ) -> &'static str {
        let Some(list) = self.lists.get(name) else {
            self.refuse(asked.row, "type", Reason::UnknownList { list: name.to_owned() });
            return kind;
        };
        let mut choices = list.choices.clone();
        let is_shared = list.scale.is_some() || self.uses.get(name).is_some_and(|uses| *uses > 1);
        let mut write_in = None;
        if or_other {
            let mut other = other(list);
            other.label.retain(|(language, _)| self.words.languages.contains(language));
            write_in = Some(other.code);
            if !choices.iter().any(|choice| choice.name == other.name) {
                choices.push(other);
            }
        }
        if is_shared && !or_other {
            let scale = self.scale(name);
            put(more, "scale", scale);
        } else {
            let codes = choices.iter().map(|choice| Value::Integer(choice.code.into())).collect();
            put(more, "choices", Value::Array(codes));
            self.put_choices(&choices, &format!("questions.{}.choices", asked.code));
        }
        if let Some((row, choice)) = self.write_ins.get(&asked.row.number).cloned() {
            let listed = choices.iter().find(|listed| listed.name == choice);
            write_in = listed.map(|listed| listed.code);
            let label = self.words.texts(self.survey, row, "label");
            if listed.is_some_and(|listed| listed.label != label) {
                self.leave(row, "label", "words beside a choice are asked for by the choice itself");
            }
            self.places.insert(format!("questions.{}_text", asked.code), row.number);
            if let Some(most) = self.number(row, "sipas_max_chars") {
                put(more, "max_chars", i64::from(most));
            }
        }
        if let Some(write_in) = write_in {
            put(more, "write_in", i64::from(write_in));
        }
        kind
    }

    fn put_choices(&mut self, choices: &[Choice], key: &str) {
        let sheet = self.choices;
        for choice in choices {
            let key = format!("{key}.{}", choice.code);
            self.put_texts(sheet, choice.row, "label", &key, &choice.label);
        }
    }

    /// The code of a list that is a scale, which is written down once.
    pub(crate) fn scale(&mut self, name: &str) -> String {
        let Some(list) = self.lists.get(name) else {
            return String::new();
        };
        let scale = list.scale.clone().unwrap_or_else(|| code(name));
        let choices = list.choices.clone();
        if !self.definition.scales.contains_key(&scale) {
            self.definition.scales.insert(scale.clone(), choices.iter().map(|choice| choice.code).collect());
            self.put_choices(&choices, &format!("scales.{scale}"));
        }
        scale
    }
}
