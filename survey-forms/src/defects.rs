//! What is wrong with a definition, and where. Read by the people who write forms.

use std::fmt;

/// A fault and its place. Every defect of a source is given at once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Defect {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Fault {
    #[error("this is not TOML: {message}")]
    Syntax { message: String },
    #[error("there are too many {what}: {most} are taken")]
    TooMuch { what: &'static str, most: usize },
    #[error("`{key}` is needed here")]
    MissingKey { key: String },
    #[error("`{key}` must be {wanted}")]
    WrongValue { key: String, wanted: &'static str },
    #[error("nothing is called `{key}` here")]
    UnknownKey { key: String },
    #[error("`{code}` cannot be a code: use small letters a-z, digits, `_` and `-`, a letter first")]
    BadCode { code: String },
    #[error("there is no {kind} `{code}`")]
    UnknownReference { kind: &'static str, code: String },
    #[error("there is no scale `{code}`")]
    UnknownScale { code: String },
    #[error("the {kind} `{code}` is there already")]
    ClashingCode { kind: &'static str, code: String },
    #[error("`{unit}` is asked on this page or later, so nothing here can depend on it")]
    ConditionNotEarlier { unit: String },
    #[error("`{code}` can never be asked: {why}")]
    Unreachable { code: String, why: &'static str },
    #[error("`{code}` cannot be left to interviewers: {why}")]
    LeftToInterviewers { code: String, why: &'static str },
    #[error("nothing is asked: a questionnaire needs at least one question")]
    NothingAsked,
    #[error("the page `{page}` shows nothing")]
    EmptyPage { page: String },
    #[error("`{key}` has no text in the language `{language}`")]
    MissingTranslation { language: String, key: String },
    #[error("the language `{language}` is offered but has no wording")]
    MissingWording { language: String },
    #[error("the indicators are no tree: {why} (`{code}`)")]
    BrokenIndicators { code: String, why: &'static str },
}

impl Fault {
    /// The stable name of the kind of fault.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax",
            Self::TooMuch { .. } => "too_much",
            Self::MissingKey { .. } => "missing_key",
            Self::WrongValue { .. } => "wrong_value",
            Self::UnknownKey { .. } => "unknown_key",
            Self::BadCode { .. } => "bad_code",
            Self::UnknownReference { .. } => "unknown_reference",
            Self::UnknownScale { .. } => "unknown_scale",
            Self::ClashingCode { .. } => "clashing_code",
            Self::ConditionNotEarlier { .. } => "condition_not_earlier",
            Self::Unreachable { .. } => "unreachable",
            Self::LeftToInterviewers { .. } => "left_to_interviewers",
            Self::NothingAsked => "nothing_asked",
            Self::EmptyPage { .. } => "empty_page",
            Self::MissingTranslation { .. } => "missing_translation",
            Self::MissingWording { .. } => "missing_wording",
            Self::BrokenIndicators { .. } => "broken_indicators",
        }
    }
}

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]", self.file, self.line, self.fault, self.fault.code())
    }
}
