//! Columns on their way into a file, whatever its format.

use analysis::frame::Texts;
use analysis::index::half_up;

use crate::base::sheet::plain_cell;

/// Columns of one length.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub rows: usize,
    pub columns: Vec<Column>,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Small letters, digits and underscores.
    pub name: String,
    pub values: Values,
}

#[derive(Clone, Debug)]
pub(super) enum Values {
    /// Empty for none.
    Text(Texts),
    /// Already rounded to as many decimals; not finite for none.
    Number { values: Vec<f64>, decimals: u8 },
    /// Codes of answers; [`NONE`] for none.
    Codes(Vec<u8>),
}

/// No code at all: nothing was asked.
pub(super) const NONE: u8 = u8::MAX;

impl Column {
    pub(super) fn text(name: &str, texts: Texts) -> Self {
        Self { name: name.to_owned(), values: Values::Text(texts) }
    }

    pub(super) fn number(name: &str, values: Vec<f64>, decimals: u8) -> Self {
        Self { name: name.to_owned(), values: Values::Number { values, decimals } }
    }

    pub(super) fn codes(name: &str, codes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), values: Values::Codes(codes) }
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
