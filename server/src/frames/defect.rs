//! What is wrong with a list of persons, told so that the sender can mend the file: row, column, value, what, how to fix.

use analysis::frame::{FrameDefect, FrameDefectKind};

use crate::base::text::{Texts, Value};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// The line of the file, the headings being line 1; 0 for the file as a whole.
    pub row: u64,
    /// The heading; empty when the whole line is meant.
    pub column: String,
    /// As it stands in the file, cut at [`MOST_LETTERS`].
    pub value: String,
    pub kind: DefectKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DefectKind {
    /// A workbook, a PDF: whatever begins with the marks of another kind of file.
    NotCsv,
    Utf16,
    NotUtf8,
    NoRows,
    ColumnMissing,
    ColumnTwice,
    LineLength {
        found: usize,
        expected: usize,
    },
    Empty,
    TooLong,
    ForbiddenCharacter,
    NotAPhone,
    /// A spreadsheet took `0912345678` for a number.
    PhoneZeroLost,
    NotAnEmail,
    UnknownProvince,
    /// A spreadsheet took `01` for the number 1.
    LeadingZeroLost,
    UnknownArea,
    CodeTwice {
        first: u64,
    },
    CommuneInTwoProvinces {
        first: u64,
    },
    CommuneInTwoAreas {
        first: u64,
    },
    VillageInTwoCommunes {
        first: u64,
    },
    /// Checking stopped here: the file has too many defects to list.
    TooManyDefects,
}

const MOST_LETTERS: usize = 80;

impl Defect {
    pub fn new(row: u64, column: impl Into<String>, value: &str, kind: DefectKind) -> Self {
        let value = if value.chars().count() > MOST_LETTERS {
            value.chars().take(MOST_LETTERS).chain(['…']).collect()
        } else {
            value.to_owned()
        };
        Self { row, column: column.into(), value, kind }
    }

    /// A defect found by `analysis`; `row` turns its row, counted from 1, into a line of the file.
    pub(super) fn from_analysis(defect: &FrameDefect, row: impl Fn(usize) -> u64) -> Self {
        let kind = match defect.kind {
            FrameDefectKind::NoRows => DefectKind::NoRows,
            FrameDefectKind::Empty => DefectKind::Empty,
            FrameDefectKind::ForbiddenCharacter => DefectKind::ForbiddenCharacter,
            FrameDefectKind::CodeTwice { first } => DefectKind::CodeTwice { first: row(first) },
            FrameDefectKind::CommuneInTwoProvinces { first } => DefectKind::CommuneInTwoProvinces { first: row(first) },
            FrameDefectKind::CommuneInTwoAreas { first } => DefectKind::CommuneInTwoAreas { first: row(first) },
        };
        let column = match (&kind, defect.column) {
            (DefectKind::NoRows, _) => "",
            (_, "code") => "person",
            (_, column) => column,
        };
        Self::new(row(defect.row), column, &defect.value, kind)
    }

    /// What is wrong, in words.
    pub fn what(&self, texts: Texts) -> String {
        self.said("what", texts)
    }

    /// How to mend it, in words.
    pub fn fix(&self, texts: Texts) -> String {
        self.said("fix", texts)
    }

    fn said(&self, part: &str, texts: Texts) -> String {
        let mut values = vec![("value", Value::from(self.value.clone())), ("column", Value::from(self.column.clone()))];
        match self.kind {
            DefectKind::LineLength { found, expected } => {
                values.extend([("found", Value::from(found)), ("expected", Value::from(expected))]);
            }
            DefectKind::CodeTwice { first }
            | DefectKind::CommuneInTwoProvinces { first }
            | DefectKind::CommuneInTwoAreas { first }
            | DefectKind::VillageInTwoCommunes { first } => values.push(("first", Value::from(first))),
            _ => {}
        }
        texts.with(&format!("frame-{part}-{}", self.kind.name()), values).into_owned()
    }
}

impl DefectKind {
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotCsv => "not-csv",
            Self::Utf16 => "utf16",
            Self::NotUtf8 => "not-utf8",
            Self::NoRows => "no-rows",
            Self::ColumnMissing => "column-missing",
            Self::ColumnTwice => "column-twice",
            Self::LineLength { .. } => "line-length",
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::ForbiddenCharacter => "forbidden-character",
            Self::NotAPhone => "not-a-phone",
            Self::PhoneZeroLost => "phone-zero",
            Self::NotAnEmail => "not-an-email",
            Self::UnknownProvince => "unknown-province",
            Self::LeadingZeroLost => "leading-zero",
            Self::UnknownArea => "unknown-area",
            Self::CodeTwice { .. } => "code-twice",
            Self::CommuneInTwoProvinces { .. } => "commune-provinces",
            Self::CommuneInTwoAreas { .. } => "commune-areas",
            Self::VillageInTwoCommunes { .. } => "village-communes",
            Self::TooManyDefects => "too-many",
        }
    }
}
