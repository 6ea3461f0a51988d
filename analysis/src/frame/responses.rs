//! What was answered, checked and in the one order the estimates rely on.

use std::sync::Arc;

use polars::prelude::{Column, DataFrame, NamedFrom, PolarsError, Series, SortMultipleOptions};

use super::columns::{Columns, Item, MOST_LEVELS, NOT_VALID};
use super::error::ResponsesError;
use super::labels::Labels;
use super::survey_design::SurveyDesign;
use crate::weights::Projection;

/// Checked answers, sorted by PSU and weight so that sums do not depend on the order of the input.
#[derive(Clone, Debug)]
pub struct Responses {
    /// `psu`, `weight`, `group <name>`…, `item <code>`…, `below <name>`…, `number <name>`…: codes with nulls, labels
    /// beside. A number's code is its place among the different values, from 1.
    frame: DataFrame,
    strata: Vec<String>,
    psus: Vec<String>,
    /// The stratum of each PSU as it was drawn, and as the variance sees it.
    drawn_stratum_of: Vec<usize>,
    stratum_of: Vec<usize>,
    groups: Vec<(String, Labels)>,
    items: Vec<Item>,
    below: Vec<String>,
    numbers: Vec<(String, Vec<f64>)>,
    design: SurveyDesign,
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
        if !columns.person.is_empty() {
            frame.push(Series::new(PERSON.into(), &columns.person).into());
        }
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
        let mut below = Vec::new();
        for (name, units) in columns.below {
            let codes = Labels::of(&units).codes(&units);
            frame.push(Series::new(below_column(&name).into(), codes).into());
            below.push(name);
        }
        let mut numbers = Vec::new();
        for (name, amounts) in columns.numbers {
            let (codes, values) = coded(&amounts);
            frame.push(Series::new(number_column(&name).into(), codes).into());
            numbers.push((name, values));
        }
        let frame = sorted(&DataFrame::new(columns.weight.len(), frame)?)?;
        let (strata, psus, drawn_stratum_of) = (strata.into_vec(), psus.into_vec(), stratum_of.clone());
        let (design, projection) = (SurveyDesign::default(), None);
        Ok(Self {
            frame,
            strata,
            psus,
            drawn_stratum_of,
            stratum_of,
            groups,
            items,
            below,
            numbers,
            design,
            projection,
        })
    }

    /// The same answers, drawn by another design than [`SurveyDesign::default`].
    #[must_use]
    pub fn drawn_by(self, design: SurveyDesign) -> Self {
        Self { design, ..self }
    }

    /// The same answers, each person counting the same: what was answered, not what the population thinks.
    pub fn unweighted(&self) -> Result<Self, ResponsesError> {
        let ones: Vec<f64> = self.weights()?.iter().map(|weight| f64::from(u8::from(*weight > 0.0))).collect();
        let mut same = Self { projection: None, ..self.clone() };
        same.frame.with_column(Series::new("weight".into(), ones).into())?;
        Ok(same)
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

    /// Names of the columns of amounts with their different values, ascending.
    pub(crate) fn numbers(&self) -> &[(String, Vec<f64>)] {
        &self.numbers
    }

    /// Names of the columns that make groups.
    pub fn group_columns(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|(name, _)| name.as_str())
    }

    pub(crate) fn design(&self) -> &SurveyDesign {
        &self.design
    }

    pub(crate) fn strata(&self) -> &[String] {
        &self.strata
    }

    pub(crate) fn psu_names(&self) -> &[String] {
        &self.psus
    }

    pub(crate) fn stratum_of(&self) -> &[usize] {
        &self.stratum_of
    }

    pub(crate) fn drawn_stratum_of(&self) -> &[usize] {
        &self.drawn_stratum_of
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

    /// Stages below the PSU with known units.
    pub(crate) fn stages_below(&self) -> usize {
        self.below.len()
    }

    /// The unit of each row at a stage below the PSU; names count inside their parent only.
    pub(crate) fn unit_codes_below(&self, stage: usize) -> Result<Vec<u32>, ResponsesError> {
        let name = self.below.get(stage).ok_or(ResponsesError::MissingColumn { column: "below".to_owned() })?;
        Ok(self.frame.column(&below_column(name))?.u32()?.iter().map(Option::unwrap_or_default).collect())
    }

    /// The level of each row's answer, 0 for none.
    pub(crate) fn levels(&self, item: &Item) -> Result<Vec<u32>, ResponsesError> {
        self.codes(&item_column(&item.code))
    }

    /// The code of each row's amount, 0 for none.
    pub(crate) fn amount_codes(&self, name: &str) -> Result<Vec<u32>, ResponsesError> {
        self.codes(&number_column(name))
    }

    /// The amount of each row.
    pub(crate) fn amounts(&self, name: &str) -> Result<Vec<Option<f64>>, ResponsesError> {
        let found = self.numbers.iter().find(|(number, _)| number == name);
        let (_, values) = found.ok_or_else(|| ResponsesError::MissingColumn { column: name.to_owned() })?;
        let value = |code: u32| (code as usize).checked_sub(1).and_then(|place| values.get(place)).copied();
        Ok(self.amount_codes(name)?.into_iter().map(value).collect())
    }

    /// Values and validity are read side by side: the frame's own iterator over options costs more than all sums together.
    fn codes(&self, column: &str) -> Result<Vec<u32>, ResponsesError> {
        let column = self.frame.column(column)?.u32()?;
        let mut codes = Vec::with_capacity(column.len());
        for chunk in column.downcast_iter() {
            match chunk.validity() {
                None => codes.extend_from_slice(chunk.values()),
                Some(valid) => {
                    let rows = chunk.values().iter().zip(valid.iter());
                    codes.extend(rows.map(|(value, valid)| value * u32::from(valid)));
                }
            }
        }
        Ok(codes)
    }
}

const PERSON: &str = "person";
/// Where a row stood before it was sorted again.
const PLACE: &str = "place";

fn sorted(frame: &DataFrame) -> Result<DataFrame, PolarsError> {
    let order = SortMultipleOptions::default().with_multithreaded(false);
    let known = |column: &&str| frame.column(column).is_ok();
    let columns: Vec<&str> = ["psu", "weight", PERSON].into_iter().filter(known).collect();
    let mut frame = frame.sort(columns, order)?;
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

fn below_column(name: &str) -> String {
    format!("below {name}")
}

fn number_column(name: &str) -> String {
    format!("number {name}")
}

/// Each amount as its place, from 1, among the different ones.
fn coded(amounts: &[Option<f64>]) -> (Vec<Option<u32>>, Vec<f64>) {
    // −0 is 0.
    let mut values: Vec<f64> = amounts.iter().flatten().map(|amount| amount + 0.0).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let place = |amount: f64| values.binary_search_by(|value| value.total_cmp(&(amount + 0.0))).ok();
    let code = |amount: &Option<f64>| u32::try_from(amount.and_then(place)? + 1).ok();
    (amounts.iter().map(code).collect(), values)
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
