//! TOML read key by key, so that every fault of a file is found in one go and each knows its line.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeFloat, DeInteger, DeTable, DeValue};

use crate::defects::{Defect, Fault};
use crate::limits::MOST_DEFECTS;
use crate::quantity::{Measure, Quantity};
use crate::source::SourceFile;

/// A value and the line it stands on.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

/// A file being read, and the faults found in it so far.
pub(crate) struct File<'a> {
    name: &'a str,
    breaks: Vec<usize>,
    defects: RefCell<Vec<Defect>>,
}

impl<'a> File<'a> {
    pub(crate) fn new(source: &'a SourceFile) -> Self {
        let breaks = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        Self { name: &source.name, breaks, defects: RefCell::default() }
    }

    pub(crate) fn report(&self, line: usize, fault: Fault) {
        let mut defects = self.defects.borrow_mut();
        let fault = match defects.len().cmp(&MOST_DEFECTS) {
            Ordering::Less => fault,
            Ordering::Equal => Fault::TooMuch { what: "defects to tell them all", most: MOST_DEFECTS },
            Ordering::Greater => return,
        };
        defects.push(Defect { file: self.name.to_owned(), line, fault });
    }

    /// The text as a table; with broken TOML, what could be made out of it.
    pub(crate) fn parse(&self, source: &'a SourceFile) -> Spanned<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(&source.text);
        for error in errors {
            let line = error.span().map_or(1, |span| self.line(span.start));
            self.report(line, Fault::Syntax { message: error.message().to_owned() });
        }
        table
    }

    pub(crate) fn is_faulty(&self) -> bool {
        !self.defects.borrow().is_empty()
    }

    pub(crate) fn into_defects(self) -> Vec<Defect> {
        self.defects.into_inner()
    }

    fn line(&self, offset: usize) -> usize {
        self.breaks.partition_point(|at| *at < offset) + 1
    }
}

/// A table whose keys are asked for one by one; what nobody asked for is unknown.
pub(crate) struct Table<'a> {
    file: &'a File<'a>,
    entries: &'a DeTable<'a>,
    pub(crate) line: usize,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(file: &'a File<'a>, entries: &'a DeTable<'a>, line: usize) -> Self {
        Self { file, entries, line, asked: RefCell::default() }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<At<String>> {
        self.read(key, "a text", text)
    }

    /// A text that must be there; empty when it is not, which is reported.
    pub(crate) fn needed(&self, key: &'static str) -> At<String> {
        if !self.has(key) {
            self.report(self.line, Fault::MissingKey { key: key.to_owned() });
        }
        self.text(key).unwrap_or(At { value: String::new(), line: self.line })
    }

    pub(crate) fn number(&self, key: &'static str) -> Option<At<u16>> {
        self.read(key, "a whole number from 0 to 65535", number)
    }

    /// A bound, as the definition writes it: `18`, `0.5`, `2026-11-05`.
    pub(crate) fn quantity(&self, key: &'static str, measure: Measure) -> Option<At<Quantity>> {
        match measure {
            Measure::Number { .. } => self.read(key, "a number", |value| {
                quantity(value).filter(|quantity| matches!(quantity, Quantity::Number(_)))
            }),
            Measure::Day => self.read(key, "a day, as in 2026-11-05", |value| {
                quantity(value).filter(|quantity| matches!(quantity, Quantity::Day(_)))
            }),
        }
    }

    pub(crate) fn any_quantity(&self, key: &'static str) -> Option<At<Quantity>> {
        self.read(key, "a number, or a day as in 2026-11-05", quantity)
    }

    pub(crate) fn flag(&self, key: &'static str) -> Option<At<bool>> {
        self.read(key, "true or false", DeValue::as_bool)
    }

    pub(crate) fn texts(&self, key: &'static str) -> Vec<At<String>> {
        self.list(key, "a list of texts", text)
    }

    pub(crate) fn numbers(&self, key: &'static str) -> Vec<At<u16>> {
        self.list(key, "a list of whole numbers", number)
    }

    pub(crate) fn table(&self, key: &'static str) -> Option<Table<'a>> {
        let table = self.read(key, "a table", |value| value.as_table())?;
        Some(Table::new(self.file, table.value, table.line))
    }

    pub(crate) fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let tables = self.list(key, "a list of tables", |value| value.as_table());
        tables.into_iter().map(|table| Table::new(self.file, table.value, table.line)).collect()
    }

    /// Every key of a table whose keys are names, each read by `one`, in the order written.
    pub(crate) fn each<T>(
        &self,
        wanted: &'static str,
        mut one: impl FnMut(&Self, &str, &'a Spanned<DeValue<'a>>) -> Option<T>,
    ) -> Vec<(At<String>, T)> {
        let mut entries: Vec<_> = self.entries.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut read = Vec::new();
        for (key, value) in entries {
            let line = self.file.line(key.span().start);
            match one(self, key.get_ref(), value) {
                Some(found) => read.push((At { value: key.get_ref().to_string(), line }, found)),
                None => self.report(line, Fault::WrongValue { key: key.get_ref().to_string(), wanted }),
            }
        }
        read
    }

    pub(crate) fn inner(&self, value: &'a Spanned<DeValue<'a>>) -> Option<Table<'a>> {
        let table = value.get_ref().as_table()?;
        Some(Table::new(self.file, table, self.file.line(value.span().start)))
    }

    pub(crate) fn inner_list<T>(
        &self,
        value: &'a Spanned<DeValue<'a>>,
        one: fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<Vec<At<T>>> {
        let at = |entry: &'a Spanned<DeValue<'a>>| {
            Some(At { value: one(entry.get_ref())?, line: self.file.line(entry.span().start) })
        };
        value.get_ref().as_array()?.iter().map(at).collect()
    }

    pub(crate) fn report(&self, line: usize, fault: Fault) {
        self.file.report(line, fault);
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn end(self) {
        let asked = self.asked.borrow();
        for key in self.entries.keys().filter(|key| !asked.contains(key.get_ref().as_ref())) {
            let line = self.file.line(key.span().start);
            self.report(line, Fault::UnknownKey { key: key.get_ref().to_string() });
        }
    }

    fn list<T>(&self, key: &'static str, wanted: &'static str, one: fn(&'a DeValue<'a>) -> Option<T>) -> Vec<At<T>> {
        let Some(value) = self.find(key) else {
            return Vec::new();
        };
        self.inner_list(value, one).unwrap_or_else(|| {
            self.report(self.file.line(value.span().start), Fault::WrongValue { key: key.to_owned(), wanted });
            Vec::new()
        })
    }

    fn read<T>(
        &self,
        key: &'static str,
        wanted: &'static str,
        one: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<At<T>> {
        let value = self.find(key)?;
        let line = self.file.line(value.span().start);
        let read = one(value.get_ref()).map(|value| At { value, line });
        if read.is_none() {
            self.report(line, Fault::WrongValue { key: key.to_owned(), wanted });
        }
        read
    }

    fn find(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.entries.get(key)
    }
}

pub(crate) fn text(value: &DeValue) -> Option<String> {
    value.as_str().map(str::to_owned)
}

pub(crate) fn number(value: &DeValue) -> Option<u16> {
    let number = value.as_integer()?;
    u16::from_str_radix(number.as_str(), number.radix()).ok()
}

fn quantity(value: &DeValue) -> Option<Quantity> {
    if let Some(day) = value.as_datetime() {
        return Quantity::from_data(&day.to_string());
    }
    let whole = value.as_integer().map(DeInteger::as_str);
    let written = whole.or_else(|| value.as_float().map(DeFloat::as_str))?;
    Quantity::from_data(&written.replace('_', "")).filter(|quantity| matches!(quantity, Quantity::Number(_)))
}
