//! What was answered, checked and in the one order the estimates rely on.

use std::sync::Arc;

use polars::prelude::{Column, DataFrame, NamedFrom, PolarsError, Series, SortMultipleOptions};

use super::columns::{Columns, Item, MOST_LEVELS, NOT_VALID};
use super::error::ResponsesError;
use super::labels::Labels;
use crate::weights::Projection;

/// Checked answers, sorted by PSU and weight so that sums do not depend on the order of the input.
#[derive(Clone, Debug)]
pub struct Responses {
    /// `psu`, `weight`, `group <name>`…, `item <code>`…: codes with nulls, labels beside.
    frame: DataFrame,
    strata: Vec<String>,
    /// The stratum of each PSU.
    stratum_of: Vec<usize>,
    groups: Vec<(String, Labels)>,
    items: Vec<Item>,
    /// What calibrated weights take out of a variance.
    projection: Option<Arc<Projection>>,
}

impl Responses {
    pub fn from_columns(columns: Columns) -> Result<Self, ResponsesError> {
        columns.check()?;
        let strata = Labels::of(&columns.stratum);
        let psus = Labels::of(&columns.psu);
        let stratum_of = stratum_of_each_psu(&columns, &strata, &psus)?;
        let mut frame = vec![
            Column::from(Series::new("psu".into(), psus.codes(&columns.psu))),
            Column::from(Series::new("weight".into(), &columns.weight)),
        ];
        let mut groups = Vec::new();
        for (name, values) in columns.groups {
            let labels = Labels::of(&values);
            frame.push(Series::new(group_column(&name).into(), labels.codes(&values)).into());
            groups.push((name, labels));
        }
        let mut items = Vec::new();
        for (item, answers) in columns.items {
            let levels: Vec<Option<u32>> = answers
                .into_iter()
                .map(|answer| answer.filter(|code| !NOT_VALID.contains(code)).map(u32::from))
                .collect();
            frame.push(Series::new(item_column(&item.code).into(), levels).into());
            items.push(item);
        }
        let frame = sorted(&DataFrame::new(columns.weight.len(), frame)?)?;
        Ok(Self { frame, strata: strata.into_vec(), stratum_of, groups, items, projection: None })
    }

    /// The same answers with one item more: the labels of a column as its levels, in their order.
    pub(crate) fn with_item_of(mut self, column: &str) -> Result<Self, ResponsesError> {
        let item = Item {
            code: column.to_owned(),
            levels: u8::try_from(self.labels(column)?.len()).unwrap_or(u8::MAX).max(2),
        };
        if item.levels > MOST_LEVELS {
            return Err(ResponsesError::Levels { item: item.code, levels: item.levels });
        }
        if self.items.iter().any(|other| other.code == item.code) {
            return Err(ResponsesError::ColumnTwice { column: item.code });
        }
        let levels: Vec<Option<u32>> =
            self.group_codes(column)?.into_iter().map(|code| code.map(|code| code + 1)).collect();
        self.frame.with_column(Column::from(Series::new(item_column(column).into(), levels)))?;
        self.items.push(item);
        Ok(self)
    }

    /// The same answers with calibrated weights, one per row in the order of [`Self::weights`].
    pub(crate) fn calibrated(mut self, weights: &[f64], mut projection: Projection) -> Result<Self, ResponsesError> {
        let places: Vec<u32> = (0..).take(self.rows()).collect();
        self.frame.with_column(Column::from(Series::new("weight".into(), weights)))?;
        self.frame.with_column(Column::from(Series::new(PLACE.into(), places)))?;
        self.frame = sorted(&self.frame)?;
        projection.rows = projection.rows.reorder(self.frame.column(PLACE)?.u32()?.cont_slice()?);
        let frame = self.frame.drop(PLACE)?;
        Ok(Self { frame, projection: Some(Arc::new(projection)), ..self })
    }

    pub(crate) fn projection(&self) -> Option<&Arc<Projection>> {
        self.projection.as_ref()
    }

    pub fn rows(&self) -> usize {
        self.frame.height()
    }

    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Names of the columns that make groups.
    pub fn group_columns(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|(name, _)| name.as_str())
    }

    pub(crate) fn strata(&self) -> &[String] {
        &self.strata
    }

    pub(crate) fn stratum_of(&self) -> &[usize] {
        &self.stratum_of
    }

    /// The same answers under other strata.
    pub(super) fn with_stratum_of(self, stratum_of: Vec<usize>) -> Self {
        Self { stratum_of, ..self }
    }

    /// The PSU of each row, ascending.
    pub(crate) fn psus(&self) -> Result<&[u32], ResponsesError> {
        Ok(self.frame.column("psu")?.u32()?.cont_slice()?)
    }

    pub(crate) fn weights(&self) -> Result<&[f64], ResponsesError> {
        Ok(self.frame.column("weight")?.f64()?.cont_slice()?)
    }

    /// The code of each row's group in this column, by the order of its labels.
    pub(crate) fn group_codes(&self, name: &str) -> Result<Vec<Option<u32>>, ResponsesError> {
        self.labels(name)?;
        Ok(self.frame.column(&group_column(name))?.u32()?.iter().collect())
    }

    pub(crate) fn labels(&self, name: &str) -> Result<&[String], ResponsesError> {
        let found = self.groups.iter().find(|(group, _)| group == name).map(|(_, labels)| labels.as_slice());
        found.ok_or_else(|| ResponsesError::MissingColumn { column: name.to_owned() })
    }

    /// The level of each row's answer, 0 for none. Values and validity are read side by side: the frame's own
    /// iterator over options costs more than all sums together.
    pub(crate) fn levels(&self, item: &Item) -> Result<Vec<u8>, ResponsesError> {
        let column = self.frame.column(&item_column(&item.code))?.u32()?;
        let mut levels = Vec::with_capacity(column.len());
        for chunk in column.downcast_iter() {
            let level = |value: &u32| u8::try_from(*value).unwrap_or_default();
            match chunk.validity() {
                None => levels.extend(chunk.values().iter().map(level)),
                Some(valid) => {
                    let rows = chunk.values().iter().zip(valid.iter());
                    levels.extend(rows.map(|(value, valid)| level(value) * u8::from(valid)));
                }
            }
        }
        Ok(levels)
    }
}

/// Where a row stood before it was sorted again.
const PLACE: &str = "place";

fn sorted(frame: &DataFrame) -> Result<DataFrame, PolarsError> {
    let order = SortMultipleOptions::default().with_multithreaded(false);
    let mut frame = frame.sort(["psu", "weight"], order)?;
    frame.rechunk_mut();
    Ok(frame)
}

// Prefixes, so that a group may be named like an item or like the weight.
fn group_column(name: &str) -> String {
    format!("group {name}")
}

fn item_column(code: &str) -> String {
    format!("item {code}")
}

fn stratum_of_each_psu(columns: &Columns, strata: &Labels, psus: &Labels) -> Result<Vec<usize>, ResponsesError> {
    let mut stratum_of = vec![None; psus.as_slice().len()];
    let rows = strata.codes(&columns.stratum).into_iter().zip(psus.codes(&columns.psu));
    for (stratum, psu) in rows.filter_map(|(stratum, psu)| stratum.zip(psu)) {
        let Some(slot) = stratum_of.get_mut(psu as usize) else {
            continue;
        };
        let first = *slot.get_or_insert(stratum);
        if first != stratum {
            let label = |labels: &Labels, code: u32| labels.as_slice().get(code as usize).cloned().unwrap_or_default();
            return Err(ResponsesError::PsuInTwoStrata {
                psu: label(psus, psu),
                first: label(strata, first),
                second: label(strata, stratum),
            });
        }
    }
    Ok(stratum_of.into_iter().map(|stratum| stratum.unwrap_or_default() as usize).collect())
}

/// Sound columns always make a frame; an error here is one of the frame library, kept as its text.
impl From<PolarsError> for ResponsesError {
    fn from(error: PolarsError) -> Self {
        Self::Unreadable(error.to_string())
    }
}
