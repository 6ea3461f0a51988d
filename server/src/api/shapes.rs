//! What is served, as types: the OpenAPI document is derived from them. What an edition says is in `editions::content`.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::base::seal::hex;
use crate::editions::content::{Figure, Indicator, Place, Question, Words};
use crate::editions::{Content, Edition};

/// Every edition that is public, the newest year first and of each survey the newest edition first.
#[derive(Serialize, ToSchema)]
pub(super) struct Editions {
    pub editions: Vec<ReleasedEdition>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct ReleasedEdition {
    /// `sipas-2026`, as in addresses.
    pub survey: String,
    pub name: Words,
    pub year: i32,
    pub number: i32,
    /// `sipas-2026/1`: how people speak of it.
    pub label: String,
    /// The one that counts: figures are asked of this one, earlier ones are read as documents.
    pub newest: bool,
    /// The people are made up.
    pub synthetic: bool,
    pub released_at: Option<DateTime<Utc>>,
    /// Of the document, hexadecimal.
    pub sha256: String,
    /// Why there is another edition; empty for the first.
    pub note: Words,
    /// The address of the document.
    pub document: String,
    /// The address of the bundle by which an outsider checks the edition.
    pub bundle: String,
}

impl ReleasedEdition {
    /// `newest` is what the survey's newest edition says: an earlier one is of the same survey.
    pub(super) fn new(app: &App, newest: &Content, edition: &Edition, is_newest: bool) -> Self {
        let survey = &newest.survey;
        let (slug, number, home) = (&survey.slug, edition.number, &app.config.web.public_url);
        Self {
            survey: slug.clone(),
            name: survey.name.clone(),
            year: survey.year,
            number,
            label: format!("{slug}/{number}"),
            newest: is_newest,
            synthetic: survey.synthetic,
            released_at: edition.release_at,
            sha256: hex(&edition.digest),
            note: Words { vi: edition.note_vi.clone(), en: edition.note_en.clone() },
            document: document_address(app, slug, number),
            bundle: format!("{home}/du-lieu/{slug}/{number}/ho-so.zip"),
        }
    }
}

/// Where the document of an edition is read.
pub(super) fn document_address(app: &App, survey: &str, number: i32) -> String {
    format!("{}/api/v1/editions/{survey}/{number}", app.config.web.public_url)
}

/// One page of the figures that were asked for.
#[derive(Serialize, ToSchema)]
pub(super) struct FigurePage<'a> {
    /// `sipas-2026/1`.
    pub edition: String,
    /// Figures on all pages together.
    pub total: usize,
    pub page: usize,
    pub per_page: usize,
    /// In the order of the edition; a page after the last one has none.
    pub figures: Vec<&'a Figure>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Places<'a> {
    pub edition: String,
    /// The country first, then the provinces by name, each followed by the earlier ones it was made of.
    pub places: &'a [Place],
}

#[derive(Serialize, ToSchema)]
pub(super) struct Indicators<'a> {
    pub edition: String,
    /// The overall index first, then each domain followed by its factors and items.
    pub indicators: &'a [Indicator],
}

#[derive(Serialize, ToSchema)]
pub(super) struct Questions<'a> {
    pub edition: String,
    pub questions: &'a [Question],
}
