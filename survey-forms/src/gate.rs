//! What stands before a page, a question or an item: its own condition, and a filter with a switch.

use std::collections::BTreeSet;

use crate::defects::Fault;
use crate::draft::Draft;
use crate::quantity::Quantity;
use crate::read::{At, File, Table};
use crate::rule::{Condition, Rule, Sign};

/// A named condition with a switch: off, everything behind it is asked.
pub(crate) struct Filter {
    on: bool,
    rule: Option<Rule>,
}

pub(crate) struct Gate {
    when: Option<Rule>,
    filter: Option<At<String>>,
}

impl Gate {
    pub(crate) fn read(table: &Table) -> Self {
        Self { when: rule(table), filter: table.text("filter") }
    }

    /// How many comparisons stand here; those of a filter stand with the filter.
    pub(crate) fn size(&self) -> usize {
        self.when.as_ref().map_or(0, |rule| rule.condition.size())
    }

    /// The rules that count: a filter that is off hides nothing.
    pub(crate) fn rules(&self, draft: &Draft) -> Vec<Rule> {
        let filter = self.filter_in(draft).filter(|filter| filter.on);
        self.when.iter().cloned().chain(filter.and_then(|filter| filter.rule.clone())).collect()
    }

    /// Every rule, of filters that are off too: switching one on must not break the form.
    pub(crate) fn all_rules(&self, draft: &Draft, file: &File) -> Vec<Rule> {
        let filter = self.filter_in(draft);
        if let (Some(name), None) = (&self.filter, filter) {
            file.report(name.line, Fault::UnknownReference { kind: "filter", code: name.value.clone() });
        }
        self.when.iter().cloned().chain(filter.and_then(|filter| filter.rule.clone())).collect()
    }

    fn filter_in<'a>(&self, draft: &'a Draft) -> Option<&'a Filter> {
        let name = self.filter.as_ref()?;
        let (_, filter) = draft.filters.iter().find(|(code, _)| code.value == name.value)?;
        Some(filter)
    }
}

impl Filter {
    pub(crate) fn read(table: Table) -> Self {
        let on = table.flag("on");
        if on.is_none() && !table.has("on") {
            table.report(table.line, Fault::MissingKey { key: "on".to_owned() });
        }
        let rule = rule(&table);
        if rule.is_none() && !table.has("when") {
            table.report(table.line, Fault::MissingKey { key: "when".to_owned() });
        }
        table.end();
        Self { on: on.is_some_and(|on| on.value), rule }
    }
}

impl Filter {
    pub(crate) fn size(&self) -> usize {
        self.rule.as_ref().map_or(0, |rule| rule.condition.size())
    }
}

fn rule(table: &Table) -> Option<Rule> {
    let when = table.table("when")?;
    let line = when.line;
    condition(when).map(|condition| Rule { condition, line })
}

fn condition(table: Table) -> Option<Condition> {
    let condition = if table.has("all") {
        Some(Condition::All(table.tables("all").into_iter().filter_map(condition).collect()))
    } else if table.has("any") {
        Some(Condition::Any(table.tables("any").into_iter().filter_map(condition).collect()))
    } else if table.has("not") {
        table.table("not").and_then(condition).map(|inner| Condition::Not(Box::new(inner)))
    } else {
        about_unit(&table)
    };
    table.end();
    condition
}

fn comparison(table: &Table) -> Option<(Sign, Quantity)> {
    Sign::ALL.into_iter().find_map(|sign| Some((sign, table.any_quantity(sign.name())?.value)))
}

fn about_unit(table: &Table) -> Option<Condition> {
    let unit = table.needed("unit").value;
    let condition = if let Some(choice) = table.number("is") {
        Condition::OneOf { unit, choices: BTreeSet::from([choice.value]) }
    } else if let Some(choice) = table.number("chosen") {
        Condition::Chosen { unit, choice: choice.value }
    } else if let Some((sign, to)) = comparison(table) {
        Condition::Compares { unit, sign, to }
    } else if table.flag("answered").is_some_and(|answered| answered.value) {
        Condition::Answered { unit }
    } else {
        let choices: BTreeSet<_> = table.numbers("one_of").into_iter().map(|choice| choice.value).collect();
        if choices.is_empty() {
            let wanted = "a condition: all, any, not, or a unit with is, one_of, chosen, at_least, at_most, above, below, equals or answered = true";
            table.report(table.line, Fault::WrongValue { key: "when".to_owned(), wanted });
            return None;
        }
        Condition::OneOf { unit, choices }
    };
    Some(condition)
}
