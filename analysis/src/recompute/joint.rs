//! The table of joint probabilities that a design file names.

use super::{DesignFile, RecomputeError};
use crate::frame::{JointProbability, Layout, ResponsesError, TableFile};

const PROBABILITY: &str = "probability";

impl DesignFile {
    /// The file of joint probabilities, as the design file names it; its table goes to [`Self::with_joint`].
    pub fn joint_file(&self) -> Option<&str> {
        self.design.joint.as_deref()
    }

    /// A table with the columns `first`, `second` and `probability`: every two PSUs of a stratum once, and each PSU with itself.
    pub fn with_joint(self, table: TableFile) -> Result<Self, RecomputeError> {
        let [stratum, psu, weight] = ["first", "second", PROBABILITY].map(String::from);
        let column = |error| match error {
            ResponsesError::Weight { row, value } => {
                ResponsesError::Number { row, column: PROBABILITY.to_owned(), value }
            }
            error => error,
        };
        let columns = table.read(&Layout { stratum, psu, weight, ..Layout::default() }).map_err(column)?;
        let pairs = columns.stratum.iter().zip(columns.psu.iter()).zip(&columns.weight);
        let pair = |((first, second), probability): ((&str, &str), &f64)| JointProbability {
            psus: [first.to_owned(), second.to_owned()],
            probability: *probability,
        };
        Ok(Self { pairs: pairs.map(pair).collect(), ..self })
    }
}
