//! The columns that a design file names, found in a table of answers.

use std::collections::{BTreeMap, BTreeSet};

use super::design_file::{DesignFile, LonelyPsu};
use super::error::UnknownColumn;
use super::{RecomputeError, report};
use crate::frame::{Columns, Item, Layout, Responses, Selection, SurveyDesign, TableFile, Texts};
use crate::weights::{CalibrationRules, Guard, Margin, Merging, TrimRules, calibrate_responses};

impl DesignFile {
    /// The columns of the file that the design names, not checked yet.
    pub fn read(&self, file: TableFile) -> Result<Columns, RecomputeError> {
        let heading = file.heading()?;
        let unknown: Vec<UnknownColumn> = self
            .names()
            .into_iter()
            .filter(|(_, column)| !heading.contains(column))
            .map(|(key, column)| UnknownColumn { key, column: column.clone(), nearest: nearest(column, &heading) })
            .collect();
        if !unknown.is_empty() {
            return Err(RecomputeError::Columns(unknown));
        }
        let mut columns = file.read(&self.layout())?;
        let no_answer: BTreeMap<&str, &[u8]> = self
            .items
            .iter()
            .flat_map(|items| items.columns.iter().map(|code| (code.as_str(), &*items.no_answer)))
            .collect();
        for (item, answers) in &mut columns.items {
            let codes = no_answer.get(item.code.as_str()).copied().unwrap_or_default();
            if !codes.is_empty() {
                for answer in answers {
                    *answer = answer.filter(|code| !codes.contains(code));
                }
            }
        }
        Ok(columns)
    }

    /// Every column with the key that names it.
    fn names(&self) -> Vec<(&'static str, &String)> {
        let drawn = &self.design;
        let mut names = vec![("design.strata", &drawn.strata), ("design.weight", &drawn.weight)];
        names.extend(drawn.ids.iter().map(|name| ("design.ids", name)));
        names.extend(drawn.person.iter().map(|name| ("design.person", name)));
        names.extend(drawn.fpc.iter().map(|name| ("design.fpc", name)));
        names.extend(drawn.probability.iter().map(|name| ("design.probability", name)));
        names.extend(drawn.collapse_by.iter().map(|name| ("design.collapse_by", name)));
        names.extend(self.items.iter().flat_map(|items| &items.columns).map(|name| ("items.columns", name)));
        names.extend(self.quantities.iter().map(|quantity| ("quantities.column", &quantity.column)));
        names.extend(self.quantities.iter().filter_map(|quantity| Some(("quantities.over", quantity.over.as_ref()?))));
        names.extend(self.domains.iter().flat_map(|domain| &domain.by).map(|name| ("domains.by", name)));
        let margins = self.calibration.iter().flat_map(|calibration| &calibration.margins);
        names.extend(margins.flat_map(|margin| &margin.by).map(|name| ("calibration.margins.by", name)));
        let trim = self.calibration.iter().filter_map(|calibration| calibration.trim.as_ref());
        names.extend(trim.flat_map(|trim| &trim.within).map(|name| ("calibration.trim.within", name)));
        let nations = self.named_methods().unwrap_or_default().into_iter().filter_map(|method| method.nation);
        names.extend(nations.filter_map(|nation| Some(("own_methods.nation.mean_of", nation.mean_of.as_ref()?))));
        names
    }

    fn layout(&self) -> Layout {
        let drawn = &self.design;
        let of = |keys: &[&str]| {
            let mut seen = BTreeSet::new();
            let named = self.names().into_iter().filter(|(key, _)| keys.contains(key)).map(|(_, name)| name);
            named.filter(|name| seen.insert(*name)).cloned().collect()
        };
        let item = |code: &String, levels: u8| Item { code: code.clone(), levels };
        Layout {
            stratum: drawn.strata.clone(),
            psu: drawn.ids.first().cloned().unwrap_or_default(),
            weight: drawn.weight.clone(),
            groups: of(&[
                "domains.by",
                "calibration.margins.by",
                "calibration.trim.within",
                "design.collapse_by",
                "own_methods.nation.mean_of",
            ]),
            items: self.items.iter().flat_map(|of| of.columns.iter().map(|code| item(code, of.levels))).collect(),
            below: drawn.ids.iter().skip(1).cloned().collect(),
            person: drawn.person.clone(),
            numbers: of(&["design.fpc", "design.probability", "quantities.column", "quantities.over"]),
            missing: self.missing.clone(),
        }
    }

    /// The checked answers under their design, with the report of their calibration.
    pub(super) fn responses(&self, columns: Columns) -> Result<(Responses, Option<String>), RecomputeError> {
        let margins = self.margins(&columns)?;
        let mut responses = Responses::from_columns(columns)?;
        let drawn = &self.design;
        if let (LonelyPsu::Collapse, Some(by)) = (drawn.lonely_psu, &drawn.collapse_by) {
            responses = responses.collapse_lonely_strata(by)?;
        }
        let selection = match &drawn.probability {
            Some(probability) => Selection::Brewer { probability: probability.clone() },
            None if drawn.joint.is_some() => Selection::SenYatesGrundy { joint: self.pairs.clone() },
            None if drawn.fpc.is_empty() => Selection::WithReplacement,
            None => Selection::Finite { sizes: drawn.fpc.clone() },
        };
        let responses = responses.drawn_by(SurveyDesign {
            selection,
            lonely: drawn.lonely_psu.policy(),
            lonely_below: drawn.lonely_below.policy(),
            strata: drawn.all_strata.clone(),
        });
        let Some(calibration) = &self.calibration else { return Ok((responses, None)) };
        let rules =
            CalibrationRules { distance: calibration.distance(), least_respondents: calibration.least_respondents };
        let guard = calibration.trim.as_ref().map(|trim| Guard {
            within: trim.within.clone(),
            rules: TrimRules { times_median: trim.times_median, most_rounds: trim.most_rounds },
        });
        let calibrated = calibrate_responses(responses, &margins, rules, guard.as_ref())?;
        let report = report::weights_report(&calibrated);
        Ok((calibrated.responses, Some(report)))
    }

    /// The margins, after a look at every row: calibration itself sees the rows in another order.
    fn margins(&self, columns: &Columns) -> Result<Vec<Margin>, RecomputeError> {
        let mut margins = Vec::new();
        for margin in self.calibration.iter().flat_map(|calibration| &calibration.margins) {
            let values =
                |name: &String| columns.groups.iter().find(|(group, _)| group == name).map(|(_, values)| values);
            let mut values: Vec<_> = margin.by.iter().filter_map(values).map(Texts::iter).collect();
            for (row, weight) in columns.weight.iter().enumerate() {
                let labels = values.iter_mut().map(|values| values.next().unwrap_or_default());
                let category = labels.collect::<Vec<_>>().join(":");
                if *weight > 0.0 && !margin.totals.contains_key(&category) && weight.is_finite() {
                    let margin = margin.by.join("×");
                    return Err(RecomputeError::CategoryWithoutTotal { margin, row: row + 1, category });
                }
            }
            margins.push(Margin {
                columns: margin.by.clone(),
                totals: margin.totals.iter().map(|(category, total)| (category.clone(), *total)).collect(),
                merging: Merging::new(&margin.merge)?,
            });
        }
        Ok(margins)
    }
}

/// The name with the fewest letters to change, at most half of them.
fn nearest(column: &str, heading: &[String]) -> Option<String> {
    let far = column.chars().count().div_ceil(2);
    let close = heading.iter().map(|name| (edits(column, name), name)).filter(|(edits, _)| *edits <= far);
    close.min_by_key(|(edits, _)| *edits).map(|(_, name)| name.clone())
}

/// Levenshtein's distance, capitals or not.
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (row, letter) in a.to_lowercase().chars().enumerate() {
        let mut now = vec![row + 1];
        let mut left = row + 1;
        for (other, around) in b.iter().zip(before.windows(2)) {
            let [corner, above] = around else { continue };
            left = (left + 1).min(above + 1).min(corner + usize::from(letter != *other));
            now.push(left);
        }
        before = now;
    }
    before.last().copied().unwrap_or_default()
}
