//! What a design file must not say.

use std::collections::{BTreeMap, BTreeSet};

use super::RecomputeError;
use super::design_file::{Calibrate, DesignFile, DistanceChoice, LonelyPsu, Overall, OwnMethod, Statistic};
use crate::frame::MOST_LEVELS;

impl DesignFile {
    pub(super) fn check(&self) -> Result<(), RecomputeError> {
        let wrong = |key: &str, problem: &str| Err(RecomputeError::key(key, problem));
        let drawn = &self.design;
        if drawn.ids.is_empty() {
            return wrong("design.ids", "at least the column of the PSU is needed");
        }
        let chances = [!drawn.fpc.is_empty(), drawn.probability.is_some(), drawn.joint.is_some()];
        if chances.into_iter().filter(|given| *given).count() > 1 {
            return wrong("design", "one of fpc (equal chances), probability and joint (unequal ones)");
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
        let methods = self.named_methods()?;
        self.own_methods.iter().try_for_each(OwnMethod::check)?;
        if !self.items.is_empty() {
            let tree = self.tree()?;
            for method in &methods {
                let composition = method.method().composition(tree.overall());
                composition.map_err(|error| RecomputeError::key("own_methods.part_weights", error.to_string()))?;
            }
        }
        if let Some(calibration) = &self.calibration {
            calibration.check()?;
        }
        Ok(())
    }
}

impl OwnMethod {
    fn check(&self) -> Result<(), RecomputeError> {
        let wrong = |key: &str, problem: &str| Err(RecomputeError::key(key, problem));
        let sound = |weights: &BTreeMap<String, f64>| {
            weights.values().all(|weight| weight.is_finite() && *weight >= 0.0) && weights.values().sum::<f64>() > 0.0
        };
        if (self.overall == Overall::PartWeights) == self.part_weights.is_empty() {
            return wrong("own_methods.part_weights", "goes together with overall = \"part-weights\"");
        }
        if !self.part_weights.is_empty() && !sound(&self.part_weights) {
            return wrong("own_methods.part_weights", "numbers from 0 up, not all of them 0");
        }
        let Some(nation) = &self.nation else { return Ok(()) };
        if nation.unweighted == nation.mean_of.is_some() {
            return wrong("own_methods.nation", "either mean_of or unweighted = true");
        }
        if !nation.weights.is_empty() && (nation.unweighted || !sound(&nation.weights)) {
            return wrong("own_methods.nation.weights", "of mean_of: numbers from 0 up, not all of them 0");
        }
        Ok(())
    }
}

impl Calibrate {
    fn check(&self) -> Result<(), RecomputeError> {
        if self.margins.is_empty() || self.margins.iter().any(|margin| margin.by.is_empty()) {
            return Err(RecomputeError::key("calibration.margins", "names no column"));
        }
        if let Some(trim) = &self.trim
            && !(trim.times_median >= 1.0 && trim.times_median.is_finite())
        {
            let problem = format!("{}; a number from 1 up", trim.times_median);
            return Err(RecomputeError::key("calibration.trim.times_median", problem));
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
