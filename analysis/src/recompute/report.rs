//! The report of a calibration as text, for whoever signs the weights.

use std::fmt::Write as _;

use crate::weights::StepReport;

/// Range of the factors and of the weights, Kish's factor, the part at a limit, and each margin before and after.
pub(super) fn weights_report(report: &StepReport, steps: u32) -> String {
    let mut text = format!(
        "calibrated in {steps} steps: factors {:.4} to {:.4}, weights {:.4} to {:.4}, Kish {:.4}, at a limit {:.2} %\n",
        report.factors.low,
        report.factors.high,
        report.weights.low,
        report.weights.high,
        report.kish,
        100.0 * report.at_limit,
    );
    text.push_str("margin\tcategory\trespondents\ttarget\tbefore\tafter\n");
    for line in &report.margins {
        let target = line.target.map(|target| format!("{target:.2}")).unwrap_or_default();
        let (before, after) = (line.before, line.after);
        // Writing to a text does not fail.
        let _written = writeln!(
            text,
            "{}\t{}\t{}\t{target}\t{before:.2}\t{after:.2}",
            line.margin, line.category, line.respondents
        );
    }
    text
}
