//! What the page of tables shows.

use askama::Template;

use super::asked::Asked;
use super::book::Book;
use super::table::Table;
use crate::base::page::Page;
use crate::base::parts::{Choice, Field, Problem};
use crate::base::text::Texts;
use crate::results::{About, Line, Mark};

/// Options of one kind, to choose from.
pub(super) struct Group {
    pub label: String,
    pub options: Vec<Choice>,
}

/// The choices that make a table, as a GET form.
pub(super) struct Chooser {
    pub rows: Vec<Group>,
    pub measures: Vec<Choice>,
    pub no_columns: Choice,
    pub columns: Vec<Group>,
    /// None where an account sees one part only.
    pub everybody: Option<Choice>,
    pub parts: Vec<Group>,
    pub weights: Vec<Choice>,
}

/// A table as it stands on the page.
pub(super) struct Shown {
    pub caption: String,
    /// Of whom, of what, how weighted.
    pub subject: String,
    /// Names of the columns, the whole first; of an indicator none: its columns are lines.
    pub columns: Vec<String>,
    pub lines: Vec<(String, Vec<Line>)>,
    /// People behind each column.
    pub people: Vec<String>,
    pub legend: Vec<Mark>,
    /// Where the same is taken as a file.
    pub file: String,
    /// Where it is kept, with what is kept.
    pub save: String,
    pub query: String,
}

/// A table that somebody keeps.
pub(super) struct SavedView {
    pub name: String,
    pub address: String,
    pub owner: String,
    pub moment: String,
    /// Where its owner forgets it.
    pub delete: Option<String>,
}

#[derive(Template)]
#[template(path = "crosstabs/table.html")]
pub(super) struct TablePage {
    pub page: Page,
    pub about: About,
    pub problems: Vec<Problem>,
    pub chooser: Chooser,
    pub shown: Option<Shown>,
    pub name: Field,
    pub saved: Vec<SavedView>,
    pub address: String,
    pub back: String,
}

#[derive(Template)]
#[template(path = "crosstabs/empty.html")]
pub(super) struct EmptyPage {
    pub page: Page,
    pub compute: String,
    pub back: String,
}

/// Which words a table is shown with.
pub(super) fn shown(
    texts: Texts,
    book: &Book,
    asked: &Asked,
    table: &Table,
    address: &str,
    legend: Vec<Mark>,
) -> Shown {
    let whole = || texts.get("crosstabs-whole").into_owned();
    let columns = asked.columns.as_deref().unwrap_or_default();
    let column_name = |label: &String| if label.is_empty() { whole() } else { book.value(columns, label) };
    let line = |row: &str, column: &str| match table.figure(row, column) {
        Some(figure) => Line::of(texts, figure),
        None => Line::none(),
    };
    let of_indicator = asked.rule.is_some();
    let lines = if of_indicator {
        table.columns.iter().map(|column| (column_name(column), vec![line("", column)])).collect()
    } else {
        let of_row = |row: &String| table.columns.iter().map(|column| line(row, column)).collect();
        table.rows.iter().map(|row| (book.value(&asked.rows, row), of_row(row))).collect()
    };
    let people = |column: &String| table.people(column).map_or_else(|| "–".to_owned(), |n| texts.number(n));
    let query = asked.query();
    let part = asked.part.as_ref().map(|(code, label)| format!("{}: {}", book.name(code), book.value(code, label)));
    let rows = book.name(&asked.rows);
    let measure = texts.get(&match asked.rule {
        Some(rule) => format!("results-rule-{}", rule.name()),
        None => "crosstabs-measure-shares".to_owned(),
    });
    let by =
        asked.columns.as_ref().map(|code| texts.with("crosstabs-by", [("property", book.name(code))]).into_owned());
    let weights = texts.get(if asked.weighted { "crosstabs-with-weights" } else { "crosstabs-without-weights" });
    let everybody = || texts.get("crosstabs-everybody").into_owned();
    let subject = [measure.into_owned(), part.unwrap_or_else(everybody), weights.into_owned()];
    Shown {
        caption: by.map_or_else(|| rows.to_owned(), |by| format!("{rows} {by}")),
        subject: subject.join(" · "),
        columns: if of_indicator { Vec::new() } else { table.columns.iter().map(column_name).collect() },
        lines,
        people: if of_indicator { Vec::new() } else { table.columns.iter().map(people).collect() },
        legend,
        file: format!("{address}/tep?{query}"),
        save: format!("{address}/luu"),
        query,
    }
}
