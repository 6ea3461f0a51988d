//! From the draw to the final weight, each step with its factor and a report.
//!
//! Base weight and response ([`CaseWeights`]) → calibration ([`calibrate`], [`calibrate_responses`]) → trimming as a guard
//! ([`calibrate_trimmed`]). See `docs/methods/weights.md`.

mod auxiliary;
mod calibrate;
mod cases;
mod classes;
mod distance;
mod error;
mod merging;
mod report;
mod responses;
mod system;
mod trim;

pub use auxiliary::Auxiliary;
pub use calibrate::{Calibration, CalibrationRules, calibrate};
pub use cases::{CaseWeights, Cases, Joined, Outcome, Step, StepKind};
pub use classes::ClassLimits;
pub use distance::{Bounds, Distance};
pub use error::WeightError;
pub use merging::Merging;
pub use report::{MarginLine, Range, StepReport};
pub use responses::{CalibratedResponses, Guard, Margin, calibrate_responses};
pub(crate) use system::{Projection, accumulate, product};
pub use trim::{TrimRules, Trimmed, TrimmedCalibration, Trimming, calibrate_trimmed, trim};
