//! What is wrong with a list of persons, told so that the sender can mend the file: row, column, value, what, how to fix.

use serde::{Deserialize, Serialize};

use crate::base::text::{Texts, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// The line of the file, the headings being line 1; 0 for the file as a whole.
    pub row: u64,
    /// The heading; empty when the whole line is meant.
    pub column: String,
    /// As it stands in the file, cut at [`MOST_LETTERS`].
    pub value: String,
    pub kind: DefectKind,
}

/// Errors keep a row out; warnings are told and no more ([`DefectKind::is_error`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DefectKind {
    // Of the file.
    /// A picture, a paper, an archive.
    NotAList,
    /// A workbook with a password.
    Encrypted,
    /// `.xls`.
    OldWorkbook,
    /// `.xlsb`, `.ods`.
    OtherWorkbook,
    /// HTML or XML, as some programs save under the name `.xls`.
    WebPage,
    Damaged,
    /// It unpacks to more than any list.
    TooMuchInside,
    /// A quotation mark that is never closed.
    OpenQuote,
    NoRows,
    /// Places with sizes where the people of drawn places were asked for.
    PeopleWanted,
    /// The headings stand in two rows.
    HeadingsMerged,
    ColumnMissing,
    ColumnTwice,
    /// Checking stopped: the file has too many defects to list.
    TooManyDefects,
    // Of a row or a cell.
    Tcvn3,
    Vni,
    NotUtf8,
    LineLength {
        found: usize,
        expected: usize,
    },
    Empty,
    TooLong,
    ForbiddenCharacter,
    /// `#REF!` and its like.
    ErrorValue,
    DateInText,
    /// A spreadsheet took a code for a number of more digits than it keeps.
    DigitsLost,
    NotAPhone,
    NotAnEmail,
    /// No code of a province.
    UnknownProvince,
    /// No name of a province that is known: it can be said which is meant.
    UnclearProvince,
    UnknownArea,
    /// No whole number of people.
    NotASize,
    /// People of a place that was not drawn.
    PlaceNotDrawn,
    PlaceTwice {
        first: u64,
    },
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
    // Warnings.
    /// A spreadsheet took `01` for the number 1.
    LeadingZeroLost,
    /// A spreadsheet took `0912345678` for a number.
    PhoneZeroLost,
    Formula,
    /// Told once of each column.
    NumberForCode,
    NoMarks,
    /// Nobody of a drawn place is listed.
    PlaceNotListed,
    FewAdults {
        persons: u64,
    },
    LargeHousehold {
        most: u32,
    },
    SamePerson {
        first: u64,
    },
    SamePhone {
        first: u64,
    },
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
            | DefectKind::PlaceTwice { first }
            | DefectKind::CommuneInTwoProvinces { first }
            | DefectKind::CommuneInTwoAreas { first }
            | DefectKind::VillageInTwoCommunes { first }
            | DefectKind::SamePerson { first }
            | DefectKind::SamePhone { first } => values.push(("first", Value::from(first))),
            DefectKind::FewAdults { persons } => values.push(("n", Value::from(persons))),
            DefectKind::LargeHousehold { most } => values.push(("n", Value::from(most))),
            _ => {}
        }
        texts.with(&format!("frame-{part}-{}", self.kind.name()), values).into_owned()
    }
}

impl DefectKind {
    /// Whether a row with it is kept out.
    pub fn is_error(&self) -> bool {
        !matches!(
            self,
            Self::LeadingZeroLost
                | Self::PhoneZeroLost
                | Self::Formula
                | Self::NumberForCode
                | Self::NoMarks
                | Self::PlaceNotListed
                | Self::FewAdults { .. }
                | Self::LargeHousehold { .. }
                | Self::SamePerson { .. }
                | Self::SamePhone { .. }
        )
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::NotAList => "not-a-list",
            Self::Encrypted => "encrypted",
            Self::OldWorkbook => "old-workbook",
            Self::OtherWorkbook => "other-workbook",
            Self::WebPage => "web-page",
            Self::Damaged => "damaged",
            Self::TooMuchInside => "too-much-inside",
            Self::OpenQuote => "open-quote",
            Self::NoRows => "no-rows",
            Self::PeopleWanted => "people-wanted",
            Self::HeadingsMerged => "headings-merged",
            Self::ColumnMissing => "column-missing",
            Self::ColumnTwice => "column-twice",
            Self::TooManyDefects => "too-many",
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::NotUtf8 => "not-utf8",
            Self::LineLength { .. } => "line-length",
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::ForbiddenCharacter => "forbidden-character",
            Self::ErrorValue => "error-value",
            Self::DateInText => "date-in-text",
            Self::DigitsLost => "digits-lost",
            Self::NotAPhone => "not-a-phone",
            Self::NotAnEmail => "not-an-email",
            Self::UnknownProvince => "unknown-province",
            Self::UnclearProvince => "unclear-province",
            Self::UnknownArea => "unknown-area",
            Self::NotASize => "not-a-size",
            Self::PlaceNotDrawn => "place-not-drawn",
            Self::PlaceTwice { .. } => "place-twice",
            Self::PlaceNotListed => "place-not-listed",
            Self::CodeTwice { .. } => "code-twice",
            Self::CommuneInTwoProvinces { .. } => "commune-provinces",
            Self::CommuneInTwoAreas { .. } => "commune-areas",
            Self::VillageInTwoCommunes { .. } => "village-communes",
            Self::LeadingZeroLost => "leading-zero",
            Self::PhoneZeroLost => "phone-zero",
            Self::Formula => "formula",
            Self::NumberForCode => "number-for-code",
            Self::NoMarks => "no-marks",
            Self::FewAdults { .. } => "few-adults",
            Self::LargeHousehold { .. } => "large-household",
            Self::SamePerson { .. } => "same-person",
            Self::SamePhone { .. } => "same-phone",
        }
    }
}
