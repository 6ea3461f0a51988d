//! What each step did to the weights of a run: kept with it, and shown on its page.

use analysis::weights::{StepReport, Trimming};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DECIMALS, Names};
use crate::base::text::Texts;
use crate::places::{COUNTRY, province_name};

/// A step as it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Step {
    /// `base`, `unknown-eligibility`, `non-response` or `calibration`; the key of its words: `weights-step-…`.
    pub kind: String,
    #[serde(flatten)]
    pub report: StepReport,
    /// The part of the respondents whose weight was cut, where weights are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trimmed: Option<f64>,
}

impl Step {
    pub(super) fn new(kind: &str, report: &StepReport) -> Self {
        Self { kind: kind.to_owned(), report: report.clone(), trimmed: None }
    }

    /// Of the weights that the design gives.
    pub(super) fn of_weights(weights: &[f64]) -> Self {
        Self::new("base", &StepReport::of_weights(weights))
    }
}

/// A step as its page shows it.
pub(super) struct StepView {
    pub name: String,
    pub factors: String,
    pub weights: String,
    pub kish: String,
    pub at_limit: String,
    /// How many weights were cut, in words, where weights are; and whether they are so many that somebody must decide.
    pub trimmed: Option<(String, bool)>,
    pub lines: Vec<MarginView>,
}

pub(super) struct MarginView {
    pub group: String,
    pub respondents: String,
    /// What is known of the population; a dash where nothing is.
    pub target: String,
    pub before: String,
    pub after: String,
}

/// The steps of a run. One that was computed before steps were kept has none.
pub(super) fn views(texts: Texts, names: &Names, steps: &Value) -> Vec<StepView> {
    let steps: Vec<Step> = serde_json::from_value(steps.clone()).unwrap_or_default();
    let number = |value: f64| texts.number(analysis::index::half_up(value, DECIMALS));
    let people = |value: f64| texts.number(analysis::index::half_up(value, 0));
    steps
        .into_iter()
        .map(|Step { kind, report, trimmed }| StepView {
            name: texts.get(&format!("weights-step-{kind}")).into_owned(),
            factors: format!("{} – {}", number(report.factors.low), number(report.factors.high)),
            weights: format!("{} – {}", number(report.weights.low), number(report.weights.high)),
            kish: number(report.kish),
            at_limit: format!("{} %", number(100.0 * report.at_limit)),
            trimmed: trimmed.map(|share| {
                let needs_decision = Trimming { rounds: 0, share }.needs_decision();
                (texts.with("weights-trimmed", [("share", number(100.0 * share))]).into_owned(), needs_decision)
            }),
            lines: report
                .margins
                .iter()
                .map(|line| MarginView {
                    group: group(texts, names, &line.margin, &line.category),
                    respondents: texts.number(line.respondents),
                    target: line.target.map_or_else(|| "–".to_owned(), people),
                    before: people(line.before),
                    after: people(line.after),
                })
                .collect(),
        })
        .collect()
}

/// `01:2` of question a1 → `Hà Nội · Giới tính: Nữ`; `01-urban` → `Hà Nội · thành thị`; `01` and `VN` → the place.
fn group(texts: Texts, names: &Names, margin: &str, category: &str) -> String {
    let place = |code: &str| {
        if code == COUNTRY {
            texts.get("results-country").into_owned()
        } else {
            province_name(code).unwrap_or(code).to_owned()
        }
    };
    if let Some((code, choice)) = category.split_once(':') {
        let answer = choice.parse().map(|choice| names.answer(margin, choice)).unwrap_or_default();
        return format!("{} · {}: {answer}", place(code), names.of(margin));
    }
    let (code, area) = category.split_once('-').unwrap_or((category, ""));
    match area {
        "urban" => format!("{} · {}", place(code), texts.get("area-urban")),
        "rural" => format!("{} · {}", place(code), texts.get("area-rural")),
        "" if names.of(margin).is_empty() => place(code),
        "" => format!("{} · {}", place(code), names.of(margin)),
        other => format!("{} · {other}", place(code)),
    }
}
