//! The released editions in memory, and the pages that were made of them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::answer::Body;
use crate::app::App;
use crate::base::text::Language;
use crate::campaigns::{self, Campaign, State, Window};
use crate::editions::content::{Content, Figure, Level, PlaceKind};
use crate::editions::{self, Changed, Edition};
use crate::error::Result;
use crate::reports::{self, ReportFile};

/// How old the list of releases may be: an order that was given a moment ago is seen after so long.
const FRESH: TimeDelta = TimeDelta::milliseconds(500);
/// Pages kept at most; addresses are bounded, comparisons of five places are not.
const MOST_PAGES: usize = 4_000;

/// What is public of a survey: its newest released edition.
pub(super) struct Released {
    pub edition: Edition,
    pub content: Content,
    /// All that are public, the newest first.
    pub editions: Vec<Edition>,
    /// What this one changed beside the one before it.
    pub changed: Option<Changed>,
    places_of: HashMap<(String, String, i16), Vec<usize>>,
}

impl Released {
    fn new(editions: Vec<Edition>, edition: Edition, content: Content, changed: Option<Changed>) -> Self {
        let mut places_of: HashMap<_, Vec<usize>> = HashMap::new();
        for (place, figure) in content.figures.iter().enumerate() {
            places_of.entry((figure.code.clone(), figure.rule.clone(), figure.answer)).or_default().push(place);
        }
        Self { edition, content, editions, changed, places_of }
    }

    /// An indicator's figures, all places.
    pub(super) fn all(&self, code: &str, rule: &str) -> impl Iterator<Item = &Figure> {
        let places = self.places_of.get(&(code.to_owned(), rule.to_owned(), 0)).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|place| self.content.figures.get(*place))
    }

    pub(super) fn figure(&self, code: &str, rule: &str, place: &str) -> Option<&Figure> {
        self.all(code, rule).find(|figure| figure.place == place)
    }

    /// The shares of the answers to a question in a place, in their order.
    pub(super) fn shares(&self, question: &str, place: &str) -> Vec<&Figure> {
        let Some(question) = self.content.questions.iter().find(|known| known.code == question) else {
            return Vec::new();
        };
        let share = |answer: &i16| {
            let key = (question.code.clone(), editions::content::SHARES.to_owned(), *answer);
            let places = self.places_of.get(&key)?;
            places.iter().filter_map(|at| self.content.figures.get(*at)).find(|figure| figure.place == place)
        };
        question.answers.iter().filter_map(|(answer, _)| share(answer)).collect()
    }

    /// The highest value of a province.
    pub(super) fn best(&self, code: &str, rule: &str) -> Option<&Figure> {
        let provinces = self
            .all(code, rule)
            .filter(|figure| self.content.place(&figure.place).is_some_and(|place| place.kind == PlaceKind::Province));
        let valued = provinces.filter_map(|figure| Some((figure, figure.value?)));
        valued.max_by(|(_, one), (_, other)| one.total_cmp(other)).map(|(figure, _)| figure)
    }

    /// Codes of all indicators of a level.
    pub(super) fn of_level(&self, level: Level) -> impl Iterator<Item = &str> {
        self.content.indicators.iter().filter(move |it| it.level == level).map(|it| it.code.as_str())
    }

    pub(super) fn overall(&self) -> &str {
        self.content.overall().map_or("", |overall| &overall.code)
    }

    /// `sipas-2026/1`.
    pub(super) fn label(&self) -> String {
        format!("{}/{}", self.content.survey.slug, self.edition.number)
    }
}

/// Everything that is public at one moment.
pub(super) struct Public {
    /// The newest year first.
    pub surveys: Vec<Arc<Released>>,
    /// A survey that takes answers now.
    pub open: bool,
    /// When the results of the survey that comes next are to be published.
    pub announced: Option<(String, NaiveDate)>,
    /// Those of every public edition, on paper.
    pub reports: Vec<ReportFile>,
    /// When the next release happens.
    pub next: Option<DateTime<Utc>>,
    pages: RwLock<HashMap<String, Arc<Body>>>,
}

impl Public {
    pub(super) fn newest(&self) -> Option<&Released> {
        self.surveys.first().map(AsRef::as_ref)
    }

    /// The papers on a place in a language, of the newest edition.
    pub(super) fn papers<'a>(&'a self, released: &Released, place: &str, language: Language) -> Vec<&'a ReportFile> {
        let of = |it: &&ReportFile| {
            it.edition_id == released.edition.id && it.place_code == place && it.language == language.code()
        };
        self.reports.iter().filter(of).collect()
    }

    pub(super) fn kept(&self, address: &str) -> Option<Arc<Body>> {
        self.pages.read().unwrap_or_else(PoisonError::into_inner).get(address).cloned()
    }

    /// What stands at an address; made on the first visit.
    pub(super) fn body(&self, address: &str, make: impl FnOnce() -> Result<Body>) -> Result<Arc<Body>> {
        if let Some(body) = self.kept(address) {
            return Ok(body);
        }
        let body = Arc::new(make()?);
        let mut pages = self.pages.write().unwrap_or_else(PoisonError::into_inner);
        if pages.len() < MOST_PAGES {
            pages.insert(address.to_owned(), body.clone());
        }
        Ok(body)
    }
}

struct Kept {
    public: Arc<Public>,
    looked: DateTime<Utc>,
    /// What it was made from: as long as this is the same, so is everything.
    of: Signs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Signs {
    released: Vec<Uuid>,
    reports: Vec<ReportFile>,
    next: Option<DateTime<Utc>>,
    open: bool,
    announced: Option<(String, NaiveDate)>,
}

/// Where the public's pages find the editions. One for the process.
#[derive(Default)]
pub struct Shelf {
    kept: RwLock<Option<Arc<Kept>>>,
    looking: tokio::sync::Mutex<()>,
    /// Editions that were read before: they never change.
    read: Mutex<BTreeMap<Uuid, Arc<Released>>>,
}

/// What is public now. One request at a time looks whether anything changed; the others, and all of them while the database is gone, take what is there.
pub(super) async fn current(app: &App) -> Result<Arc<Public>> {
    let shelf = &app.shelf;
    let now = app.clock.now();
    let kept = shelf.kept.read().unwrap_or_else(PoisonError::into_inner).clone();
    let fresh = |kept: &Kept| now - kept.looked < FRESH && kept.public.next.is_none_or(|next| now < next);
    if let Some(kept) = kept.as_ref().filter(|kept| fresh(kept)) {
        return Ok(kept.public.clone());
    }
    let due = kept.as_ref().is_none_or(|kept| kept.public.next.is_some_and(|next| now >= next));
    let guard = match shelf.looking.try_lock() {
        Ok(guard) => guard,
        // Nothing to show yet, or the moment of a release: whoever looks first shows it to all.
        Err(_) if due => shelf.looking.lock().await,
        Err(_) => return Ok(kept.map_or_else(|| Arc::new(nothing()), |kept| kept.public.clone())),
    };
    let again = shelf.kept.read().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(kept) = again.as_ref().filter(|kept| fresh(kept)) {
        return Ok(kept.public.clone());
    }
    let looked = look(app, again.as_deref(), now).await;
    drop(guard);
    match (looked, again) {
        (Ok(kept), _) => {
            let public = kept.public.clone();
            *shelf.kept.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(kept));
            Ok(public)
        }
        (Err(error), Some(kept)) => {
            tracing::warn!(%error, "the released editions cannot be looked up: the last ones stay");
            Ok(kept.public.clone())
        }
        (Err(error), None) => Err(error),
    }
}

fn nothing() -> Public {
    Public {
        surveys: Vec::new(),
        reports: Vec::new(),
        open: false,
        announced: None,
        next: None,
        pages: RwLock::default(),
    }
}

async fn look(app: &App, before: Option<&Kept>, now: DateTime<Utc>) -> Result<Kept> {
    let ordered = editions::ordered(app).await?;
    let campaigns = campaigns::list(app).await?;
    let of = signs(app, &ordered, &campaigns, now).await?;
    if let Some(same) = before.filter(|before| before.of == of) {
        return Ok(Kept { public: same.public.clone(), looked: now, of });
    }
    let mut by_survey: BTreeMap<Uuid, Vec<Edition>> = BTreeMap::new();
    for edition in ordered.into_iter().filter(|edition| edition.release_at.is_some_and(|moment| moment <= now)) {
        by_survey.entry(edition.campaign_id).or_default().push(edition);
    }
    let mut surveys = Vec::new();
    for mut editions in by_survey.into_values() {
        editions.sort_by_key(|edition| std::cmp::Reverse(edition.number));
        surveys.push(released(app, editions).await?);
    }
    surveys.sort_by_key(|it| std::cmp::Reverse((it.content.survey.year, it.content.survey.opened_on)));
    let Signs { reports, next, open, announced, .. } = of.clone();
    let public = Public { surveys, reports, open, announced, next, pages: RwLock::default() };
    Ok(Kept { public: Arc::new(public), looked: now, of })
}

async fn signs(app: &App, ordered: &[Edition], campaigns: &[Campaign], now: DateTime<Utc>) -> Result<Signs> {
    let moments = || ordered.iter().filter_map(|edition| Some((edition, edition.release_at?)));
    let public = |campaign: &Campaign| moments().any(|(it, moment)| it.campaign_id == campaign.id && moment <= now);
    let today = app.clock.today();
    let to_come = campaigns.iter().filter(|campaign| campaign.state() == State::Closed && !public(campaign));
    let released: Vec<Uuid> = moments().filter(|(_, moment)| *moment <= now).map(|(edition, _)| edition.id).collect();
    Ok(Signs {
        reports: reports::of(app, &released).await?,
        released,
        next: moments().map(|(_, moment)| moment).filter(|moment| *moment > now).min(),
        open: campaigns.iter().any(|campaign| campaign.window(today) == Window::Open),
        announced: to_come.max_by_key(|it| it.results_on).map(|it| (it.year.to_string(), it.results_on)),
    })
}

async fn released(app: &App, editions: Vec<Edition>) -> Result<Arc<Released>> {
    let kept = || app.shelf.read.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(newest) = editions.first().cloned() else { return Err(crate::error::Error::internal("edition-missing")) };
    let known = kept().get(&newest.id).cloned();
    if let Some(known) = known.filter(|known| known.editions == editions) {
        return Ok(known);
    }
    let (content, _) = editions::content(app, &newest).await?;
    let changed = match editions.get(1) {
        Some(before) => Some(editions::changes(&editions::content(app, before).await?.0, &content)),
        None => None,
    };
    let read = Arc::new(Released::new(editions, newest.clone(), content, changed));
    kept().insert(newest.id, read.clone());
    Ok(read)
}
