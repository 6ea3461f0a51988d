//! What the frame's page shows.

use analysis::draw::Stage;
use askama::Template;
use uuid::Uuid;

use super::defect::Defect;
use super::desk::Verdict;
use super::findings::SHOWN;
use super::provinces::Name;
use super::store::Frame;
use super::store::imports::Import;
use crate::base::page::Page;
use crate::base::parts::Problem;
use crate::base::seal::hex;
use crate::base::text::Texts;
use crate::campaigns::Campaign;
use crate::{jobs, places};

#[derive(Template)]
#[template(path = "frames/frame.html")]
pub(super) struct FramePage {
    pub page: Page,
    pub campaign: Campaign,
    pub frame: Option<Frame>,
    pub problems: Vec<Problem>,
    /// The list on its way in; shown only to who may act on it.
    pub import: Option<Import>,
    pub verdict: Option<VerdictView>,
    /// Only who sees the whole country acts here.
    pub national: bool,
    /// What a list of persons may have.
    pub columns: String,
    pub wants: Wants,
}

/// What is to come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wants {
    List,
    /// The people of the places of this draw.
    PeopleOf(Uuid),
    /// The frozen places are to be drawn from, before their people are asked for.
    Draw,
    Nothing,
}

impl FramePage {
    /// The address of the draw whose places' people are to be sent.
    fn people_of(&self) -> Option<String> {
        let Wants::PeopleOf(draw) = self.wants else { return None };
        Some(format!("{}/mau/{draw}", self.campaign.address()))
    }

    fn takes(&self) -> bool {
        matches!(self.wants, Wants::List | Wants::PeopleOf(_))
    }

    fn draws(&self) -> bool {
        self.wants == Wants::Draw
    }

    /// Whether a list that is taken now puts another one aside.
    fn replaces(&self) -> bool {
        self.frame.as_ref().is_some_and(|frame| frame.frozen_at.is_none())
    }

    fn level(&self, level: impl std::borrow::Borrow<Stage>) -> String {
        self.page.texts.get(&format!("frame-level-{}", level.borrow().name())).into_owned()
    }

    /// Of one of the page's forms, or of the page itself.
    fn address(&self, act: &str) -> String {
        format!("{}{act}", super::routes::address(&self.campaign))
    }

    fn job(&self) -> String {
        self.import.as_ref().map(|import| jobs::routes::address(import.job_id)).unwrap_or_default()
    }
}

/// What was found in the list, in words.
pub(super) struct VerdictView {
    pub verdict: Verdict,
    pub errors: usize,
    pub warnings: usize,
    /// Of each kind that was found: its name, its words, how often, whether it is the one shown.
    pub kinds: Vec<KindView>,
    pub shown: Vec<Told>,
    /// How many there are of what is shown.
    pub all: usize,
    pub unclear: Vec<Name>,
    pub known: Vec<(Name, &'static str)>,
    pub provinces: &'static [places::Province],
}

pub(super) struct KindView {
    pub name: String,
    pub words: String,
    pub count: usize,
    pub error: bool,
    pub current: bool,
}

/// A finding in words.
pub(super) struct Told {
    pub row: u64,
    pub column: String,
    pub value: String,
    pub error: bool,
    pub what: String,
    pub fix: String,
}

impl VerdictView {
    pub(super) fn new(page: &Page, verdict: Verdict, only: &str) -> Self {
        let texts = page.texts;
        let wanted = |name: &str| only.is_empty() || only == name;
        let mut kinds: Vec<KindView> = verdict
            .kinds
            .iter()
            .map(|(name, found)| KindView {
                name: name.clone(),
                words: words(texts, name),
                count: found.count,
                error: found.error,
                current: only == name,
            })
            .collect();
        kinds.sort_by_key(|kind| (!kind.error, std::cmp::Reverse(kind.count)));
        let mut first: Vec<&Defect> =
            verdict.kinds.iter().filter(|(name, _)| wanted(name)).flat_map(|(_, found)| &found.first).collect();
        // Errors before warnings, each by row.
        first.sort_by_key(|defect| (!defect.kind.is_error(), defect.row));
        let shown = first.into_iter().take(SHOWN).map(|defect| Told::new(texts, defect)).collect();
        let all = verdict.kinds.iter().filter(|(name, _)| wanted(name)).map(|(_, found)| found.count).sum();
        let (unclear, known): (Vec<Name>, Vec<Name>) =
            verdict.names.iter().cloned().partition(|name| name.code.is_none());
        let named = |name: Name| {
            let province = name.code.as_deref().and_then(places::province_name).unwrap_or_default();
            (name, province)
        };
        // A name of today needs no word about how it was read.
        let known = known.into_iter().map(named).filter(|(name, province)| name.text != *province).collect();
        let (errors, warnings) = (verdict.count(true), verdict.count(false));
        let provinces = places::provinces();
        Self { verdict, errors, warnings, kinds, shown, all, unclear, known, provinces }
    }
}

impl Told {
    fn new(texts: Texts, defect: &Defect) -> Self {
        Self {
            row: defect.row,
            column: defect.column.clone(),
            value: defect.value.clone(),
            error: defect.kind.is_error(),
            what: defect.what(texts),
            fix: defect.fix(texts),
        }
    }
}

/// What a kind is called where it is not of one row.
fn words(texts: Texts, kind: &str) -> String {
    let own = format!("frame-kind-{kind}");
    if texts.has(&own) { texts.get(&own).into_owned() } else { texts.get(&format!("frame-what-{kind}")).into_owned() }
}

impl Frame {
    pub fn digest(&self) -> String {
        hex(&self.frame_digest)
    }
}
