//! A table made on demand: its figures, and what of them may be told.

use std::collections::{BTreeMap, BTreeSet};

use analysis::confidentiality::{
    ConfidentialityError, CountCell, CountTable, LEAST_RESPONDENTS, Line, Support, WHOLE, crossing, protect,
    published_n,
};
use analysis::frame::Responses;
use analysis::index::Method;
use analysis::table::{CrossCell, Crossing, Flag, cross_indicator, cross_shares};

use super::asked::Asked;
use super::book::Book;
use crate::error::{Error, Result};
use crate::results::{self, Figure, Run};

/// Figures by the labels of row and column; the label of all people, and of the only row of an indicator, is empty.
pub(super) struct Table {
    pub rows: Vec<String>,
    /// The whole first.
    pub columns: Vec<String>,
    figures: BTreeMap<(String, String), Figure>,
    /// How many people each column is of, where it may be told.
    people: BTreeMap<String, u32>,
}

impl Table {
    pub(super) fn figure(&self, row: &str, column: &str) -> Option<&Figure> {
        self.figures.get(&(row.to_owned(), column.to_owned()))
    }

    /// Marks the figures of a provisional run.
    pub(super) fn mark(&mut self, run: &Run) {
        let (keys, figures): (Vec<_>, Vec<_>) = std::mem::take(&mut self.figures).into_iter().unzip();
        self.figures = keys.into_iter().zip(results::marked(run, figures)).collect();
    }

    /// As it may be told.
    pub(super) fn people(&self, column: &str) -> Option<u32> {
        self.people.get(column).copied().map(published_n)
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.figures.values()
    }
}

/// Computes a table. `close`: columns that would tell of a few people beside another table. Takes as long as a pass over the answers: not on a thread
/// that serves requests.
pub(super) fn make(
    responses: &Responses,
    book: &Book,
    methods: &[Method<'_>],
    asked: &Asked,
    close: &[String],
) -> Result<Table> {
    let failed = |cause| Error::internal("crosstabs").caused_by(cause);
    let unweighted = if asked.weighted {
        None
    } else {
        Some(responses.unweighted().map_err(|cause| Error::internal("crosstabs").caused_by(cause))?)
    };
    let responses = unweighted.as_ref().unwrap_or(responses);
    let within = asked.part.as_ref().map(|(column, label)| (column.as_str(), label.as_str()));
    let who = Crossing { columns: asked.columns.as_deref(), within };
    let indicator = asked.rule.zip(book.indicator(&asked.rows));
    let (cells, hidden) = if let Some((rule, indicator)) = indicator {
        let method = methods.iter().find(|method| method.rule == rule).ok_or_else(|| Error::internal("crosstabs"))?;
        let cells = cross_indicator(responses, indicator, method, &who).map_err(failed)?;
        let hidden = hidden_scores(&cells, close)?;
        (cells, hidden)
    } else {
        let cells = cross_shares(responses, &asked.rows, &who).map_err(failed)?;
        let hidden = hidden_shares(&cells, close)?;
        (cells, hidden)
    };
    let figures = cells.iter().map(|it| {
        let n = if indicator.is_some() { it.cell.n } else { it.people };
        let key = (it.row.clone(), it.column.clone());
        let figure = results::of_cell(&it.column, &it.row, &it.cell, n, hidden.contains(&key));
        (key, figure)
    });
    Ok(Table {
        rows: in_order(book, &asked.rows, cells.iter().map(|it| it.row.as_str())),
        columns: in_order(
            book,
            asked.columns.as_deref().unwrap_or_default(),
            cells.iter().map(|it| it.column.as_str()),
        ),
        figures: figures.collect(),
        // Whoever sees no share of a column is not told of how many people they would be, either.
        people: cells
            .iter()
            .filter(|it| !hidden.contains(&(it.row.clone(), it.column.clone())))
            .map(|it| (it.column.clone(), it.cell.n))
            .collect(),
    })
}

/// The labels that occur, in the order of their variable; the empty one first.
fn in_order<'a>(book: &Book, variable: &str, labels: impl Iterator<Item = &'a str>) -> Vec<String> {
    let labels: BTreeSet<&str> = labels.collect();
    let values = book.variable(variable).map(|variable| variable.values.as_slice()).unwrap_or_default();
    let place = |label: &str| values.iter().position(|(known, _)| known == label);
    let mut labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
    labels.sort_by_key(|label| place(label).map_or(usize::from(!label.is_empty()) * values.len(), |place| place + 1));
    labels
}

type Key = (String, String);

/// Labels as the lines of a table name them: whatever is empty is the whole.
fn named(label: &str) -> &str {
    if label.is_empty() { WHOLE } else { label }
}

/// Who gave no answer that a column or a row is made of: they are part of the whole and of nothing else.
const NOBODY_ELSE: &str = "-";

/// Of a table of shares: the people of each cell are counted; a column whose people must not be told of is hidden altogether.
fn hidden_shares(cells: &[CrossCell], close: &[String]) -> Result<BTreeSet<Key>> {
    let rows: BTreeSet<&str> = cells.iter().map(|it| it.row.as_str()).collect();
    let columns: BTreeSet<&str> = cells.iter().map(|it| it.column.as_str()).filter(|it| !it.is_empty()).collect();
    let mut support: BTreeMap<Key, Support> = BTreeMap::new();
    for it in cells {
        let column = named(&it.column).to_owned();
        let alike = it.people > 0 && it.people == it.cell.n;
        let own = Support { respondents: it.people, psus: it.psus, all_alike: alike };
        support.insert((it.row.clone(), column.clone()), own);
        let whole = support.entry((WHOLE.to_owned(), column)).or_insert(Support {
            respondents: it.cell.n,
            psus: it.cell.psus,
            all_alike: false,
        });
        whole.all_alike |= alike;
        if close.contains(&it.column) && !it.column.is_empty() {
            // No commune to speak of: sensitive, whatever its people.
            whole.psus = 0;
        }
    }
    let mut labels: Vec<String> = columns.iter().map(|label| (*label).to_owned()).collect();
    if !labels.is_empty() {
        let of = |row: &str, column: &str| {
            support.get(&(row.to_owned(), column.to_owned())).map_or(0, |support| support.respondents)
        };
        let known = |row: &str| columns.iter().map(|column| of(row, column)).sum::<u32>();
        let sums = rows.iter().copied().chain([WHOLE]).map(|row| (row.to_owned(), of(row, WHOLE), known(row)));
        let sums: Vec<(String, u32, u32)> = sums.collect();
        // Those without an answer to the question of the columns are what is left of the whole. Ten of them or more are a group like any other;
        // then the columns alone must add up, which is more than anybody is told.
        let few = of(WHOLE, WHOLE).saturating_sub(known(WHOLE)) < LEAST_RESPONDENTS;
        for (row, whole, known) in sums {
            if few {
                let rest = Support { respondents: whole.saturating_sub(known), psus: u32::MAX, all_alike: false };
                support.insert((row, NOBODY_ELSE.to_owned()), rest);
            } else if let Some(support) = support.get_mut(&(row, WHOLE.to_owned())) {
                support.respondents = known;
            }
        }
        if few {
            labels.push(NOBODY_ELSE.to_owned());
        }
    }
    let row_labels: Vec<String> = rows.iter().map(|row| (*row).to_owned()).collect();
    // Without columns there is one line: the whole and its rows.
    let lines = if labels.is_empty() {
        let parts = row_labels.iter().map(|row| format!("{row}:{WHOLE}")).collect();
        vec![Line { total: format!("{WHOLE}:{WHOLE}"), parts }]
    } else {
        crossing(&row_labels, &labels)
    };
    let hidden = protected(&support, &lines)?;
    let is_hidden = |it: &CrossCell| {
        let column = named(&it.column).to_owned();
        hidden.contains(&(it.row.clone(), column.clone())) || hidden.contains(&(WHOLE.to_owned(), column))
    };
    Ok(cells.iter().filter(|it| is_hidden(it)).map(|it| (it.row.clone(), it.column.clone())).collect())
}

/// Of one indicator by columns: the people of each column are counted.
fn hidden_scores(cells: &[CrossCell], close: &[String]) -> Result<BTreeSet<Key>> {
    let mut support: BTreeMap<Key, Support> = BTreeMap::new();
    for it in cells {
        let told = close.contains(&it.column) && !it.column.is_empty();
        // An item that few answered would follow from the index and its other items.
        let few = it.cell.estimate.is_some() && it.people < LEAST_RESPONDENTS;
        let psus = if told || few { 0 } else { it.cell.estimate.map_or(u32::MAX, |_| it.psus) };
        let all_alike = it.cell.flags.contains(&Flag::AllAlike);
        let own = Support { respondents: it.cell.n, psus, all_alike };
        support.insert((String::new(), named(&it.column).to_owned()), own);
    }
    let mut lines = Vec::new();
    let columns: Vec<String> = cells.iter().map(|it| it.column.clone()).filter(|label| !label.is_empty()).collect();
    if !columns.is_empty() {
        let of = |column: &str| support.get(&(String::new(), column.to_owned())).map_or(0, |it| it.respondents);
        let known: u32 = columns.iter().map(|column| of(column)).sum();
        let rest = Support { respondents: of(WHOLE).saturating_sub(known), psus: u32::MAX, all_alike: false };
        support.insert((String::new(), NOBODY_ELSE.to_owned()), rest);
        let parts = columns.iter().map(String::as_str).chain([NOBODY_ELSE]).map(|label| format!(":{label}"));
        lines.push(Line { total: format!(":{WHOLE}"), parts: parts.collect() });
    }
    let hidden = protected(&support, &lines)?;
    let is_hidden = |it: &&CrossCell| hidden.contains(&(String::new(), named(&it.column).to_owned()));
    Ok(cells.iter().filter(is_hidden).map(|it| (String::new(), it.column.clone())).collect())
}

/// The cells that are hidden; all of them where no choice of cells protects those that must be.
fn protected(support: &BTreeMap<Key, Support>, lines: &[Line]) -> Result<BTreeSet<Key>> {
    let cells = support
        .iter()
        .map(|((row, column), support)| CountCell { code: format!("{row}:{column}"), support: *support })
        .collect();
    let hidden = match CountTable::new(cells, lines).and_then(|table| protect(&table)) {
        Ok(protected) => protected.hidden,
        Err(ConfidentialityError::Unprotected { .. }) => vec![true; support.len()],
        Err(cause) => return Err(Error::internal("crosstabs-confidentiality").caused_by(cause)),
    };
    Ok(support.keys().cloned().zip(hidden).filter(|(_, hidden)| *hidden).map(|(key, _)| key).collect())
}
