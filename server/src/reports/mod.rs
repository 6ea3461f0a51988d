//! What an edition says, on paper: a report of the country, one of each province, and slides for the day of publication, in both languages.
//!
//! Invariants: a report is made of its edition's document (and of what was published of earlier years) and of nothing else, so it shows no
//! figure that the edition hides, and the same edition gives the same bytes; strengths and weaknesses are named only where the sample can
//! tell them from the country; each page's foot has the edition's number and digest.
//! Table: `office.report_file`.

mod apart;
mod country;
mod figures;
pub mod jobs;
mod pages;
mod province;
pub mod routes;
mod sheet;
mod slides;
mod store;
#[cfg(test)]
mod tests;

pub use store::ReportFile;

use std::path::PathBuf;

use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::audit::{Act, Actor, act};
use crate::base::blocking;
use crate::base::paper::Unprintable;
use crate::base::seal::hex;
use crate::base::text::{Language, Texts};
use crate::campaigns::Campaign;
use crate::editions::content::{COUNTRY, Content, Place, PlaceKind};
use crate::editions::{Edition, State};
use crate::error::{Error, Result};
use crate::jobs::{Job, queue};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Report,
    /// A page per message, to be shown on a wall.
    Slides,
}

impl Kind {
    /// As stored, and in names of files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Slides => "slides",
        }
    }
}

/// What says on each page which edition this is.
#[derive(Clone, Debug)]
pub struct Stamp {
    pub number: i32,
    /// Hexadecimal.
    pub digest: String,
}

impl Stamp {
    fn of(edition: &Edition) -> Self {
        Self { number: edition.number, digest: hex(&edition.digest) }
    }
}

/// One file to make.
#[derive(Clone, Copy, Debug)]
struct Wanted<'c> {
    kind: Kind,
    place: &'c Place,
    language: Language,
}

impl Wanted<'_> {
    /// `sipas-2026-1-da-nang-vi.pdf`, `sipas-2026-1-slides-en.pdf`.
    fn file_name(&self, content: &Content, number: i32) -> String {
        let what = match self.kind {
            Kind::Report => self.place.slug.as_str(),
            Kind::Slides => "slides",
        };
        format!("{}-{number}-{what}-{}.pdf", content.survey.slug, self.language)
    }

    fn print(&self, content: &Content, stamp: &Stamp) -> std::result::Result<Vec<u8>, Unprintable> {
        let texts = Texts::new(self.language);
        match (self.kind, self.place.kind) {
            (Kind::Slides, _) => slides::print(content, stamp, texts),
            (Kind::Report, PlaceKind::Country) => country::print(content, stamp, texts),
            (Kind::Report, _) => province::print(content, stamp, self.place, texts),
        }
    }
}

/// In each language: the country, its slides, each province of today.
fn all(content: &Content) -> Vec<Wanted<'_>> {
    let country = content.place(COUNTRY);
    let of_language = |language| {
        let national = country
            .into_iter()
            .flat_map(move |place| [Kind::Report, Kind::Slides].map(|kind| Wanted { kind, place, language }));
        national.chain(content.provinces().map(move |place| Wanted { kind: Kind::Report, place, language }))
    };
    Language::ALL.into_iter().flat_map(of_language).collect()
}

impl ReportFile {
    /// Where it stands. Equal content is one file.
    fn path(&self, app: &App) -> PathBuf {
        app.config.files.exports.join(jobs::on_disk(&self.digest))
    }

    /// # Errors
    /// Not found, if the file is no longer on the disk: it can be made again.
    pub async fn read(&self, app: &App) -> Result<Vec<u8>> {
        let path = self.path(app);
        let read = blocking::run(move || Ok(std::fs::read(path)?)).await;
        read.map_err(|cause| Error::not_found("reports-gone").caused_by(cause))
    }
}

/// The reports of editions, of each: the country's, its slides, the provinces' by name; Vietnamese first.
pub async fn of(app: &App, editions: &[Uuid]) -> Result<Vec<ReportFile>> {
    store::of(&mut app.database.contact.read().await?, editions).await
}

/// Asks for all reports of an edition; two who ask at once get one job.
///
/// # Errors
/// Conflict before the edition is approved: what may still be refused is not handed out as a report.
pub async fn request(app: &App, actor: &Actor, campaign: &Campaign, edition: &Edition) -> Result<Uuid> {
    if edition.state(app.clock.now()) == State::Frozen {
        return Err(Error::conflict("reports-unapproved"));
    }
    let job = Job::Reports { campaign: campaign.id, number: edition.number };
    act(
        &app.database.contact,
        &app.clock,
        Act { actor, verb: "reports.request", subject: edition.label(campaign), details: json!({}) },
        async |transaction| queue::enqueue(transaction, &app.clock, &job, actor).await,
    )
    .await
}
