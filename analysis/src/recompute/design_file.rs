//! The design file: a small TOML text that says what the columns of a table of answers are and what is asked of them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::RecomputeError;
use crate::confidentiality::{LEAST_ALIKE, LEAST_PSUS, LEAST_RESPONDENTS, Thresholds};
use crate::frame::JointProbability;
use crate::weights::TrimRules;

/// A design file without contradictions; whether the data have its columns is checked when they are read. Every key is described
/// in `docs/analyse.md`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DesignFile {
    /// Names of methods, of this house or of `own_methods`.
    #[serde(default)]
    pub(super) methods: Vec<String>,
    #[serde(default)]
    pub(super) own_methods: Vec<OwnMethod>,
    /// The share of each level of each item.
    #[serde(default)]
    pub(super) distributions: bool,
    #[serde(default)]
    pub(super) interval: IntervalChoice,
    #[serde(default = "rank_seed")]
    pub(super) rank_seed: String,
    /// Texts that mean as much as an empty field.
    #[serde(default)]
    pub(super) missing: Vec<String>,
    pub(super) design: Drawn,
    #[serde(default)]
    pub(super) items: Vec<Items>,
    #[serde(default)]
    pub(super) quantities: Vec<Quantity>,
    #[serde(default)]
    pub(super) domains: Vec<Domain>,
    pub(super) calibration: Option<Calibrate>,
    #[serde(default)]
    pub(super) suppression: Suppression,
    /// What stands in the file that `design.joint` names.
    #[serde(skip)]
    pub(super) pairs: Vec<JointProbability>,
}

/// How the sample was drawn.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawn {
    pub(super) strata: String,
    /// The column of each stage's units, the PSU first.
    pub(super) ids: Vec<String>,
    pub(super) weight: String,
    pub(super) person: Option<String>,
    #[serde(default)]
    pub(super) fpc: Vec<String>,
    pub(super) probability: Option<String>,
    /// The file with the probability of each pair of PSUs.
    pub(super) joint: Option<String>,
    #[serde(default)]
    pub(super) lonely_psu: LonelyPsu,
    pub(super) collapse_by: Option<String>,
    #[serde(default)]
    pub(super) lonely_below: LonelyBelow,
    #[serde(default)]
    pub(super) all_strata: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LonelyPsu {
    #[default]
    Fail,
    Certainty,
    Adjust,
    Average,
    Collapse,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum LonelyBelow {
    #[default]
    Fail,
    Certainty,
    Adjust,
}

/// Questions of one scale and one place in the index.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Items {
    pub(super) columns: Vec<String>,
    pub(super) levels: u8,
    /// Codes that are no valid answer, besides 97, 98 and 99.
    #[serde(default)]
    pub(super) no_answer: Vec<u8>,
    /// The part of the index (there called domain) and its factor.
    pub(super) part: Option<String>,
    pub(super) factor: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Quantity {
    pub(super) column: String,
    pub(super) statistic: Statistic,
    /// Of a ratio: the column below the line.
    pub(super) over: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Statistic {
    Mean,
    Total,
    Ratio,
}

/// The combinations of the labels of these columns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Domain {
    pub(super) by: Vec<String>,
    /// Domains that there must be; one that nobody is in gets a flagged row.
    #[serde(default)]
    pub(super) expected: Vec<String>,
    #[serde(default)]
    pub(super) rank: bool,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calibrate {
    #[serde(default)]
    pub(super) distance: DistanceChoice,
    pub(super) bounds: Option<[f64; 2]>,
    #[serde(default = "least_respondents")]
    pub(super) least_respondents: usize,
    pub(super) trim: Option<Trim>,
    pub(super) margins: Vec<MarginTotals>,
}

/// No weight above so many medians of its group.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Trim {
    /// The columns whose labels make the groups; without any, all are one.
    pub(super) within: Vec<String>,
    pub(super) times_median: f64,
    pub(super) most_rounds: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DistanceChoice {
    #[default]
    Logit,
    Linear,
    Raking,
    PostStratification,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarginTotals {
    pub(super) by: Vec<String>,
    pub(super) totals: BTreeMap<String, f64>,
    /// What a category with too few respondents joins.
    #[serde(default)]
    pub(super) merge: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum IntervalChoice {
    /// By the rule of the tables.
    #[default]
    Usual,
    Wald,
    Logit,
    Arcsine,
    Wilson,
    KornGraubard,
    Nchs,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnMethod {
    pub(super) name: String,
    pub(super) rule: Rule,
    #[serde(default)]
    pub(super) overall: Overall,
    /// Of `overall = "part-weights"`: how much each part counts.
    #[serde(default)]
    pub(super) part_weights: BTreeMap<String, f64>,
    #[serde(default)]
    pub(super) parts: Parts,
    /// What stands for the country, if not all people with their weights.
    pub(super) nation: Option<NationChoice>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NationChoice {
    /// The mean of the figures of this column's groups…
    pub(super) mean_of: Option<String>,
    /// … each counting so much; without weights all the same.
    pub(super) weights: BTreeMap<String, f64>,
    /// All people, each counting the same.
    pub(super) unweighted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Rule {
    M,
    T,
    Z,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Overall {
    #[default]
    EqualItems,
    EqualFactors,
    EqualParts,
    PartWeights,
    Pooled,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Parts {
    #[default]
    MeanOfItems,
    MeanOfFactors,
}

/// What a cell must reach to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Suppression {
    pub(super) respondents: u32,
    pub(super) psus: u32,
    pub(super) alike: u32,
    pub(super) unreliable: Unreliable,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Unreliable {
    #[default]
    Withhold,
    Flag,
}

impl Default for Trim {
    fn default() -> Self {
        let TrimRules { times_median, most_rounds } = TrimRules::default();
        Self { within: Vec::new(), times_median, most_rounds }
    }
}

impl Default for Suppression {
    fn default() -> Self {
        let (respondents, psus, alike) = (LEAST_RESPONDENTS, LEAST_PSUS, LEAST_ALIKE);
        Self { respondents, psus, alike, unreliable: Unreliable::default() }
    }
}

fn rank_seed() -> String {
    "sipas".to_owned()
}

fn least_respondents() -> usize {
    30
}

impl DesignFile {
    /// Reads and checks the text. The error tells line and column, or the key.
    pub fn parse(text: &str) -> Result<Self, RecomputeError> {
        let file: Self = toml::from_str(text).map_err(|error| RecomputeError::Toml(error.to_string()))?;
        file.check()?;
        Ok(file)
    }

    pub(super) fn thresholds(&self) -> Thresholds {
        let Suppression { respondents, psus, alike, .. } = self.suppression;
        Thresholds { respondents, psus, alike }
    }
}
