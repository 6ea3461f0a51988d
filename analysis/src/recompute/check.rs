//! What a design file must not say.

use std::collections::BTreeSet;

use super::RecomputeError;
use super::design_file::{Calibrate, DesignFile, DistanceChoice, LonelyPsu, Statistic};
use crate::frame::MOST_LEVELS;

impl DesignFile {
    pub(super) fn check(&self) -> Result<(), RecomputeError> {
        let wrong = |key: &str, problem: &str| Err(RecomputeError::key(key, problem));
        let drawn = &self.design;
        if drawn.ids.is_empty() {
            return wrong("design.ids", "at least the column of the PSU is needed");
        }
        if !drawn.fpc.is_empty() && drawn.probability.is_some() {
            return wrong("design.probability", "either fpc (equal chances) or probability (unequal ones)");
        }
        if (drawn.lonely_psu == LonelyPsu::Collapse) != drawn.collapse_by.is_some() {
            return wrong("design.collapse_by", "goes together with lonely_psu = \"collapse\"");
        }
        if self.items.is_empty() && self.quantities.is_empty() {
            return wrong("items", "nothing to estimate: neither items nor quantities");
        }
        if !self.items.is_empty() && self.methods.is_empty() && !self.distributions {
            return wrong("methods", "what to estimate of the items: name a method, or set distributions = true");
        }
        if self.items.is_empty() && !self.methods.is_empty() {
            return wrong("methods", "a method needs items");
        }
        for items in &self.items {
            if !(2..=MOST_LEVELS).contains(&items.levels) {
                return wrong("items.levels", &format!("{}; from 2 to {MOST_LEVELS} are possible", items.levels));
            }
            if let Some(code) = items.no_answer.iter().find(|code| (1..=items.levels).contains(code)) {
                return wrong("items.no_answer", &format!("{code} is one of the levels"));
            }
        }
        for quantity in &self.quantities {
            if (quantity.statistic == Statistic::Ratio) != quantity.over.is_some() {
                return wrong("quantities.over", "goes together with statistic = \"ratio\"");
            }
        }
        let crossings = self.domains.iter().map(|domain| &domain.by);
        if crossings.clone().any(Vec::is_empty) {
            return wrong("domains.by", "names no column");
        }
        if crossings.clone().collect::<BTreeSet<_>>().len() < crossings.count() {
            return wrong("domains.by", "the same columns stand twice");
        }
        self.named_methods()?;
        if !self.items.is_empty() {
            self.tree()?;
        }
        if let Some(calibration) = &self.calibration {
            calibration.check()?;
        }
        Ok(())
    }
}

impl Calibrate {
    fn check(&self) -> Result<(), RecomputeError> {
        if self.margins.is_empty() || self.margins.iter().any(|margin| margin.by.is_empty()) {
            return Err(RecomputeError::key("calibration.margins", "names no column"));
        }
        if self.distance == DistanceChoice::PostStratification && (self.margins.len() > 1 || self.bounds.is_some()) {
            return Err(RecomputeError::key(
                "calibration",
                "post-stratification has one margin of cells and no bounds",
            ));
        }
        Ok(())
    }
}
