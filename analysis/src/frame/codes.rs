//! Columns of answers as they lie in the frame.

use polars::prelude::{UInt8Chunked, UInt32Chunked};

use super::ResponsesError;

/// The code of each row's answer, 0 for none: a level, or the place of an amount among the different ones. Copies share the
/// column.
#[derive(Clone, Debug)]
pub(crate) enum Codes {
    Levels(UInt8Chunked),
    Amounts(UInt32Chunked),
}

impl Codes {
    /// In one piece and without nulls, as every column of checked answers is.
    pub(super) fn of_levels(levels: &UInt8Chunked) -> Result<Self, ResponsesError> {
        levels.cont_slice()?;
        Ok(Self::Levels(levels.clone()))
    }

    pub(super) fn of_amounts(places: &UInt32Chunked) -> Result<Self, ResponsesError> {
        places.cont_slice()?;
        Ok(Self::Amounts(places.clone()))
    }

    /// Calls with the answer of each of these rows in their order.
    pub(crate) fn each(&self, rows: &[u32], mut each: impl FnMut(u32)) {
        match self {
            Self::Levels(levels) => {
                let levels = levels.cont_slice().unwrap_or_default();
                for row in rows {
                    each(levels.get(*row as usize).copied().unwrap_or_default().into());
                }
            }
            Self::Amounts(places) => {
                let places = places.cont_slice().unwrap_or_default();
                for row in rows {
                    each(places.get(*row as usize).copied().unwrap_or_default());
                }
            }
        }
    }
}
