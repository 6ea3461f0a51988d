//! Whether one more table may be given (docs/adr/0032): whoever has two tables of people that differ by one to nine knows what those few
//! said. All analysts count together, since they can talk to each other.

use std::collections::HashMap;
use std::sync::Mutex;

use analysis::confidentiality::{LEAST_RESPONDENTS, check_query};
use analysis::frame::Responses;

use super::book::Book;
use crate::error::{Error, Result};
use crate::results::PROVINCE;

/// Tables of different people that one person may ask for on a day.
pub(super) const MOST_A_DAY: i64 = 100;

/// People under all of these labels: each a column of the frame and a label.
type People = Vec<(String, String)>;

/// The people that tables of a part and its columns are of. No value of any answer, only which properties.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Seen {
    /// `_province:01`; empty for everybody.
    pub part: String,
    /// Empty for none.
    pub columns: String,
}

/// How many people there are under labels, counted once for each frame.
#[derive(Default)]
pub(super) struct Sizes(Mutex<HashMap<People, usize>>);

impl Sizes {
    fn of(&self, responses: &Responses, people: &People) -> Result<usize> {
        let known = |sizes: &HashMap<People, usize>| sizes.get(people).copied();
        if let Some(size) = self.0.lock().ok().and_then(|sizes| known(&sizes)) {
            return Ok(size);
        }
        let size = marks(responses, people)?.filter(|is| *is).count();
        if let Ok(mut sizes) = self.0.lock() {
            sizes.insert(people.clone(), size);
        }
        Ok(size)
    }
}

/// What a table may show of its columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Columns whose people are too close to those of another table: hidden like small ones.
    pub close_columns: Vec<String>,
}

/// Judges a table by those that were given before it, and by the country and its provinces, whose figures everybody has.
///
/// # Errors
/// Invalid, where the people of the whole table differ from those of another by one to nine: names the other.
pub(super) fn judge(
    responses: &Responses,
    sizes: &Sizes,
    book: &Book,
    wanted: &Seen,
    earlier: &[Seen],
) -> Result<Verdict> {
    let published = Seen { part: String::new(), columns: PROVINCE.to_owned() };
    let tables = std::iter::once(&published).chain(earlier).filter(|table| *table != wanted);
    let mut given: Vec<People> = Vec::new();
    for table in tables {
        given.push(people(&table.part, None));
        given.extend(columns(book, table));
    }
    let given = given.into_iter().map(|people| Ok((sizes.of(responses, &people)?, people)));
    let given: Vec<(usize, People)> = given.collect::<Result<_>>()?;
    let whole = people(&wanted.part, None);
    if let Some(close) = closest(responses, sizes, &whole, &given)? {
        return Err(match close.as_slice() {
            [] => Error::invalid("crosstabs-too-close-to-all"),
            _ => Error::invalid("crosstabs-too-close").with("other", named(book, close)),
        });
    }
    let mut close_columns = Vec::new();
    for column in columns(book, wanted) {
        if closest(responses, sizes, &column, &given)?.is_some() {
            close_columns.extend(column.last().map(|(_, label)| label.clone()));
        }
    }
    Ok(Verdict { close_columns })
}

/// Of the people given before, the first that differ from these by one to nine. Fewer than ten were never shown.
fn closest<'a>(
    responses: &Responses,
    sizes: &Sizes,
    asked: &People,
    given: &'a [(usize, People)],
) -> Result<Option<&'a People>> {
    let least = LEAST_RESPONDENTS as usize;
    let size = sizes.of(responses, asked)?;
    let near = given.iter().filter(|(other, _)| *other >= least && other.abs_diff(size) < least);
    let near: Vec<&People> = near.map(|(_, people)| people).collect();
    if size < least || near.is_empty() {
        return Ok(None);
    }
    let asked: Vec<bool> = marks(responses, asked)?.collect();
    let others = near.iter().map(|people| marks(responses, people)).collect::<Result<Vec<_>>>()?;
    Ok(check_query(&asked, others).err().and_then(|close| near.get(close.earlier).copied()))
}

fn marks<'a>(responses: &'a Responses, people: &People) -> Result<impl Iterator<Item = bool> + use<'a>> {
    let under: Vec<_> = people.iter().map(|(column, label)| (column.as_str(), label.as_str())).collect();
    responses.people(&under).map_err(|cause| Error::internal("crosstabs").caused_by(cause))
}

/// The people of a part, or of one of its columns.
fn people(part: &str, column: Option<(&str, &str)>) -> People {
    let part = part.split_once(':').into_iter();
    let mut labels: People = part.chain(column).map(|(column, label)| (column.to_owned(), label.to_owned())).collect();
    labels.dedup();
    labels
}

/// The people of each column of a table.
fn columns(book: &Book, table: &Seen) -> Vec<People> {
    let values = book.variable(&table.columns).map(|variable| variable.values.as_slice()).unwrap_or_default();
    values.iter().map(|(label, _)| people(&table.part, Some((&table.columns, label)))).collect()
}

/// `Nữ · Hà Nội`.
fn named(book: &Book, people: &People) -> String {
    let names: Vec<String> = people.iter().map(|(code, label)| book.value(code, label)).collect();
    names.join(" · ")
}
