//! Work that takes longer than a click. A job is a row, enqueued in the same transaction as the change that needs it,
//! so neither stands without the other. A worker leases it; a worker that dies loses the lease and the job comes back.
//!
//! Invariants: at most one open job per deduplication key; every job can be run twice with the same outcome.
//! Table: `office.job`.

pub mod queue;
pub mod routes;
pub mod worker;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::base::seal::{hex, sha256};

/// News that travels upwards: what a slice asks of those below it in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    Check {
        import: Uuid,
    },
    Import {
        import: Uuid,
    },
    Draw {
        draw: Uuid,
    },
    Invite {
        draw: Uuid,
    },
    Letters(PrintRun),
    Messages {
        rule: Uuid,
    },
    Flush {
        campaign: Uuid,
    },
    Results {
        campaign: Uuid,
    },
    Quality {
        campaign: Uuid,
    },
    Export {
        campaign: Uuid,
        #[serde(default)]
        contents: ExportContents,
        format: ExportFormat,
    },
    /// The next edition of a survey, with the reason for a correction.
    Freeze {
        campaign: Uuid,
        reason_vi: String,
        reason_en: String,
    },
    /// Every report of an edition.
    Reports {
        campaign: Uuid,
        number: i32,
    },
    /// Telling other systems of releases.
    Webhooks,
}

/// Which letters to print. Empty `communes` are all of the provinces'.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintRun {
    pub campaign: Uuid,
    /// Tells the files of one request from those of the next.
    pub run: Uuid,
    pub provinces: Vec<String>,
    pub communes: Vec<String>,
    /// One or two codes of languages, the first one first.
    pub languages: Vec<String>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportContents {
    /// Every figure of the run.
    #[default]
    Tables,
    /// Single answers that no person can be told from.
    Safe,
    /// Single answers, all that is known of them: for the analysis room only.
    Full,
}

impl ExportContents {
    pub const ALL: [Self; 3] = [Self::Tables, Self::Safe, Self::Full];

    /// As stored and as sent by forms; `exports-contents-…` is the key of its words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tables => "tables",
            Self::Safe => "safe",
            Self::Full => "full",
        }
    }

    /// What the name of a file tells of it.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Tables => "",
            Self::Safe => "-safe-answers",
            Self::Full => "-full-answers",
        }
    }
}

/// What a file of figures or answers is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Xlsx,
    /// Comma, decimal point.
    Csv,
    /// As a Vietnamese Excel reads it: semicolon, decimal comma, byte order mark.
    CsvExcel,
    Parquet,
    /// SPSS, which knows one language per file.
    SavVi,
    SavEn,
    /// Stata, both languages.
    Dta,
    /// Everything R needs, as a ZIP.
    R,
}

impl ExportFormat {
    pub const ALL: [Self; 8] =
        [Self::Xlsx, Self::Csv, Self::CsvExcel, Self::SavVi, Self::SavEn, Self::Dta, Self::R, Self::Parquet];

    /// As stored and as sent by forms; `exports-format-…` is the key of its words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::CsvExcel => "csv-excel",
            Self::Parquet => "parquet",
            Self::SavVi => "sav-vi",
            Self::SavEn => "sav-en",
            Self::Dta => "dta",
            Self::R => "r",
        }
    }

    /// What the name of a file ends with: apart from the other formats'.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => ".xlsx",
            Self::Csv => ".csv",
            Self::CsvExcel => "-excel.csv",
            Self::Parquet => ".parquet",
            Self::SavVi => "-vi.sav",
            Self::SavEn => "-en.sav",
            Self::Dta => ".dta",
            Self::R => "-r.zip",
        }
    }
}

impl Job {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Check { .. } => "check",
            Self::Import { .. } => "import",
            Self::Draw { .. } => "draw",
            Self::Invite { .. } => "invite",
            Self::Letters(_) => "letters",
            Self::Messages { .. } => "messages",
            Self::Flush { .. } => "flush",
            Self::Results { .. } => "results",
            Self::Quality { .. } => "quality",
            Self::Export { .. } => "export",
            Self::Freeze { .. } => "freeze",
            Self::Reports { .. } => "reports",
            Self::Webhooks => "webhooks",
        }
    }

    /// Two requests with one key, while the first is open, are one job.
    pub fn dedup_key(&self) -> String {
        match self {
            Self::Check { import } | Self::Import { import } => format!("{}:{import}", self.kind()),
            Self::Draw { draw } | Self::Invite { draw } => format!("{}:{draw}", self.kind()),
            Self::Flush { campaign }
            | Self::Results { campaign }
            | Self::Quality { campaign }
            | Self::Freeze { campaign, .. } => {
                format!("{}:{campaign}", self.kind())
            }
            Self::Letters(PrintRun { campaign, provinces, communes, languages, run: _ }) => {
                let chosen = format!("{provinces:?}{communes:?}{languages:?}");
                format!("{}:{campaign}:{}", self.kind(), hex(&sha256(chosen.as_bytes())))
            }
            Self::Messages { rule } => format!("{}:{rule}", self.kind()),
            Self::Reports { campaign, number } => format!("{}:{campaign}:{number}", self.kind()),
            Self::Webhooks => self.kind().to_owned(),
            Self::Export { campaign, contents, format } => {
                format!("{}:{campaign}:{}:{}", self.kind(), contents.name(), format.name())
            }
        }
    }
}
