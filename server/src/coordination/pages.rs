//! What the coordinator's pages show.

use askama::Template;
use chrono::NaiveDate;

use super::opening::{Check, Readiness};
use super::steps::{Facts, Status, Step};
use super::work::{Group, Item};
use crate::audit::Entry;
use crate::base::page::Page;
use crate::base::text::Texts;
use crate::campaigns::{Campaign, State};

#[derive(Template)]
#[template(path = "coordination/campaigns.html")]
pub(super) struct CampaignsPage {
    pub page: Page,
    pub work: Vec<Item>,
    pub cards: Vec<Card>,
    pub national: bool,
}

impl CampaignsPage {
    /// Heading and lines of each group that has some.
    fn groups(&self) -> Vec<(String, Vec<&Item>)> {
        let of = |group: Group| {
            let lines: Vec<&Item> = self.work.iter().filter(|item| item.group == group).collect();
            (!lines.is_empty()).then(|| (self.page.texts.with(group.key(), [("n", lines.len())]).into_owned(), lines))
        };
        Group::ALL.into_iter().filter_map(of).collect()
    }
}

/// The campaigns for who watches them without steering.
#[derive(Template)]
#[template(path = "coordination/watched.html")]
pub(super) struct WatchedPage {
    pub page: Page,
    pub cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "coordination/opening.html")]
pub(super) struct OpeningPage {
    pub page: Page,
    pub campaign: Campaign,
    pub checks: Vec<CheckLine>,
    pub sentences: Vec<String>,
    /// What this reader may do now; none while something is missing or their own proposal waits.
    pub button: Option<String>,
    /// Why there is no button.
    pub waits: Option<String>,
}

impl OpeningPage {
    fn action(&self) -> String {
        format!("{}/mo", self.campaign.address())
    }
}

pub(super) struct CheckLine {
    pub words: String,
    pub state: String,
    pub colour: &'static str,
    pub path: String,
}

impl CheckLine {
    pub(super) fn new(check: Check, texts: Texts) -> Self {
        let state = check.state.name();
        Self {
            words: texts.get(&format!("check-{}", check.key)).into_owned(),
            state: texts.get(&format!("check-state-{state}")).into_owned(),
            colour: match check.state {
                Readiness::Ready => "green",
                Readiness::Attention => "yellow",
                Readiness::Missing => "red",
            },
            path: check.path,
        }
    }
}

/// A campaign in short.
pub(super) struct Card {
    pub campaign: Campaign,
    pub facts: Facts,
    pub today: NaiveDate,
}

impl Card {
    fn state(&self, texts: Texts) -> String {
        texts.get(&format!("campaign-state-{}", self.facts.state.name())).into_owned()
    }

    fn colour(&self) -> &'static str {
        match self.facts.state {
            State::Preparing => "yellow",
            State::Open => "green",
            State::Closed => "grey",
        }
    }

    fn next(&self, texts: Texts) -> Option<String> {
        self.facts.next().map(|step| step.name(texts))
    }

    fn next_path(&self) -> String {
        self.facts.next().map_or_else(String::new, |step| format!("{}/{}", self.campaign.address(), step.path()))
    }

    /// Whole days of the window still to come, today included.
    fn days_left(&self) -> Option<i64> {
        let left = (self.campaign.closes_on - self.today).num_days() + 1;
        (self.facts.state == State::Open && left > 0).then_some(left)
    }

    fn progress_percent(&self, texts: Texts) -> String {
        texts.percent(self.facts.progress.percent(), 1)
    }
}

#[derive(Template)]
#[template(path = "coordination/campaign.html")]
pub(super) struct CampaignPage {
    pub page: Page,
    pub card: Card,
    pub steps: Vec<StepRow>,
}

pub(super) struct StepRow {
    pub name: String,
    pub note: String,
    /// Empty while the step cannot be taken.
    pub path: String,
    pub status: String,
    pub colour: &'static str,
}

impl StepRow {
    pub(super) fn all(campaign: &Campaign, facts: &Facts, texts: Texts) -> Vec<Self> {
        Step::ALL.into_iter().map(|step| Self::new(step, campaign, facts, texts)).collect()
    }

    fn new(step: Step, campaign: &Campaign, facts: &Facts, texts: Texts) -> Self {
        let status = step.status(facts);
        // What was done once is not a button any more.
        let over = status == Status::Done && matches!(step, Step::Open | Step::Close);
        let path = if status == Status::NotYet || over {
            String::new()
        } else {
            format!("{}/{}", campaign.address(), step.path())
        };
        Self {
            name: step.name(texts),
            note: note(step, campaign, facts, texts),
            path,
            status: texts.get(status.key()).into_owned(),
            colour: status.colour(),
        }
    }
}

fn note(step: Step, campaign: &Campaign, facts: &Facts, texts: Texts) -> String {
    let drawn = || facts.draws.iter().find(|draw| draw.drawn_at.is_some());
    match step {
        Step::Frame => facts.frame.as_ref().map(|frame| texts.with("step-frame-note", [("persons", frame.persons)])),
        Step::Sample => drawn()
            .map(|draw| texts.with("sample-persons-counts", [("persons", draw.persons), ("reserves", draw.reserves)])),
        Step::Codes => facts.issued.map(|letters| texts.with("step-codes-note", [("letters", letters)])),
        Step::Open => Some(texts.with(
            "step-open-note",
            [("opens", texts.day(campaign.opens_on)), ("closes", texts.day(campaign.closes_on))],
        )),
        Step::Fieldwork => (facts.progress.invited > 0).then(|| {
            texts.with(
                "step-fieldwork-note",
                [("responded", facts.progress.responded), ("invited", facts.progress.invited)],
            )
        }),
        Step::Close => Some(texts.get("step-close-note")),
    }
    .map(std::borrow::Cow::into_owned)
    .unwrap_or_default()
}

/// Asks once more before an act that cannot be undone.
#[derive(Template)]
#[template(path = "coordination/confirm.html")]
pub(super) struct ConfirmPage {
    pub page: Page,
    pub back: String,
    pub action: String,
    pub sentences: Vec<String>,
    pub button: String,
    pub warning: bool,
}

#[derive(Template)]
#[template(path = "coordination/audit.html")]
pub(super) struct AuditPage {
    pub page: Page,
    pub entries: Vec<Entry>,
}
