//! A citizen with a session that is alive: what they may do, and what happens to their answers.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};
use survey_forms::{Answers, Form, Interview, Issue, Respondent, SkipPolicy};

use super::body::{Body, Mode, Reason, Refusal};
use super::draft::{Draft, NOTICE};
use super::paradata::{self, Led, Paradata};
use super::session::Session;
use super::store::{self, Standing};
use super::{door, rules};
use crate::app::App;
use crate::campaigns::{Campaign, Window};
use crate::error::{Error, Result};
use crate::invitations;

/// Changes of one draft at the same moment that are still merged.
const MERGES: usize = 20;

pub struct Citizen {
    pub session: Session,
    pub campaign: Arc<Campaign>,
    pub form: Arc<Form>,
    pub draft: Draft,
    standing: Standing,
    tag: [u8; 32],
}

/// What somebody with a session meets.
pub enum Met {
    Citizen(Box<Citizen>),
    Early(Arc<Campaign>),
    Over(Arc<Campaign>),
    /// The code was cancelled meanwhile.
    Cancelled(Arc<Campaign>),
}

/// How sending went.
#[derive(Debug, PartialEq, Eq)]
pub enum Sent {
    /// The answers are stored: by this click, or by an equal one before.
    Received,
    /// The code's answers are anonymous by now: nobody can say whether they are these.
    Recorded,
    /// Other answers of this code arrived first.
    Different,
    /// A page was never asked.
    Open(String),
    NotBegun,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Withdrawn {
    Deleted,
    Nothing,
    /// The flush has made the answers anonymous.
    TooLate,
}

impl Citizen {
    pub async fn meet(app: &App, session: Session) -> Result<Met> {
        let campaign = door::campaign(app, session.campaign).await?;
        match campaign.window(app.clock.today()) {
            Window::Early => return Ok(Met::Early(campaign)),
            Window::Over => return Ok(Met::Over(campaign)),
            Window::Open => {}
        }
        let hotline = campaign.hotline.clone();
        Self::meet_in(app, session, campaign).await.map_err(|error| error.with("hotline", hotline))
    }

    /// The same without a look at the calendar, which says different things of paper.
    pub(super) async fn meet_in(app: &App, session: Session, campaign: Arc<Campaign>) -> Result<Met> {
        let Some(wave) = app.keys.wave(campaign.id)? else { return Ok(Met::Over(campaign)) };
        let tag = session.code.tag(&wave)?;
        let standing = store::standing(&mut app.database.answers.read().await?, &tag).await?;
        if !standing.allowed {
            return Ok(Met::Cancelled(campaign));
        }
        let draft = open_draft(app, &session, &tag, standing.draft.as_deref())?;
        let form = campaign.form(app).await?;
        Ok(Met::Citizen(Box::new(Self { session, campaign, form, draft, standing, tag })))
    }

    /// What the answers side knows the code by.
    pub fn tag(&self) -> &[u8; 32] {
        &self.tag
    }

    pub fn interview(&self) -> Interview<'_> {
        Interview::new(&self.form, self.draft.answers.clone())
    }

    pub fn has_agreed(&self) -> bool {
        self.draft.notice.is_some()
    }

    pub fn has_sent(&self) -> bool {
        self.standing.sent.is_some() || self.standing.recorded
    }

    pub fn has_refused(&self) -> bool {
        self.standing.refused
    }

    /// Whether the answers sent are anonymous by now.
    pub fn is_recorded(&self) -> bool {
        self.standing.recorded
    }

    pub fn has_something_to_withdraw(&self) -> bool {
        self.standing.sent.is_some() || self.standing.draft.is_some()
    }

    /// Stable for the code, and without a meaning to anybody else.
    pub fn receipt(&self, app: &App) -> Result<String> {
        Ok(rules::receipt(&app.keys.purpose("receipt")?.digest(self.session.code.digits().as_bytes())?))
    }

    /// Consent, in the words of the current notice. Takes back a refusal.
    pub async fn agree(&mut self, app: &App, language: &str) -> Result<()> {
        if self.standing.refused {
            store::forget_refusal(&mut app.database.answers.read().await?, &self.tag).await?;
        }
        let now = app.clock.now().timestamp();
        self.change(app, |draft, _| {
            draft.begun.get_or_insert(now);
            draft.notice = Some(NOTICE.to_owned());
            language.clone_into(&mut draft.language);
        })
        .await
    }

    /// Takes a page's fields. What is valid is saved even when something else is not; the issues come back.
    pub async fn give(
        &mut self,
        app: &App,
        page: &str,
        fields: &[(String, String)],
        skip: SkipPolicy,
    ) -> Result<Vec<Issue>> {
        self.change(app, |draft, form| {
            let mut interview = Interview::new(form, std::mem::take(&mut draft.answers));
            let issues = interview.give(page, fields, skip).err().unwrap_or_default();
            draft.answers = interview.into_answers();
            issues
        })
        .await
    }

    /// Applies `change` to the draft as it stands. Two tabs at once: each change is made upon the other, so the last one wins item
    /// by item, and neither takes an answer of the other away.
    async fn change<T>(&mut self, app: &App, change: impl Fn(&mut Draft, &Form) -> T) -> Result<T> {
        for _ in 0..MERGES {
            let mut draft = self.draft.clone();
            let told = change(&mut draft, &self.form);
            if draft == self.draft {
                return Ok(told);
            }
            let sealed = draft.seal(app, &self.session, &self.tag)?;
            let mut connection = app.database.answers.read().await?;
            if store::put_draft(&mut connection, &self.tag, &sealed, self.standing.draft.as_deref()).await? {
                self.draft = draft;
                self.standing.draft = Some(sealed);
                return Ok(told);
            }
            self.standing = store::standing(&mut connection, &self.tag).await?;
            if !self.standing.allowed {
                return Err(Error::invalid("code-ended"));
            }
            self.draft = open_draft(app, &self.session, &self.tag, self.standing.draft.as_deref())?;
        }
        Err(Error::conflict("draft-busy"))
    }

    /// Sends the answers. `Received` is only said once they are stored for good. `codes` is how many codes this browser has sent with.
    pub async fn submit(&self, app: &App, codes: u32) -> Result<Sent> {
        if self.standing.draft.is_none() {
            return Ok(if self.has_sent() { Sent::Received } else { Sent::NotBegun });
        }
        let interview = self.interview();
        let now = app.clock.now();
        let paradata = Paradata {
            pace: self.draft.begun.and_then(|begun| paradata::pace(&interview, now.timestamp() - begun)),
            odd_hour: Some(paradata::is_odd_hour(now)),
            codes: Some(paradata::codes_step(codes)),
            interviewer: String::new(),
        };
        self.store(app, &interview, Mode::Web, paradata).await
    }

    /// Sends answers that were given elsewhere: to an interviewer, on paper. The path is worked out anew; what was begun here alone is
    /// left behind.
    pub async fn hand_in(&self, app: &App, answers: Answers, mode: Mode, led: Option<Led>) -> Result<Sent> {
        let interview = self.given_elsewhere(answers, mode)?;
        let paradata = match led {
            Some(led) => Paradata {
                interviewer: paradata::pseudonym(app, self.campaign.id, led.by)?,
                pace: led.seconds.and_then(|seconds| paradata::pace(&interview, seconds.into())),
                odd_hour: led.odd_hour,
                // A tablet is there for many.
                codes: None,
            },
            None => Paradata::default(),
        };
        self.store(app, &interview, mode, paradata).await
    }

    /// Whether it is these very answers that wait in the inbox.
    pub fn has_sent_these(&self, app: &App, answers: Answers, mode: Mode) -> Result<bool> {
        let interview = self.given_elsewhere(answers, mode)?;
        let digest = self.body(app, &interview, mode, Paradata::default())?.digest(app)?;
        Ok(self.standing.sent.as_ref() == Some(&digest))
    }

    fn given_elsewhere(&self, answers: Answers, mode: Mode) -> Result<Interview<'_>> {
        let given = answers.len();
        let respondent = if mode == Mode::Interviewer { Respondent::WithInterviewer } else { Respondent::Alone };
        let interview = Interview::new(&self.form, answers).respondent(respondent);
        if interview.answers().len() < given { Err(Error::invalid("interview-unsound")) } else { Ok(interview) }
    }

    fn body(&self, app: &App, interview: &Interview<'_>, mode: Mode, paradata: Paradata) -> Result<Body> {
        let contact_digest = self.session.code.contact_digest(&invitations::contact_key(app)?)?;
        Ok(Body::new(&interview.finish(), &contact_digest, mode, paradata))
    }

    async fn store(&self, app: &App, interview: &Interview<'_>, mode: Mode, paradata: Paradata) -> Result<Sent> {
        if let Some(page) = rules::next_open(interview) {
            return Ok(Sent::Open(page.to_owned()));
        }
        let day = day_number(app.clock.today());
        let sealed = self.body(app, interview, mode, paradata)?.seal(app, &app.keys.make_day(day)?, &self.tag)?;
        let body = store::NewBody { tag: &self.tag, day, digest: &sealed.digest, sealed: &sealed.bytes };
        let mut connection = app.database.answers.read().await?;
        if store::submit(&mut connection, &body).await? {
            return Ok(Sent::Received);
        }
        let standing = store::standing(&mut connection, &self.tag).await?;
        match standing.sent {
            Some(digest) if digest == sealed.digest => Ok(Sent::Received),
            Some(_) => Ok(Sent::Different),
            None if standing.recorded => Ok(Sent::Recorded),
            None => Err(Error::invalid("code-ended")),
        }
    }

    /// Notes that this person does not take part. They may come back.
    pub async fn refuse(&self, app: &App, reason: Option<Reason>) -> Result<()> {
        let contact_digest = self.session.code.contact_digest(&invitations::contact_key(app)?)?;
        let day = day_number(app.clock.today());
        let refusal = Refusal { contact_digest: crate::base::seal::hex(&contact_digest), reason };
        let sealed = refusal.seal(&app.keys.make_day(day)?, &self.tag)?;
        let noted = app
            .database
            .answers
            .transaction("responses.refuse", async |transaction| {
                store::refuse(transaction, &self.tag, day, &sealed).await
            })
            .await?;
        if noted { Ok(()) } else { Err(Error::invalid("code-ended")) }
    }

    pub async fn withdraw(&self, app: &App) -> Result<Withdrawn> {
        let deleted = app
            .database
            .answers
            .transaction("responses.withdraw", async |transaction| store::withdraw(transaction, &self.tag).await)
            .await?;
        // The flush may have come first by a moment.
        let recorded = store::standing(&mut app.database.answers.read().await?, &self.tag).await?.recorded;
        Ok(match (deleted, recorded) {
            (_, true) => Withdrawn::TooLate,
            (true, false) => Withdrawn::Deleted,
            (false, false) => Withdrawn::Nothing,
        })
    }
}

/// The number under which the day's key is kept.
pub(super) fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

fn open_draft(app: &App, session: &Session, tag: &[u8; 32], sealed: Option<&[u8]>) -> Result<Draft> {
    sealed.map_or_else(|| Ok(Draft::default()), |sealed| Draft::open(app, session, tag, sealed))
}
