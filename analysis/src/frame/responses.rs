//! What was answered, checked and in the one order the estimates rely on.

use std::sync::Arc;

use polars::prelude::{Column, DataFrame, Float64Chunked, IntoColumn as _, PolarsError, UInt8Chunked, UInt32Chunked};

use super::codes::Codes;
use super::columns::{Columns, Item, MOST_LEVELS, NOT_VALID};
use super::error::ResponsesError;
use super::order::{by_psu_and_weight, gathered};
use super::survey_design::SurveyDesign;
use super::texts::Texts;
use crate::weights::Projection;

/// Checked answers, sorted by PSU and weight so that sums do not depend on the order of the input.
#[derive(Clone, Debug)]
pub struct Responses {
    /// `psu`, `weight`, `group <name>`…, `below <name>`…, `item <code>`…, `number <name>`…: codes from 1 (of PSUs from 0), 0 for
    /// none, levels in a byte each; what they mean stands beside. A number's code is its place among the different values.
    frame: DataFrame,
    strata: Vec<String>,
    psus: Vec<String>,
    /// The stratum of each PSU as it was drawn, and as the variance sees it.
    drawn_stratum_of: Vec<usize>,
    stratum_of: Vec<usize>,
    groups: Vec<(String, Vec<String>)>,
    items: Vec<Item>,
    below: Vec<String>,
    numbers: Vec<(String, Vec<f64>)>,
    design: SurveyDesign,
    /// What calibrated weights take out of a variance.
    projection: Option<Arc<Projection>>,
}

impl Responses {
    /// Columns are put in their order one after the other, and each is let go before the next: there are never two copies of all.
    pub fn from_columns(columns: Columns) -> Result<Self, ResponsesError> {
        columns.check()?;
        let Columns { stratum, psu, weight, groups, items, below, person, numbers } = columns;
        let ((strata, stratum), (psus, mut psu)) = (stratum.coded(), psu.coded());
        // None is empty: from 0.
        for code in &mut psu {
            *code -= 1;
        }
        let stratum_of = stratum_of_each_psu(&strata, &stratum, &psus, &psu)?;
        drop(stratum);
        let order = by_psu_and_weight(&psu, psus.len(), &weight, &person);
        drop(person);
        let mut frame = vec![codes(PSU, gathered(&psu, &order, |psu| psu))];
        drop(psu);
        frame.push(Float64Chunked::from_vec(WEIGHT.into(), gathered(&weight, &order, |weight| weight)).into_column());
        drop(weight);
        let labelled = |(name, texts): (String, Texts), column: &dyn Fn(&str) -> String| {
            let (labels, found) = texts.coded();
            (codes(&column(&name), gathered(&found, &order, |code| code)), (name, labels))
        };
        let (columns, groups): (Vec<_>, Vec<_>) = groups.into_iter().map(|it| labelled(it, &group_column)).unzip();
        frame.extend(columns);
        let (columns, below): (Vec<_>, Vec<_>) = below.into_iter().map(|it| labelled(it, &below_column)).unzip();
        frame.extend(columns);
        let level = |answer: Option<u8>| answer.filter(|code| !NOT_VALID.contains(code)).unwrap_or_default();
        let mut asked = Vec::with_capacity(items.len());
        for (item, answers) in items {
            frame.push(levels(&item_column(&item.code), gathered(&answers, &order, level)));
            asked.push(item);
        }
        let mut amounts = Vec::with_capacity(numbers.len());
        for (name, values) in numbers {
            let (found, values) = coded(&values);
            frame.push(codes(&number_column(&name), gathered(&found, &order, |code| code)));
            amounts.push((name, values));
        }
        Ok(Self {
            frame: DataFrame::new(order.len(), frame)?,
            strata,
            psus,
            drawn_stratum_of: stratum_of.clone(),
            stratum_of,
            groups,
            items: asked,
            below: below.into_iter().map(|(name, _)| name).collect(),
            numbers: amounts,
            design: SurveyDesign::default(),
            projection: None,
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
        same.frame.with_column(Float64Chunked::from_vec(WEIGHT.into(), ones).into_column())?;
        Ok(same)
    }

    /// The same answers with these items alone and no numbers: a table of a few has no need to count the others.
    pub(crate) fn with_items(&self, codes: &[&str]) -> Result<Self, ResponsesError> {
        let item = |code: &&str| {
            let found = self.items.iter().find(|item| item.code == **code).cloned();
            found.ok_or_else(|| ResponsesError::MissingColumn { column: (*code).to_owned() })
        };
        let items = codes.iter().map(item).collect::<Result<_, _>>()?;
        Ok(Self { items, numbers: Vec::new(), ..self.clone() })
    }

    /// The same answers with one number more: the place, from 1, of each row's label among those of a column of groups. For columns of
    /// more labels than an item has levels.
    pub(crate) fn with_number_of(mut self, column: &str) -> Result<Self, ResponsesError> {
        let labels = u32::try_from(self.labels(column)?.len()).unwrap_or(u32::MAX);
        let places = self.codes(&group_column(column))?.to_vec();
        self.frame.with_column(codes(&number_column(column), places))?;
        self.numbers.push((column.to_owned(), (1..=labels).map(f64::from).collect()));
        Ok(self)
    }

    /// Whether each row is of somebody with all these labels: name of a column of groups, and one of its labels. Rows of weight 0 are of nobody.
    pub fn people<'a>(
        &'a self,
        under: &[(&str, &str)],
    ) -> Result<impl Iterator<Item = bool> + use<'a>, ResponsesError> {
        let wanted = |(column, label): &(&str, &str)| {
            let place = self.labels(column)?.iter().position(|known| known == label);
            let code = place.and_then(|place| u32::try_from(place + 1).ok());
            // A label that nobody has.
            Ok((self.codes(&group_column(column))?, code.unwrap_or(u32::MAX)))
        };
        let wanted = under.iter().map(wanted).collect::<Result<Vec<_>, ResponsesError>>()?;
        let weights = self.weights()?.iter().enumerate();
        Ok(weights
            .map(move |(row, weight)| *weight > 0.0 && wanted.iter().all(|(codes, code)| codes.get(row) == Some(code))))
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
        let of_row = self.group_codes(column)?.map(|code| code.and_then(|code| u8::try_from(code + 1).ok()));
        let of_row = of_row.map(Option::unwrap_or_default).collect();
        self.frame.with_column(levels(&item_column(column), of_row))?;
        self.items.push(item);
        Ok(self)
    }

    /// The same answers with calibrated weights, one per row in the order of [`Self::weights`].
    pub(crate) fn calibrated(self, weights: &[f64], mut projection: Projection) -> Result<Self, ResponsesError> {
        let order = by_psu_and_weight(self.psus()?, self.psus.len(), weights, &[]);
        projection.rows = projection.rows.reorder(&order);
        let mut frame = Vec::with_capacity(self.frame.width());
        for column in self.frame.into_columns() {
            frame.push(match column.name().as_str() {
                WEIGHT => Float64Chunked::from_vec(WEIGHT.into(), gathered(weights, &order, |it| it)).into_column(),
                _ => column.take_slice(&order)?,
            });
        }
        let frame = DataFrame::new(order.len(), frame)?;
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
        self.codes(PSU)
    }

    pub(crate) fn weights(&self) -> Result<&[f64], ResponsesError> {
        Ok(self.frame.column(WEIGHT)?.f64()?.cont_slice()?)
    }

    /// The place of each row's label among those of the column.
    pub(crate) fn group_codes(&self, name: &str) -> Result<impl Iterator<Item = Option<u32>>, ResponsesError> {
        self.labels(name)?;
        Ok(self.codes(&group_column(name))?.iter().map(|code| code.checked_sub(1)))
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
    pub(crate) fn unit_codes_below(&self, stage: usize) -> Result<&[u32], ResponsesError> {
        let name = self.below.get(stage).ok_or(ResponsesError::MissingColumn { column: "below".to_owned() })?;
        self.codes(&below_column(name))
    }

    /// The level of each row's answer, 0 for none.
    pub(crate) fn levels(&self, item: &Item) -> Result<&[u8], ResponsesError> {
        Ok(self.frame.column(&item_column(&item.code))?.u8()?.cont_slice()?)
    }

    /// Of an item, the levels; of a column of numbers, the places of its amounts.
    pub(crate) fn answers(&self, name: &str) -> Result<Codes, ResponsesError> {
        if self.items.iter().any(|item| item.code == name) {
            return Codes::of_levels(self.frame.column(&item_column(name))?.u8()?);
        }
        Codes::of_amounts(self.frame.column(&number_column(name))?.u32()?)
    }

    /// The amount of each row.
    pub(crate) fn amounts(&self, name: &str) -> Result<impl Iterator<Item = Option<f64>>, ResponsesError> {
        let found = self.numbers.iter().find(|(number, _)| number == name);
        let (_, values) = found.ok_or_else(|| ResponsesError::MissingColumn { column: name.to_owned() })?;
        let value = |code: &u32| (*code as usize).checked_sub(1).and_then(|place| values.get(place)).copied();
        Ok(self.codes(&number_column(name))?.iter().map(value))
    }

    /// The amount of each row beside its weight: whoever numbers the rows finds each one's weight again.
    pub fn weighted_amounts(&self, name: &str) -> Result<Vec<(Option<f64>, f64)>, ResponsesError> {
        Ok(self.amounts(name)?.zip(self.weights()?.iter().copied()).collect())
    }

    fn codes(&self, column: &str) -> Result<&[u32], ResponsesError> {
        Ok(self.frame.column(column)?.u32()?.cont_slice()?)
    }
}

const PSU: &str = "psu";
const WEIGHT: &str = "weight";

fn codes(name: &str, codes: Vec<u32>) -> Column {
    UInt32Chunked::from_vec(name.into(), codes).into_column()
}

fn levels(name: &str, levels: Vec<u8>) -> Column {
    UInt8Chunked::from_vec(name.into(), levels).into_column()
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

/// Each amount as its place, from 1, among the different ones; 0 for none.
fn coded(amounts: &[Option<f64>]) -> (Vec<u32>, Vec<f64>) {
    // −0 is 0.
    let mut values: Vec<f64> = amounts.iter().flatten().map(|amount| amount + 0.0).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let place = |amount: f64| values.binary_search_by(|value| value.total_cmp(&(amount + 0.0))).ok();
    let code = |amount: &Option<f64>| u32::try_from(amount.and_then(place)? + 1).ok();
    (amounts.iter().map(|amount| code(amount).unwrap_or_default()).collect(), values)
}

/// `stratum_of_row` from 1, `psu_of_row` from 0.
fn stratum_of_each_psu(
    strata: &[String],
    stratum_of_row: &[u32],
    psus: &[String],
    psu_of_row: &[u32],
) -> Result<Vec<usize>, ResponsesError> {
    let mut stratum_of = vec![0; psus.len()];
    for (stratum, psu) in stratum_of_row.iter().zip(psu_of_row) {
        let Some(slot) = stratum_of.get_mut(*psu as usize) else { continue };
        let first = std::mem::replace(slot, *stratum);
        if first != 0 && first != *stratum {
            let label = |labels: &[String], place: u32| labels.get(place as usize).cloned().unwrap_or_default();
            return Err(ResponsesError::PsuInTwoStrata {
                psu: label(psus, *psu),
                first: label(strata, first - 1),
                second: label(strata, stratum - 1),
            });
        }
    }
    Ok(stratum_of.into_iter().map(|stratum| stratum.saturating_sub(1) as usize).collect())
}

/// Sound columns always make a frame; an error here is one of the frame library, kept as its text.
impl From<PolarsError> for ResponsesError {
    fn from(error: PolarsError) -> Self {
        Self::Unreadable(error.to_string())
    }
}
