//! What is looked at before a survey's figures can be approved, each with its figures.

use std::collections::BTreeMap;

use analysis::self_test::self_test;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::attack::attack;
use super::content::{Content, HEADLINE_RULE};
use super::store::Edition;
use crate::app::App;
use crate::base::blocking;
use crate::campaigns::{Campaign, State};
use crate::error::Result;
use crate::results::{self, Run};
use crate::{keying, quality, samples};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Holds,
    /// Somebody should look; does not stand in the way.
    Look,
    /// Nothing can be approved with this.
    Fails,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Look => "look",
            Self::Fails => "fails",
        }
    }

    fn must(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }

    fn should(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Look }
    }
}

/// One line of the list; its words are `edition-check-…` with the figures in them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    pub key: String,
    pub verdict: Verdict,
    /// Whole numbers, or texts.
    pub figures: BTreeMap<String, Value>,
}

impl Check {
    fn new<const N: usize>(key: &str, verdict: Verdict, figures: [(&str, Value); N]) -> Self {
        let figures = figures.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { key: key.to_owned(), verdict, figures }
    }
}

/// Below it a survey asks who did not answer.
const LEAST_RESPONSE_RATE: f64 = 50.0;
/// A province's index should be known to so many points, with its index by the same rule as the headline.
const WIDEST_MARGIN: f64 = 5.0;

/// All that is looked at. `before` is the newest edition that is public or will be, with the run it was made of.
pub(super) async fn all(
    app: &App,
    campaign: &Campaign,
    run: &Run,
    content: &Content,
    before: Option<(&Edition, &Run)>,
) -> Result<Vec<Check>> {
    let closed = campaign.state() == State::Closed;
    let again = results::again(app, campaign, run).await?;
    let golden = blocking::run(|| Ok(self_test())).await?;
    let keying = keying::waiting(app, campaign).await?.all();
    let standing_out = quality::figures(app, campaign.id).await?.groups.iter().filter(|group| group.stands_out).count();
    let recovered = attack(content).len();
    let mut checks = vec![
        Check::new("closed", Verdict::must(closed && !run.provisional), [("responses", json!(run.responses))]),
        Check::new("inputs", Verdict::must(again.same_inputs), []),
        Check::new("again", Verdict::must(again.same_figures), [("figures", json!(again.figures))]),
        Check::new(
            "golden",
            Verdict::must(golden.passed()),
            [("figures", json!(golden.compared)), ("worst", json!(format!("{:.1e}", golden.worst)))],
        ),
        Check::new(
            "hidden",
            Verdict::must(again.attacked.recovered == 0),
            [("hidden", json!(again.attacked.hidden)), ("recovered", json!(again.attacked.recovered))],
        ),
        Check::new(
            "outsider",
            Verdict::must(recovered == 0),
            [("figures", json!(content.figures.len())), ("recovered", json!(recovered))],
        ),
        draws(app, campaign).await?,
        Check::new("keying", Verdict::should(keying == 0), [("forms", json!(keying))]),
        Check::new("quality", Verdict::should(standing_out == 0), [("interviewers", json!(standing_out))]),
        response_rate(content),
        precision(content),
    ];
    if let Some((edition, earlier)) = before {
        let told = results::told_of_few(app, earlier, run).await?;
        let figures = [("figures", json!(told)), ("number", json!(edition.number.to_string()))];
        checks.push(Check::new("earlier", Verdict::must(told == 0), figures));
    }
    Ok(checks)
}

/// Every draw of the survey once more, from frame, design and seed.
async fn draws(app: &App, campaign: &Campaign) -> Result<Check> {
    let (mut drawn, mut same) = (0, 0);
    for draw in samples::of(app, campaign.id).await?.iter().filter(|draw| draw.state() == samples::State::Drawn) {
        drawn += 1;
        same += u32::from(samples::verify(app, draw).await? == samples::Verification::Same);
    }
    // A survey without a draw of ours (its list came from elsewhere) says so.
    let verdict = if drawn == 0 { Verdict::Look } else { Verdict::must(drawn == same) };
    Ok(Check::new("draw", verdict, [("draws", json!(drawn)), ("same", json!(same))]))
}

fn response_rate(content: &Content) -> Check {
    let rate = content.fieldwork.response_rate_1;
    let told = rate.map_or_else(|| "–".to_owned(), |rate| rate.to_string());
    let verdict = Verdict::should(rate.is_some_and(|rate| rate >= LEAST_RESPONSE_RATE));
    Check::new("response", verdict, [("rate", json!(told)), ("invited", json!(content.fieldwork.invited))])
}

/// How exact the overall index of the provinces is.
fn precision(content: &Content) -> Check {
    let Some(overall) = content.overall() else { return Check::new("precision", Verdict::Holds, []) };
    let figures: Vec<_> =
        content.provinces().filter_map(|place| content.figure(&overall.code, HEADLINE_RULE, &place.code)).collect();
    let margins: Vec<f64> = figures.iter().filter_map(|it| Some((it.high? - it.low?) / 2.0)).collect();
    let widest = margins.iter().copied().fold(0.0, f64::max);
    let without = figures.iter().filter(|figure| figure.value.is_none()).count();
    Check::new(
        "precision",
        Verdict::should(widest <= WIDEST_MARGIN && without == 0),
        [("provinces", json!(margins.len())), ("widest", json!(format!("{widest:.2}"))), ("without", json!(without))],
    )
}
