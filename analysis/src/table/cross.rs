//! One variable by another inside a part of the population: the share of each row among the people of a column, or an indicator of the
//! people of each column.

use super::source::{Source, Subject};
use super::{Cell, DISTRIBUTION, NATION};
use crate::estimate::{EstimateError, Tallies};
use crate::frame::Responses;
use crate::index::{Indicator, IndicatorKind, ItemRule, Method};

/// Who stands in which column.
#[derive(Clone, Copy, Debug, Default)]
pub struct Crossing<'a> {
    /// The column of groups whose labels are the columns of the table; without one there is the whole alone.
    pub columns: Option<&'a str>,
    /// A column of groups and one of its labels: the table is of these people. The others count as zeros, as in any group.
    pub within: Option<(&'a str, &'a str)>,
}

/// A figure of the table, and who stands behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossCell {
    /// The label of the row; empty for an indicator.
    pub row: String,
    /// The label of the column; empty for all people of the table.
    pub column: String,
    /// Of a share, the people of the column who are in this row; of an indicator, those with an answer to the item that the fewest answered.
    pub people: u32,
    /// PSUs they live in.
    pub psus: u32,
    /// The share of the row among the people of the column, or their indicator; `n` is who that is a share or mean of.
    pub cell: Cell,
}

/// The share of each label of the column of groups `rows` among the people with any: for the whole, then for each column.
pub fn cross_shares(
    responses: &Responses,
    rows: &str,
    crossing: &Crossing<'_>,
) -> Result<Vec<CrossCell>, EstimateError> {
    let labels = responses.labels(rows)?.to_vec();
    let responses = responses.with_items(&[])?.with_number_of(rows)?;
    let mut cells = Vec::new();
    for (source, column_of) in sources(&responses, crossing)? {
        let (place, amounts) = source.tallies.number(rows)?;
        let amounts = amounts.len();
        for (group, column) in column_of {
            for (label, answer) in labels.iter().zip(1_u32..) {
                let scores: Vec<f64> =
                    (0..).map(|slot: u32| f64::from(u8::from(slot == answer))).take(amounts).collect();
                let measure = source.tallies.mean(group, &[(place, &scores)]);
                let (people, psus) = source.tallies.behind(group, place, |given| given == answer);
                let rule = ItemRule::Level(u8::try_from(answer).unwrap_or(u8::MAX));
                let subject = Subject { kind: IndicatorKind::Item, code: rows, method: DISTRIBUTION, rule };
                let n = measure.as_ref().map_or(0, |measure| measure.n);
                let cell = source.cell(group, &subject, measure.as_ref(), n);
                cells.push(CrossCell { row: label.clone(), column: column.clone(), people, psus, cell });
            }
        }
    }
    Ok(cells)
}

/// One indicator by one method: for the whole, then for each column.
pub fn cross_indicator(
    responses: &Responses,
    indicator: &Indicator,
    method: &Method<'_>,
    crossing: &Crossing<'_>,
) -> Result<Vec<CrossCell>, EstimateError> {
    let items: Vec<&str> = indicator.items().collect();
    let responses = responses.with_items(&items)?;
    let composition = method.composition(indicator)?;
    let mut cells = Vec::new();
    for (source, column_of) in sources(&responses, crossing)? {
        let answered = source.answered(&responses, indicator)?;
        let places =
            items.iter().map(|item| Ok(source.tallies.item(item)?.0)).collect::<Result<Vec<_>, EstimateError>>()?;
        for (group, column) in column_of {
            let measure = method.rule.measure(&source.tallies, group, &composition)?;
            let behind = places.iter().map(|place| source.tallies.behind(group, *place, |_| true));
            let (people, psus) = behind.min().unwrap_or_default();
            let n = answered.get(group).copied().unwrap_or_default();
            let cell = source.cell(group, &Subject::indicator(indicator, method), measure.as_ref(), n);
            cells.push(CrossCell { row: String::new(), column, people, psus, cell });
        }
    }
    Ok(cells)
}

/// The groups that are columns of the table, and the labels of these.
type Columns = Vec<(usize, String)>;

/// The whole, then the columns.
fn sources(responses: &Responses, crossing: &Crossing<'_>) -> Result<Vec<(Source, Columns)>, EstimateError> {
    let part = crossing.within.map(|(column, _)| column);
    let source = |columns: Option<&str>| -> Result<(Source, Columns), EstimateError> {
        let by: Vec<&str> = part.into_iter().chain(columns).collect();
        let tallies = Tallies::count(responses, &by)?;
        let inside = |labels: &[String]| match crossing.within {
            Some((_, label)) => labels.first().is_some_and(|first| first == label),
            None => true,
        };
        let groups = tallies.groups().iter().enumerate().filter(|(_, group)| inside(&group.labels));
        let column = |labels: &[String]| columns.and(labels.last()).cloned().unwrap_or_default();
        let columns_of = groups.map(|(place, group)| (place, column(&group.labels))).collect();
        Ok((Source { level: columns.unwrap_or(NATION).to_owned(), tallies }, columns_of))
    };
    let mut all = vec![source(None)?];
    if crossing.columns.is_some() {
        all.push(source(crossing.columns)?);
    }
    Ok(all)
}
