//! What of a workbook cannot be taken, and where it stands. Read by the people who write workbooks.

use std::fmt;

/// A cell and why it cannot be taken. All of a workbook are given at once, in the order of its sheets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// Empty when it is the file as a whole.
    pub sheet: String,
    /// As the spreadsheet shows it, from 1; 0 when it is the sheet or the file as a whole.
    pub row: u32,
    pub column: String,
    pub value: String,
    pub reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Reason {
    #[error("this is no workbook (.xlsx) that can be read")]
    NoWorkbook,
    #[error("the workbook is too large: {limit}")]
    TooLarge { limit: &'static str },
    #[error("the sheet `{sheet}` is missing")]
    MissingSheet { sheet: &'static str },
    #[error("something is needed here")]
    Missing,
    #[error("this column gives no language: write its code in brackets, as in `label::English (en)`")]
    UnknownLanguage,
    #[error("`{kind}` cannot be asked: {why}")]
    UnsupportedType { kind: String, why: &'static str },
    #[error("the list `{list}` has no choices")]
    UnknownList { list: String },
    #[error("there is no question `{name}`")]
    UnknownQuestion { name: String },
    #[error("`{code}` is there already: names are told apart in small letters without accents")]
    Clash { code: String },
    #[error("97, 98 and 99 stand for skipped, don't know and never used: name this choice otherwise")]
    ReservedChoice,
    #[error("a list takes 96 choices and one way out")]
    TooManyChoices,
    #[error("the groups do not close as they open")]
    Unbalanced,
    #[error("at character {position}: {why}")]
    Expression { position: usize, why: String },
    #[error("this cannot be kept: {why}")]
    Unsupported { why: &'static str },
    #[error("it does not fit the rest of the form: {fault}")]
    Defect { fault: crate::Fault },
    /// Only told, never in the way.
    #[error("left behind: {what}")]
    LeftBehind { what: &'static str },
}

impl Reason {
    /// The stable name of the reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoWorkbook => "no_workbook",
            Self::TooLarge { .. } => "too_large",
            Self::MissingSheet { .. } => "missing_sheet",
            Self::Missing => "missing",
            Self::UnknownLanguage => "unknown_language",
            Self::UnsupportedType { .. } => "unsupported_type",
            Self::UnknownList { .. } => "unknown_list",
            Self::UnknownQuestion { .. } => "unknown_question",
            Self::Clash { .. } => "clash",
            Self::ReservedChoice => "reserved_choice",
            Self::TooManyChoices => "too_many_choices",
            Self::Unbalanced => "unbalanced",
            Self::Expression { .. } => "expression",
            Self::Unsupported { .. } => "unsupported",
            Self::Defect { .. } => "defect",
            Self::LeftBehind { .. } => "left_behind",
        }
    }
}

impl Refusal {
    /// One that speaks of the file as a whole.
    pub(crate) fn whole(reason: Reason) -> Self {
        Self { sheet: String::new(), row: 0, column: String::new(), value: String::new(), reason }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.sheet, self.row, self.column)?;
        if !self.value.is_empty() {
            write!(f, "`{}`: ", self.value)?;
        }
        write!(f, "{} [{}]", self.reason, self.reason.code())
    }
}
