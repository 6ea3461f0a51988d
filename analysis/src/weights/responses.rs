//! Calibrated answers: every estimate from them has the calibrated weights and their variance.

use super::report::StepReport;
use super::{Auxiliary, CalibrationRules, Merging, TrimRules, Trimming, WeightError, calibrate, calibrate_trimmed};
use crate::frame::Responses;

/// The population in the categories of one column of the answers, or of several that are crossed.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    pub columns: Vec<String>,
    /// Category and people; labels of several columns stand in their order, joined by a colon (`2:5`).
    pub totals: Vec<(String, f64)>,
    pub merging: Merging,
}

#[derive(Clone, Debug)]
pub struct CalibratedResponses {
    pub responses: Responses,
    pub report: StepReport,
    /// Newton steps taken.
    pub steps: u32,
    /// What the guard did, where there is one; the report is then of the last calibration, from trimmed weights.
    pub trimming: Option<Trimming>,
}

/// Trimming inside the groups of these columns; without any, all are one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guard {
    pub within: Vec<String>,
    pub rules: TrimRules,
}

/// Calibrates the weights that the answers came with. [`crate::estimate`] takes the residualised influence
/// ([`super::Calibration::residuals`]) into the variance of whatever is estimated from the result. With a guard no weight stays above
/// its limit ([`calibrate_trimmed`]).
pub fn calibrate_responses(
    responses: Responses,
    margins: &[Margin],
    rules: CalibrationRules,
    guard: Option<&Guard>,
) -> Result<CalibratedResponses, WeightError> {
    let auxiliaries = margins.iter().map(|margin| margin.of(&responses)).collect::<Result<Vec<_>, _>>()?;
    let weights = responses.weights()?;
    let (calibration, trimming) = match guard {
        None => (calibrate(weights, &auxiliaries, rules)?, None),
        Some(guard) => {
            let groups = crossed(&responses, &guard.within)?;
            let trimmed = calibrate_trimmed(weights, &auxiliaries, &groups, rules, guard.rules)?;
            (trimmed.calibration, Some(trimmed.trimming))
        }
    };
    let (report, steps) = (calibration.report.clone(), calibration.steps);
    let (weights, projection) = calibration.into_projection();
    Ok(CalibratedResponses { responses: responses.calibrated(&weights, projection)?, report, steps, trimming })
}

/// Each row's labels in these columns, joined by a colon.
fn crossed(responses: &Responses, columns: &[String]) -> Result<Vec<String>, WeightError> {
    let mut of_row = vec![String::new(); responses.rows()];
    for (place, column) in columns.iter().enumerate() {
        let labels = responses.labels(column)?;
        for (category, code) in of_row.iter_mut().zip(responses.group_codes(column)?) {
            if place > 0 {
                category.push(':');
            }
            category.push_str(code.and_then(|code| labels.get(code as usize)).map_or("", String::as_str));
        }
    }
    Ok(of_row)
}

impl Margin {
    pub(crate) fn of(&self, responses: &Responses) -> Result<Auxiliary, WeightError> {
        let of_row = crossed(responses, &self.columns)?;
        let (name, totals, merging) = (self.columns.join("×"), self.totals.clone(), self.merging.clone());
        Ok(Auxiliary::Categories { name, of_row, totals, merging })
    }
}
