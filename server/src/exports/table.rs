//! Columns on their way into a file, whatever its format, and what they mean.

use std::cmp::Ordering;

use analysis::frame::Texts;
use analysis::index::half_up;
use chrono::{DateTime, Utc};
use survey_forms::{Code, Codebook, Column as About, ColumnKind, Form, Labels};

use super::variables::ours;
use crate::base::sheet::plain_cell;

/// A table and what a file tells of it.
pub(super) struct Dataset {
    /// In both languages.
    pub title: Labels,
    /// Of the run. The same figures of the same run are the same file.
    pub computed_at: DateTime<Utc>,
    pub table: Table,
    /// A column here for each of the table.
    pub book: Codebook,
    /// One row per response, not per figure.
    pub answers: bool,
}

/// Columns of one length.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub rows: usize,
    pub columns: Vec<Column>,
}

impl Table {
    /// The questionnaire's codebook with the columns of this table.
    pub(super) fn book(&self, form: &Form) -> Codebook {
        Codebook { columns: self.columns.iter().map(|column| column.about.clone()).collect(), ..form.codebook() }
    }

    /// Each set of codes that have labels, and the places of the columns that use it.
    pub(super) fn scales(&self) -> Vec<(&[Code], Vec<usize>)> {
        let mut scales: Vec<(&[Code], Vec<usize>)> = Vec::new();
        for (place, column) in self.columns.iter().enumerate() {
            let (Values::Codes(_), codes) = (&column.values, column.about.codes.as_slice()) else { continue };
            match scales.iter_mut().find(|(known, _)| *known == codes) {
                Some((_, places)) => places.push(place),
                None => scales.push((codes, vec![place])),
            }
        }
        scales.retain(|(codes, _)| !codes.is_empty());
        scales
    }
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub about: About,
    pub values: Values,
}

#[derive(Clone, Debug)]
pub(super) enum Values {
    /// Empty for none.
    Text(Texts),
    /// Rounded to as many decimals; not finite for none.
    Number { values: Vec<f64>, decimals: u8 },
    /// Codes of answers; [`NONE`] for none.
    Codes(Vec<u8>),
}

/// No code at all: nothing was asked.
pub(super) const NONE: u8 = u8::MAX;

impl Values {
    /// Rounded here, once, so that every format holds the same number.
    pub(super) fn number(mut values: Vec<f64>, decimals: u8) -> Self {
        let unit = 10_f64.powi(decimals.into());
        for value in &mut values {
            *value = (*value * unit).round() / unit;
        }
        Self::Number { values, decimals }
    }

    /// Two rows in the order of what they hold; none comes first.
    pub(super) fn compare(&self, one: usize, other: usize) -> Ordering {
        match self {
            Self::Text(texts) => texts.get(one).cmp(&texts.get(other)),
            Self::Number { values, .. } => {
                let value = |row: usize| values.get(row).copied().filter(|it| it.is_finite());
                value(one).unwrap_or(f64::NEG_INFINITY).total_cmp(&value(other).unwrap_or(f64::NEG_INFINITY))
            }
            Self::Codes(codes) => {
                let code = |row: usize| codes.get(row).filter(|code| **code != NONE);
                code(one).cmp(&code(other))
            }
        }
    }
}

impl Column {
    /// A column of ours that holds texts.
    pub(super) fn text(name: &str, texts: Texts) -> Self {
        Self { about: ours(name, ColumnKind::Text), values: Values::Text(texts) }
    }

    /// A column of ours that holds numbers.
    pub(super) fn number(name: &str, values: Vec<f64>, decimals: u8) -> Self {
        Self { about: ours(name, ColumnKind::Number), values: Values::number(values, decimals) }
    }

    /// Small letters, digits, underscores and hyphens.
    pub(super) fn name(&self) -> &str {
        &self.about.name
    }

    /// A value as text with a decimal point, no formula for any spreadsheet; empty for none.
    pub(super) fn cell(&self, row: usize) -> String {
        match &self.values {
            Values::Text(texts) => plain_cell(texts.get(row).unwrap_or_default()).into_owned(),
            Values::Number { values, decimals } => {
                values.get(row).map(|value| half_up(*value, *decimals)).unwrap_or_default()
            }
            Values::Codes(codes) => {
                codes.get(row).filter(|code| **code != NONE).map(ToString::to_string).unwrap_or_default()
            }
        }
    }
}
