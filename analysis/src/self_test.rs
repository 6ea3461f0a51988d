//! Whether this very program, on this very machine, still computes what R does: for whoever is about to sign its figures.

use std::collections::HashMap;

use crate::frame::TableFile;
use crate::recompute::{DesignFile, Recomputed};

/// Three provinces of a made-up survey, and their figures by R `survey` 4.1-1 (`svyby`, `svymean`).
const ANSWERS: &[u8] = include_bytes!("../../docs/examples/survey.csv");
const DESIGN: &str = include_str!("../../docs/examples/with-replacement.toml");
const GOLDEN: &str = include_str!("../../docs/examples/golden.csv");

/// Relative difference up to which two figures are one.
pub const TOLERANCE: f64 = 1e-9;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelfTest {
    /// Estimates, standard errors, degrees of freedom, design effects and bounds of intervals compared.
    pub compared: usize,
    /// The largest relative difference; infinite where a figure is missing.
    pub worst: f64,
}

impl SelfTest {
    pub fn passed(&self) -> bool {
        self.compared > 0 && self.worst <= TOLERANCE
    }
}

pub fn self_test() -> SelfTest {
    let Some(computed) = computed() else { return SelfTest { compared: 0, worst: f64::INFINITY } };
    let found: HashMap<(&str, &str), _> = computed
        .figures
        .iter()
        .filter(|figure| figure.level == "province" && figure.statistic == "sipas-2026-t")
        .map(|figure| ((figure.domain.as_str(), figure.indicator.as_str()), figure))
        .collect();
    let mut test = SelfTest { compared: 0, worst: 0.0 };
    let mut lines = GOLDEN.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    for line in lines {
        let row: HashMap<&str, &str> = header.iter().copied().zip(line.split(',')).collect();
        let golden = |name: &str| row.get(name).and_then(|value| value.parse::<f64>().ok());
        let item = row.get("item").map(|item| item.replace('s', "q")).unwrap_or_default();
        let figure = row.get("province").and_then(|province| found.get(&(*province, item.as_str())));
        // Between a tenth and nine tenths the interval is R's `logit`, outside it Wilson's with the effective n.
        let method = if golden("p").is_some_and(|p| (0.1..=0.9).contains(&p)) { "logit" } else { "wilson" };
        let pairs = [
            (golden("p"), figure.and_then(|it| it.estimate)),
            (golden("se"), figure.and_then(|it| it.se)),
            (golden("df"), figure.and_then(|it| it.df)),
            (golden("deff"), figure.and_then(|it| it.deff)),
            (golden(&format!("{method}_lo")), figure.and_then(|it| it.interval).map(|it| it.low)),
            (golden(&format!("{method}_hi")), figure.and_then(|it| it.interval).map(|it| it.high)),
        ];
        for (golden, computed) in pairs {
            let difference = golden.zip(computed).map(|(golden, computed)| (computed - golden).abs() / golden.abs());
            test.compared += 1;
            test.worst = test.worst.max(difference.unwrap_or(f64::INFINITY));
        }
    }
    test
}

fn computed() -> Option<Recomputed> {
    let design = DesignFile::parse(DESIGN).ok()?;
    let columns = design.read(TableFile::new(ANSWERS.to_vec()).ok()?).ok()?;
    design.recompute(columns).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ninety_figures_of_r_come_out() {
        let test = self_test();
        assert_eq!(test.compared, 90);
        assert!(test.passed(), "{test:?}");
        assert!(!SelfTest { worst: 1e-8, ..test }.passed());
    }
}
