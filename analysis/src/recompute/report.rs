//! The report of a calibration as text, for whoever signs the weights.

use std::fmt::Write as _;

use crate::weights::CalibratedResponses;

/// Range of the factors and of the weights, Kish's factor, the part at a limit, what was trimmed, and each margin before and after.
pub(super) fn weights_report(calibrated: &CalibratedResponses) -> String {
    let CalibratedResponses { report, steps, trimming, .. } = calibrated;
    let mut text = format!(
        "calibrated in {steps} steps: factors {:.4} to {:.4}, weights {:.4} to {:.4}, Kish {:.4}, at a limit {:.2} %\n",
        report.factors.low,
        report.factors.high,
        report.weights.low,
        report.weights.high,
        report.kish,
        100.0 * report.at_limit,
    );
    if let Some(trimming) = trimming {
        // Writing to a text does not fail.
        let _written = writeln!(
            text,
            "trimmed in {} rounds: {:.2} % of the respondents{}",
            trimming.rounds,
            100.0 * trimming.share,
            if trimming.needs_decision() { ", above one in a hundred: somebody must decide" } else { "" }
        );
    }
    text.push_str("margin\tcategory\trespondents\ttarget\tbefore\tafter\n");
    for line in &report.margins {
        let target = line.target.map(|target| format!("{target:.2}")).unwrap_or_default();
        let (before, after) = (line.before, line.after);
        let _written = writeln!(
            text,
            "{}\t{}\t{}\t{target}\t{before:.2}\t{after:.2}",
            line.margin, line.category, line.respondents
        );
    }
    text
}
