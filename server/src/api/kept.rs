//! What is served to whoever has a token, as types.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::base::seal::hex;
use crate::campaigns::Campaign;
use crate::editions::content::Words;
use crate::exports::ExportFile;
use crate::fieldwork::board::{Board, Counts};

#[derive(Serialize, ToSchema)]
pub(super) struct Surveys {
    /// The newest year first.
    pub surveys: Vec<SurveyAtWork>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct SurveyAtWork {
    pub slug: String,
    pub name: Words,
    pub year: i32,
    /// `preparing`, `open` or `closed`.
    pub state: &'static str,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// When its results are to be published.
    pub results_on: NaiveDate,
    /// The people are made up.
    pub synthetic: bool,
}

impl SurveyAtWork {
    pub(super) fn new(campaign: &Campaign) -> Self {
        Self {
            slug: campaign.slug.clone(),
            name: Words { vi: campaign.name_vi.clone(), en: campaign.name_en.clone() },
            year: campaign.year,
            state: campaign.state().name(),
            opens_on: campaign.opens_on,
            closes_on: campaign.closes_on,
            results_on: campaign.results_on,
            synthetic: campaign.synthetic,
        }
    }
}

/// How the fieldwork goes, as the board of the coordinators has it: answers are counted in batches, never one by one.
#[derive(Serialize, ToSchema)]
pub(super) struct Progress {
    pub survey: String,
    /// In Viet Nam.
    pub day: NaiveDate,
    pub country: Cases,
    /// Those that have cases, by code.
    pub provinces: Vec<ProvinceCases>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct ProvinceCases {
    pub code: String,
    pub name: String,
    pub cases: Cases,
}

/// Cases of the sample as first drawn and of the reserves released since.
#[derive(Serialize, ToSchema)]
pub(super) struct Cases {
    pub sample: u64,
    pub reserves: u64,
    pub assigned: u64,
    pub visited: u64,
    pub responded: u64,
    pub refused: u64,
    pub absent: u64,
    /// AAPOR RR1 in per cent, of the sample as first drawn; none before anybody was asked.
    pub response_rate_1: Option<f64>,
}

impl Cases {
    fn new(counts: &Counts) -> Self {
        Self {
            sample: counts.sample,
            reserves: counts.reserves,
            assigned: counts.assigned,
            visited: counts.visited,
            responded: counts.responded,
            refused: counts.refused,
            absent: counts.absent,
            response_rate_1: counts.first.response_rate_1().map(|rate| rate * 100.0),
        }
    }
}

impl Progress {
    pub(super) fn new(campaign: &Campaign, day: NaiveDate, board: &Board) -> Self {
        let lines = board.groups.iter().flat_map(|(_, inside)| inside);
        let of = |code: &str, name: &str, counts: &Counts| ProvinceCases {
            code: code.to_owned(),
            name: name.to_owned(),
            cases: Cases::new(counts),
        };
        let mut provinces: Vec<_> = lines.map(|line| of(&line.code, &line.name, &line.counts)).collect();
        provinces.sort_by(|one, other| one.code.cmp(&other.code));
        Self { survey: campaign.slug.clone(), day, country: Cases::new(&board.total.counts), provinces }
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct Exports {
    pub survey: String,
    /// The newest first.
    pub exports: Vec<FigureFile>,
}

/// A file of a survey's figures. Files of single answers are not for machines.
#[derive(Serialize, ToSchema)]
pub(super) struct FigureFile {
    pub id: Uuid,
    pub file_name: String,
    /// `xlsx`, `csv`, `csv-excel`, `parquet`, `sav-vi`, `sav-en`, `dta` or `r`.
    pub format: String,
    pub bytes: i64,
    /// Hexadecimal.
    pub sha256: String,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub address: String,
}

impl FigureFile {
    pub(super) fn new(home: &str, file: ExportFile) -> Self {
        Self {
            address: format!("{home}/api/v1/exports/{}", file.id),
            id: file.id,
            file_name: file.file_name,
            format: file.format,
            bytes: file.bytes,
            sha256: hex(&file.digest),
            made_at: file.created_at,
            expires_at: file.expires_at,
        }
    }
}
