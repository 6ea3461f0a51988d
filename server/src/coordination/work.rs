//! The work list: what is late, what waits for this person's decision, what waits for others. The coordinator's first page.

use crate::app::App;
use crate::base::text::Texts;
use crate::campaigns::{self, Campaign, State};
use crate::error::Result;
use crate::fieldwork::board::{Line, Within, behind, board};
use crate::fieldwork::replacements;
use crate::jobs::queue;
use crate::keying;
use crate::places;
use crate::questionnaires;
use crate::staff::session::SignedIn;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    Late,
    Mine,
    Others,
}

impl Group {
    pub(super) const ALL: [Self; 3] = [Self::Late, Self::Mine, Self::Others];

    /// Its heading: `work-…`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Late => "work-late",
            Self::Mine => "work-mine",
            Self::Others => "work-others",
        }
    }
}

/// One line: a sentence with a count, and where the work is.
pub(super) struct Item {
    pub group: Group,
    pub words: String,
    pub path: String,
}

/// Further behind its plan than this, a place is late.
const LATE: f64 = 0.2;
/// While the plan asks for fewer answers than this, nobody is late.
const FEW: f64 = 5.0;
const RECENT_JOBS: i64 = 50;

pub(super) struct Finder<'a> {
    app: &'a App,
    signed_in: &'a SignedIn,
    texts: Texts,
    items: Vec<Item>,
}

/// Everything that waits, the late first.
pub(super) async fn items(app: &App, signed_in: &SignedIn, campaigns: &[Campaign], texts: Texts) -> Result<Vec<Item>> {
    let mut finder = Finder { app, signed_in, texts, items: Vec::new() };
    finder.office().await?;
    for campaign in campaigns {
        finder.opening(campaign);
        if campaign.state() == State::Open {
            finder.fieldwork(campaign).await?;
        }
    }
    Ok(finder.items)
}

impl Finder<'_> {
    fn add(&mut self, group: Group, key: &str, count: usize, name: &str, path: impl Into<String>) {
        if count > 0 {
            let values = [("n", count.into()), ("name", crate::base::text::Value::from(name.to_owned()))];
            let words = self.texts.with(&format!("work-{key}"), values).into_owned();
            self.items.push(Item { group, words, path: path.into() });
        }
    }

    /// Mine when somebody else asked, theirs when I did.
    fn asked(&mut self, by: &str, key: &str, name: &str, path: String) {
        let own = by == self.signed_in.actor().to_string();
        let group = if own { Group::Others } else { Group::Mine };
        self.add(group, key, 1, name, path);
    }

    fn national(&self) -> bool {
        places::national_only(self.signed_in).is_ok()
    }

    /// What belongs to no campaign.
    async fn office(&mut self) -> Result<()> {
        if !self.national() {
            return Ok(());
        }
        let jobs = queue::newest(&mut self.app.database.contact.read().await?, RECENT_JOBS).await?;
        let failed = jobs.iter().filter(|job| job.state == "failed").count();
        self.add(Group::Late, "failed-jobs", failed, "", "/qt/viec");
        for version in questionnaires::list(self.app).await?.into_iter().filter(|version| version.approved_at.is_none())
        {
            let path = format!("/qt/phieu/{}", version.id);
            self.asked(&version.proposed_by, "form", &version.form_code, path);
        }
        if let Some(draft) = campaigns::draft(self.app, &self.signed_in.login).await? {
            let moment = self.texts.moment(draft.saved_at);
            self.add(Group::Mine, "draft", 1, &moment, "/qt/dot");
        }
        Ok(())
    }

    fn opening(&mut self, campaign: &Campaign) {
        let name = campaign.name(self.texts.language()).to_owned();
        if let (true, State::Preparing, Some(by)) = (self.national(), campaign.state(), &campaign.opening_proposed_by) {
            self.asked(by, "opening", &name, format!("{}/mo", campaign.address()));
        }
        if self.national() && campaign.state() == State::Open && self.app.clock.today() > campaign.closes_on {
            self.add(Group::Late, "close", 1, &name, format!("{}/dong", campaign.address()));
        }
    }

    async fn fieldwork(&mut self, campaign: &Campaign) -> Result<()> {
        let base = campaign.address();
        let name = campaign.name(self.texts.language()).to_owned();
        let province = if self.national() { String::new() } else { self.signed_in.place_code.clone() };
        let seen = board(self.app, campaign, &Within { province, commune: String::new() }).await?;
        let lines = seen.groups.iter().flat_map(|(_, lines)| lines);
        let asked = |line: &&Line| line.pace.is_some_and(|pace| pace.planned >= FEW);
        let late = lines.filter(asked).filter(|line| behind(line) > LATE).count();
        self.add(Group::Late, "behind", late, &name, format!("{base}/tien-do"));
        let total = seen.total.counts;
        let free = (total.sample + total.reserves).saturating_sub(total.assigned);
        self.add(Group::Mine, "free", usize::try_from(free).unwrap_or(usize::MAX), &name, format!("{base}/phan-cong"));
        let paper = keying::waiting(self.app, campaign).await?.all();
        self.add(Group::Others, "paper", usize::try_from(paper).unwrap_or(usize::MAX), &name, "/qt/phieu-giay");
        let me = self.signed_in.actor().to_string();
        let asked = replacements::of(self.app, campaign.id).await?;
        let open = asked.iter().filter(|row| row.state == "requested");
        let (own, others): (Vec<_>, Vec<_>) = open.partition(|row| row.requested_by == me);
        self.add(Group::Mine, "replacements", others.len(), &name, format!("{base}/thay-the"));
        self.add(Group::Others, "replacements", own.len(), &name, format!("{base}/thay-the"));
        for loss in replacements::losses(self.app, campaign.id).await? {
            if loss.confirmed_by.is_none() {
                self.asked(&loss.requested_by, "loss", &loss.commune_code, format!("{base}/thay-the"));
            }
        }
        Ok(())
    }
}
